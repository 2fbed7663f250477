"""The pages before and after an attempt: what the quiz is and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from flask import url_for
from markupsafe import Markup

from app.catalogue.queries import Published, published
from app.content.course import Activity, Course, Quiz
from app.learn.quiz_pages import OUTCOME_WORDS, part, question_part
from app.marking.rules import passes
from app.questions.base import Outcome
from app.quizzes.queries import MarkFact, Sheet, attempts_at, marks_of, slots_of
from app.quizzes.rules.answering import SlotState
from app.quizzes.rules.review import Moment, Reveal, reveal
from app.quizzes.rules.starting import AttemptFact, attempts_left, best_attempt, in_progress, next_number
from app.web.frame import Blank, Skeleton, fill_page, show_page
from app.web.languages import language, number
from app.web.templating import filtered


def start_page(person_id: int, found: Published, quiz: Quiz) -> str:
    """The quiz before it is begun, with the attempts made so far."""
    attempts = attempts_at(person_id, found.course.slug, quiz.id)
    best = best_attempt(attempts)
    return show_page(
        "learn/quiz_start.html",
        course=found.course,
        module=found.course.module_of(quiz.id),
        quiz=quiz,
        finished=[(each, score(each, quiz)) for each in attempts if each.fraction is not None],
        current=in_progress(attempts),
        best=None if best is None else score(best, quiz),
        passed=any(each.passed for each in attempts),
        left=attempts_left(attempts, quiz.settings.attempts),
        next_number=next_number(attempts),
    )


def result_page(sheet: Sheet, *, signed_out: bool = False) -> str:
    """What came of a finished attempt. `signed_out`: it was handed in on a shared phone, and this is all there is."""
    attempts = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    marks = marks_of(sheet.id)
    decided = {
        "passed": bool(sheet.fact.passed),
        "total": len(sheet.places),
        "waiting": any(mark.key_opened_at is None for mark in marks.values()),
        "reviewed": sheet.quiz.settings.show_answers and bool(marks),
        "again": None if signed_out else _next_start(sheet, attempts),
        "signed_out": signed_out,
    }
    return fill_page(
        "learn/quiz_result.html",
        key=(sheet.revision_id, sheet.quiz.id, *decided.values()),
        shared=lambda: {
            "course": sheet.course,
            "quiz": sheet.quiz,
            "following": None if signed_out else _following(sheet.course, sheet.quiz),
            **decided,
        },
        personal={
            "result_url": url_for("learn.result", attempt_id=sheet.id),
            "number": sheet.fact.number,
            "moment": filtered("moment", sheet.fact.finished_at),
            "score": score(sheet.fact, sheet.quiz),
            "best": score(best_attempt(attempts) or sheet.fact, sheet.quiz),
            "right": sum(mark.outcome == Outcome.RIGHT for mark in marks.values()),
            "next_number": next_number(attempts),
            "questions": _review(sheet, marks),
        },
    )


def score(fact: AttemptFact, quiz: Quiz) -> str:
    """A finished attempt's share of the points, of 100, as its reader writes numbers.

    Whole, unless rounding would tell the wrong side of the pass mark.
    """
    percent = 100 * (fact.fraction or 0.0)
    for digits in (0, 1, 2):
        if passes(round(percent, digits) / 100, quiz.settings.pass_percent) == bool(fact.passed):
            return number(percent, digits)
    return number(percent, 3)


def _review(sheet: Sheet, marks: Mapping[int, MarkFact]) -> Markup:
    """Each question as far as it may be seen; nothing where not even one's own answers are shown."""
    if not sheet.quiz.settings.show_answers:
        return Markup("")
    states = enumerate(slots_of(sheet), start=1)
    return Markup("").join(_reviewed(sheet, slot, state, marks[slot]) for slot, state in states)


def _reviewed(sheet: Sheet, slot: int, state: SlotState, mark: MarkFact) -> Markup:
    moment = Moment(checked=state.final, finished=True, key_open=mark.key_opened_at is not None)
    shown: Reveal = reveal(sheet.quiz.settings, moment)
    told = Outcome(mark.outcome) if shown.correctness else None
    section = _section(language(), slot, told, mark.fraction * mark.points, mark.points)
    return Markup(section.fill({"question": question_part(sheet, slot, state, "locked", shown)}))  # noqa: S704 (rendered)


@lru_cache(maxsize=2000)
def _section(language: str, slot: int, told: Outcome | None, earned: float, points: float) -> Skeleton:
    """What stands around one question of a finished attempt. `told` None: nothing is said of how it came out."""
    words = None if told is None else OUTCOME_WORDS[told]
    values = {"slot": slot, "words": words, "earned": earned, "points": points, "question": Blank("question")}
    return Skeleton(part("learn/quiz_reviewed.html", **values))


def _next_start(sheet: Sheet, attempts: list[AttemptFact]) -> tuple[int | None] | None:
    """How many further attempts there may be (None: as many as one likes) where one may be started; None where not.

    Asked of the course as it is served now.
    """
    now = published().get(sheet.course.slug)
    quiz = now.course.activity(sheet.quiz.id) if now else None
    if not isinstance(quiz, Quiz):
        return None
    left = attempts_left(attempts, quiz.settings.attempts)
    return None if left == 0 or in_progress(attempts) else (left,)


def _following(course: Course, quiz: Quiz) -> Activity | None:
    """The activity after the quiz; None where it is the last."""
    ids = [each.id for each in course.activities]
    place = ids.index(quiz.id) + 1
    return course.activities[place] if place < len(ids) else None
