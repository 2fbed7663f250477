"""Classical figures of LSAT section 6: as R gives them, and as they were printed."""

from __future__ import annotations

import pytest

from app.psychometrics.classical import Analysis, ItemMark, analyse
from tests.psychometrics.lsat6 import NEEDED, answers, lsat6

pytestmark = [pytest.mark.peer, NEEDED]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    rows = enumerate(answers())
    return analyse(
        ItemMark(person, f"Item {n}", mark, 1) for person, row in rows for n, mark in enumerate(row, start=1)
    )


def test_alpha_and_the_correlations_with_the_rest_are_those_of_r(analysis: Analysis) -> None:
    told = lsat6()["ctt"]
    assert analysis.test.cic == pytest.approx(100 * told["cronbach_alpha"], abs=1e-7)
    found = [item.discrimination_index for item in analysis.items]
    assert found == pytest.approx([100 * each for each in told["item_rest_r"]], abs=1e-7)
    assert [item.facility for item in analysis.items] == pytest.approx(lsat6()["item_p"])


def test_proportions_and_alpha_are_those_in_print(analysis: Analysis) -> None:
    """Rizopoulos (2006), J. Stat. Software 17(5), section 4.1: the output of descript() over the same data."""
    assert [item.facility for item in analysis.items] == [0.924, 0.709, 0.553, 0.763, 0.870]
    assert round((analysis.test.cic or 0) / 100, 3) == 0.295
