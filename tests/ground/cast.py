"""The same people in every test: Siti learns, Rahmat trains, Noor leads the office, Agus is a stranger; an admin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import db as handle
from app.people.models import Person
from app.people.operations import NewPerson, add_organisation, add_person
from app.people.passwords import Passwords
from app.people.permissions import Grant, Role
from app.people.rules.organisations import OrganisationKind

PASSWORD: Final = "tinta biru kering"
NOW: Final = datetime(2026, 11, 22, 2, 24, tzinfo=UTC)  # 10.24 WITA
_TOKEN: Final = re.compile(r'name="form_token" value="([^"]+)"')


@dataclass(frozen=True)
class Cast:
    """The ids of the four who have accounts, where Siti reads, and everybody's password. User names are their names."""

    siti: int
    rahmat: int
    noor: int
    admin: int
    organisation: int
    password: str = PASSWORD


def cheap_passwords(app: Flask) -> None:
    """Let this app hash at argon2's least cost: tests sign in often."""
    app.extensions["passwords"] = Passwords(memory=8, passes=1)


def make_cast(app: Flask) -> Cast:
    """Give the four their accounts."""
    cheap_passwords(app)
    with app.app_context():
        place = add_organisation("Perpustakaan Desa Melati (contoh)", OrganisationKind.VILLAGE, "Kecamatan Contoh Laut")
        return Cast(
            siti=_add("Siti Aminah", "siti", Role.LEARNER, place),
            rahmat=_add("Rahmat Hidayat", "rahmat", Role.TRAINER),
            noor=_add("Noor Jannah", "noor", Role.STAFF),
            admin=_add("Admin Kantor", "admin", Role.ADMIN),
            organisation=place,
        )


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The four, with their accounts in the test's own database (tests.ground.database puts them there)."""
    cheap_passwords(app)
    with app.app_context():
        found = {each.user_name: each for each in handle.session.scalars(select(Person))}
        siti = found["siti"]
        assert siti.organisation_id is not None
        return Cast(siti.id, found["rahmat"].id, found["noor"].id, found["admin"].id, siti.organisation_id)


@pytest.fixture
def siti(cast: Cast, db: SQLAlchemy) -> int:
    """Siti's id, inside an app context."""
    return cast.siti


@pytest.fixture
def rahmat(client: FlaskClient, cast: Cast) -> FlaskClient:
    """Rahmat, a trainer of every course, at his browser."""
    sign_in(client, "rahmat")
    return client


def _add(name: str, user_name: str, role: Role, organisation_id: int | None = None) -> int:
    new = NewPerson(
        name=name, user_name=user_name, organisation_id=organisation_id, password=PASSWORD, grants=(Grant(role),)
    )
    return add_person(new, now=NOW).person_id


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, **fields: str) -> TestResponse:
    """Sign in through the form, as a browser does. Agus, who has no account, is refused like everybody unknown."""
    token = form_token(client.get("/sign-in").get_data(as_text=True))
    return client.post("/sign-in", data={"form_token": token, "login": name, "password": password, **fields})


def form_token(html: str) -> str:
    """The token of the first form on a page."""
    found = _TOKEN.search(html)
    assert found, "the page has no form token"
    return found[1]


def post(client: FlaskClient, path: str, page: str | None = None, **fields: object) -> TestResponse:
    """Send a form with the token of `page` (default: the account page of whoever is signed in)."""
    token = form_token(client.get(page or "/account").get_data(as_text=True))
    return client.post(path, data={"form_token": token, **fields})
