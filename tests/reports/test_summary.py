"""The summary on one sheet: its figures, who needs help and why, and that it is one sheet whatever stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app import clock
from app.catalogue.queries import heads
from app.people.models import Cohort, CohortCourse, CohortMember, Person
from app.progress.models import CourseCompletion
from tests.competencies.histories import EIGHT, add_learners, add_score
from tests.ground.cast import Cast, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html
from tests.ground.statements import statements
from tests.reports.pairs import AFTER, BEFORE, publish_tests, took
from tests.reports.test_competencies import rows, words

PAGE = "/reports/summary"


@pytest.fixture
def start() -> Start:
    """There is a framework to score."""
    return PUBLISHED


@pytest.fixture
def noor(app: Flask, cast: Cast, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """Noor's browser, at ten past ten of the day of everybody's history."""
    db.session.get_one(Person, cast.siti).active = False
    db.session.commit()
    client = app.test_client()
    sign_in(client, "noor")
    monkeypatch.setattr(clock, "now", lambda: EIGHT + timedelta(hours=2, minutes=10))
    return client


def summary(client: FlaskClient, query: str = "") -> str:
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    valid_html(answer.text)
    return answer.text


def test_an_empty_office_gets_a_sheet_without_figures(noor: FlaskClient) -> None:
    page = words(summary(noor))
    assert "0 orang: 0 sudah masuk, 0 belum pernah masuk" in page
    assert "Kompetensi paling lemah Data belum cukup" in page
    assert "Tes awal ke tes akhir Belum ada yang mengikuti keduanya." in page
    assert "Tidak ada peserta yang perlu dibantu." in page


def test_letterhead_moment_and_place_of_signing_are_the_offices(app: Flask, noor: FlaskClient) -> None:
    told = {"office": "Dinas Contoh", "office_address": "Jalan Satu | Kotabaru", "office_place": "Kotabaru"}
    app.extensions["settings"] = replace(app.extensions["settings"], **told)
    page = words(summary(noor))
    assert "Dinas Contoh Jalan Satu Kotabaru Ringkasan hasil belajar Data per 22 November 2026, 10.10 WITA" in page
    assert page.endswith("Kotabaru, 22 November 2026 Nama dan tanda tangan")
    assert "Ini hasil belajar, bukan sertifikat kompetensi dari LSP/BNSP." in page


def test_courses_of_ones_cohorts_are_required_and_all_of_them(noor: FlaskClient, db: SQLAlchemy) -> None:
    alim, badriah, _ = add_learners(["Alim", "Badriah", "Cici"])
    cohorts = [Cohort(name="Angkatan I"), Cohort(name="Angkatan II")]
    db.session.add_all(cohorts)
    db.session.flush()
    first, second = (cohort.id for cohort in cohorts)
    for person, cohort in ((alim, first), (badriah, first), (badriah, second)):
        db.session.add(CohortMember(cohort_id=cohort, person_id=person))
    for cohort, slug in ((first, "contoh"), (second, "tertutup")):
        db.session.add(CohortCourse(cohort_id=cohort, course_slug=slug, position=1))
    for person in (alim, badriah):
        revision = heads()["contoh"].revision_id
        db.session.add(
            CourseCompletion(person_id=person, course_slug="contoh", revision_id=revision, completed_at=EIGHT)
        )
    db.session.commit()
    required = "Menyelesaikan kursus wajib %s orang yang angkatannya punya kursus"
    assert required % "1 dari 2" in words(summary(noor)), "Badriah has another cohort's course left"
    assert required % "2 dari 2" in words(summary(noor, f"?cohort={first}"))
    assert required % "0 dari 1" in words(summary(noor, f"?cohort={second}"))


def test_the_weakest_competency_is_told_with_its_interval_and_people(noor: FlaskClient) -> None:
    people = add_learners([f"Orang {number}" for number in range(6)])
    for person in people:
        add_score(person, "F1.satu", 80)
        add_score(person, "F1.dua", 60)
    add_score(people[0], "F2.tiga", 10, questions=2)  # on too few answers
    page = words(summary(noor))
    assert re.search(r"Kompetensi dua: rata-rata 60, perkiraan \d+–\d+ \(keyakinan 90%\), dari 6 orang; masih", page)


def test_those_who_need_help_are_named_with_a_reason_and_the_others_counted(noor: FlaskClient) -> None:
    weak, *_ = add_learners(["Lemah"])
    add_score(weak, "F1.satu", 20)
    add_learners([f"Belum {number:03}" for number in range(199)], came=False)
    html = summary(noor)
    told = rows(html, 1)
    assert list(told)[:2] == ["Lemah", "Belum 000"], "who is below the cut stands first"
    assert len(told) == 12
    assert "perlu penguatan di Kompetensi satu: 20" in told["Lemah"]
    assert told["Belum 000"] == "– | belum pernah masuk"
    assert "dan 188 lainnya; daftar lengkapnya di halaman Perlu dibantu." in words(html)


def test_the_gain_stands_in_one_line_and_the_statements_are_few(
    app: Flask, noor: FlaskClient, courses_folder: Path
) -> None:
    publish_tests(courses_folder)
    for person in add_learners(["Alim", "Badriah"]):
        took(person, BEFORE, 0.5, 0), took(person, AFTER, 0.4, 60)
    with statements(app) as asked:
        page = words(summary(noor))
    line = "Bimtek perpustakaan: rata-rata 50 menjadi 40 (2 orang yang mengikuti keduanya). Peningkatan (N-gain) -0,20"
    assert f"{line} · menurun. Kurang dari 5 orang: baca dengan hati-hati." in page
    assert len(asked) <= 20
