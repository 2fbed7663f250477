"""Made-up quizzes for the rules, without files: single questions with four options, their first the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from app.content.activities import DrawSlot, FixedSlot, Quiz, QuizSettings
from app.content.course import Course, Module
from app.content.review import REVIEWS
from app.questions.base import Question
from app.questions.options import Option
from app.questions.single import Single
from app.texts.local import LocalText

START: Final = datetime(2026, 11, 22, 2, 24, tzinfo=UTC)  # 10.24 WITA

PRACTICE: Final = QuizSettings(
    preset="practice",
    feedback="immediate",
    attempts=None,
    pass_percent=60.0,
    shuffle_questions=True,
    shuffle_options=True,
    review=REVIEWS["practice"],
)
TEST: Final = replace(
    PRACTICE, preset="test", feedback="deferred", attempts=3, pass_percent=70.0, review=REVIEWS["test"]
)
EXAM: Final = replace(TEST, preset="exam", attempts=1, review=REVIEWS["exam"])


def minute(count: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=count)


def make_question(name: str, points: float = 1.0) -> Single:
    """A question whose first option is the right one."""
    options = tuple(Option(text=LocalText.plain(text), correct=text == "a") for text in "abcd")
    return Single(id=name, text=LocalText.plain(name), options=options, points=points, competency="F1.satu")


def make_course(slots: Sequence[FixedSlot | DrawSlot], settings: QuizSettings = TEST) -> tuple[Course, Quiz]:
    """A course with one quiz of these slots; the questions are made from the addresses."""
    quiz = Quiz("kuis", LocalText.plain("Kuis"), settings, tuple(slots))
    questions: dict[str, Question] = {each: make_question(each.rpartition("/")[2]) for each in quiz.addresses}
    title = LocalText.plain("Kursus")
    course = Course(
        slug="k", code="K-1", title=title, summary=title, track="it", hours=1, completion="all", open=True,
        written=(Module("01", title, None, (quiz,)),), banks={}, questions=questions, media={}, sha256="",
    )  # fmt: skip
    return course, quiz
