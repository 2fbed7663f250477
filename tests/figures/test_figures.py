"""Figures over everybody that are kept: when they are made, when they go, and that they are those of the rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from app.catalogue.queries import get_published
from app.chores.runner import Runner
from app.competencies.queries.learners import LearnerFilter, count_learners
from app.db import Part
from app.figures import operations
from app.figures.models import KeptFigure
from app.figures.operations import any_due, keep_figures
from app.figures.queries import HOLDS, MAKE_EVERY, kept_figure
from app.gradebook.queries.grades import ids_by, weighting_of
from app.gradebook.queries.kept import ids_by_grade, list_at_risk, page_at_risk
from app.gradebook.queries.people import count_people, people_ids, people_slice
from app.gradebook.rules.at_risk import Asked
from app.people.permissions import Scope
from app.people.queries import PeopleFilter
from app.reports.queries.help import USUALLY_AWAY, Reason, Sought, count_in_need
from app.reports.queries.kept_counts import in_need_told, learners_told, required_told
from app.reports.queries.summary import required_courses
from app.reports.queries.trend import done_by_week, weeks_told
from app.reports.rules.weeks import weeks_until
from tests.gradebook.test_gradebook import learner, tried
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start
from tests.ground.statements import statements
from tests.quizzes.content import minute

EVERYWHERE = Scope(0, everything=True)
ANYBODY = PeopleFilter()
WITA = ZoneInfo("Asia/Makassar")
NOW = minute(60 * 24 * 3)


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people are many."""
    monkeypatch.setattr("app.figures.queries.MANY", 3)


def at(moment: datetime):  # type: ignore[no-untyped-def]
    return lambda: moment


