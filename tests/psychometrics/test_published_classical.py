"""Classical figures of published answers: as R gives them, and as they were printed."""

from __future__ import annotations

import pytest

from app.psychometrics.classical import Analysis, analyse_matrix
from tests.psychometrics.lsat6 import NEEDED, lsat6
from tests.psychometrics.published import DE_AYALA, SECTION_6, SECTION_7, answers


def analysed(people: tuple[int, ...]) -> Analysis:
    return analyse_matrix(answers(people), ["1", "2", "3", "4", "5"], [1.0] * 5)


@NEEDED
@pytest.mark.peer
def test_alpha_and_the_correlations_with_the_rest_of_lsat_6_are_those_of_r() -> None:
    told, analysis = lsat6()["ctt"], analysed(SECTION_6)
    assert analysis.test.cic == pytest.approx(100 * told["cronbach_alpha"], abs=1e-7)
    found = [item.discrimination_index for item in analysis.items]
    assert found == pytest.approx([100 * each for each in told["item_rest_r"]], abs=1e-7)


def test_proportions_and_alpha_of_lsat_6_are_those_in_print() -> None:
    """Rizopoulos (2006), J. Stat. Software 17(5), section 4.1: the output of descript() over the same data."""
    analysis = analysed(SECTION_6)
    assert [item.facility for item in analysis.items] == [0.924, 0.709, 0.553, 0.763, 0.870]
    assert round((analysis.test.cic or 0) / 100, 3) == 0.295


ITEMSTATS = [
    ("LSAT section 7", SECTION_7, (3.707, 1.199, 0.453, 0.886),
     [0.828, 0.658, 0.772, 0.606, 0.843], [0.378, 0.475, 0.420, 0.489, 0.364], [0.246, 0.247, 0.313, 0.223, 0.175]),
    ("de Ayala's mathematics", DE_AYALA, (2.912, 1.434, 0.608, 0.898),
     [0.887, 0.644, 0.566, 0.427, 0.387], [0.316, 0.479, 0.496, 0.495, 0.487], [0.246, 0.439, 0.416, 0.405, 0.312]),
]  # fmt: skip


@pytest.mark.parametrize(("people", "test", "facility", "sd", "rest"), [case[1:] for case in ITEMSTATS])
def test_two_more_tests_come_out_as_mirt_prints_them(
    people: tuple[int, ...], test: tuple[float, ...], facility: list[float], sd: list[float], rest: list[float]
) -> None:
    """The output of itemstats() on the pages LSAT7 and deAyala of mirt's documentation (Chalmers 2012)."""
    found = analysed(people)
    whole = found.test
    assert None not in (whole.mean, whole.sd, whole.cic, whole.standard_error)
    told = (whole.mean, whole.sd, (whole.cic or 0) / 100, whole.standard_error)
    assert told == pytest.approx(test, abs=5.01e-4)  # printed to three places
    assert [item.facility for item in found.items] == pytest.approx(facility, abs=5.01e-4)
    assert [item.sd for item in found.items] == pytest.approx(sd, abs=5.01e-4)
    assert [(item.discrimination_index or 0) / 100 for item in found.items] == pytest.approx(rest, abs=5.01e-4)
