"""How a score is made, without a database. Moments are written as minutes after eight."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import exp
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.competencies.rules import (
    Check,
    GradedSlot,
    ItemParameter,
    Mean,
    Pooled,
    State,
    Yardstick,
    competency_scores,
    counts_until,
    evidence_of,
    mean_of,
    pooled,
    tint,
    weighed,
)
from app.psychometrics.curves import Evidence
from app.psychometrics.posterior import posterior

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
    difficulty: str | None = "medium",
) -> GradedSlot:
    return GradedSlot(question, competency, fraction, at(answered), at(opened), attempt, 1, 1, difficulty, 0.0)


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
        "nor does a later answer count until then",
        [slot("a", 10, None), slot("a", 20, attempt=2)],
        [],
        [],
    ),
    ("a key that it opened rules later ones out", [slot("a", None, None, opened=15), slot("a", 20)], [], []),
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


YARDSTICK = Yardstick()
LATER = EIGHT + timedelta(days=1)


def test_each_competency_is_scored_by_its_own_answers_at_the_difficulty_that_authors_gave() -> None:
    evidence = [
        slot("a", 1, 1.0, difficulty="hard"),
        slot("b", 2, 0.5, difficulty=None),
        slot("c", 3, 0.0, competency="Y", difficulty="easy"),
    ]
    scores = competency_scores(evidence, YARDSTICK, {}, now=LATER)
    x = posterior([Evidence(1.0, 1, 1, 0.7), Evidence(0.5, 1, 0, 1.0)], cut=70)
    y = posterior([Evidence(0.0, 1, -1, 0.7)], cut=70)
    assert {name: (each.score, each.sd, each.low, each.high, each.questions) for name, each in scores.items()} == {
        "X": (x.score, x.sd, x.low, x.high, 2),
        "Y": (y.score, y.sd, y.low, y.high, 1),
    }


def test_a_calibrated_question_counts_by_its_parameters_and_the_score_says_by_which() -> None:
    known = {"a": ItemParameter(1.8, -0.4, 0.1, 7)}
    evidence = [slot("a", 1, 1.0), slot("b", 2, 0.0), slot("c", 2, 0.0, competency="Y")]
    scores = competency_scores(evidence, YARDSTICK, known, now=LATER)
    expected = posterior([Evidence(1.0, 1.8, -0.4, 0.1), Evidence(0.0, 1, 0, 0.7)], cut=70)
    assert (scores["X"].theta, scores["X"].calibration_id) == (expected.theta, 7)
    assert scores["Y"].calibration_id is None


def test_a_fraction_beyond_the_ends_counts_as_the_end() -> None:
    def scored(*fractions: float) -> float:
        slots = [slot(str(number), 1, each) for number, each in enumerate(fractions)]
        return competency_scores(slots, YARDSTICK, {}, now=LATER)["X"].score

    assert scored(-0.5, 1.25) == scored(0.0, 1.0)


def test_a_question_without_competency_gives_no_score() -> None:
    assert competency_scores([slot("a", 1, competency=None)], YARDSTICK, {}, now=LATER) == {}


def many(count: int, fraction: float) -> list[GradedSlot]:
    return [slot(str(number), number, fraction) for number in range(count)]


@pytest.mark.parametrize(
    ("evidence", "cut", "state", "settled"),
    [
        (many(4, 1.0), 70, State.TOO_FEW, False),
        (many(30, 1.0), 70, State.MASTERED, True),
        (many(30, 0.0), 70, State.NEEDS_SUPPORT, True),
        (many(10, 0.7), 60, State.UNCERTAIN, False),
        (many(10, 0.7), 30, State.MASTERED, True),
    ],
    ids=["four answers are too few", "all right", "all wrong", "near the cut", "well above a lower cut"],
)
def test_the_cut_decides_what_is_said(evidence: list[GradedSlot], cut: float, state: State, settled: bool) -> None:
    yardstick = replace(YARDSTICK, cuts={"X": cut})
    score = competency_scores(evidence, yardstick, {}, now=LATER)["X"]
    assert (score.state, score.enough) == (state, state is not State.TOO_FEW)
    assert not (settled and score.more is not None)
    assert (score.tint == 0) is (state is State.TOO_FEW)


def test_a_competency_without_a_cut_of_its_own_takes_the_frameworks() -> None:
    yardstick = Yardstick(cut=60, cuts={"X": 80})
    assert [yardstick.cut_of(name) for name in ("X", "retired")] == [80, 60]
    assert [yardstick.basis_of(name) for name in ("X", "retired")] == ["80/0.8/24", "60/0.8/24"]


@pytest.mark.parametrize(
    ("answered", "months", "until"),
    [
        (datetime(2024, 11, 22, 8, tzinfo=UTC), 24, datetime(2026, 11, 22, 8, tzinfo=UTC)),
        (datetime(2024, 12, 31, 8, tzinfo=UTC), 2, datetime(2025, 2, 28, 8, tzinfo=UTC)),
        (datetime(2024, 2, 29, 8, tzinfo=UTC), 24, datetime(2026, 2, 28, 8, tzinfo=UTC)),
        (datetime(2026, 12, 1, 8, tzinfo=UTC), 1, datetime(2027, 1, 1, 8, tzinfo=UTC)),
    ],
)
def test_an_answer_counts_for_whole_months(answered: datetime, months: int, until: datetime) -> None:
    assert counts_until(answered, months) == until


def test_an_answer_that_grew_too_old_counts_no_longer_and_no_later_one_takes_its_place() -> None:
    yardstick = replace(YARDSTICK, months=1)
    slots = [slot("a", 0, 0.0), slot("a", 60 * 24 * 20, 1.0, attempt=2), slot("b", 60 * 24 * 20, 1.0, attempt=2)]
    evidence = evidence_of(slots)
    young = competency_scores(evidence, yardstick, {}, now=EIGHT + timedelta(days=21))["X"]
    assert (young.questions, young.holds_until) == (2, counts_until(EIGHT, 1))
    old = competency_scores(evidence, yardstick, {}, now=counts_until(EIGHT, 1))["X"]
    assert (old.questions, old.holds_until) == (1, counts_until(EIGHT + timedelta(days=20), 1))
    assert competency_scores(evidence, yardstick, {}, now=EIGHT + timedelta(days=90)) == {}


def test_what_was_answered_weighs_by_what_it_tells_and_what_is_too_old_weighs_nothing() -> None:
    """Ability 0 by symmetry: a question of its own difficulty tells a^2 / 4, one two logits away a^2 P (1 - P)."""
    known = {
        "near": ItemParameter(1, 0, 0, 1),
        "far": ItemParameter(1, 2, 0, 1),
        "as far": ItemParameter(1, -2, 0, 1),
        "old": ItemParameter(1, 0, 0, 1),
    }
    days = 60 * 24
    slots = [slot("old", 0), slot("far", 40 * days, 0.0), slot("near", 40 * days, 0.5), slot("as far", 40 * days, 1.0)]
    found = weighed(slots, replace(YARDSTICK, months=1), known, now=EIGHT + timedelta(days=41))
    away = 1 / (1 + exp(2))
    far = away * (1 - away)
    whole = 0.25 + 2 * far
    expected = [None, 100 * far / whole, 25 / whole, 100 * far / whole]
    assert [each.weight for each in found] == [each if each is None else pytest.approx(each) for each in expected]
    assert [each.slot for each in found] == slots
    assert found[0].until == counts_until(EIGHT, 1)


def test_a_mean_tells_how_surely_it_is_known() -> None:
    """Scores 60, 70, 80, each with sd 6: s^2 = 100, so the standard error is sqrt((100 + 36) / 3) = 6.7330; Student's t
    with 2 degrees of freedom has 5 % beyond 2.9200.
    """
    mean = mean_of(3, 210.0, 60.0**2 + 70.0**2 + 80.0**2, 3 * 36.0)
    assert (mean.score, mean.people) == (70.0, 3)
    assert (mean.low, mean.high) == (pytest.approx(50.3397, abs=1e-3), pytest.approx(89.6603, abs=1e-3))
    alone = mean_of(1, 98.0, 98.0**2, 100.0)
    assert (alone.low, alone.high) == (pytest.approx(81.5515, abs=1e-3), 100.0)


def test_a_group_is_told_over_several_competencies_by_the_means_of_their_means_and_bounds() -> None:
    means = [Mean(60.0, 50.0, 70.0, 12), None, Mean(80.0, 76.0, 84.0, 40)]
    assert pooled(means, [70.0, 90.0, 60.0]) == Pooled(70.0, 63.0, 77.0, 65.0, 12, 40, 2, 3)
    assert pooled([None, None], [70.0, 70.0]) is None
    assert pooled(means[:1], [70.0]) == Pooled(60.0, 50.0, 70.0, 70.0, 12, 12, 1, 1)


@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_the_interval_over_several_competencies_is_never_too_narrow(shared: float) -> None:
    """Whether people err alike in all competencies (`shared` 1) or not: 90 % of the intervals hold the true mean."""
    chance, hits = Random(5), 0
    for _ in range(400):
        people = [[70 + 8 * (shared * common + (1 - shared**2) ** 0.5 * chance.gauss(0, 1)) for _ in range(3)]
                  for common in (chance.gauss(0, 1) for _ in range(20))]  # fmt: skip
        columns = list(zip(*people, strict=True))
        means = [mean_of(20, sum(each), sum(score**2 for score in each), 0.0) for each in columns]
        told = pooled(means, [70.0] * 3)
        assert told
        hits += told.low <= 70 <= told.high
    assert hits >= 0.88 * 400


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (70, 90, State.MASTERED),
        (69.5, 90, State.MASTERED),  # shown as 70
        (69.4, 90, State.UNCERTAIN),
        (50, 70, State.UNCERTAIN),
        (50, 69.4, State.NEEDS_SUPPORT),
    ],
)
def test_a_mean_stands_above_or_below_the_cut_only_with_its_whole_interval(
    low: float, high: float, expected: State
) -> None:
    told = pooled([Mean((low + high) / 2, low, high, 9)], [70.0])
    assert told
    assert told.state is expected


@pytest.mark.parametrize(
    ("score", "expected"), [(0, 1), (49.4, 1), (49.6, 2), (59, 2), (59.7, 3), (74.4, 3), (75, 4), (100, 4)]
)
def test_a_tint_belongs_to_the_whole_number_that_is_shown(score: float, expected: int) -> None:
    assert tint(score) == expected


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
    scores = [competency_scores(each, YARDSTICK, {}, now=LATER) for each in (shuffled, slots)]
    assert scores[0] == scores[1]


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
    scores = competency_scores(evidence, YARDSTICK, {}, now=LATER)
    assert all(0 <= each.low <= each.score <= each.high <= 100 for each in scores.values())


def test_in_the_record_an_answer_weighs_until_its_months_are_over_and_not_at_that_moment() -> None:
    answered, until = datetime(2024, 11, 22, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
    answer = GradedSlot("a", "X", 1.0, answered, None, 1, 1, 1)
    moments = (until - timedelta(microseconds=1), until)
    assert [weighed([answer], Yardstick(), {}, now=now)[0].weight is None for now in moments] == [False, True]


def test_a_sharp_question_weighs_by_the_square_of_its_slope_and_an_uncertain_one_less() -> None:
    known = {"sharp": ItemParameter(2.0, 0.5, 0.0, 1), "vague": ItemParameter(1.0, 0.5, 1.5, 1)}
    slots = [GradedSlot(name, "X", 1.0, EIGHT, None, 1, 1, 1) for name in known]
    theta = posterior([Evidence(1.0, each.a, each.b, each.sd_b) for each in known.values()], cut=70).theta
    told = []
    for slope in (2.0, 1 / (1 + 0.346 * 1.5**2) ** 0.5):
        right = 1 / (1 + exp(-slope * (theta - 0.5)))
        told.append(slope**2 * right * (1 - right))
    weights = [each.weight for each in weighed(slots, Yardstick(), known, now=EIGHT)]
    assert weights == pytest.approx([100 * each / sum(told) for each in told])
