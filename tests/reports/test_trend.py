"""Learning week by week: what counts, whose, and that the drawing is made of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app import clock
from app.competencies.queries.learners import LearnerFilter
from app.db import db as handle
from app.people.operations import add_organisation
from app.people.permissions import Scope
from app.people.rules.organisations import OrganisationKind
from app.progress.models import LessonDone
from app.reports.queries.trend import done_by_week
from app.reports.rules.weeks import Week, WeekDone, weeks_until
from app.reports.trend_drawing import weeks_drawing
from tests.competencies.histories import EIGHT, add_learners
from tests.ground.cast import Cast, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html
from tests.ground.statements import statements
from tests.reports.pairs import took
from tests.reports.test_competencies import rows, words

PAGE = "/reports/trend"
WITA = ZoneInfo("Asia/Makassar")
SUNDAY = datetime(2026, 11, 22, 2, tzinfo=UTC)


@pytest.fixture
def start() -> Start:
    """There are courses to learn."""
    return PUBLISHED


@pytest.fixture
def noor(app: Flask, cast: Cast, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """Noor's browser, on the Sunday of everybody's history."""
    client = app.test_client()
    sign_in(client, "noor")
    monkeypatch.setattr(clock, "now", lambda: SUNDAY)
    return client


def read_lesson(person_id: int, lesson: str, at: datetime, course: str = "contoh") -> None:
    handle.session.add(LessonDone(person_id=person_id, course_slug=course, lesson_id=lesson, done_at=at))
    handle.session.commit()


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), date(2026, 11, 16)),  # Sunday, 23.59 WITA
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), date(2026, 11, 23)),  # Monday, 00.00 WITA
    ],
)
def test_a_week_begins_on_monday_at_the_offices_midnight(now: datetime, monday: date) -> None:
    weeks = weeks_until(now, 3, WITA)
    assert [week.monday for week in weeks] == [monday - timedelta(days=7 * back) for back in (2, 1, 0)]
    assert weeks[-1].begins <= now < weeks[-1].ends
    assert all(earlier.ends == later.begins for earlier, later in pairwise(weeks))


def done(marks: Sequence[float], people: int = 9) -> WeekDone:
    week = weeks_until(SUNDAY, 1, WITA)[0]
    return WeekDone(week, people, 3, 4, len(marks), sum(marks), sum(mark * mark for mark in marks))


def test_a_mean_tells_how_far_it_may_be_trusted() -> None:
    assert (done([]).mean, done([]).interval, done([]).few) == (None, None, False)
    assert (done([70]).mean, done([70]).interval, done([70]).few) == (70, None, True)
    five = done([50, 60, 70, 80, 90])  # sd 15.81, t(4) at 90 % 2.132: 70 -+ 15.07
    assert five.interval
    assert (round(five.interval.low, 1), round(five.interval.high, 1), five.few) == (54.9, 85.1, False)
    assert done([100, 100]).interval == (100, 100)
    wide = done([0, 100]).interval
    assert wide == (0, 100), "no mean leaves the scale"


def test_the_drawing_leaves_a_gap_where_nobody_was_marked() -> None:
    drawn = weeks_drawing([done([50.0]), done([], people=0), done([60.0, 70.0])], "<awal>", "akhir")
    assert drawn.count("<circle") == 2
    assert drawn.count('class="people"') == 2
    assert 'd="M' in drawn.split('class="mean"')[1]
    assert drawn.split('class="mean"')[1].split('"')[1].count("M") == 2, "no line crosses the gap"
    assert "&lt;awal&gt;" in drawn
    assert 'class="spread"' not in drawn, "of so few the table tells no interval either"
    assert weeks_drawing([done([50, 60, 70, 80, 90])], "", "").count('class="spread"') == 1


def test_people_lessons_and_first_attempts_are_counted_in_their_week(
    noor: FlaskClient, db: SQLAlchemy, app: Flask
) -> None:
    alim, badriah, cici = add_learners(["Alim", "Badriah", "Cici"])
    took(alim, "latihan", 0.8, 0, course="contoh")
    took(alim, "latihan", 1.0, 20, course="contoh", number=2)  # not a first attempt
    took(alim, "tes", 0.4, 40, course="contoh")  # Alim's mean is 60
    took(badriah, "latihan", 0.9, 0, course="contoh")
    took(badriah, "tes", None, 20, course="contoh", state="submitted")
    took(cici, "latihan", 0.1, 0, course="contoh", state="deleted")
    read_lesson(cici, "pengantar", EIGHT - timedelta(days=7))
    read_lesson(cici, "lanjutan", EIGHT)
    read_lesson(cici, "lama", EIGHT - timedelta(days=700))
    html = noor.get(PAGE).text
    valid_html(html)
    told = rows(html, 1)
    assert len(told) == 12
    assert told["16 November 2026"] == "3 | 1 | 5 | 75 2 orang *"
    assert told["9 November 2026"] == "1 | 1 | 0 | –"
    assert "Skor kompetensi hanya disimpan yang terbaru" in words(html)
    with statements(app) as asked:
        assert len(rows(noor.get(f"{PAGE}?weeks=26").text, 1)) == 26
    assert len(asked) <= 7


def test_a_mean_of_few_people_is_marked_and_one_of_some_as_indicative(noor: FlaskClient, db: SQLAlchemy) -> None:
    for person in add_learners([f"Orang {number}" for number in range(6)]):
        took(person, "latihan", 0.5, 0, course="contoh")
    html = noor.get(PAGE).text
    assert rows(html, 1)["16 November 2026"].endswith("50 50 sampai 50 6 orang ~")
    assert "~ Kurang dari 30 orang: masih indikatif." in words(html)


def test_a_group_and_a_scope_see_their_own_people(db: SQLAlchemy, app: Flask, cast: Cast) -> None:
    village = add_organisation("Perpustakaan Desa Rindu", OrganisationKind.VILLAGE, "Kecamatan Hulu")
    (alim,), (badriah,) = add_learners(["Alim"], village), add_learners(["Badriah"])
    for person in (alim, badriah):
        took(person, "latihan", 0.8, 0, course="contoh")
    weeks: tuple[Week, ...] = weeks_until(SUNDAY, 2, WITA)
    everything = Scope(0, everything=True)

    def people(wanted: LearnerFilter, within: Scope) -> int:
        return done_by_week(weeks, wanted, within)[-1].people

    assert people(LearnerFilter(), everything) == 2
    assert people(LearnerFilter(kind=OrganisationKind.VILLAGE), everything) == 1
    assert people(LearnerFilter(), Scope(0, organisations=frozenset({str(village)}))) == 1
    assert people(LearnerFilter(), Scope(0, courses=frozenset({"tertutup"}))) == 0


def test_weeks_without_anything_are_told_as_such(noor: FlaskClient) -> None:
    html = noor.get(PAGE).text
    assert "Belum ada yang membaca materi atau mengumpulkan kuis di minggu-minggu ini." in words(html)
    assert "<svg class" not in html[html.index("<main") :]
