"""The pages before and after an attempt: what the quiz is and what came of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from flask import url_for
from markupsafe import Markup

from app.catalogue.queries import Published, published
from app.content.activities import Grading, Quiz
from app.content.figures import figure_kilobytes
from app.content.review import Reveal
from app.errors import N_, Message
from app.learn.quiz_changes import changed_since
from app.learn.quiz_deleted import with_reasons
from app.learn.quiz_list import heading_part
from app.learn.quiz_modes import CERTAINTY_WORDS
from app.learn.quiz_pages import question_part
from app.learn.quiz_parts import part
from app.learn.quiz_remarks import (
    MARKED,
    Remarks,
    has_marked_by_hand,
    is_waiting,
    remarks_alone,
    remarks_on,
    remarks_part,
)
from app.learn.quiz_summary import certainty_table, confidence_part
from app.learn.quiz_time import ended_without_result, hindrance, times_part
from app.marking.queries.history import last_marked
from app.marking.queries.regrades import notices_of
from app.marking.rules.by_hand import HandMark
from app.questions.base import Outcome
from app.questions.outcomes import DECIDED, OUTCOME_WORDS
from app.quizzes.queries import MarkFact, Sheet, attempts_at, marks_of, slots_of
from app.quizzes.rules.answering import SlotState
from app.quizzes.rules.certainty import Certainty, certainty_mark
from app.quizzes.rules.grading import QuizGrade, passes, quiz_grade
from app.quizzes.rules.review import Moment, band_of, is_closed, opens_earlier_keys, reveal
from app.quizzes.rules.starting import AttemptFact, attempts_left, in_progress, next_number
from app.quizzes.rules.windows import why_not
from app.quizzes.standing import standing_at
from app.repetition.queries.cards import takes_part
from app.repetition.rules.drawing import is_practice
from app.web.frame import Blank, Skeleton, fill_page, show_page
from app.web.languages import language, number
from app.web.templating import filtered

GRADE_WORDS: Final[dict[Grading, Message]] = {
    "highest": N_("Nilai terbaik"),
    "average": N_("Nilai rata-rata"),
    "first": N_("Nilai percobaan pertama"),
    "last": N_("Nilai percobaan terakhir"),
}


def start_page(person_id: int, found: Published, quiz: Quiz, *, now: datetime) -> str:
    """The quiz before it is begun, with the attempts made so far."""
    standing = standing_at(person_id, found.course, quiz, now=now)
    attempts = standing.attempts
    grade = quiz_grade(attempts, quiz.settings)
    return show_page(
        "learn/quiz_start.html",
        course=found.course,
        module=found.course.module_of(quiz.id),
        quiz=quiz,
        certainties=certainty_table(quiz),
        figures=figure_kilobytes(found.course, quiz),
        finished=[
            (each, score(each, quiz))
            for each in attempts
            if each.fraction is not None or is_waiting(each) or each.voided
        ],
        marked=last_marked(person_id, found.course.slug, quiz.id) if has_marked_by_hand(found.course, quiz) else {},
        current=in_progress(attempts),
        best=None if grade is None else score(grade, quiz),
        best_words=GRADE_WORDS[quiz.settings.grading],
        passed=grade is not None and grade.passed,
        left=attempts_left(attempts, standing.limits.attempts),
        next_number=next_number(attempts),
        times=times_part(standing.limits, now),
        hindrance=hindrance(standing, now),
        unmarked=ended_without_result(attempts),
        deleted=with_reasons(person_id, (found.course.slug, quiz.id), attempts),
    )


def result_page(sheet: Sheet, *, now: datetime, signed_out: bool = False) -> str:
    """What came of a finished attempt. `signed_out`: it was handed in on a shared phone, and this is all there is."""
    found, remarks = _found(sheet, now), remarks_on(sheet)
    again = None if signed_out else _next_start(sheet, found.attempts, now)
    said = {"remarked": bool(remarks), "again": again, "signed_out": signed_out, "renewed": _renewed(sheet)}
    offered = is_practice(sheet.quiz.settings) and not signed_out
    said["daily"] = takes_part(sheet.person_id) if offered else None
    decided = {**_decided(found), **said}
    return fill_page(
        "learn/quiz_result.html",
        key=(sheet.revision_id, sheet.quiz.id, *decided.values()),
        shared=lambda: {
            "course": sheet.course,
            "quiz": sheet.quiz,
            "best_words": GRADE_WORDS[found.served.settings.grading],
            "following": None if signed_out else sheet.course.following(sheet.quiz.id),
            "elsewhere": sheet.course.leads_elsewhere(sheet.quiz.id),
            **decided,
        },
        personal=_personal(found, remarks),
    )


class _Found(NamedTuple):
    """A result with what its page rests on: all attempts at the quiz, the marks of this one, the grade of all of them,
    the quiz as it is served, when it is looked at, and what may be seen by then.
    """

    sheet: Sheet
    attempts: Sequence[AttemptFact]
    marks: Mapping[int, MarkFact]
    grade: QuizGrade | None
    served: Quiz
    look: Look
    row: Reveal


def _found(sheet: Sheet, now: datetime) -> _Found:
    settings, served = sheet.quiz.settings, _served(sheet) or sheet.quiz
    attempts = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    look = Look(is_closed(sheet.limits, [each for each in attempts if each.finished_at], settings, now), now)
    row = settings.review.closed if look.closed else settings.review.after
    return _Found(sheet, attempts, marks_of(sheet.id), quiz_grade(attempts, served.settings), served, look, row)


def _decided(found: _Found) -> dict[str, Hashable]:
    """What the page's skeleton depends on."""
    sheet, grade, row = found.sheet, found.grade, found.row
    uncounted = (Outcome.NOT_MARKED, Outcome.LEFT_OUT)
    return {
        "unmarked": is_waiting(sheet.fact),
        "voided": sheet.fact.voided,
        "has_best": grade is not None,
        "grading": found.served.settings.grading,
        "done": grade is not None and grade.passed,
        "passed": bool(sheet.fact.passed),
        "total": sum(mark.outcome not in uncounted for mark in found.marks.values()),
        "waiting": opens_earlier_keys(sheet.quiz.settings) and not found.look.closed,
        "closes": sheet.limits.closes is not None,
        "reviewed": row.answers and bool(found.marks),
        "counted": row.answers and row.correctness,
        "band": band_of(sheet.quiz.overall, sheet.fact.fraction),
    }


