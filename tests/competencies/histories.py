"""Learners with histories, written as marking leaves them: people in bulk, attempts with their marks and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, insert, select

from app.catalogue.models import Revision
from app.competencies.models import CompetencyScore
from app.competencies.operations import store_counted
from app.competencies.queries.facts import facts_of
from app.competencies.queries.scores import SCORE_COLUMNS, score_of, score_rows
from app.competencies.queries.yardstick import yardstick_now
from app.competencies.rules import (
    GradedSlot,
    Score,
    State,
    Yardstick,
    competency_scores,
    evidence_of,
)
from app.db import db
from app.people.models import GrantRow, Person
from app.quizzes.models import Answer, Attempt, Mark

EIGHT: Final = datetime(2026, 11, 22, 0, tzinfo=UTC)  # 08.00 WITA


def at(minute: int) -> datetime:
    """A moment of that morning."""
    return EIGHT + timedelta(minutes=minute)


@dataclass(frozen=True)
class Given:
    """What one slot came to. Minutes after eight; None: never."""

    question: str
    competency: str | None = "F1.satu"
    fraction: float | None = 1.0  # None: it waits, or was left out
    answered: int | None = 0
    opened: int | None = None
    difficulty: str | None = "medium"
    guess: float | None = 0.0  # None: of an earlier release
    outcome: str = "right"


def score_over(*fractions: float, said: str | None = "medium", guesses: Sequence[float] = ()) -> Score:
    """What answers worth so much each come to, all to questions of one difficulty, by the usual cut and settings.

    `guesses`: what a blind guess earns at each; 0 where they are left out.
    """
    slots = [
        GradedSlot(str(number), "X", each, EIGHT, None, 1, number, 1, said, guess)
        for number, (each, guess) in enumerate(zip(fractions, guesses or [0.0] * len(fractions), strict=True), start=1)
    ]
    return bare(competency_scores(slots, Yardstick(), {}, now=EIGHT))["X"]


def bare(scores: Mapping[str, Score]) -> dict[str, Score]:
    """The scores without until when they hold."""
    return {name: replace(each, holds_until=None) for name, each in scores.items()}


def add_revision(slug: str = "contoh") -> int:
    """A revision without files: enough to hang attempts on."""
    return _insert(Revision, slug=slug, sha256="0" * 64, author="tests", kinds={}, created_at=EIGHT)


def add_learners(names: Iterable[str], organisation_id: int | None = None, *, came: bool = True) -> list[int]:
    """Learners without a usable password; `came` False: they never signed in."""
    seen = EIGHT if came else None
    ids = []
    for name in names:
        number = 1 + (db.session.scalar(select(func.max(Person.id))) or 0)
        ids.append(_insert(
            Person, name=name, user_name=f"peserta{number}", password_hash="-", must_change_password=False,
            session_version=1, language="id", organisation_id=organisation_id, active=True, created_at=EIGHT,
            first_signed_in_at=seen, last_signed_in_at=seen,
        ))  # fmt: skip
        _insert(GrantRow, person_id=ids[-1], role="learner", scope_kind="everything", granted_at=EIGHT)
    db.session.commit()
    return ids


def add_attempt(
    person_id: int, revision_id: int, questions: Sequence[str], *, quiz: str = "latihan", course: str = "contoh"
) -> int:
    """An open attempt at a quiz of these questions. Commits."""
    before = select(func.count()).where(Attempt.person_id == person_id, Attempt.quiz_id == quiz)
    attempt_id = _insert(
        Attempt, person_id=person_id, course_slug=course, quiz_id=quiz, revision_id=revision_id,
        number=1 + (db.session.scalar(before) or 0), seed=1, state="in_progress", started_at=EIGHT,
        layout=[{"question": each, "order": [], "points": 1.0} for each in questions],
    )  # fmt: skip
    db.session.commit()
    return attempt_id


def store_check(attempt_id: int, slot: int, minute: int) -> None:
    """The learner checks a slot: its key is shown while the attempt is open. Commits."""
    _insert(
        Answer, attempt_id=attempt_id, slot=slot, seq=1, action="check", response={"choice": 0}, page_token="t",
        saved_at=at(minute),
    )  # fmt: skip
    db.session.commit()


def store_marks(attempt_id: int, slots: Sequence[Given], minute: int) -> None:
    """Finish an attempt with these slots; never commits."""
    rows = [
        {
            "attempt_id": attempt_id, "slot": number, "question": each.question, "competency": each.competency,
            "fraction": each.fraction, "points": 1.0, "outcome": each.outcome, "difficulty": each.difficulty,
            "guess": each.guess,
            "answered_at": None if each.answered is None else at(each.answered),
            "key_opened_at": None if each.opened is None else at(each.opened),
        }
        for number, each in enumerate(slots, start=1)
    ]  # fmt: skip
    attempt = db.session.get_one(Attempt, attempt_id)
    attempt.state, attempt.finished_at, attempt.fraction, attempt.passed = "finished", at(minute), 1.0, True
    db.session.execute(insert(Mark), rows)


def add_finished(person_id: int, revision_id: int, slots: Sequence[Given], minute: int = 60, **place: str) -> int:
    """A finished attempt, its scores not yet stored. Commits."""
    attempt_id = add_attempt(person_id, revision_id, [each.question for each in slots], **place)
    store_marks(attempt_id, slots, minute)
    db.session.commit()
    return attempt_id


def made_score(score: float, questions: int) -> Score:
    """A score without answers behind it, known to 10 points either way."""
    state = State.TOO_FEW if questions < 5 else State.MASTERED if score >= 80 else State.NEEDS_SUPPORT
    return Score(score, 6.0, max(0.0, score - 10), min(100.0, score + 10), 0.0, 0.3, 0.5, questions, state)


def add_score(person_id: int, competency: str, score: float, questions: int = 10) -> None:
    """A row of the projection without any history behind it. Commits."""
    rows = score_rows(person_id, {competency: made_score(score, questions)}, yardstick_now(), EIGHT)
    db.session.execute(insert(CompetencyScore), rows)
    store_counted(person_id, 1, {competency})
    db.session.commit()


def stored_scores(person_id: int) -> dict[str, Score]:
    """The projection's rows of one person."""
    row = CompetencyScore.__table__.c
    chosen = select(*SCORE_COLUMNS, row.competency).where(row.person_id == person_id)
    return {found.competency: score_of(found) for found in db.session.execute(chosen)}


def folded_scores(person_id: int, now: datetime = EIGHT) -> dict[str, Score]:
    """What they should be."""
    facts = facts_of(person_id)
    return competency_scores(evidence_of(facts.slots, facts.checks), yardstick_now(), facts.parameters, now=now)


def _insert(model: Any, **values: Any) -> int:
    row = model(**values)
    db.session.add(row)
    db.session.flush()
    return getattr(row, "id", 0)
