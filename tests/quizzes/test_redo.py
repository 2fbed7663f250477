"""A checked question done again: its rows, what counts of them, and what they are evidence of."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.competencies.operations import rebuild
from app.competencies.queries.facts import facts_of
from app.competencies.rules import evidence_of
from app.db import db
from app.marking.operations.finishing import finish_attempt
from app.marking.rules.marks import grade_slot
from app.people.permissions import Scope
from app.questions.base import Outcome
from app.quizzes.models import Mark
from app.quizzes.operations import answer_question
from app.quizzes.queries import Sheet, slots_of
from app.quizzes.rules.answering import Action, AnswerRow, AsSaved, Closed, Said, SlotState, Stored, decide
from app.quizzes.rules.interactive import slot_state, slot_state_after
from tests.ground.cast import Cast
from tests.questions.cast import options, question
from tests.quizzes.cast import begin, give, posted
from tests.quizzes.content import minute

SAVE, CHECK, REDO = Action.SAVE, Action.CHECK, Action.REDO
CLASS = question("single", options=options(("a", True), ("b", False), ("c", False)))
RIGHT, WRONG = {"choice": 0}, {"choice": 1}


def rows(*done: tuple[Action, Any]) -> list[AnswerRow]:
    return [AnswerRow(seq, action, given, "p", minute(seq)) for seq, (action, given) in enumerate(done, start=1)]


@pytest.mark.parametrize("feedback", ["immediate", "interactive"])
@pytest.mark.parametrize(
    ("done", "final", "answered", "now", "first"),
    [
        ([(CHECK, WRONG), (REDO, None)], False, False, Outcome.WRONG, 1),
        ([(CHECK, WRONG), (REDO, None), (CHECK, RIGHT)], True, True, Outcome.RIGHT, 1),
        ([(CHECK, RIGHT), (REDO, None), (CHECK, WRONG)], True, True, Outcome.WRONG, 1),
        ([(CHECK, WRONG), (REDO, None), (SAVE, RIGHT)], False, True, Outcome.RIGHT, 1),
        ([(CHECK, WRONG), (REDO, None), (SAVE, RIGHT), (SAVE, None)], False, False, Outcome.WRONG, 1),
        ([(CHECK, WRONG), (REDO, None), (CHECK, RIGHT), (REDO, None)], False, False, Outcome.RIGHT, 1),
        ([(SAVE, RIGHT), (CHECK, WRONG), (REDO, None), (CHECK, RIGHT)], True, True, Outcome.RIGHT, 2),
    ],
)
def test_the_newest_answer_counts_and_the_first_one_is_remembered(
    feedback: Any, done: list[tuple[Action, Any]], final: bool, answered: bool, now: Outcome, first: int
) -> None:
    told = rows(*done)
    state = slot_state(told, feedback, CLASS)
    assert (state.final, state.answered, grade_slot(CLASS, state).outcome) == (final, answered, now)
    assert state.first.counted == told[first - 1]
    step = SlotState()
    for row in told:
        step = slot_state_after(step, row, feedback, CLASS)
    assert step == state


def test_doing_a_question_over_a_thousand_times_is_still_one_state() -> None:
    state = slot_state(rows(*[(CHECK, WRONG), (REDO, None)] * 1500, (CHECK, RIGHT)), "immediate", CLASS)
    assert state.final and state.first.counted is not None and state.first.counted.seq == 1


CHECKED = rows((CHECK, WRONG))[0]
OPENED = rows((CHECK, WRONG), (REDO, None))[1]


@pytest.mark.parametrize(
    ("newest", "page", "shown", "how", "decision"),
    [
        (CHECKED, "q", 1, {"closed": True, "redoable": True}, Stored(2)),
        (CHECKED, "q", 0, {"closed": True, "redoable": True}, AsSaved(CHECKED)),  # a page that never showed the check
        (OPENED, "p", 1, {}, AsSaved(OPENED)),  # pressed twice
        (None, "q", 0, {}, AsSaved(None)),
        (CHECKED, "q", 1, {"closed": True}, Closed()),  # the attempt is over
    ],
)
def test_only_a_checked_question_of_an_attempt_that_goes_on_is_opened_again(
    newest: AnswerRow | None, page: str, shown: int, how: dict[str, bool], decision: Any
) -> None:
    assert decide(newest, Said(page, shown, REDO, None), **how) == decision


@pytest.fixture
def siti(app: Flask, cast: Cast) -> Any:
    """Siti's id, with the sample courses served."""
    with app.app_context():
        yield cast.siti


def redo(work: Sheet, slot: int) -> None:
    what = posted({}, shown=slots_of(work)[slot - 1].seq, wanted="redo")
    answer_question(work.id, slot, what, within=Scope(work.person_id), now=minute(3))


def test_doing_questions_again_raises_the_mark_but_never_a_competency_score(siti: int) -> None:
    work = begin(siti, "latihan")
    slots = range(1, len(work.places) + 1)
    for slot in slots:
        give(work, slot, right=slot == 1, now=minute(1), check=True)
        redo(work, slot)
        give(work, slot, right=True, now=minute(4), check=True)
    finish_attempt(work.id, within=Scope(siti), now=minute(5))
    db.session.rollback()
    marks = db.session.scalars(select(Mark).order_by(Mark.slot)).all()
    assert [(each.fraction, each.first_fraction) for each in marks] == [(1.0, float(slot == 1)) for slot in slots]
    assert {each.answered_at for each in marks} == {each.key_opened_at for each in marks} == {minute(1)}
    facts = facts_of(siti)
    evidence = evidence_of(facts.slots, facts.checks)
    assert sum(each.fraction or 0 for each in evidence) == 1
    again = begin(siti, "latihan", now=minute(6))
    for slot in slots:
        give(again, slot, right=True, now=minute(7), check=True)
    finish_attempt(again.id, within=Scope(siti), now=minute(8))
    rebuild(now=minute(9))
    facts = facts_of(siti)
    assert [each for each in evidence_of(facts.slots, facts.checks) if each.attempt_id == work.id] == evidence