def _personal(found: _Found, remarks: Remarks) -> dict[str, object]:
    """What fills the skeleton."""
    sheet, marks, row = found.sheet, found.marks, found.row
    return {
        "result_url": url_for("learn.result", attempt_id=sheet.id),
        "changes_url": url_for("learn.changes", attempt_id=sheet.id),
        "number": sheet.fact.number,
        "moment": filtered("moment", sheet.fact.finished_at),
        "score": score(sheet.fact, sheet.quiz),
        "best": score(found.grade or sheet.fact, found.served),
        "right": sum(mark.outcome in (Outcome.RIGHT, Outcome.CREDITED) for mark in marks.values()),
        "next_number": next_number(found.attempts),
        "questions": _review(sheet, marks, remarks, found.look) if row.answers else "",
        "confidence": confidence_part(sheet.quiz, marks.values()) if row.answers and row.correctness else "",
        "remarks": remarks_alone(remarks),
        "regraded": part("web/regraded.html", regrades=notices_of(sheet.id)) if sheet.regraded else "",
    }


def score(fact: AttemptFact | QuizGrade, quiz: Quiz) -> str:
    """A finished attempt's share of the points, or a quiz's grade, of 100, as its reader writes numbers.

    Whole, unless rounding would tell the wrong side of the pass mark.
    """
    percent = 100 * (fact.fraction or 0.0)
    for digits in (0, 1, 2):
        if passes(round(percent, digits) / 100, quiz.settings.pass_percent) == bool(fact.passed):
            return number(percent, digits)
    return number(percent, 3)


class Look(NamedTuple):
    """When a result is looked at, and whether the quiz is over for its learner by then."""

    closed: bool
    now: datetime