def test_figures_are_made_each_hour_shown_for_three_and_gone_where_people_are_few(
    app: Flask, cast: Cast, db: SQLAlchemy, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(operations, "_sources", {lambda: {"satu": lambda now: made.append(now) or [now.day]}})
    assert kept_figure("satu", NOW) is None and any_due(NOW)
    assert keep_figures(at(NOW)) == 1 and not any_due(NOW)
    kept = kept_figure("satu", NOW + HOLDS - timedelta(seconds=1))
    assert kept and (kept.made_at, kept.value) == (NOW, [NOW.day])
    assert kept_figure("satu", NOW + HOLDS) is None, "nothing that nobody makes anew is shown for ever"
    assert keep_figures(at(NOW + MAKE_EVERY - timedelta(seconds=1))) == 0
    assert keep_figures(at(NOW + MAKE_EVERY)) == 1 and made == [NOW, NOW + MAKE_EVERY]
    db.session.rollback()
    monkeypatch.setattr(operations, "_sources", {lambda: {"cacat": lambda now: 1 // 0, "dua": lambda now: {}}})
    assert keep_figures(at(NOW)) == 1, "one that cannot be made keeps no other from being made"
    assert list(db.session.scalars(select(KeptFigure.name))) == ["dua"], "what nobody wants any more is gone"
    monkeypatch.setattr("app.figures.queries.MANY", 1000)
    assert any_due(NOW)
    keep_figures(at(NOW))
    assert not any_due(NOW) and db.session.scalar(select(KeptFigure.name)) is None


def test_what_is_kept_is_what_the_rows_say_and_is_read_in_one_statement(
    app: Flask, cast: Cast, db: SQLAlchemy, many: None
) -> None:
    for name, right in (("Alim", 9), ("Badriah", 4), ("Cici", 4), ("Dewi", 0)):
        tried(learner(name), right, 0)
    learner("Eko")
    course, when = get_published("contoh").course, Asked(NOW, WITA, days=1)
    ids = people_ids(course, ANYBODY, EVERYWHERE)
    risky = list_at_risk(course, ANYBODY, None, EVERYWHERE, when)
    assert len(risky.ids) > 2 and risky.people == len(ids)
    weeks = done_by_week(weeks_until(NOW, 12, WITA), LearnerFilter(), EVERYWHERE)
    assert any(week.marked for week in weeks)
    db.session.rollback()
    keep_figures(at(NOW))
    later = NOW + timedelta(minutes=10)

    kept = list_at_risk(course, ANYBODY, None, EVERYWHERE, replace(when, now=later))
    assert kept == replace(risky, known={}) and kept.as_of == NOW
    assert page_at_risk(kept, kept.ids, course, when) == page_at_risk(risky, risky.ids, course, when)
    for by in ("total", "tes", "latihan"):
        for down in (False, True):
            anew = ids_by(ids, course, weighting_of(course), by, descending=down)
            with statements(app) as asked:
                assert ids_by_grade(course, ANYBODY, EVERYWHERE, (by, down), later) == (anew, NOW)
            assert len(asked) <= 3
    assert weeks_told(12, LearnerFilter(), EVERYWHERE, later, WITA) == (weeks, NOW)
    some = LearnerFilter(text="Alim")
    assert weeks_told(12, some, EVERYWHERE, later, WITA)[1] == later, "a part of them is read from the rows"
    assert weeks_told(12, LearnerFilter(), Scope(0, places=frozenset({"1"})), later, WITA)[1] == later


def test_a_page_of_people_is_a_part_of_the_list(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    for name in ("dewi", "Alim", "Cici", "badriah"):
        tried(learner(name), 3, 0)
    course = get_published("contoh").course
    everybody = people_ids(course, ANYBODY, EVERYWHERE)
    assert count_people(course, ANYBODY, EVERYWHERE) == len(everybody) >= 4
    total = len(everybody)
    for descending in (False, True):
        listed = everybody[::-1] if descending else everybody
        for first in range(total):
            part = people_slice(course, ANYBODY, EVERYWHERE, Part(first, 2, total), descending=descending)
            assert part == listed[first : first + 2]


def test_the_runner_makes_them_beside_its_other_chores(
    app: Flask,
    cast: Cast,
    db: SQLAlchemy,
    many: None,
    courses_folder,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    monkeypatch.setattr(operations, "_sources", {lambda: {"satu": lambda now: [1]}})
    runner = Runner(courses_folder)
    runner.look(NOW)
    assert runner.keeping
    runner.keeping.join()
    assert db.session.scalar(select(KeptFigure.value)) == [1]


def test_counts_of_everybody_are_kept_and_those_of_a_part_or_of_other_days_are_read(
    app: Flask, cast: Cast, db: SQLAlchemy, many: None
) -> None:
    with app.test_request_context():
        operations.keep_figures(at(NOW))
    anybody, later = LearnerFilter(), NOW + timedelta(minutes=50)
    before = learners_told(anybody, EVERYWHERE, later), required_told(anybody, EVERYWHERE, later)
    needing = Sought(anybody, later - USUALLY_AWAY, ())
    in_need = in_need_told(needing, EVERYWHERE, later)
    assert {each.as_of for each in (*before, in_need)} == {NOW}
    assert before[0].value == count_learners(anybody, EVERYWHERE)
    assert before[1].value == required_courses(anybody, EVERYWHERE)
    assert in_need.value == count_in_need(replace(needing, since=NOW - USUALLY_AWAY), EVERYWHERE)
    never = in_need_told(replace(needing, reason=Reason.NEVER), EVERYWHERE, later).value
    assert never.sought == in_need.value.by_reason[Reason.NEVER] and never.by_reason == in_need.value.by_reason
    learner("dewi")
    assert learners_told(anybody, EVERYWHERE, later) == before[0], "somebody new is counted with the next hour"
    with statements(app) as asked:
        learners_told(anybody, EVERYWHERE, later)
        in_need_told(needing, EVERYWHERE, later)
    assert len(asked) == 2
    some = learners_told(LearnerFilter(text="dewi"), EVERYWHERE, later)
    assert (some.value.people, some.as_of) == (1, later)
    assert learners_told(anybody, Scope(0, places=frozenset({"1"})), later).as_of == later
    assert in_need_told(replace(needing, since=later - timedelta(days=3)), EVERYWHERE, later).as_of == later
