"""A crowd of tens of thousands: some hundred made-up lives, multiplied inside the database itself.

Every copy has its own rows (people, attempts, answers, marks, scores), moved in time by some days, so that a year is
filled; organisations and sub-districts grow with the crowd. One in ten has an account and never came.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from flask import Flask
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    type_coerce,
)

from app import clock
from app.catalogue.operations import sync
from app.competencies.models import CompetencyScore
from app.competencies.operations import fold_counts
from app.db import Base, UtcTime, db, let_go, upgrade_database
from app.demonstration.operations.rows import person_row, store_people
from app.people.models import Cohort, CohortCourse, CohortMember, District, GrantRow, Organisation, Person
from app.people.passwords import hash_password
from app.people.permissions import Role
from app.progress.models import CourseCompletion, LessonDone
from app.quizzes.models import Answer, Attempt, Mark
from benchmarks.content import COURSE
from benchmarks.filling import PASSWORD, fill
from benchmarks.processes import BenchFault

LIVES: Final = 300  # different ones
AWAY: Final = 10  # one in so many never came
PEOPLE_AT_A_PLACE: Final = 20

# What is copied, and by which column a row belongs to the lives that are.
_COPIED: Final[Mapping[Any, str]] = {
    Person: "id",
    GrantRow: "person_id",
    Cohort: "id",
    CohortCourse: "cohort_id",
    CohortMember: "cohort_id",
    Attempt: "person_id",
    Answer: "attempt_id",
    Mark: "attempt_id",
    LessonDone: "person_id",
    CourseCompletion: "person_id",
    CompetencyScore: "person_id",
}
_CLONE: Final = Table("bench_clone", MetaData(), Column("k", Integer, primary_key=True), Column("days", Integer))


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who is there to look at it, and how much there is of what."""

    staff: int
    trainer: int
    learner: int  # one with a long history
    people: int
    attempts: int
    answers: int


@dataclass(frozen=True, slots=True)
class _Strides:
    """What one copy adds to the ids of the lives it copies."""

    person: int
    attempt: int
    answer: int
    organisation: int  # organisations there are
    cohort: int


def crowd(app: Flask, folder: Path, courses: Path, people: int, answers: int) -> Crowd:
    """So many people with about so many answers; as an earlier run left them, where it noted that it was done."""
    done = folder / f"crowd-{people}.json"
    with app.app_context():
        upgrade_database(folder)
        let_go()
    if done.exists():
        return Crowd(**json.loads(done.read_text()))
    with app.app_context():
        now = clock.now()
        if faults := sync(courses, now=now).faults:
            raise BenchFault("\n".join(str(each) for some in faults.values() for each in some))
        each = answers * AWAY // (AWAY - 1) // people  # of those who came
        made = fill(LIVES, LIVES, zone=app.extensions["settings"].time_zone, now=now, answers=each)
        row = person_row("Rahmat Hidayat", "rahmat", created_at=now, password_hash=hash_password(PASSWORD))
        (trainer,) = store_people([row], [Role.TRAINER], now=now)
        db.session.commit()
        let_go()
        with db.engine.connect() as connection:
            _multiply(connection, people, made.learners)
        fold_counts()
        sizes = [db.session.scalar(select(func.count()).select_from(each)) or 0 for each in (Person, Attempt, Answer)]
        let_go()
    found = Crowd(made.staff, trainer, made.learners[0], *sizes)
    done.write_text(json.dumps(asdict(found)))
    return found


def _multiply(connection: Connection, people: int, learners: tuple[int, ...]) -> None:
    """Copy what the learners have until there are so many people."""
    postgresql = connection.dialect.name == "postgresql"
    off = (
        ["SET session_replication_role = replica"]
        if postgresql
        else ["PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF"]
    )
    for each in off:
        connection.exec_driver_sql(each) if postgresql else connection.connection.driver_connection.execute(each)
    lively = people * (AWAY - 1) // AWAY
    copies = lively // len(learners) - 1
    _CLONE.create(connection)
    # half of them lately, the others over the year before
    days = [{"k": k, "days": k * 37 % (14 if k % 2 else 300)} for k in range(1, copies + 1)]
    connection.execute(insert(_CLONE), days)
    strides = _Strides(
        len(learners) + 10,  # staff and trainer keep theirs
        *(connection.scalar(select(func.max(each.id))) or 0 for each in (Attempt, Answer)),
        _more_places(connection, people // PEOPLE_AT_A_PLACE),
        connection.scalar(select(func.max(Cohort.id))) or 0,
    )
    connection.commit()
    for first in range(1, copies + 1, 10):
        for statement in _copied(strides, learners, first, postgresql):
            connection.execute(statement)
        connection.commit()
        print(f"\r{min(first + 9, copies)} of {copies} copies", end="", flush=True)
    _away(connection, people - lively, strides.organisation)
    _unfinished(connection)
    _CLONE.drop(connection)
    connection.commit()
    _settle(connection)


def _settle(connection: Connection) -> None:
    """The counters of new ids go on behind the copies; PostgreSQL learns how much there is, as it does in an hour."""
    if connection.dialect.name != "postgresql":
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    for table in ("person", "role_grant", "cohort", "attempt", "answer", "organisation", "district"):
        last = select(func.max(Base.metadata.tables[table].c.id)).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table, "id"), last)))
    connection.commit()
    connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")


