"""What people said of a learner's answers, as the learner reads it: without their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from markupsafe import Markup

from app.content.activities import Quiz
from app.content.course import Course
from app.errors import N_, Message
from app.learn.quiz_parts import part
from app.marking.queries.history import marks_that_count
from app.marking.rules.by_hand import HandMark
from app.questions.base import Question
from app.quizzes.queries import Sheet
from app.quizzes.rules.review import Reveal
from app.quizzes.rules.starting import AttemptFact, AttemptState
from app.web.languages import language

MARKED: Final[Message] = N_("Sudah dinilai")

Remarks: TypeAlias = Mapping[int, Sequence[HandMark]]  # slot -> the marks given by hand that make its mark


def is_waiting(attempt: AttemptFact) -> bool:
    """Whether an attempt was handed in and waits for a person's marks."""
    return attempt.state is AttemptState.SUBMITTED


def has_marked_by_hand(course: Course, quiz: Quiz) -> bool:
    """Whether an attempt at the quiz may hold a question that a person marks."""
    return any(course.questions[address].by_hand for address in quiz.addresses)


def remarks_on(sheet: Sheet) -> Remarks:
    """What people said of an attempt's answers; nothing is asked where no person marks any."""
    if not any(sheet.course.questions[place.question].by_hand for place in sheet.places):
        return {}
    return marks_that_count(sheet.id, sheet.quiz.settings.markers)


def remarks_part(question: Question, said: Sequence[HandMark], shown: Reveal) -> Markup:
    """Below a question: the comments, and the levels of its rubric that were reached once its key may be seen."""
    if not said:
        return Markup("")
    values = {"said": said, "rubric": getattr(question, "rubric", ()) if shown.key else (), "language": language()}
    return part("learn/quiz_remarks.html", **values)


def remarks_alone(remarks: Remarks) -> Markup:
    """The comments by slot, for a quiz whose questions are not shown again."""
    return part("learn/quiz_remarks_alone.html", remarks=sorted(remarks.items())) if remarks else Markup("")
