"""Fill an empty database with a made-up cohort and the four accounts to try."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, cast

from flask import current_app
from sqlalchemy import select

from app.catalogue.queries import published
from app.competencies.operations import store_folded
from app.db import db
from app.demonstration.operations.rows import (
    Row,
    participant_row,
    person_row,
    store_histories,
    store_members,
    store_people,
    store_places,
)
from app.demonstration.rules.attempts import PathCourse
from app.demonstration.rules.histories import History, Leg, Luck, legs_of, live, make_history
from app.demonstration.rules.people import MadeUpPerson, Way, make_people
from app.demonstration.rules.places import Place, places
from app.errors import N_, Refusal
from app.people.models import Cohort, CohortCourse, Person
from app.people.operations.races import settled
from app.people.passwords import hash_password, new_one_time_password
from app.people.permissions import Role
from app.people.rules.passwords import checked_password
from app.repetition.operations import store_participant
from app.settings import Settings

COHORT: Final = "Bimtek Perpustakaan 2026 · Angkatan I (contoh)"
PARTICIPANTS: Final = 100  # Siti among them
PATH: Final = ("BIMTEK", "LP-1", "TI-1", "LP-2", "TI-2", "LP-3", "TI-3", "LP-4", "TI-4")
"""Codes of courses in the recommended order; others follow by their code."""

SITIS_COURSE: Final = "TI-3"
SEED: Final = 2026
OPEN_FOR: Final = timedelta(days=45)  # the cohort began so long ago, and ends so long from now
PRACTISES: Final = 8  # every so many-th of the others takes part in the daily practice
PRACTISED_FOR: Final = timedelta(days=6)
PASSWORD_FILE: Final = "demo-passwords.txt"  # noqa: S105 (the file's name)

ACCOUNTS: Final[Mapping[str, tuple[str, Role]]] = {
    "siti": ("Siti Aminah", Role.LEARNER),
    "rahmat": ("Rahmat Hidayat", Role.TRAINER),
    "noor": ("Noor Jannah", Role.STAFF),
    "admin": ("Admin Contoh", Role.ADMIN),
}
"""The accounts that visitors use: user name -> name and role."""


class DemonstrationOff(Refusal):
    """Made-up people have no place in a real office."""

    def __init__(self) -> None:
        super().__init__(N_("Ini bukan peragaan. Data contoh hanya dapat dibuat dengan RAK_DEMO=1."))


class PeopleThere(Refusal):
    """Somebody is registered already: nothing made up is ever put beside real people."""

    def __init__(self) -> None:
        super().__init__(N_("Database ini sudah berisi orang, jadi tidak diisi dengan data contoh."))


class NothingPublished(Refusal):
    """Histories need courses."""

    def __init__(self) -> None:
        super().__init__(N_("Belum ada kursus yang terbit. Jalankan dahulu: flask --app wsgi courses sync."))


@dataclass(frozen=True, slots=True)
class Filled:
    """What was made: the passwords of the four accounts, told this once, and the file that keeps them."""

    passwords: Mapping[str, str]
    file: Path


@dataclass(frozen=True, slots=True)
class _Life:
    person: MadeUpPerson
    history: History


def is_empty() -> bool:
    """Whether nobody is registered."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def fill(*, now: datetime) -> Filled:
    """Make the cohort, its people and what they did in the last weeks, in one transaction.

    Raises DemonstrationOff, PeopleThere, NothingPublished, PasswordRefused.
    """
    settings = cast("Settings", current_app.extensions["settings"])
    if not settings.demo:
        raise DemonstrationOff
    if not is_empty():
        raise PeopleThere
    path = recommended_path()
    lives = _lives(path, settings, now)
    passwords = {name: _password(settings, name) for name in ACCOUNTS}
    hashes = {name: hash_password(password) for name, password in passwords.items()}
    file = settings.instance / PASSWORD_FILE

    def change() -> None:
        if not is_empty():
            raise PeopleThere
        _store_all(lives, path, hashes, now)
        _keep_passwords(file, passwords)  # before the commit: accounts whose passwords nobody knows would help nobody

    settled(change)
    return Filled(passwords, file)


