"""What is kept of a survey: once a person, and of an anonymous one nothing that leads back to anybody."""

from __future__ import annotations

import json
from datetime import date, datetime
from threading import Barrier, Thread
from typing import Any, Final

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect, text

from app.people.permissions import Scope
from app.progress.queries import standing_in
from app.progress.rules import course_progress
from app.surveys.queries import named_survey, own_answers, results_of
from tests.ground.cast import Cast
from tests.surveys.cast import ANONYMOUS, NAMED, SLUG, add_takers, evaluation, hand_in, needs, served

SURVEY_TABLES: Final = {"survey_taken", "survey_response", "survey_sums"}


def table(db: SQLAlchemy, name: str) -> list[Any]:
    db.session.rollback()
    return list(db.session.execute(text(f"SELECT * FROM {name}")).mappings())  # noqa: S608 (a name of our own)


def test_no_column_key_or_index_joins_anonymous_answers_to_anybody(db: SQLAlchemy) -> None:
    found = inspect(db.engine)
    assert {name for name in found.get_table_names() if name.startswith("survey")} == SURVEY_TABLES
    columns = {each["name"]: each["type"] for each in found.get_columns("survey_sums")}
    assert set(columns) == {"course_slug", "survey_id", "people", "tallies"}
    assert not any(kind.python_type in (datetime, date) for kind in columns.values()), "no moment tells who was there"
    assert found.get_foreign_keys("survey_sums") == []
    for name in found.get_table_names():
        assert all(key["referred_table"] != "survey_sums" for key in found.get_foreign_keys(name)), name


def test_of_an_anonymous_survey_only_sums_are_kept_and_no_row_of_anybody_tells_when(
    surveys: Cast, db: SQLAlchemy
) -> None:
    takers = add_takers(6)
    words = [f"saran-{number}" for number in range(6)]
    for number, person in enumerate(takers):
        hand_in(person, ANONYMOUS, evaluation(number % 5, 2, words[number]))
    (sums,) = table(db, "survey_sums")
    assert sums["people"] == 6
    taken = table(db, "survey_taken")
    assert {row["person_id"] for row in taken} == set(takers) and {row["handed_in_at"] for row in taken} == {None}
    assert table(db, "survey_response") == []
    stored = sums["tallies"] if isinstance(sums["tallies"], str) else json.dumps(sums["tallies"])
    for name in inspect(db.engine).get_table_names():
        rows = str(table(db, name))
        assert name == "survey_sums" or not any(each in rows for each in words), name
    assert all(each in stored for each in words) and "Peserta" not in stored
    assert set(json.loads(stored)[0]) == {"question", "kind", "text", "columns", "rows", "words"}


def test_the_databases_own_marks_of_rows_join_no_answer_to_its_person(surveys: Cast, db: SQLAlchemy) -> None:
    """PostgreSQL stamps rows with their transaction, SQLite numbers them: neither leaves one row for one answer."""
    for person in add_takers(4):
        hand_in(person, ANONYMOUS, evaluation(1, 1))
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        joined = "SELECT t.person_id FROM survey_taken t JOIN survey_sums s ON s.xmin = t.xmin"
        assert len(db.session.execute(text(joined)).all()) <= 1, "who came last: the sums are everybody's"
        assert db.session.scalar(text("SELECT count(*) FROM survey_sums")) == 1
    else:
        made = db.session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'survey_taken'"))
        assert "WITHOUT ROWID" in made


def test_a_named_answer_is_kept_with_its_person_and_revision(surveys: Cast, db: SQLAlchemy) -> None:
    hand_in(surveys.siti, NAMED, needs(2, "Metadata"))
    given = own_answers(surveys.siti, SLUG, NAMED)
    assert given is not None and given.answers["harapan"].text == "Metadata"
    assert [row["handed_in_at"] is None for row in table(db, "survey_taken")] == [False]
    assert table(db, "survey_sums") == [] and own_answers(surveys.rahmat, SLUG, NAMED) is None


def test_a_person_answers_once(surveys: Cast, db: SQLAlchemy) -> None:
    for survey, first, second in (
        (ANONYMOUS, evaluation(0, 0, "satu"), evaluation(4, 4, "dua")),
        (NAMED, needs(0, "satu"), needs(4, "dua")),
    ):
        hand_in(surveys.siti, survey, first)
        assert not hand_in(surveys.siti, survey, second)
    given = own_answers(surveys.siti, SLUG, NAMED)
    assert given is not None and given.answers["harapan"].text == "satu"
    results = results_of(named_survey(SLUG, ANONYMOUS), Scope(0, everything=True))
    assert results.people == 1 and "dua" not in str(results)


def test_people_who_answer_at_the_same_moment_are_all_counted_and_a_double_click_once(
    app: Flask, surveys: Cast, db: SQLAlchemy
) -> None:
    takers = add_takers(3)
    db.session.rollback()
    start = Barrier(6)

    def press(person: int) -> None:
        with app.app_context():
            served(ANONYMOUS)
            start.wait()
            hand_in(person, ANONYMOUS, evaluation(3, 3, f"dari {person}"))

    presses = [Thread(target=press, args=(person,)) for person in [*takers, *takers]]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    db.session.rollback()
    results = results_of(named_survey(SLUG, ANONYMOUS), Scope(0, everything=True))
    assert results.people == 3
    said = {words.text for tally in results.tallies for words in tally.words}
    assert said == {f"dari {person}" for person in takers}
    assert [row.counts for row in results.tallies[0].rows] == [(0, 0, 0, 3, 0)] * 2


def test_a_survey_handed_in_is_done_and_the_last_one_completes_the_course(surveys: Cast, db: SQLAlchemy) -> None:
    found, _ = served(NAMED)
    assert not hand_in(surveys.siti, ANONYMOUS, evaluation(1, 1))
    progress = course_progress(found.course, standing_in(surveys.siti, found.course)[1])
    assert (progress.done, progress.here, progress.standing) == (1, 1, "in_progress")
    assert hand_in(surveys.siti, NAMED, needs(1, "Metadata"))
    db.session.rollback()
    progress = course_progress(found.course, standing_in(surveys.siti, found.course)[1])
    assert progress.here is None and progress.completed_at is not None
