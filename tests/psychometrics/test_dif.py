"""Questions that are harder for one group: against R, by hand, and on made-up people."""

from __future__ import annotations

from math import erfc, exp, log, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.psychometrics.dif import Answers, Dif, DifClass, Stratum, dif_of, mantel_haenszel

# The six departments of Berkeley's admissions of 1973, men and women admitted and rejected (datasets::UCBAdmissions).
BERKELEY = [
    Stratum(512, 313, 89, 19),
    Stratum(353, 207, 17, 8),
    Stratum(120, 205, 202, 391),
    Stratum(138, 279, 131, 244),
    Stratum(53, 138, 94, 299),
    Stratum(22, 351, 24, 317),
]

counts = st.integers(0, 30)
strata = st.lists(st.builds(Stratum, counts, counts, counts, counts), min_size=1, max_size=6)


def test_it_agrees_with_r() -> None:
    """R, mantelhaen.test(UCBAdmissions): X-squared 1.4269, p 0.2323, odds ratio 0.9046968 (0.7719074 .. 1.0603298)."""
    found = mantel_haenszel(BERKELEY)
    assert found is not None
    assert (found.chi_square, found.p) == pytest.approx((1.4269, 0.2323), abs=5e-5)
    assert found.odds_ratio == pytest.approx(0.9046968, abs=5e-8)
    log_se = found.delta_se / 2.35
    ends = [exp(log(found.odds_ratio) + side * 1.959964 * log_se) for side in (-1, 1)]
    assert ends == pytest.approx([0.7719074, 1.0603298], abs=1e-6)
    assert found.dif_class is DifClass.A


def test_one_stratum_by_hand() -> None:
    """30 and 10 against 20 and 20: odds ratio 3, delta -2.35 ln 3; A is 30 against 25 expected, its variance
    40 x 40 x 50 x 30 / (80 x 80 x 79) = 4.747, so (5 - 0.5)^2 / 4.747. With one stratum the error of the log odds
    ratio is Woolf's: sqrt(1/30 + 1/10 + 1/20 + 1/20)."""
    found = mantel_haenszel([Stratum(30, 10, 20, 20)])
    assert found is not None
    assert (found.odds_ratio, found.delta) == pytest.approx((3, -2.35 * log(3)))
    assert found.delta_se == pytest.approx(2.35 * sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 20))
    assert found.chi_square == pytest.approx(4.5**2 / (40 * 40 * 50 * 30 / (80 * 80 * 79)))
    assert found.p == pytest.approx(erfc(sqrt(found.chi_square / 2)))
    assert found.dif_class is DifClass.B  # large, but not surely beyond 1


def test_matched_pairs_come_out_as_mcnemars_test() -> None:
    """10 pairs in which only the one of the reference group was right, 4 the other way round: odds ratio 10/4, its log
    with the error sqrt(1/10 + 1/4), chi-square (10 - 4 - 1)^2 / 14. Pairs that agree add nothing but people."""
    pairs = [Stratum(1, 0, 0, 1)] * 10 + [Stratum(0, 1, 1, 0)] * 4 + [Stratum(1, 0, 1, 0)] * 5
    found = mantel_haenszel(pairs)
    assert found is not None
    assert (found.odds_ratio, found.chi_square) == pytest.approx((2.5, 25 / 14))
    assert found.delta_se == pytest.approx(2.35 * sqrt(1 / 10 + 1 / 4))


CLASSES = [
    ("large and surely so", [Stratum(300, 100, 200, 200)], DifClass.C),
    ("large by chance", [Stratum(6, 2, 4, 4)], DifClass.A),
    ("surely there, and small", [Stratum(2200, 2000, 2000, 2200)], DifClass.A),
    ("surely beyond 1, and below 1.5", [Stratum(5700, 4300, 4430, 5570)], DifClass.B),
    ("of middling size", [Stratum(600, 400, 470, 530)], DifClass.B),
    ("large for the other group", [Stratum(200, 200, 300, 100)], DifClass.C),
]


@pytest.mark.parametrize(("found", "expected"), [case[1:] for case in CLASSES], ids=[case[0] for case in CLASSES])
def test_the_classes_of_ets(found: list[Stratum], expected: DifClass) -> None:
    told = mantel_haenszel(found)
    assert told is not None and told.dif_class is expected


@pytest.mark.parametrize(
    "found",
    [[], [Stratum(5, 5, 0, 0)], [Stratum(0, 0, 0, 0)], [Stratum(1, 0, 0, 0)], [Stratum(5, 0, 5, 0)]],
    ids=["no strata", "one group", "nobody", "one person", "all right"],
)
def test_what_cannot_be_said_is_not_said(found: list[Stratum]) -> None:
    assert mantel_haenszel(found) is None


def test_a_person_alone_in_a_stratum_tells_nothing() -> None:
    assert mantel_haenszel([*BERKELEY, Stratum(1, 0, 0, 0)]) == mantel_haenszel(BERKELEY)


@given(strata)
def test_turning_the_groups_round_turns_the_sign(found: list[Stratum]) -> None:
    there, turned = mantel_haenszel(found), mantel_haenszel([
        Stratum(each.focal_right, each.focal_wrong, each.reference_right, each.reference_wrong) for each in found
    ])  # fmt: skip
    assert (there is None) == (turned is None)
    if there is not None and turned is not None:
        assert (there.delta, there.delta_se, there.p) == pytest.approx((-turned.delta, turned.delta_se, turned.p))
        assert there.dif_class == turned.dif_class


def crowd(harder: float, count: int = 1500) -> list[Answers]:
    """Two groups, the second half a logit weaker; question q0 is `harder` for it than its ability says."""
    random, people = Random(5), []
    for number in range(count):
        focal = number % 2 == 1
        theta = random.gauss(-0.5 * focal, 1)
        shifts = [harder * focal, *[0.0] * 14]
        right = {
            f"q{n}": random.random() < 1 / (1 + exp(-(theta - (n % 5 - 2) / 2 - shift)))
            for n, shift in enumerate(shifts)
        }
        people.append(Answers(focal, right))
    return people


def told(question: str, people: list[Answers]) -> Dif:
    found = dif_of(question, people)
    assert found is not None
    return found


def test_a_weaker_group_alone_is_no_fault_of_a_question() -> None:
    people = crowd(0)
    assert [told(f"q{n}", people).dif_class for n in range(5)] == [DifClass.A] * 5


def test_a_question_that_is_harder_for_one_group_is_found() -> None:
    people = crowd(1.2)
    assert told("q0", people).dif_class is DifClass.C and told("q0", people).delta < -1.5
    assert told("q1", people).dif_class is not DifClass.C


def test_people_are_tallied_by_hand() -> None:
    """Of one right answer: in the reference group three had a and one b, in the focal group one had a and two b. Those
    with both or none right have no answer to a that differs."""
    only_a, only_b, both = {"a": True, "b": False}, {"a": False, "b": True}, {"a": True, "b": True}
    reference = [Answers(False, each) for each in (only_a, only_a, only_a, only_b, both)]
    focal = [Answers(True, each) for each in (only_a, only_b, only_b, both, {"a": False, "b": False})]
    assert told("a", reference + focal) == mantel_haenszel([Stratum(3, 1, 1, 2)])
    assert told("a", reference + focal).odds_ratio == pytest.approx(6)


def test_who_was_not_asked_is_left_out() -> None:
    people = crowd(0, 200)
    assert told("q0", [*people, Answers(True, {"q1": True})]) == told("q0", people)
    assert dif_of("never", people) is None
