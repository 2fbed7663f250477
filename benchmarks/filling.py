"""Databases to measure on: made-up learners by the hundreds or ten thousands, with the demonstration's histories."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import delete, func, select

from app import clock, create_app
from app.catalogue.operations import sync
from app.competencies.operations import fold_counts
from app.content.activities import Quiz
from app.db import begin_write, db, let_go, upgrade_database
from app.demonstration.operations.fill import recommended_path
from app.demonstration.operations.rows import (
    participant_row,
    person_row,
    store_histories,
    store_members,
    store_people,
    store_places,
)
from app.demonstration.rules.attempts import Knowledge, PathCourse, take_quiz
from app.demonstration.rules.histories import History, Luck, make_history
from app.demonstration.rules.people import MadeUpPerson, Way, make_people
from app.demonstration.rules.places import Place, places
from app.people.models import Cohort, CohortCourse
from app.people.passwords import hash_password
from app.people.permissions import Role
from app.quizzes.models import Answer, Attempt, Mark
from benchmarks.content import COURSE
from benchmarks.processes import ROOT

PASSWORD: Final = "ukuran-kecepatan-baca"  # noqa: S105 (of made-up people in a database made to be measured)
SECRET: Final = "only-for-measuring-" * 3
LIVED: Final = ("bimtek", "layanan-prima", COURSE)  # courses that learners finish; all nine would be 520 answers each
DIFFERENT: Final = 200  # histories; a larger crowd repeats them
ANSWERS_EACH: Final = 100
AT_A_TIME: Final = 1000  # people stored in one transaction
COHORT_SIZE: Final = 200
SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Filled:
    """A database that is ready: who is in it, and the last ids before anything was measured."""

    learners: tuple[int, ...]
    user_names: tuple[str, ...]  # of the first learners, in their order
    staff: int
    answers: int
    last_attempt: int


def measured_app(folder: Path, courses: Path, database_url: str = "") -> Flask:
    """The app over the database in `folder`, or over the one at this address."""
    kept = {"instance": folder, "courses": courses, "secret_key": SECRET, "demo": False}
    return create_app(kept | {"database_url": database_url})


def filled(folder: Path, courses: Path, people: int) -> Filled:
    """The database of so many learners in `folder`: an earlier run's, where nothing that makes it has changed."""
    mark = folder / "filled.json"
    wanted = f"{people}-{fingerprint(courses)}"
    if mark.exists():
        kept = json.loads(mark.read_text())
        if kept.pop("made_from") == wanted:
            return Filled(**{**kept, "learners": tuple(kept["learners"]), "user_names": tuple(kept["user_names"])})
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("rak.db*"):
        old.unlink()
    app = measured_app(folder, courses)
    with app.app_context():
        upgrade_database(folder)
        now = clock.now()
        sync(courses, now=now)
        made = fill(people, DIFFERENT, zone=app.extensions["settings"].time_zone, now=now)
        let_go()
    mark.write_text(json.dumps({**asdict(made), "made_from": wanted}))
    return made


def put_back(app: Flask, database: Filled) -> None:
    """Remove every attempt made since the database was filled, so that each repeat begins alike."""
    with app.app_context():
        begin_write()
        for model in (Mark, Answer):
            db.session.execute(delete(model).where(model.attempt_id > database.last_attempt))
        db.session.execute(delete(Attempt).where(Attempt.id > database.last_attempt))
        db.session.commit()
        db.session.remove()


def fingerprint(courses: Path) -> str:
    """What a filled database depends on: the migrations, the courses, and the code that makes lives."""
    found = sha256()
    for folder, pattern in (
        (ROOT / "migrations", "*.py"),
        (courses, "*.yaml"),
        (ROOT / "app" / "demonstration", "*.py"),
        (ROOT / "benchmarks", "filling.py"),
    ):
        for path in sorted(folder.rglob(pattern)):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


def fill(count: int, different: int, *, zone: ZoneInfo, now: datetime, answers: int = ANSWERS_EACH) -> Filled:
    """Put `count` learners with `different` histories of at least so many answers into this app's empty database.

    Commits as it goes.
    """
    chance = Random(SEED)
    everywhere = places()
    served = recommended_path()
    path = [each for each in served if each.course.slug in LIVED] or served
    people = [replace(each, way=Way.FINISHED) for each in make_people(count, everywhere, chance)]
    histories = [_history(each, path, (now, zone), chance, answers) for each in people[:different]]
    begin_write()
    organisations = store_places(everywhere)
    staff_row = person_row("Noor Jannah", "noor", created_at=now, password_hash=hash_password(PASSWORD))
    (staff,) = store_people([staff_row], [Role.STAFF], now=now)
    db.session.commit()
    learners: list[int] = []
    for start in range(0, count, AT_A_TIME):
        crowd = people[start : start + AT_A_TIME]
        mine = [histories[(start + index) % len(histories)] for index in range(len(crowd))]
        learners += _store(crowd, mine, organisations, path, now)
    fold_counts()
    stored = db.session.scalar(select(func.count()).select_from(Answer)) or 0
    last = db.session.scalar(select(func.max(Attempt.id))) or 0
    names = tuple(each.user_name for each in people[:COHORT_SIZE])
    return Filled(tuple(learners), names, staff, stored, last)


def _history(
    person: MadeUpPerson, path: Sequence[PathCourse], when: tuple[datetime, ZoneInfo], chance: Random, answers: int
) -> History:
    """A finished learner who went on practising until about so many answers were given."""
    history = make_history(person, path, now=when[0], zone=when[1], luck=Luck(chance))
    knowledge = Knowledge(person, chance)
    quizzes = [(each, quiz) for each in path for quiz in each.course.activities if isinstance(quiz, Quiz)]
    while history.last_seen and sum(len(each.answers) for each in history.attempts) < answers:
        attempt = take_quiz(*chance.choice(quizzes), knowledge, history.attempts, history.last_seen)
        history.attempts.append(attempt)
        history.last_seen = attempt.last_at
    return history


def _store(
    crowd: Sequence[MadeUpPerson], histories: Sequence[History], organisations: dict[Place, int],
    path: Sequence[PathCourse], now: datetime,
) -> list[int]:  # fmt: skip
    """A part of the crowd, in cohorts of its own."""
    begin_write()
    password = hash_password(PASSWORD)
    rows: list[dict[str, Any]] = [
        participant_row(person, history, organisations[person.place], now) | {"password_hash": password}
        for person, history in zip(crowd, histories, strict=True)
    ]
    ids = store_people(rows, [Role.LEARNER] * len(rows), now=now)
    for start in range(0, len(ids), COHORT_SIZE):
        members = ids[start : start + COHORT_SIZE]
        cohort = Cohort(name=f"Angkatan {members[0]}", has_path=True)
        db.session.add(cohort)
        db.session.flush()
        for position, each in enumerate(path, start=1):
            db.session.add(CohortCourse(cohort_id=cohort.id, course_slug=each.course.slug, position=position))
        store_members(cohort.id, members)
    store_histories(list(zip(ids, histories, strict=True)), now=now)
    db.session.commit()
    return ids