def recommended_path() -> list[PathCourse]:
    """The published courses in the recommended order. Raises NothingPublished."""
    served = sorted(
        published().values(),
        key=lambda each: (PATH.index(each.course.code) if each.course.code in PATH else len(PATH), each.course.code),
    )
    if not served:
        raise NothingPublished
    return [PathCourse(each.course, each.revision_id) for each in served]


def _lives(path: Sequence[PathCourse], settings: Settings, now: datetime) -> list[_Life]:
    """Everybody in the cohort, Siti first."""
    chance = Random(SEED)  # noqa: S311 (made-up lives, no secret)
    everywhere = places()
    others = make_people(PARTICIPANTS - 1, everywhere, chance)
    zone, luck = settings.time_zone, Luck(chance)
    return [
        _siti(path, everywhere[0], now, luck),
        *(_Life(each, make_history(each, path, now=now, zone=zone, luck=luck)) for each in others),
    ]


def _siti(path: Sequence[PathCourse], place: Place, now: datetime, luck: Luck) -> _Life:
    """Siti took the test before all courses, did the first module of one with its quiz, and stands at the second."""
    here = next((each for each in path if each.course.code == SITIS_COURSE), path[-1])
    person = MadeUpPerson(ACCOUNTS["siti"][0], "siti", place, 0.4, Way.ONE_COURSE)
    before = [each for each in legs_of(path) if each.around][:1]
    legs = [*before, Leg(here, here.course.modules[0].activities)]
    wanted = sum(len(each.activities) for each in legs)
    return _Life(person, live(person, legs, wanted, [now - timedelta(days=2, hours=5)], luck))


def _store_all(lives: Sequence[_Life], path: Sequence[PathCourse], hashes: Mapping[str, str], now: datetime) -> None:
    began = now - OPEN_FOR
    organisations = store_places(places())
    learners = [
        participant_row(life.person, life.history, organisations[life.person.place], began)
        | ({"password_hash": hashes["siti"]} if life.person.user_name == "siti" else {})
        for life in lives
    ]
    ids = store_people(learners, [Role.LEARNER] * len(learners), now=began)
    store_members(_store_cohort(path, now), ids)
    store_people(*_office(hashes, began), now=began)
    store_histories([(each, life.history) for each, life in zip(ids, lives, strict=True)], now=now)
    store_folded()
    for person_id in ids[PRACTISES::PRACTISES]:  # not Siti: she is asked
        store_participant(person_id, now=now - PRACTISED_FOR)


def _office(hashes: Mapping[str, str], began: datetime) -> tuple[list[Row], list[Role]]:
    staff = {name: account for name, account in ACCOUNTS.items() if account[1] is not Role.LEARNER}
    rows = [
        person_row(full_name, name, created_at=began, password_hash=hashes[name])
        for name, (full_name, _) in staff.items()
    ]
    return rows, [role for _, role in staff.values()]


def _store_cohort(path: Sequence[PathCourse], now: datetime) -> int:
    cohort = Cohort(name=COHORT, starts_on=(now - OPEN_FOR).date(), ends_on=(now + OPEN_FOR).date(), has_path=True)
    db.session.add(cohort)
    db.session.flush()
    db.session.add_all(
        CohortCourse(cohort_id=cohort.id, course_slug=each.course.slug, position=position)
        for position, each in enumerate(path, start=1)
    )
    db.session.flush()
    return cohort.id


def _password(settings: Settings, user_name: str) -> str:
    if settings.demo_password:
        return checked_password(settings.demo_password, user_name)
    return new_one_time_password().replace(" ", "-")


def _keep_passwords(file: Path, passwords: Mapping[str, str]) -> None:
    """Only whoever runs the server may read them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)  # an older file keeps its mode
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
        output.writelines(f"{name}\t{password}\n" for name, password in passwords.items())
