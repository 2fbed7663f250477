"""Whom of the daily practice a trainer may remind: who chose it, has something due and paused. Of others nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app import clock
from app.catalogue.queries import get_published
from app.gradebook.queries.reminders import Reminder, reminders
from app.gradebook.rules.messages import PracticeReminder, reminder_lines
from app.people.models import Person
from app.people.operations import grant, revoke
from app.people.permissions import Grant, Role, ScopeKind
from app.repetition.operations import join, leave
from tests.gradebook.test_gradebook import learner
from tests.ground.cast import Cast, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html
from tests.ground.statements import statements
from tests.repetition.practice import answer, begun, day, practising, taken, today
from tests.teaching.test_changing_pages import read

PATH = "/teaching/courses/contoh/practice"


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


def told(ids: list[int], days: int, pause: int = 3, slug: str = "contoh") -> list[Reminder]:
    return list(reminders(ids, get_published(slug).course, today(days), pause))


def test_whoever_paused_is_listed_with_what_waits_and_nobody_else(app: Flask, siti: int, cast: Cast) -> None:
    quiet, fresh = learner("Badriah"), learner("Cut")
    practising(siti)
    taken(quiet)  # never joined
    practising(fresh)
    join(cast.rahmat, now=day(0))  # takes part, and has nothing to practise
    answer(begun(fresh, 4), 1, 4)
    everybody = [cast.rahmat, siti, quiet, fresh]
    assert [(each.person.id, each.practised_at, each.due) for each in told(everybody, 4)] == [(siti, None, 5)]
    later = told(everybody, 8)
    assert [(each.person.id, each.since, each.due) for each in later] == [(siti, day(0), 5), (fresh, day(4), 4)]
    assert [each.person.id for each in told(everybody, 8, pause=5)] == [siti]
    assert told(everybody, 8, slug="tertutup") == [], "nothing of that course waits"
    leave(siti)
    assert [each.person.id for each in told(everybody, 8)] == [fresh]
    with statements(app) as sent:
        told(everybody, 8)
    assert len(sent) <= 5, sent


def test_the_message_names_what_waits_and_no_missed_day() -> None:
    reminder = PracticeReminder("Siti", "Kursus", 4, "https://rak/practice", "Rahmat")
    lines = [str(each) for each in reminder_lines(reminder)]
    assert lines[0] == "Halo Siti, semoga sehat selalu." and lines[-1] == "Terima kasih, Rahmat"
    text = "\n".join(lines)
    assert "“Kursus”" in text and "sebelum terlupa: 4." in text and "https://rak/practice" in text
    assert not re.search("hari lalu|terlewat|tidak berlatih|belum", text.replace("sebelum", ""))


def test_rahmat_reads_the_list_and_finds_no_number_and_nothing_of_another_course(
    app: Flask, siti: int, cast: Cast, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: day(6) + timedelta(hours=1))
    db.session.get_one(Person, siti).phone = "+6281234567890"
    db.session.commit()
    practising(siti)
    db.session.rollback()
    client, admin = app.test_client(), app.test_client()
    sign_in(client, "rahmat")
    page = read(client, PATH)
    valid_html(page)
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "1 peserta dapat diingatkan" in text and "Siti Aminah" in text and "5 soal menunggu" in text
    assert "Sudah ikut, belum pernah berlatih · sejak 22 November 2026" in text
    assert "http://localhost/practice" in page and "wa.me" not in page and "6281234567890" not in page
    assert "Tidak ada yang cocok" in read(client, f"{PATH}?days=30")
    assert "Siti Aminah" in read(client, f"{PATH}?days=satu"), "three days, as usual"
    assert PATH in read(client, "/teaching/courses/contoh")
    sign_in(admin, "admin")
    assert "https://wa.me/6281234567890?text=Halo" in read(admin, PATH)
    revoke(cast.rahmat, Grant(Role.TRAINER))
    grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "tertutup"), now=day(6))
    db.session.rollback()
    assert client.get(PATH).status_code == 404
