"""The office's pages about cohorts."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.people.permissions import Scope
from app.people.queries import cohort_courses, cohort_members, get_cohort
from app.reports.forms.people import read_order
from tests.ground.cast import Cast, post, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html

EVERYBODY = Scope(0, everything=True)


@pytest.fixture
def start() -> Start:
    return PUBLISHED


@pytest.fixture
def noor(client: FlaskClient, cast: Cast) -> FlaskClient:
    """Noor's browser."""
    sign_in(client, "noor")
    return client


def test_noor_makes_a_cohort_with_courses_in_order_and_people(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    valid_html(noor.get("/cohorts").text)
    made = post(noor, "/cohorts", name="Angkatan I", starts_on="2026-11-01", ends_on="2026-12-31")
    assert (made.status_code, made.headers["Location"]) == (303, "/cohorts/1")
    chosen = {"position-tertutup": "1", "position-contoh": "2", "has_path": "1", "position-ngawur": "3"}
    post(noor, "/cohorts/1/courses", **chosen)
    joined = post(noor, f"/people/{cast.siti}/cohorts", cohort=1)
    assert joined.headers["Location"] == f"/people/{cast.siti}"
    with app.app_context():
        assert cohort_courses(1) == ("tertutup", "contoh")
        assert get_cohort(1).has_path
        assert [each.id for each in cohort_members(1, EVERYBODY)] == [cast.siti]
    for path in ("/cohorts", "/cohorts/1", f"/people/{cast.siti}"):
        page = noor.get(path).text
        valid_html(page)
        assert "Angkatan I" in page
    assert "1 November 2026" in noor.get("/cohorts").text
    assert "Siti Aminah" in noor.get("/cohorts/1").text


@pytest.mark.parametrize("path", ["/cohorts/1/members/{siti}/leave", "/people/{siti}/cohorts/1/leave"])
def test_noor_takes_a_person_out(app: Flask, noor: FlaskClient, cast: Cast, path: str) -> None:
    post(noor, "/cohorts", name="Angkatan I")
    post(noor, f"/people/{cast.siti}/cohorts", cohort=1)
    assert post(noor, path.format(siti=cast.siti)).status_code == 303
    with app.app_context():
        assert cohort_members(1, EVERYBODY) == ()


def test_a_cohort_that_cannot_be_made_is_told_why(noor: FlaskClient) -> None:
    post(noor, "/cohorts", name="Angkatan I")
    for fields, status, told in (
        ({"name": "Angkatan I"}, 409, "Sudah ada angkatan bernama Angkatan I."),
        ({"name": "II", "starts_on": "2026-12-31", "ends_on": "2026-11-01"}, 422, "sesudah tanggal mulai"),
        ({"name": ""}, 422, "Nama harus diisi."),
    ):
        answer = post(noor, "/cohorts", **fields)
        assert answer.status_code == status
        assert told in answer.text
        valid_html(answer.text)


def test_a_cohort_or_person_that_is_not_there_is_404(noor: FlaskClient, cast: Cast) -> None:
    assert noor.get("/cohorts/999").status_code == 404
    assert post(noor, "/cohorts/999/courses").status_code == 404
    assert post(noor, f"/people/{cast.siti}/cohorts", cohort=999).status_code == 404
    assert post(noor, f"/people/{cast.siti}/cohorts").status_code == 404


@pytest.mark.parametrize(
    ("fields", "order"),
    [
        ({}, []),
        ({"position-a": "2", "position-b": "1"}, ["b", "a"]),
        ({"position-a": "1", "position-b": "1", "position-c": ""}, ["a", "b"]),
        ({"position-a": "x", "position-b": "-1", "position-c": " 7 "}, ["c"]),
        ({"position-d": "1"}, []),
    ],
)
def test_the_order_is_read_from_the_numbers(fields: dict[str, str], order: list[str]) -> None:
    assert read_order(fields, {"a", "b", "c"}) == order