def _more_places(connection: Connection, wanted: int) -> int:
    """Organisations, fifteen to a sub-district, until there are so many; how many there are."""
    here = connection.scalar(select(func.max(Organisation.id))) or 0
    districts = connection.scalar(select(func.max(District.id))) or 0
    kinds = list(connection.scalars(select(Organisation.kind).order_by(Organisation.id)))
    rows = [
        {
            "id": each,
            "name": f"Perpustakaan {each}",
            "kind": kinds[each % here],
            "district_id": districts + 1 + (each - here) // 15,
        }
        for each in range(here + 1, wanted + 1)
    ]
    if rows:
        last = rows[-1]["district_id"]
        named = [{"id": each, "name": f"Kecamatan {each}"} for each in range(districts + 1, last + 1)]
        connection.execute(insert(District), named)
        connection.execute(insert(Organisation), rows)
    return max(here, wanted)


def _copied(strides: _Strides, learners: tuple[int, ...], first: int, postgresql: bool) -> Iterator[Any]:
    """The statements of ten copies."""
    k = _CLONE.c.k
    for model, of_lives in _COPIED.items():
        table: Any = model.__table__
        numbered_here = [each for each in table.c if each.name != "id" or model is not GrantRow]
        values = {each.name: _copied_value(each, model, strides, postgresql) for each in numbered_here}
        key = table.c[of_lives]
        chosen = select(*values.values()).select_from(table.join(_CLONE, k.between(first, first + 9)))
        if of_lives == "cohort_id" or model is Cohort:
            chosen = chosen.where(key <= strides.cohort)
        elif of_lives == "attempt_id":
            chosen = chosen.where(key <= strides.attempt)
        else:
            chosen = chosen.where(key.between(min(learners), max(learners)))
        yield table.insert().from_select(list(values), chosen.order_by(k, key)).inline()


def _copied_value(column: Any, model: Any, strides: _Strides, postgresql: bool) -> Any:
    """What stands in a copy's column."""
    k = _CLONE.c.k
    own = {Person: strides.person, Attempt: strides.attempt, Answer: strides.answer, Cohort: strides.cohort}
    steps = {"person_id": strides.person, "attempt_id": strides.attempt, "cohort_id": strides.cohort}
    if step := own.get(model) if column.name == "id" else steps.get(column.name):
        return column + k * step
    if isinstance(column.type, UtcTime):
        return _earlier(type_coerce(column, DateTime), postgresql)
    if column.name == "organisation_id":
        return (column + k * 7) % strides.organisation + 1
    if column.name == "user_name" or (model is Cohort and column.name == "name"):
        return column + literal("-", String) + cast(k, String)
    return column


def _unfinished(connection: Connection) -> None:
    """One in three has a lesson of the measured course left to read, and is not done with it."""
    third = LessonDone.__table__.c.person_id % 3 == 0
    lesson = select(func.min(LessonDone.lesson_id)).where(LessonDone.course_slug == COURSE).scalar_subquery()
    connection.execute(
        delete(LessonDone).where(LessonDone.course_slug == COURSE, LessonDone.lesson_id == lesson, third)
    )
    completed = CourseCompletion.__table__.c.person_id % 3 == 0
    connection.execute(delete(CourseCompletion).where(CourseCompletion.course_slug == COURSE, completed))


def _earlier(moment: ColumnElement[Any], postgresql: bool) -> ColumnElement[Any]:
    """Some days and minutes before."""
    days, minutes = _CLONE.c.days, _CLONE.c.k * 17 % 1440
    if postgresql:
        return moment - func.make_interval(0, 0, 0, days, 0, minutes)
    back = [
        literal("-", String) + cast(days, String) + " days",
        literal("-", String) + cast(minutes, String) + " minutes",
    ]
    return func.strftime("%Y-%m-%d %H:%M:%f", moment, *back) + literal("000", String)


def _away(connection: Connection, count: int, organisations: int) -> None:
    """So many accounts, each with its role, of people who never came."""
    first = (connection.scalar(select(func.max(Person.id))) or 0) + 1
    now = clock.now()
    ids = range(first, first + count)
    rows = [
        person_row(f"Peserta {each}", f"away-{each}", created_at=now, organisation_id=each % organisations + 1)
        | {"id": each}
        for each in ids
    ]
    granted = {"role": Role.LEARNER.value, "scope_kind": "everything", "scope_id": None, "granted_at": now}
    for start in range(0, count, 1000):
        connection.execute(insert(Person), rows[start : start + 1000])
        connection.execute(insert(GrantRow), [{"person_id": each, **granted} for each in ids[start : start + 1000]])
