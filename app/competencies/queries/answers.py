"""One person's competencies, and the answers behind a score: folded from the rows when asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select

from app.catalogue.models import Revision
from app.catalogue.queries import shared_now
from app.competencies.queries.facts import Facts, facts_of
from app.competencies.queries.pinned import pinned_course
from app.competencies.queries.yardstick import yardstick_now
from app.competencies.rules import (
    MINIMUM,
    Score,
    Weighed,
    competency_scores,
    evidence_of,
    weighed,
)
from app.content.activities import Quiz
from app.content.course import Area, Competency, Course, Framework
from app.db import db
from app.questions.base import Grade, Outcome
from app.quizzes.models import Attempt
from app.texts.local import LocalText

RETIRED: Final = LocalText("Kompetensi yang tidak dipakai lagi", "Competencies no longer in use")


@dataclass(frozen=True, slots=True)
class Standing:
    """A competency of one person. `score` None: no answer counts yet."""

    competency: Competency
    score: Score | None


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """An area of the framework that has competencies, in its order."""

    title: LocalText
    standings: tuple[Standing, ...]

    @property
    def begun(self) -> bool:
        """Whether any answer counts in it."""
        return any(each.score for each in self.standings)


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """An answer behind a score. Nothing of the key.

    `text` None: this release cannot show the question any more. `outcome` and `percent` (0 .. 100 of the points) None:
    the quiz does not tell which of its questions were right. `version` counts the course's revisions from 1. `weight`
    (0 .. 100) is its share of what is known of the ability; None where it counts no longer, from `counts_until` on.
    """

    text: LocalText | None
    outcome: Outcome | None
    percent: float | None
    answered_at: datetime | None
    quiz: LocalText | None
    version: int
    weight: float | None
    counts_until: datetime | None

    @property
    def counts(self) -> bool:
        """Whether the score rests on it; else it is too old."""
        return self.weight is not None


@dataclass(frozen=True, slots=True)
class Record:
    """A person's competencies. `chosen` is the one whose `answers` (the first one first) are opened; None: none is."""

    areas: tuple[AreaStanding, ...]
    questions: int  # all that count, over all competencies
    minimum: int  # as many a score must rest on to be shown
    months: int  # how long an answer counts
    chosen: Standing | None = None
    answers: tuple[AnswerFact, ...] = ()
    met: frozenset[str] = frozenset()  # addresses of questions that cannot count anew: answered, or their key was open


def competency_record(person_id: int, chosen: str | None = None, *, now: datetime) -> Record:
    """What one person's page shows, with the answers behind the competency `chosen` (None or unknown: none), also those
    that are too old by `now`.
    """
    facts, yardstick = facts_of(person_id), yardstick_now()
    evidence = evidence_of(facts.slots, facts.checks)
    scores = competency_scores(evidence, yardstick, facts.parameters, now=now)
    areas = _areas(shared_now().framework, scores)
    opened = next((each for area in areas for each in area.standings if each.competency.id == chosen), None)
    behind = [slot for slot in evidence if opened and slot.competency == opened.competency.id]
    answers = _answers(weighed(behind, yardstick, facts.parameters, now=now))
    count = sum(score.questions for score in scores.values())
    return Record(areas, count, MINIMUM, yardstick.months, opened, answers, _met(facts))


def _met(facts: Facts) -> frozenset[str]:
    known = (slot.question for slot in facts.slots if slot.answered_at or slot.key_opened_at)
    return frozenset(known) | {check.question for check in facts.checks}


def _areas(framework: Framework, scores: Mapping[str, Score]) -> tuple[AreaStanding, ...]:
    """The framework's areas; scores in competencies that it no longer has come last, so that none is lost."""
    areas = [_area(area, scores) for area in framework.areas if area.competencies]
    retired = sorted(scores.keys() - framework.competencies.keys())
    if retired:
        area = Area(
            "", RETIRED, tuple(Competency(each, "", LocalText.plain(each), cut=framework.cut) for each in retired)
        )
        areas.append(_area(area, scores))
    return tuple(areas)


def _area(area: Area, scores: Mapping[str, Score]) -> AreaStanding:
    return AreaStanding(area.title, tuple(Standing(each, scores.get(each.id)) for each in area.competencies))


_ATTEMPT: Final = Attempt.__table__.c
_REVISION: Final = Revision.__table__.c
_ATTEMPTS: Final = select(
    _ATTEMPT.id,
    _ATTEMPT.quiz_id,
    select(func.count())
    .where(_REVISION.slug == _ATTEMPT.course_slug, _REVISION.id <= _ATTEMPT.revision_id)
    .scalar_subquery()
    .label("version"),
).where(_ATTEMPT.id.in_(bindparam("attempts", expanding=True)))


def _answers(evidence: Sequence[Weighed]) -> tuple[AnswerFact, ...]:
    if not evidence:
        return ()
    wanted = sorted({each.slot.attempt_id for each in evidence})
    attempts = {row.id: row for row in db.session.execute(_ATTEMPTS, {"attempts": wanted})}
    courses = {revision: pinned_course(revision) for revision in sorted({each.slot.revision_id for each in evidence})}
    return tuple(_answer(each, attempts[each.slot.attempt_id], courses[each.slot.revision_id]) for each in evidence)


def _answer(each: Weighed, attempt: Row[Any], course: Course | None) -> AnswerFact:
    slot = each.slot
    question = course.question(slot.question) if course else None
    activity = course.activity(attempt.quiz_id) if course else None
    quiz = activity if isinstance(activity, Quiz) else None
    # A quiz that keeps to itself which questions were right (an exam) does not have it told here either.
    shown = quiz is not None and quiz.settings.review.after.correctness and slot.fraction is not None
    told = min(1.0, max(0.0, slot.fraction or 0.0)) if shown else None
    return AnswerFact(
        text=question.text if question else None,
        outcome=None if told is None else Grade.of(told).outcome,
        percent=None if told is None else 100 * told,
        answered_at=slot.answered_at,
        quiz=quiz.title if quiz else None,
        version=attempt.version,
        weight=each.weight,
        counts_until=each.until,
    )
