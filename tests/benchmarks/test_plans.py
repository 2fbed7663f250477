"""However many people learn, a page of one of them reads only that person's rows, found by an index; a trainer's only
those of one quiz.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event, text

from app import clock
from app.content.activities import Lesson, Quiz
from app.db import db
from app.demonstration.operations.fill import recommended_path
from app.marking.operations.granting import grant_override
from app.marking.queries.attempts import PAGE, AttemptFilter, attempts_of_quiz
from app.marking.queries.live import attempts_under_way
from app.people.permissions import Scope
from app.quizzes.granting import Whom
from app.quizzes.rules.limits import Grant
from app.quizzes.rules.starting import AttemptState
from app.web.tokens import FIELD
from benchmarks.filling import fill
from benchmarks.visitors import Visitor, form_to, visitor
from tests.ground.database import PUBLISHED, Start

LEARNERS, HISTORIES = 400, 10
EVERYWHERE = Scope(0, everything=True)
GROWS = r"(?:attempt|answer|mark)(?:_\d+)?"  # the tables that grow with every quiz; SQLAlchemy numbers their aliases
WHOLE = re.compile(
    rf"^SCAN {GROWS}\b|Seq Scan on {GROWS}\b|Index(?: Only)? Scan using \S+ on {GROWS}\b(?!.*Index Cond)"
)


@dataclass(frozen=True)
class Asked:
    """A statement as it was sent, and for which page."""

    page: str
    statement: str
    parameters: Any


@pytest.fixture
def start() -> Start:
    return PUBLISHED


@pytest.fixture
def crowd(app: Flask) -> Iterator[Visitor]:
    """A learner among many, signed in."""
    with app.app_context():
        filled = fill(LEARNERS, HISTORIES, zone=app.extensions["settings"].time_zone, now=clock.now())
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        yield visitor(app, filled.learners[LEARNERS // 2])


def plan_of(connection: Connection, asked: Asked) -> list[str]:
    """The database's plan, one string for each step with what belongs to it."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked.statement}", asked.parameters)
        return [str(row.detail) for row in rows]
    rows = connection.exec_driver_sql(f"EXPLAIN {asked.statement}", asked.parameters)
    return re.split(r"\n(?=\s*(?:->|[A-Z][a-z]+ .*\bcost=))", "\n".join(row[0] for row in rows))


def whole_reads(asked: list[Asked]) -> list[tuple[str, str, str]]:
    """Each step that reads a whole table: page, step, statement."""
    with db.engine.connect() as connection:
        return [
            (each.page, step.strip(), each.statement)
            for each in asked
            for step in plan_of(connection, each)
            if WHOLE.search(step.replace("\n", " "))
        ]


def values_of(parameters: Any) -> Any:
    return tuple(parameters) if isinstance(parameters, list) else parameters  # as exec_driver_sql takes them


@contextmanager
def noted(page: str, asked: list[Asked]) -> Iterator[None]:
    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            asked.append(Asked(page, statement, values_of(parameters[0] if many else parameters)))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_no_page_reads_through_everybodys_rows(app: Flask, crowd: Visitor) -> None:
    client = app.test_client(use_cookies=False)
    asked: list[Asked] = []

    def go(page: str, path: str, fields: dict[str, Any] | None = None) -> Any:
        with noted(page, asked):
            headers = {"Cookie": crowd.cookie}
            if fields is None:
                reply = client.get(path, headers=headers)
            else:
                reply = client.post(path, data={FIELD: crowd.token, **fields}, headers=headers)
        assert reply.status_code == (200 if fields is None else 303), (page, reply.status_code)
        return reply

    course = recommended_path()[0].course
    lesson = next(each for each in course.activities if isinstance(each, Lesson))
    quiz = next(each for each in course.activities if isinstance(each, Quiz) and each.settings.attempts is None)
    go("shelf", "/")
    go("course", f"/courses/{course.slug}")
    go("lesson", f"/courses/{course.slug}/{lesson.id}")
    go("lesson done", f"/courses/{course.slug}/{lesson.id}/done", {})
    go("quiz", f"/courses/{course.slug}/{quiz.id}")
    attempt = go("start", f"/courses/{course.slug}/{quiz.id}/attempts", {}).headers["Location"].partition("?")[0]
    page = go("question", attempt).get_data(as_text=True)
    form = form_to(page, f"{attempt}/answers/1")
    go("answer", form.action, dict(form.filled(0, ("action", "check"))))
    go("overview", f"{attempt}/overview")
    go("finish", f"{attempt}/finish", {})
    go("result", f"{attempt}/result")
    go("my competencies", "/competencies")
    as_a_trainer(asked)
    pages = {each.page for each in asked}
    assert pages >= {"shelf", "lesson", "question", "answer", "finish", "result", "live", "attempts", "granting"}
    assert whole_reads(asked) == []
    live = next(each for each in asked if each.page == "live")
    with db.engine.connect() as connection:
        assert "ix_attempt_under_way" in "".join(plan_of(connection, live)), "those under way alone are looked at"
    assert [each.statement for each in KNOWN_WHOLE if not whole_reads([each])] == []  # the check itself sees them


def as_a_trainer(asked: list[Asked]) -> None:
    """What a trainer's pages about one quiz ask of the database, and what granting somebody more there does."""
    course = recommended_path()[0].course
    quiz = next(each for each in course.activities if isinstance(each, Quiz))
    with noted("live", asked):
        attempts_under_way(course.slug, quiz.id, EVERYWHERE)
    with noted("attempts", asked):
        found = attempts_of_quiz(course.slug, quiz.id, EVERYWHERE, AttemptFilter((AttemptState.FINISHED,)))
    assert found.total > PAGE
    with noted("granting", asked):
        whom = Whom(person_id=found.attempts[0].person_id)
        grant_override(course.slug, quiz, whom, Grant(attempts=9), now=clock.now())


KNOWN_WHOLE = [
    Asked("", statement, ())
    for statement in (
        "SELECT id FROM answer WHERE page_token = 'x'",
        "SELECT points FROM mark",
        "SELECT other.id FROM attempt AS attempt_1, attempt AS other WHERE attempt_1.seed = other.id AND other.id < 9",
    )
]
