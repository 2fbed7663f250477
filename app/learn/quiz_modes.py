"""What a feedback mode puts beside a question: the verdict, a hint and the tries that are left, or how sure one is."""

from __future__ import annotations

from typing import Final, Literal

from markupsafe import Markup

from app.content.activities import Feedback
from app.errors import N_, Message
from app.learn.quiz_parts import part
from app.marking.rules.marks import grade_slot
from app.questions.outcomes import OUTCOME_WORDS
from app.quizzes.queries import Sheet
from app.quizzes.rules.answering import SlotState
from app.quizzes.rules.certainty import Certainty, asks_certainty
from app.quizzes.rules.interactive import plan_of
from app.quizzes.rules.review import Moment, reveal
from app.quizzes.rules.tries import Standing
from app.web.languages import language, number, tell

Mode = Feedback | Literal["checked", "hinted"]

CERTAINTY_WORDS: Final[dict[Certainty, Message]] = {
    Certainty.LOW: N_("Kurang yakin"),
    Certainty.MIDDLE: N_("Cukup yakin"),
    Certainty.HIGH: N_("Sangat yakin"),
}


def mode_of(sheet: Sheet, slot: int, state: SlotState) -> Mode:
    """How a question's page works: `checked` (it is closed), `hinted` (it waits for another try), or as the quiz says.

    What no program can check is answered as in a deferred quiz.
    """
    if state.final:
        return "checked"
    if state.hinted:
        return "hinted"
    return sheet.quiz.settings.feedback if sheet.question(slot).checkable else "deferred"


def verdict_words(sheet: Sheet, slot: int, state: SlotState) -> str:
    """How a checked answer came out, with what its tries cost where marks may be seen; nothing before a check."""
    question = sheet.question(slot)
    if state.hinted:
        response = question.response_of(state.response)
        return "" if response is None else tell(OUTCOME_WORDS[question.grade(response).outcome])
    if not state.final:
        return ""
    grade = grade_slot(question, state)
    words = tell(OUTCOME_WORDS[grade.outcome])
    shown = reveal(sheet.quiz.settings, Moment(checked=True))
    if state.tries is None or not shown.marks:
        return words
    points = sheet.place(slot).points
    earned = number((grade.fraction or 0.0) * points, 2)
    return f"{words} · {tell(N_('%(earned)s dari %(points)s poin', earned=earned, points=number(points, 2)))}"


def mode_part(sheet: Sheet, slot: int, state: SlotState) -> Markup:
    """What stands below the question: the hint, the tries that are left, or the question how sure one is."""
    question, feedback = sheet.question(slot), sheet.quiz.settings.feedback
    if asks_certainty(question, feedback):
        chosen = state.newest.certainty if state.newest else None
        return part("learn/quiz_certainty.html", words=CERTAINTY_WORDS, chosen=chosen)
    if feedback != "interactive" or state.final or not question.checkable:
        return Markup("")
    tries = plan_of(question).tries
    now = state.tries or Standing(0, tries, closed=False, fraction=None)
    return part("learn/quiz_tries.html", now=now, hinted=state.hinted, tries=tries, language=language())
