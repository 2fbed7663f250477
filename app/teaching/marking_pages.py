"""The page on which one answer is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import NotFound
from app.marking.queries.history import history_of, is_marked_by_hand
from app.marking.queries.reach import Reached, get_reached
from app.marking.queries.waiting import WaitingAnswer
from app.marking.rules.by_hand import HandMark, OwnAnswer, known_to
from app.people.permissions import Action, Scope
from app.questions.base import Question
from app.questions.registry import template_of
from app.questions.rubric import Criterion
from app.quizzes.queries import slots_of
from app.quizzes.rules.answering import SlotState
from app.quizzes.rules.review import Reveal
from app.quizzes.rules.starting import AttemptState
from app.teaching.forms import COMMENT_LIMIT, MarkForm
from app.texts.local import Language
from app.web.frame import show_page
from app.web.guard import may
from app.web.languages import language

# The rubric stands in the form, so it is not shown a second time with the key.
TO_MARKER: Final = Reveal(answers=True, correctness=True, explanation=True)


@dataclass(frozen=True, slots=True)
class Opened:
    """One answer before its marker: `history` is as much of it as the marker may know."""

    reached: Reached
    slot: int
    state: SlotState
    history: Sequence[HandMark]
    marker_id: int

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.reached.sheet.question(self.slot)

    @property
    def points(self) -> float:
        """What a full answer is worth."""
        return self.reached.sheet.place(self.slot).points

    @property
    def rubric(self) -> Sequence[Criterion]:
        """What it is marked by; () where its author left that to the marker."""
        return getattr(self.question, "rubric", ())

    @property
    def name(self) -> str | None:
        """Whose answer it is; None where the quiz keeps that from its markers until all is marked."""
        return None if is_hidden(self.reached) else self.reached.name

    def form_now(self, language: Language) -> MarkForm:
        """The form as a page begins with it."""
        markers = self.reached.sheet.quiz.settings.markers
        begun = [each for each in self.history if markers == 1 or each.marker_id == self.marker_id]
        return MarkForm.of_mark(begun[-1] if begun else None, self.points, language)


def is_hidden(reached: Reached) -> bool:
    """Whether the learner's name is kept from whoever marks."""
    sheet = reached.sheet
    return sheet.quiz.settings.blind and sheet.fact.state is AttemptState.SUBMITTED


def get_opened(attempt_id: int, slot: int, within: Scope) -> Opened:
    """An answer that a person marks, in reach. Raises NotFound, OwnAnswer."""
    reached = get_reached(attempt_id, within)
    sheet = reached.sheet
    if not sheet.finished or not is_marked_by_hand(sheet, slot):
        raise NotFound
    if sheet.person_id == within.person_id:
        raise OwnAnswer
    markers, decides = sheet.quiz.settings.markers, may(Action.DECIDE_MARKS)
    history = known_to(within.person_id, history_of(attempt_id, slot), markers, decides=decides)
    return Opened(reached, slot, slots_of(sheet)[slot - 1], history, within.person_id)


def next_after(opened: Opened, waiting: Sequence[WaitingAnswer]) -> WaitingAnswer | None:
    """The answer that follows in the queue; after the last comes the first. None where nothing waits."""
    sheet = opened.reached.sheet
    others = [each for each in waiting if (each.attempt_id, each.slot) != (sheet.id, opened.slot)]
    handed_in = sheet.fact.finished_at or sheet.fact.started_at
    here = (sheet.place(opened.slot).question, handed_in, sheet.id, opened.slot)
    return next((each for each in others if each.place > here), others[0] if others else None)


def mark_page(opened: Opened, form: MarkForm, cohort_id: int | None, sentence: str = "") -> str:
    """The answer, its rubric and history; `sentence` says why a mark was not kept."""
    sheet, question = opened.reached.sheet, opened.question
    return show_page(
        "teaching/mark.html",
        opened=opened,
        sheet=sheet,
        question=question,
        partial=template_of(question),
        order=sheet.place(opened.slot).order,
        response=question.response_of(opened.state.response),
        reveal=TO_MARKER,
        marking=True,
        form=form,
        newest=opened.history[-1].seq if opened.history else 0,
        cohort_id=cohort_id,
        sentence=sentence,
        limit=COMMENT_LIMIT,
        language=language(),
    )
