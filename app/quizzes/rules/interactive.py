"""Interactive mode: the rows of a slot and its question -> where its tries stand, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.content.activities import Feedback
from app.questions.base import Grade, Question
from app.quizzes.rules.answering import UNTOUCHED, Action, AnswerRow, Redone, SlotState, StoredResponse, fold
from app.quizzes.rules.tries import PENALTY, Answered, TryPlan, costs_a_try, final_fraction, standing


def plan_of(question: Question) -> TryPlan:
    """How often a question may be tried, and what each try costs."""
    return TryPlan(question.hints, PENALTY if question.penalty is None else question.penalty / 100)


def slot_state(rows: Sequence[AnswerRow], feedback: Feedback, question: Question) -> SlotState:
    """A slot's rows, in their order -> its state, in any mode. Each `redo` among them begins it anew."""
    state, since = UNTOUCHED, 0
    for place, row in enumerate(rows):
        if row.action is Action.REDO:
            state = opened_again(replace(_stretch(rows[since:place], feedback, question), redone=state.redone), row)
            since = place + 1
    if since == len(rows):
        return state
    return replace(_stretch(rows[since:], feedback, question), redone=state.redone)


def _stretch(rows: Sequence[AnswerRow], feedback: Feedback, question: Question) -> SlotState:
    """The same for rows without a `redo`."""
    if feedback != "interactive":
        return fold(rows, feedback)
    return fold_tries(rows, question) if rows else UNTOUCHED


def opened_again(state: SlotState, row: AnswerRow) -> SlotState:
    """A slot to be answered once more, by a `redo`."""
    return SlotState(row, redone=Redone(replace(state.first, redone=None), replace(state.counting, redone=None)))


def slot_state_after(state: SlotState, row: AnswerRow, feedback: Feedback, question: Question) -> SlotState:
    """The state that one more row leads to. Nothing follows a row that closes a slot."""
    if row.action is Action.REDO:
        return opened_again(state, row)
    return replace(_stretch([*state.checked, row], feedback, question), redone=state.redone)


def fold_tries(rows: Sequence[AnswerRow], question: Question) -> SlotState:
    """An interactive slot's rows, in their order, oldest first -> its state.

    A check that is right, or the last one, closes the slot and counts; before that the newest row does. Of the rows
    only the checks and the newest matter, so a state may be carried on by folding `checked` and what came after it.
    """
    plan = plan_of(question)
    checked: list[AnswerRow] = []
    now = standing(plan, [])
    for row in rows:
        if row.action is Action.CHECK:
            checked.append(row)
            now = standing(plan, _answered(question, checked))
            if now.closed:
                break
    counted = checked[-1] if now.closed else rows[-1]
    return SlotState(
        rows[-1],
        counted,
        final=now.closed,
        tries=now,
        checked=tuple(checked),
        earned=_earned(plan, question, checked, counted),
    )


def left_for_another_try(question: Question, state: SlotState) -> StoredResponse | None:
    """What another try begins with: the answer that was checked, without what is wrong where its hint says so."""
    response = question.response_of(state.response)
    if response is None or state.tries is None or state.tries.hint is None or not state.tries.hint.clear_wrong:
        return state.response
    kept = question.without_wrong(response)
    return None if kept is None else kept.model_dump(mode="json")


def _earned(plan: TryPlan, question: Question, checked: Sequence[AnswerRow], counted: AnswerRow) -> Grade:
    """The fraction that all tries leave, and the outcome of the last of them."""
    unchecked = [counted] if counted.action is not Action.CHECK and counted.response is not None else []
    answers = _answered(question, [*checked, *unchecked])
    tried = [each.grade for each in answers if costs_a_try(each.grade)]
    if not tried:
        return answers[-1].grade if answers else question.unanswered
    saved = answers[-1] if unchecked else None
    return Grade(final_fraction(plan, answers[: len(checked)], saved), tried[-1].outcome)


def _answered(question: Question, rows: Sequence[AnswerRow]) -> list[Answered]:
    responses = [each for row in rows if (each := question.response_of(row.response)) is not None]
    parts = question.parts_by_try(responses)
    return [Answered(question.grade(each), of_try) for each, of_try in zip(responses, parts, strict=True)]