def _review(sheet: Sheet, marks: Mapping[int, MarkFact], remarks: Remarks, look: Look) -> Markup:
    """Each question as far as it may be seen."""
    return Markup("").join(
        heading_part(sheet, slot, level=3)
        + _reviewed(sheet, slot, state.counting, _Seen(marks[slot], look), remarks.get(slot, ()))
        for slot, state in enumerate(slots_of(sheet), start=1)
    )


class _Seen(NamedTuple):
    """What a slot came to, looked at now."""

    mark: MarkFact
    look: Look

    def shown(self, sheet: Sheet, state: SlotState) -> Reveal:
        """What may be shown of it."""
        is_open = self.mark.key_opened_at is not None and self.mark.key_opened_at <= self.look.now
        moment = Moment(checked=state.final, finished=True, closed=self.look.closed, key_open=is_open)
        return reveal(sheet.quiz.settings, moment)


def _reviewed(sheet: Sheet, slot: int, state: SlotState, seen: _Seen, said: Sequence[HandMark]) -> Markup:
    mark, shown = seen.mark, seen.shown(sheet, state)
    told = Outcome(mark.outcome) if shown.correctness or mark.outcome in DECIDED else None
    earned = None if mark.fraction is None or not shown.marks else mark.fraction * mark.points
    sure = mark.certainty if shown.marks and shown.correctness else None
    section = _section(language(), _Heading(slot, told, earned, mark.points, by_hand=bool(said), certainty=sure))
    filled = {
        "question": question_part(sheet, slot, state, "locked", shown),
        "remarks": remarks_part(sheet.question(slot), said, shown),
    }
    return Markup(section.fill(filled))  # noqa: S704 (rendered)


class _Heading(NamedTuple):
    """What is said above one question of a finished attempt. `told` None: nothing of how it came out.

    `earned` None: it has no mark, or none that is told. `by_hand`: a person said what it is worth, in points rather
    than as right or wrong. `certainty` None: nothing is said of how sure the learner was.
    """

    slot: int
    told: Outcome | None
    earned: float | None  # points
    points: float
    by_hand: bool
    certainty: Certainty | None


@lru_cache(maxsize=2000)
def _section(language: str, heading: _Heading) -> Skeleton:
    """What stands around one question."""
    by_hand = heading.by_hand and heading.told not in DECIDED
    words = None if heading.told is None else MARKED if by_hand else OUTCOME_WORDS[heading.told]
    told_points = heading.earned is not None and (heading.by_hand or heading.points != 1)
    values = {**heading._asdict(), "words": words, "told_points": told_points, "sure": _sure(heading)}
    return Skeleton(part("learn/quiz_reviewed.html", **values, question=Blank("question"), remarks=Blank("remarks")))


def _sure(heading: _Heading) -> tuple[Message, str] | None:
    """How sure the learner was, and the certainty mark it came to, in points."""
    if heading.certainty is None or heading.earned is None:
        return None
    fraction = heading.earned / heading.points
    return CERTAINTY_WORDS[heading.certainty], number(heading.points * certainty_mark(fraction, heading.certainty), 1)


def _next_start(sheet: Sheet, attempts: list[AttemptFact], now: datetime) -> tuple[int | None] | None:
    """How many further attempts there may be (None: as many as one likes) where one may be started; None where not.

    Asked of the course as it is served now, unless the learner was granted another number.
    """
    quiz = _served(sheet)
    if quiz is None:
        return None
    granted = sheet.limits.attempts != sheet.quiz.settings.attempts
    left = attempts_left(attempts, sheet.limits.attempts if granted else quiz.settings.attempts)
    hindered = in_progress(attempts) is not None or why_not(attempts, sheet.limits, now) is not None
    return None if left == 0 or hindered else (left,)


def _renewed(sheet: Sheet) -> bool:
    """Whether a question of the attempt, or its quiz, is not any more what it was."""
    served = published().get(sheet.course.slug)
    return served is not None and bool(changed_since(sheet, served.course))


def _served(sheet: Sheet) -> Quiz | None:
    """The quiz as it is served now; None where it is not any more."""
    served = published().get(sheet.course.slug)
    quiz = served.course.activity(sheet.quiz.id) if served else None
    return quiz if isinstance(quiz, Quiz) else None
