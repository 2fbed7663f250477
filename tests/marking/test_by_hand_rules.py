"""Marks by hand: what counts, what is kept, and who may know what."""

from __future__ import annotations

import pytest

from app.marking.rules.by_hand import (
    HandMark,
    MarkedMeanwhile,
    MarkOutOfRange,
    Verdict,
    counted_marks,
    fraction_of_points,
    keep_verdict,
    known_to,
    mark_by_people,
)
from app.questions.base import NEEDS_MARKING, Grade, Outcome
from tests.quizzes.content import minute

RAHMAT, NOOR, ADMIN = 2, 3, 4


def said(seq: int, marker: int, fraction: float, comment: str = "") -> HandMark:
    return HandMark(seq, marker, marker == ADMIN, fraction, {}, comment, minute(seq))


def verdict(fraction: float, shown: int = 0, comment: str = "") -> Verdict:
    return Verdict(fraction, {}, comment, shown)


FIRST, SECOND, AGAIN = said(1, RAHMAT, 0.4), said(2, NOOR, 0.8), said(3, RAHMAT, 0.6)
DECIDED, LATER = said(2, ADMIN, 0.1), said(3, NOOR, 0.9)

# history, markers asked for, the fraction it comes to (None: it still waits)
COUNTED = [
    ([], 1, None),
    ([FIRST], 1, 0.4),
    ([FIRST, SECOND], 1, 0.8),
    ([FIRST, SECOND, AGAIN], 1, 0.6),
    ([DECIDED, LATER], 1, 0.9),
    ([], 2, None),
    ([FIRST], 2, None),
    ([FIRST, said(2, RAHMAT, 0.6)], 2, None),
    ([FIRST, SECOND], 2, 0.6),
    ([FIRST, SECOND, AGAIN], 2, 0.7),
    ([FIRST, DECIDED], 2, 0.1),
    ([FIRST, DECIDED, LATER], 2, 0.1),
    ([DECIDED], 2, 0.1),
]


@pytest.mark.parametrize(("history", "markers", "fraction"), COUNTED)
def test_a_history_comes_to_its_newest_mark_or_to_the_mean_of_two_people(
    history: list[HandMark], markers: int, fraction: float | None
) -> None:
    grade = mark_by_people(history, markers)
    assert grade.fraction == pytest.approx(fraction) if fraction is not None else grade == NEEDS_MARKING
    assert bool(counted_marks(history, markers)) is (fraction is not None)


@pytest.mark.parametrize(("fraction", "outcome"), [(0.0, Outcome.WRONG), (0.5, Outcome.PARTIAL), (1.0, Outcome.RIGHT)])
def test_a_mark_by_hand_has_an_outcome_like_any_other(fraction: float, outcome: Outcome) -> None:
    assert mark_by_people([said(1, RAHMAT, fraction)], 1) == Grade(fraction, outcome)


# who marks, history, markers, verdict; whether it is kept (None: refused, because of what was written meanwhile)
KEPT = [
    (RAHMAT, [], 1, verdict(0.4), True),
    (RAHMAT, [FIRST], 1, verdict(0.4, 0), False),  # the form was sent twice
    (RAHMAT, [FIRST], 1, verdict(0.4, 1), False),
    (RAHMAT, [FIRST], 1, verdict(0.5, 1), True),
    (RAHMAT, [FIRST], 1, verdict(0.4, 1, "Baik."), True),
    (RAHMAT, [FIRST], 1, verdict(0.5, 0), None),  # another page of his own wrote meanwhile
    (NOOR, [FIRST], 1, verdict(0.4, 0), None),
    (NOOR, [FIRST], 1, verdict(0.4, 1), True),  # to be of the same mind is to say something
    (RAHMAT, [FIRST, SECOND], 1, verdict(0.4, 1), None),  # a replay must not hide what Noor wrote
    (NOOR, [FIRST], 2, verdict(0.8, 0), True),
    (NOOR, [FIRST, SECOND], 2, verdict(0.8, 0), False),
    (RAHMAT, [FIRST, SECOND], 2, verdict(0.6, 1), True),
    (RAHMAT, [FIRST, SECOND, AGAIN], 2, verdict(0.5, 1), None),
]


@pytest.mark.parametrize(("marker", "history", "markers", "given", "kept"), KEPT)
def test_what_is_sent_twice_is_kept_once_and_nothing_hides_what_another_wrote(
    marker: int, history: list[HandMark], markers: int, given: Verdict, kept: bool | None
) -> None:
    if kept is None:
        with pytest.raises(MarkedMeanwhile):
            keep_verdict(marker, history, markers, given)
    else:
        assert keep_verdict(marker, history, markers, given) is kept


def test_the_second_marker_judges_before_reading_the_first() -> None:
    assert known_to(NOOR, [FIRST], 2, decides=False) == ()
    assert known_to(RAHMAT, [FIRST], 2, decides=False) == [FIRST]
    assert known_to(NOOR, [FIRST, SECOND], 2, decides=False) == [FIRST, SECOND]
    assert known_to(ADMIN, [FIRST], 2, decides=True) == [FIRST]
    assert known_to(NOOR, [FIRST], 1, decides=False) == [FIRST]


@pytest.mark.parametrize("given", [None, -0.1, 2.1, float("nan"), float("inf")])
def test_points_outside_the_questions_are_refused(given: float | None) -> None:
    with pytest.raises(MarkOutOfRange):
        fraction_of_points(given, 2.0)


def test_points_are_a_share_of_those_the_question_can_earn() -> None:
    assert [fraction_of_points(each, 2.0) for each in (0.0, 0.5, 2.0)] == [0.0, 0.25, 1.0]
