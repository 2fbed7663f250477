"""Marks given anew, as rules: what a replay moves, what is decided for everybody, and what stays whatever happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.activities import FixedSlot, QuizSettings
from app.content.course import Course
from app.marking.rules.decisions import AlreadyDecided, Decision, NothingChosen, Wanted
from app.marking.rules.marks import Result
from app.marking.rules.regrading import (
    KIND_DIFFERS,
    QUESTION_GONE,
    Exchange,
    HandedIn,
    MarkValue,
    Order,
    ResultExchange,
    plan_of,
    put_back,
    result_of,
)
from app.questions.base import NEEDS_MARKING, Hint, Outcome, Question
from app.questions.essay import Essay
from app.questions.information import Information
from app.questions.true_false import TrueFalse
from app.quizzes.rules.answering import Action, AnswerRow
from app.quizzes.rules.certainty import Certainty
from app.quizzes.rules.layout import Place
from app.quizzes.rules.starting import AttemptState
from app.texts.local import LocalText
from tests.quizzes.content import START, TEST, make_course, make_question

A, B, C = "k/kuis/a", "k/kuis/b", "k/kuis/c"
RIGHT, WRONG = MarkValue(1.0, Outcome.RIGHT), MarkValue(0.0, Outcome.WRONG)
BLANK = MarkValue(0.0, Outcome.GAVE_UP)
CREDITED, LEFT_OUT = MarkValue(1.0, Outcome.CREDITED), MarkValue(None, Outcome.LEFT_OUT)
CERTAIN = replace(TEST, feedback="certainty")
RIGHT_FOR_ALL = {A: Decision.EVERYBODY_RIGHT}
OUT = {A: Decision.LEFT_OUT}


def text(of: str) -> LocalText:
    return LocalText.plain(of)


def with_key(key: str, name: str = "a") -> Question:
    """A question of four options, of which this one is right."""
    question = make_question(name)
    options = tuple(each.model_copy(update={"correct": each.text.id == key}) for each in question.options)
    return question.model_copy(update={"options": options})


def course_of(questions: Mapping[str, Question]) -> Course:
    course, _ = make_course([FixedSlot(A)])
    return replace(course, questions=questions)


def said(option: str, action: str = "save", seq: int = 1, certainty: int | None = None) -> AnswerRow:
    """An answer to one of those questions."""
    sure = None if certainty is None else Certainty(certainty)
    return AnswerRow(seq, Action(action), {"choice": "abcd".index(option)}, "page", START, sure)


def attempt(
    marks: Sequence[MarkValue],
    rows: Mapping[int, Sequence[AnswerRow]] | None = None,
    questions: Mapping[str, Question] | None = None,
    settings: QuizSettings = TEST,
    points: Sequence[float] = (1.0, 1.0, 1.0),
) -> HandedIn:
    """An attempt with these marks, slot 1 first."""
    asked = questions or {each: make_question(each.rpartition("/")[2]) for each in (A, B, C)}
    places = [Place(each, (), worth) for each, worth in zip((A, B, C), points, strict=False)][: len(marks)]
    by_slot = dict(enumerate(marks, start=1))
    return HandedIn(7, 1, result_of(by_slot, places, settings), places, asked, settings, by_slot, rows or {})


def finished(fraction: float | None, *, passed: bool) -> Result:
    return Result(AttemptState.FINISHED, None if fraction is None else pytest.approx(fraction), passed)


def anew(work: HandedIn, key: str) -> MarkValue:
    """The mark of slot 1 once this option is the right one."""
    order = Order(course_of({**work.questions, A: with_key(key)}), {})
    plan = plan_of([work], order)
    return plan.moved[0].slots[0].new if plan.moved else work.marks[1]


def test_a_corrected_key_moves_who_chose_it_and_who_chose_the_old_one() -> None:
    answers = {"a": RIGHT, "b": WRONG, "c": WRONG}
    told = {option: anew(attempt([mark], {1: [said(option)]}), "b") for option, mark in answers.items()}
    assert told == {"a": WRONG, "b": RIGHT, "c": WRONG}


def test_who_left_it_empty_stays_where_they_were() -> None:
    assert anew(attempt([BLANK]), "b") == BLANK


def test_points_and_pass_mark_stay_those_of_the_attempts_own_version() -> None:
    work = attempt([WRONG, RIGHT], {1: [said("b")], 2: [said("a")]}, points=(3.0, 1.0))
    other = with_key("b").model_copy(update={"points": 50.0})
    (moved,) = plan_of([work], Order(course_of({**work.questions, A: other}), {})).moved
    assert (moved.old, moved.new) == (finished(0.25, passed=False), finished(1.0, passed=True))


def test_of_several_checks_the_first_that_is_right_by_the_new_key_counts() -> None:
    settings = replace(TEST, feedback="interactive")
    hinted = make_question("a").model_copy(update={"hints": (Hint(text=text("Lihat.")),), "penalty": 50.0})
    rows = [said("b", "check"), said("b", "try_again", 2), said("a", "check", 3)]
    work = attempt([MarkValue(0.5, Outcome.RIGHT, first_fraction=0.0)], {1: rows}, {A: hinted}, settings)
    assert anew(work, "b") == RIGHT
    assert anew(work, "a") == work.marks[1], "hints and penalty stay, though the other version has none"


def test_with_certainty_an_answer_keeps_how_sure_its_learner_was() -> None:
    old = WRONG._replace(certainty=Certainty.HIGH)
    work = attempt([old], {1: [said("b", certainty=3)]}, settings=CERTAIN)
    assert anew(work, "b") == RIGHT._replace(certainty=Certainty.HIGH)


def test_an_answer_that_cannot_be_carried_keeps_its_mark_and_says_why() -> None:
    work = attempt([RIGHT], {1: [said("a")]})
    judged = TrueFalse(id="a", text=text("a"), answer=True)
    for others, reason in ({}, QUESTION_GONE), ({A: judged}, KIND_DIFFERS):
        plan = plan_of([work], Order(course_of(others), {}))
        assert plan.moved == ()
        assert [(each.attempt_id, each.slot, each.question, each.reason) for each in plan.kept] == [(7, 1, A, reason)]


def test_what_a_person_marked_stays_unless_the_question_is_decided_on() -> None:
    essay = Essay(id="a", text=text("Tulis."))
    row = AnswerRow(1, Action.SAVE, {"text": "Cerita."}, "page", START)
    work = attempt([MarkValue(0.7, Outcome.PARTIAL)], {1: [row]}, {A: essay})
    longer = essay.model_copy(update={"min_words": 5})
    assert plan_of([work], Order(course_of({A: longer}), {})).moved == ()
    assert plan_of([work], Order(None, RIGHT_FOR_ALL)).moved[0].slots[0].new == CREDITED


def test_what_is_never_marked_is_never_credited() -> None:
    read = Information(id="a", text=text("Bacalah."))
    work = attempt([MarkValue(None, Outcome.NOT_MARKED)], questions={A: read})
    assert plan_of([work], Order(None, RIGHT_FOR_ALL)).moved == ()


DECISIONS: list[tuple[list[MarkValue], Mapping[str, Decision], MarkValue, Result]] = [
    ([WRONG, RIGHT, RIGHT], RIGHT_FOR_ALL, CREDITED, finished(1.0, passed=True)),
    ([BLANK, RIGHT, WRONG], RIGHT_FOR_ALL, CREDITED, finished(2 / 3, passed=False)),
    ([WRONG, RIGHT, RIGHT], OUT, LEFT_OUT, finished(1.0, passed=True)),
    ([RIGHT, RIGHT, WRONG], OUT, LEFT_OUT, finished(0.5, passed=False)),
    ([RIGHT], OUT, LEFT_OUT, finished(None, passed=False)),
    ([RIGHT, MarkValue(None, Outcome.NOT_MARKED)], OUT, LEFT_OUT, finished(None, passed=False)),
]


@pytest.mark.parametrize(("marks", "decisions", "becomes", "result"), DECISIONS)
def test_what_is_decided_holds_for_everybody(
    marks: list[MarkValue], decisions: Mapping[str, Decision], becomes: MarkValue, result: Result
) -> None:
    (moved,) = plan_of([attempt(marks)], Order(None, decisions)).moved
    assert (moved.slots[0].new, moved.new) == (becomes, result)


def test_an_essay_that_is_decided_on_is_waited_for_no_longer() -> None:
    essay = {A: Essay(id="a", text=text("Tulis.")), B: make_question("b")}
    waiting = MarkValue(*_grade(NEEDS_MARKING))
    work = attempt([waiting, RIGHT], questions=essay)
    assert work.result == Result(AttemptState.SUBMITTED, None, None)
    (moved,) = plan_of([work], Order(None, OUT)).moved
    assert moved.new == finished(1.0, passed=True)


def _grade(grade: Any) -> tuple[float | None, Outcome]:
    return grade.fraction, grade.outcome


SURE = st.sampled_from([None, *Certainty])


@given(st.lists(st.tuples(st.sampled_from([RIGHT, WRONG, BLANK]), SURE), min_size=3, max_size=3))
def test_being_credited_never_costs_anybody_anything_whatever_they_were_sure_of(given_marks: list[Any]) -> None:
    marks = [mark._replace(certainty=None if mark is BLANK else sure) for mark, sure in given_marks]
    for settings in (TEST, CERTAIN):
        work = attempt(marks, settings=settings)
        for moved in plan_of([work], Order(None, RIGHT_FOR_ALL)).moved:
            assert (moved.new.fraction or 0.0) >= (moved.old.fraction or 0.0) - 1e-12


@given(st.sampled_from("abcd"), st.sampled_from([None, *"abcd"]), st.sampled_from([{}, RIGHT_FOR_ALL, OUT]), SURE)
def test_regrading_twice_moves_once_and_undoing_puts_everything_back(
    key: str, chosen: str | None, decisions: Mapping[str, Decision], sure: Certainty | None
) -> None:
    rows = {} if chosen is None else {1: [said(chosen, certainty=sure)], 2: [said("a")]}
    work = attempt([BLANK, BLANK], rows, settings=CERTAIN)
    for moved in plan_of([work], Order(course_of(work.questions), {})).moved:
        work = replace(work, marks={**work.marks, **{each.slot: each.new for each in moved.slots}}, result=moved.new)
    assert plan_of([work], Order(course_of(work.questions), {})).moved == (), "its own version moves nothing"
    order = Order(course_of({**work.questions, A: with_key(key)}), decisions)
    for moved in plan_of([work], order).moved:
        marks = {**work.marks, **{each.slot: each.new for each in moved.slots}}
        after = replace(work, marks=marks, result=moved.new)
        assert plan_of([after], order).moved == ()
        exchanged = {each.slot: Exchange(each.old, each.new) for each in moved.slots}
        back = put_back(after, exchanged, ResultExchange(moved.old, moved.new))
        assert back.new == work.result
        assert {**marks, **{each.slot: each.new for each in back.slots}} == work.marks


def test_undoing_leaves_a_mark_that_is_another_by_now_and_counts_the_result_anew() -> None:
    (moved,) = plan_of([attempt([WRONG, WRONG])], Order(None, {**RIGHT_FOR_ALL, B: Decision.LEFT_OUT})).moved
    since = attempt([CREDITED, RIGHT])
    exchanged = {each.slot: Exchange(each.old, each.new) for each in moved.slots}
    back = put_back(since, exchanged, ResultExchange(moved.old, moved.new))
    assert [each.slot for each in back.slots] == [1]
    assert back.new == finished(0.5, passed=False)


def test_a_plan_counts_who_rises_falls_passes_and_fails() -> None:
    works = [
        attempt(marks, {1: [said(option)], 2: [said("a")]})
        for marks, option in [([RIGHT], "a"), ([WRONG], "b"), ([WRONG, RIGHT], "b"), ([WRONG], "c")]
    ]
    plan = plan_of(works, Order(course_of({**works[0].questions, A: with_key("b"), B: make_question("b")}), {}))
    assert (plan.attempts, len(plan.moved)) == (4, 3)
    assert (plan.up, plan.down, plan.newly_passed, plan.newly_failed) == (2, 1, 2, 1)


def test_a_regrade_says_what_it_wants_and_decides_on_nothing_twice() -> None:
    with pytest.raises(NothingChosen):
        Wanted("k", "kuis", None, {}).check(())
    with pytest.raises(AlreadyDecided):
        Wanted("k", "kuis", None, OUT).check({A})
    Wanted("k", "kuis", 3, OUT).check({B})
