"""Certainty marks: what being sure earns and costs, and what an attempt says about how well one knows oneself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.base import Question
from app.quizzes.rules.certainty import (
    ASSUMED,
    HIGHEST_MARK,
    LIMITS,
    LOWEST_MARK,
    Certainty,
    Judgement,
    SureAnswer,
    asks_certainty,
    certainty_fraction,
    certainty_mark,
    judged,
    summary,
)
from tests.questions.cast import OPINION, REPORT, WELCOME, question

LOW, MIDDLE, HIGH = Certainty


@pytest.mark.parametrize(
    ("fraction", "marks"),
    [
        (1.0, (1.0, 2.0, 3.0)),
        (0.5, (0.5, 1.0, 1.5)),
        (0.0, (0.0, -2.0, -6.0)),
        (-0.25, (0.0, -2.0, -6.0)),
        (5e-8, (0.0, -2.0, -6.0)),
        (6e-8, (6e-8, 12e-8, 18e-8)),
    ],
)
def test_a_right_answer_earns_its_certainty_and_a_wrong_one_costs_it(
    fraction: float, marks: tuple[float, float, float]
) -> None:
    """C * f where something is right, else 0, -2, -6 for C = 1, 2, 3 (Moodle 4.1, `question_cbm`)."""
    assert tuple(certainty_mark(fraction, level) for level in Certainty) == pytest.approx(marks)
    assert ASSUMED is LOW and (LOWEST_MARK, HIGHEST_MARK) == (-6.0, 3.0)


@given(st.floats(-1, 1), st.sampled_from(Certainty))
def test_a_mark_stays_between_minus_six_and_three(fraction: float, certainty: Certainty) -> None:
    assert LOWEST_MARK <= certainty_mark(fraction, certainty) <= HIGHEST_MARK


@pytest.mark.parametrize("chance", [0.01, 0.3, 0.65, 0.68, 0.79, 0.81, 0.99])
def test_each_certainty_pays_best_between_its_limits(chance: float) -> None:
    """Expected marks p, 2p - 2(1 - p), 3p - 6(1 - p); equal at p = 2/3 and p = 4/5."""
    expected = {
        level: chance * certainty_mark(1, level) + (1 - chance) * certainty_mark(0, level) for level in Certainty
    }
    best = max(expected, key=expected.__getitem__)
    low, high = LIMITS[best]
    assert low <= chance <= high


def test_an_attempt_is_summed_up_for_all_slots_and_for_those_answered() -> None:
    """Five slots of one point: right at 3, right at 3, wrong at 2, right at 1, and a blank.

    All: A = 3/5 = 0.6; T = (3 + 3 - 2 + 1 + 0) / 5 = 1.0; the best single certainty earns max(0.6, 1.2 - 0.8,
    1.8 - 2.4) = 0.6, so the bonus is 0.1 (1.0 - 0.6) = 0.04 and 0.64 is reported.
    Answered: A = 3/4 = 0.75; T = 5/4 = 1.25; max(0.75, 1.5 - 0.5, 2.25 - 1.5) = 1.0; bonus 0.025; 0.775.
    """
    told = summary(
        [SureAnswer(1, HIGH), SureAnswer(1, HIGH), SureAnswer(0, MIDDLE), SureAnswer(1, LOW), SureAnswer(0, None)]
    )
    assert told.overall is not None and told.answered is not None
    assert (told.overall.accuracy, told.overall.average, told.overall.bonus) == pytest.approx((0.6, 1.0, 0.04))
    assert told.overall.accuracy_with_bonus == pytest.approx(0.64)
    assert (told.answered.accuracy, told.answered.average, told.answered.bonus) == pytest.approx((0.75, 1.25, 0.025))
    assert told.answered.accuracy_with_bonus == pytest.approx(0.775)
    assert told.unanswered == 1
    assert [(each.certainty, each.answers, each.share_right) for each in told.by_certainty] == [
        (LOW, 1, 1.0),
        (MIDDLE, 1, 0.0),
        (HIGH, 2, 1.0),
    ]


def test_points_weigh_and_overconfidence_costs_a_bonus() -> None:
    """Three points right at 1, one wrong at 3: A = 3/4, T = (3 - 6) / 4 = -0.75, the best single certainty earns
    max(0.75, 1.5 - 0.5, 2.25 - 1.5) = 1.0, so the bonus is 0.1 (-0.75 - 1.0) = -0.175.
    """
    told = summary([SureAnswer(1, LOW, 3), SureAnswer(0, HIGH, 1), SureAnswer(1, HIGH, 0)]).overall
    assert told is not None
    assert (told.accuracy, told.average, told.bonus) == pytest.approx((0.75, -0.75, -0.175))


JUDGED = [
    (LOW, 0.0, 9, Judgement.FITTING),
    (LOW, 2 / 3, 9, Judgement.FITTING),
    (LOW, 1.0, 4, Judgement.SLIGHTLY_UNDERCONFIDENT),  # 4 (1/3)^2 = 0.444
    (LOW, 1.0, 5, Judgement.UNDERCONFIDENT),  # 5 (1/3)^2 = 0.556
    (MIDDLE, 0.5, 17, Judgement.SLIGHTLY_OVERCONFIDENT),  # 17 (1/6)^2 = 0.472
    (MIDDLE, 0.5, 19, Judgement.OVERCONFIDENT),  # 19 (1/6)^2 = 0.528
    (MIDDLE, 0.8, 99, Judgement.FITTING),
    (MIDDLE, 1.0, 12, Judgement.SLIGHTLY_UNDERCONFIDENT),  # 12 (0.2)^2 = 0.48
    (MIDDLE, 1.0, 13, Judgement.UNDERCONFIDENT),  # 13 (0.2)^2 = 0.52
    (HIGH, 0.0, 1, Judgement.OVERCONFIDENT),  # 1 (0.8)^2 = 0.64
    (HIGH, 0.5, 5, Judgement.SLIGHTLY_OVERCONFIDENT),  # 5 (0.3)^2 = 0.45
    (HIGH, 0.5, 6, Judgement.OVERCONFIDENT),  # 6 (0.3)^2 = 0.54
    (HIGH, 1.0, 99, Judgement.FITTING),
]


@pytest.mark.parametrize(("certainty", "share", "answers", "judgement"), JUDGED)
def test_a_certainty_is_judged_by_what_was_right_with_it(
    certainty: Certainty, share: float, answers: int, judgement: Judgement
) -> None:
    """Outside the limits "slightly", unless (share - limit)^2 * n > 0.5."""
    assert judged(certainty, share, answers) is judgement


SHARES = [
    ([(1, HIGH)] * 4, 1.0),  # T = 3, the best one certainty could earn
    ([(1, LOW)] * 4, 0.8),  # 1 + 0.1 (1 - 3): knew it and did not dare
    ([(0, HIGH)] * 4, 0.0),  # 0 + 0.1 (-6 - 0), never below 0
    ([(0, LOW)] * 4, 0.0),
    ([(1, HIGH), (0, LOW)], 0.6),  # A = 0.5, T = 1.5: 0.5 + 0.1 (1.5 - 0.5)
    ([(1, HIGH), (0, HIGH)], 0.3),  # T = -1.5: 0.5 + 0.1 (-1.5 - 0.5)
    ([(1, MIDDLE), (0, None)], 0.55),  # T = 1: 0.5 + 0.1 (1 - 0.5)
    ([], 0.0),
]


@pytest.mark.parametrize(("answers", "share"), SHARES)
def test_a_quiz_under_certainty_marks_is_worth_accuracy_and_bonus(
    answers: list[tuple[float, Certainty | None]], share: float
) -> None:
    """A + 0.1 (T - max(A, 2A - 2(1-A), 3A - 6(1-A))) (Moodle 4.1, deferredcbm), within 0 .. 1."""
    assert certainty_fraction([SureAnswer(*each) for each in answers]) == pytest.approx(share)


@pytest.mark.parametrize(
    ("kind", "feedback", "asked"),
    [
        (question("true-false", answer="true"), "certainty", True),
        (question("true-false", answer="true"), "deferred", False),
        (REPORT, "certainty", False),
        (OPINION, "certainty", False),
        (WELCOME, "certainty", False),
    ],
)
def test_how_sure_one_is_is_asked_only_of_what_a_program_marks(kind: Question, feedback: str, asked: bool) -> None:
    assert asks_certainty(kind, feedback) is asked  # type: ignore[arg-type]


def test_nothing_at_stake_says_nothing() -> None:
    for answers in ([], [SureAnswer(1, HIGH, 0)]):
        told = summary(answers)
        assert told.overall is None and told.answered is None and told.by_certainty == () and told.unanswered == 0
    blank = summary([SureAnswer(0, None)])
    assert blank.answered is None and blank.overall is not None and blank.overall.accuracy == 0


@given(
    st.lists(
        st.builds(
            SureAnswer,
            st.floats(-1, 1),
            st.sampled_from([None, *Certainty]),
            st.sampled_from([0.0, 0.1, 1.0, 100.0]),
        ),
        max_size=12,
    )
)
def test_any_attempt_can_be_summed_up(answers: list[SureAnswer]) -> None:
    told = summary(answers)
    for totals in (told.overall, told.answered):
        assert totals is None or (
            LOWEST_MARK - 1e-9 <= totals.average <= HIGHEST_MARK + 1e-9 and -1.001 <= totals.accuracy <= 1.001
        )


def test_an_essay_marked_by_hand_counts_by_its_mark_and_says_nothing_of_certainty() -> None:
    """Two right answers at 3 (A = 1, T = 3, no bonus) beside an essay of as many points, worth half: 3/4.

    Beside two wrong ones at 3 their bonus of -0.6 weighs half: 0.5 x 1 - 0.3.
    """
    essay = SureAnswer(0.5, LOW, 2, asked=False)
    assert certainty_fraction([SureAnswer(1, HIGH)] * 2 + [SureAnswer(1, LOW, 2, asked=False)]) == pytest.approx(1.0)
    assert certainty_fraction([SureAnswer(1, HIGH)] * 2 + [essay]) == pytest.approx(0.75)
    assert certainty_fraction([SureAnswer(0, HIGH)] * 2 + [SureAnswer(1, LOW, 2, asked=False)]) == pytest.approx(0.2)
    assert certainty_fraction([essay]) == pytest.approx(0.5)
    assert summary([essay]).by_certainty == ()
