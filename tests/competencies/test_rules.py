"""How a score is made, without a database. Moments are written as minutes after eight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.competencies.rules import (
    Check,
    GradedSlot,
    Mean,
    Score,
    competency_scores,
    evidence_of,
    tint,
    touched_with,
)

EIGHT = datetime(2026, 11, 22, 8, tzinfo=UTC)


def at(minute: int | None) -> datetime | None:
    return None if minute is None else EIGHT + timedelta(minutes=minute)


def slot(
    question: str,
    answered: int | None,
    fraction: float | None = 1.0,
    *,
    opened: int | None = None,
    competency: str | None = "X",
    attempt: int = 1,
) -> GradedSlot:
    return GradedSlot(question, competency, fraction, at(answered), at(opened), attempt, 1, 1)


def check(question: str, minute: int) -> Check:
    return Check(question, EIGHT + timedelta(minutes=minute))


FIRST = slot("a", 10, 0.25)

TABLE = [
    ("one answer counts", [FIRST], [], [FIRST]),
    ("the first of two counts, however the later one went", [slot("a", 20, attempt=2), FIRST], [], [FIRST]),
    ("a blank is no answer", [slot("a", None, 0.0, attempt=2), FIRST], [], [FIRST]),
    ("a blank alone is no evidence", [slot("a", None, 0.0)], [], []),
    ("what waits for its mark is no evidence yet", [slot("a", 10, None)], [], []),
    (
        "until then a later answer counts",
        [slot("a", 10, None), slot("a", 20, attempt=2)],
        [],
        [slot("a", 20, attempt=2)],
    ),
    ("but not one given after its key was opened", [slot("a", 10, None, opened=15), slot("a", 20, attempt=2)], [], []),
    ("its own key may open with it", [slot("a", 10, opened=10)], [], [slot("a", 10, opened=10)]),
    ("its own key may open after it", [slot("a", 10, opened=30)], [], [slot("a", 10, opened=30)]),
    (
        "a key opened before, elsewhere, rules it out",
        [slot("b", None, 0.0, opened=5, attempt=2), slot("b", 10)],
        [],
        [],
    ),
    ("a key opened later, elsewhere, does not", [slot("a", 30, opened=40, attempt=2), FIRST], [], [FIRST]),
    ("a key opened at the same moment does not", [slot("a", 30, opened=10, attempt=2), FIRST], [], [FIRST]),
    ("a check before it in an open attempt rules it out", [FIRST], [check("a", 9)], []),
    ("a check after it does not", [FIRST], [check("a", 11)], [FIRST]),
    ("a check of another question does not", [FIRST], [check("b", 1)], [FIRST]),
    (
        "where the first answer is ruled out, a later one does not take its place",
        [slot("a", 10, attempt=2), slot("a", 20, attempt=3), slot("a", None, opened=5)],
        [],
        [],
    ),
    (
        "of two at one moment the earlier attempt's counts",
        [slot("a", 10, 0.0, attempt=7), slot("a", 10, 1.0, attempt=3)],
        [],
        [slot("a", 10, 1.0, attempt=3)],
    ),
]


@pytest.mark.parametrize(("slots", "checks", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_only_the_first_answer_before_the_key_counts(
    slots: list[GradedSlot], checks: list[Check], expected: list[GradedSlot]
) -> None:
    assert evidence_of(slots, checks) == expected


def test_a_score_is_the_mean_over_distinct_questions() -> None:
    evidence = [slot("a", 1, 1.0), slot("b", 2, 0.5), slot("c", 3, 0.0), slot("d", 4, 1.0, competency="Y")]
    assert competency_scores(evidence) == {"X": Score(50.0, 3), "Y": Score(100.0, 1)}


def test_a_fraction_beyond_the_ends_counts_as_the_end() -> None:
    assert competency_scores([slot("a", 1, -0.5), slot("b", 2, 1.25)]) == {"X": Score(50.0, 2)}


def test_a_question_without_competency_gives_no_score() -> None:
    assert competency_scores([slot("a", 1, competency=None)]) == {}


def test_four_questions_are_too_few_and_five_enough() -> None:
    assert [Score(80.0, count).enough for count in (4, 5)] == [False, True]
    assert [Score(80.0, count).tint for count in (4, 5)] == [0, 4]


def test_a_mean_over_four_people_is_read_with_care() -> None:
    assert [Mean(80.0, count).few for count in (4, 5)] == [True, False]


@pytest.mark.parametrize(
    ("score", "expected"), [(0, 1), (49.4, 1), (49.6, 2), (59, 2), (59.7, 3), (74.4, 3), (75, 4), (100, 4)]
)
def test_a_tint_belongs_to_the_whole_number_that_is_shown(score: float, expected: int) -> None:
    assert tint(score) == expected


def test_an_answer_moves_the_competency_that_another_revision_gave_its_question() -> None:
    slots = [slot("a", 1, competency="X"), slot("a", 2, competency="Y", attempt=2), slot("b", 2, competency=None)]
    assert touched_with({"X"}, slots) == {"X", "Y"}


MINUTES = st.none() | st.integers(0, 6)
SLOTS = st.lists(
    st.builds(
        lambda question, answered, opened, fraction: (question, answered, opened, fraction),
        st.sampled_from("abc"), MINUTES, MINUTES, st.sampled_from([-0.5, 0.0, 0.3, 1.0]),
    ),
    max_size=12,
)  # fmt: skip
CHECKS = st.lists(st.builds(check, st.sampled_from("abc"), st.integers(0, 6)), max_size=4)


@given(SLOTS, CHECKS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    made: list[tuple[str, int | None, int | None, float]], checks: list[Check], chance: Random
) -> None:
    slots = [slot(q, a, f, opened=o, attempt=number) for number, (q, a, o, f) in enumerate(made)]
    shuffled = chance.sample(slots, len(slots))
    assert evidence_of(shuffled, checks[::-1]) == evidence_of(slots, checks)
    assert competency_scores(shuffled) == competency_scores(slots)


@given(SLOTS, CHECKS)
def test_evidence_is_at_most_one_answer_a_question_and_none_after_its_key(
    made: list[tuple[str, int | None, int | None, float]], checks: list[Check]
) -> None:
    slots = [slot(q, a, f, opened=o, attempt=number) for number, (q, a, o, f) in enumerate(made)]
    evidence = evidence_of(slots, checks)
    assert len({each.question for each in evidence}) == len(evidence)
    for each in evidence:
        same = [other for other in slots if other.question == each.question and other is not each]
        assert each.answered_at is not None
        assert all(other.answered_at is None or other.answered_at >= each.answered_at for other in same)
        assert all(other.key_opened_at is None or other.key_opened_at >= each.answered_at for other in same)
        assert all(one.checked_at >= each.answered_at for one in checks if one.question == each.question)
    assert all(0 <= score.score <= 100 for score in competency_scores(evidence).values())
