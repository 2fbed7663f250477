"""Made-up lives as rows, many at a time. Used by the demonstration and by whoever needs a full database to measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Table, insert

from app.competencies.models import CompetencyScore
from app.competencies.queries.scores import score_rows
from app.competencies.queries.yardstick import yardstick_now
from app.db import db
from app.demonstration.rules.attempts import AttemptMade
from app.demonstration.rules.histories import History, TaskChecked
from app.demonstration.rules.people import MadeUpPerson
from app.demonstration.rules.places import Place
from app.marking.rules.marks import SlotMark
from app.people.models import CohortMember, District, GrantRow, Organisation, Person
from app.people.permissions import Role
from app.progress.models import CourseCompletion, LessonDone
from app.quizzes.models import Answer, Attempt, Mark
from app.quizzes.rules.answering import AnswerRow
from app.quizzes.rules.layout import stored_places
from app.quizzes.rules.starting import AttemptState
from app.tasks.models import TaskVersion
from app.tasks.rules import TaskState

MADE_UP_WORK: Final = "Contoh: tugas ini dikerjakan di kertas."
UNUSABLE: Final = "!"  # no password has this hash: nobody signs in as a made-up participant

Row = dict[str, Any]

_ANSWER: Final = tuple(field.name for field in fields(AnswerRow))
_MARK: Final = SlotMark._fields


def store_places(places: Sequence[Place]) -> dict[Place, int]:
    """Every place with its sub-district; the ids of the organisations."""
    names = list(dict.fromkeys(place.district for place in places))
    districts = dict(zip(names, _store_with_ids(District, [{"name": name} for name in names]), strict=True))
    rows = [
        {"name": place.name, "kind": place.kind.value, "district_id": districts[place.district]} for place in places
    ]
    return dict(zip(places, _store_with_ids(Organisation, rows), strict=True))


def person_row(name: str, user_name: str, *, created_at: datetime, **others: Any) -> Row:
    """A person's row; `others` replace what is not said: no organisation, never signed in, no usable password."""
    row = {
        "name": name,
        "user_name": user_name,
        "phone": None,
        "password_hash": UNUSABLE,
        "must_change_password": False,
        "session_version": 1,
        "language": "id",
        "organisation_id": None,
        "active": True,
        "created_at": created_at,
        "first_signed_in_at": None,
        "last_signed_in_at": None,
    }
    return row | others


def participant_row(person: MadeUpPerson, history: History, organisation_id: int, created_at: datetime) -> Row:
    """A participant's row, with when they were first and last here."""
    return person_row(
        person.name,
        person.user_name,
        created_at=created_at,
        organisation_id=organisation_id,
        first_signed_in_at=history.first_seen,
        last_signed_in_at=history.last_seen,
    )


def store_people(rows: Sequence[Row], roles: Iterable[Role], *, now: datetime) -> list[int]:
    """Accounts, each with its role; their ids in the same order."""
    ids = _store_with_ids(Person, rows)
    grants = [
        {"person_id": person_id, "role": role.value, "scope_kind": "everything", "scope_id": None, "granted_at": now}
        for person_id, role in zip(ids, roles, strict=True)
    ]
    _store(GrantRow, grants)
    return ids


def store_members(cohort_id: int, people: Iterable[int]) -> None:
    """Put people into a cohort."""
    _store(CohortMember, [{"cohort_id": cohort_id, "person_id": person_id} for person_id in people])


def store_histories(histories: Sequence[tuple[int, History]], *, now: datetime) -> None:
    """What each person (by id) did, with marks, completions and scores. Never commits."""
    lessons, completions, scores, attempts, tasks = [], [], [], [], []
    yardstick = yardstick_now()
    # a history may be many people's
    shown = {id(history): history.scores(yardstick, now=now) for _, history in histories}
    for person_id, history in histories:
        whose = {"person_id": person_id}
        lessons += [
            whose | {"course_slug": each.course_slug, "lesson_id": each.lesson_id, "done_at": each.at}
            for each in history.lessons
        ]
        completions += [
            whose | {"course_slug": each.course_slug, "revision_id": each.revision_id, "completed_at": each.at}
            for each in history.completed
        ]
        scores += score_rows(person_id, shown[id(history)], yardstick, now)
        attempts += [(whose, attempt) for attempt in history.attempts]
        tasks += [whose | _task_row(each) for each in history.tasks]
    _store(LessonDone, lessons)
    _store(TaskVersion, tasks)
    _store(CourseCompletion, completions)
    _store(CompetencyScore, scores)
    _store_attempts(attempts)


def _task_row(task: TaskChecked) -> Row:
    return {
        "course_slug": task.course_slug,
        "task_id": task.task_id,
        "number": 1,
        "revision_id": task.revision_id,
        "state": TaskState.CHECKED,
        "text": MADE_UP_WORK,
        "files": [],
        "saves": 1,
        "page_token": "demo",
        "saved_at": task.at,
        "handed_in_at": task.at,
        "own_levels": dict(task.levels) or None,
    }


def _store_attempts(attempts: Sequence[tuple[Mapping[str, int], AttemptMade]]) -> None:
    ids = _store_with_ids(Attempt, [dict(whose) | _attempt_row(attempt) for whose, attempt in attempts])
    answers, marks = [], []
    for attempt_id, (_, attempt) in zip(ids, attempts, strict=True):
        answers += [{"attempt_id": attempt_id, "slot": slot, **_columns(row, _ANSWER)} for slot, row in attempt.answers]
        marks += [{"attempt_id": attempt_id, **_columns(mark, _MARK)} for mark in attempt.marks]
    _store(Answer, answers)
    _store(Mark, marks)


def _columns(row: object, names: Sequence[str]) -> Row:
    return {name: getattr(row, name) for name in names}  # not asdict: that copies every value, and there are many


def _attempt_row(attempt: AttemptMade) -> Row:
    return {
        "course_slug": attempt.course_slug,
        "quiz_id": attempt.quiz_id,
        "revision_id": attempt.revision_id,
        "number": attempt.number,
        "seed": attempt.seed,
        "layout": stored_places(attempt.places),
        "state": _state(attempt),
        "started_at": attempt.started_at,
        "finished_at": attempt.finished_at,
        "fraction": attempt.fraction,
        "passed": attempt.passed,
    }


def _state(attempt: AttemptMade) -> AttemptState:
    if attempt.finished_at is None:
        return AttemptState.IN_PROGRESS
    return AttemptState.SUBMITTED if attempt.fraction is None else AttemptState.FINISHED


def _store(model: Any, rows: list[Row]) -> None:
    if rows:
        db.session.execute(insert(cast("Table", model.__table__)), rows)


def _store_with_ids(model: Any, rows: Sequence[Row]) -> list[int]:
    if not rows:
        return []
    table = cast("Table", model.__table__)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, list(rows)))
