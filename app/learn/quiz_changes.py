"""What changed in a quiz's questions since an attempt was made, as far as its learner may know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from app.catalogue.queries import Published, published
from app.content.activities import Quiz
from app.content.course import Course
from app.content.differences.renewed import Renewed, renewed
from app.errors import NotFound
from app.quizzes.queries import MarkFact, Sheet, marks_of, slots_of
from app.quizzes.rules.review import Moment, is_closed, reveal
from app.quizzes.standing import StandingAt, standing_at
from app.texts.local import LocalText
from app.web.frame import show_page
from app.web.languages import language


class Told(NamedTuple):
    """A question that changed. What may not be told, and what is as it was, is None.

    Texts and keys are those of then and now.
    """

    slot: int
    gone: bool
    text: tuple[LocalText, LocalText] | None = None
    key: tuple[str, str] | None = None
    explanation: LocalText | None = None


def changed_since(sheet: Sheet, course: Course) -> tuple[Renewed, ...]:
    """The questions of an attempt that the course as it is served has in another version; () where it is pinned."""
    if course is sheet.course:
        return ()
    return renewed(sheet.course, course, sheet.quiz.id, (place.question for place in sheet.places))


def changes_page(sheet: Sheet, *, now: datetime) -> str:
    """The questions that changed, one by one. Raises NotFound where the attempt's quiz shows none of its questions."""
    found, quiz = _served(sheet)
    standing = standing_at(sheet.person_id, found.course, quiz, now=now)
    row = sheet.quiz.settings.review.closed if _is_closed(sheet, standing, now) else sheet.quiz.settings.review.after
    if not row.answers:
        raise NotFound
    return show_page(
        "learn/quiz_changes.html",
        sheet=sheet,
        quiz=quiz,
        told=list(_told(sheet, changed_since(sheet, found.course), _Rules(quiz, standing, now))),
    )


class _Rules(NamedTuple):
    """The quiz as it is served, and how its learner stands there now."""

    quiz: Quiz
    standing: StandingAt
    now: datetime


def _served(sheet: Sheet) -> tuple[Published, Quiz]:
    found = published().get(sheet.course.slug)
    quiz = found.course.activity(sheet.quiz.id) if found else None
    if found is None or not isinstance(quiz, Quiz):
        raise NotFound
    return found, quiz


def _is_closed(sheet: Sheet, standing: StandingAt, now: datetime) -> bool:
    ended = [each for each in standing.attempts if each.finished_at]
    return is_closed(sheet.limits, ended, sheet.quiz.settings, now)


def _told(sheet: Sheet, changed: Iterable[Renewed], rules: _Rules) -> Iterable[Told]:
    marks, states = marks_of(sheet.id), slots_of(sheet)
    for each in changed:
        opened = _opened(sheet, marks.get(each.place), states[each.place - 1].final, rules)
        yield _with_key(each) if opened else Told(each.place, each.now is None)


def _opened(sheet: Sheet, mark: MarkFact | None, checked: bool, rules: _Rules) -> bool:
    """Whether the key may be seen both by the rules the attempt was made under and by those that hold now."""
    quiz, standing, now = rules
    key_open = mark is not None and mark.key_opened_at is not None and mark.key_opened_at <= now
    ended = [each for each in standing.attempts if each.finished_at]
    closed = is_closed(standing.limits, ended, quiz.settings, now), _is_closed(sheet, standing, now)
    return all(
        (shown := reveal(settings, Moment(checked, True, over, key_open))).key and shown.explanation
        for settings, over in zip((quiz.settings, sheet.quiz.settings), closed, strict=True)
    )


def _with_key(each: Renewed) -> Told:
    """What changed in a question whose key may be seen."""
    if each.now is None:
        return Told(each.place, gone=True)
    keys = (each.was.right_answer_summary(language()), each.now.right_answer_summary(language()))
    return Told(
        each.place,
        gone=False,
        text=(each.was.text, each.now.text) if each.was.text != each.now.text else None,
        key=keys if keys[0] != keys[1] else None,
        explanation=each.now.explanation if each.now.explanation != each.was.explanation else None,
    )
