"""The sums that the office's page reads: always what the scores of active learners come to, wherever people go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from time import sleep

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import delete, func, select

from app.competencies.models import CompetencyCount, CompetencyScore
from app.competencies.operations import (
    counting,
    fold_counts,
    fold_grown_counts,
    rebuild,
    store_folded,
    store_scores,
)
from app.competencies.queries.counts import SUMS, counted_scores
from app.db import begin_write
from app.people.models import GrantRow
from app.people.operations import (
    Details,
    add_organisation,
    correct_person,
    deactivate,
    grant,
    reactivate,
    revoke,
    set_organisation,
)
from app.people.permissions import Grant, Role
from app.people.rules.organisations import OrganisationKind
from tests.competencies.histories import (
    EIGHT,
    Given,
    add_attempt,
    add_finished,
    add_learners,
    add_revision,
    add_score,
    at,
    folded_scores,
    store_marks,
    stored_scores,
)
from tests.ground.database import PUBLISHED, Start
from tests.quizzes.test_operations import at_once

LEARNER = Grant(Role.LEARNER)


@pytest.fixture
def start() -> Start:
    """There is a framework to score."""
    return PUBLISHED


@pytest.fixture
def places(db: SQLAlchemy) -> list[int]:
    """Two organisations."""
    return [add_organisation(f"TBM {name}", OrganisationKind.READING_PARK, "Hulu") for name in ("Satu", "Dua")]


Sums = dict[tuple[int | None, str], tuple[int, ...]]


def kept(db: SQLAlchemy) -> Sums:
    """The ledger added up; groups without anybody are left out."""
    row = CompetencyCount.__table__.c
    chosen = select(row.organisation_id, row.competency, *(func.sum(row[name]) for name in SUMS))
    return added(db.session.execute(chosen.group_by(row.organisation_id, row.competency)).all())


def fold(db: SQLAlchemy) -> Sums:
    """What it should be, added up here."""
    return added(db.session.execute(counted_scores()).all())


def added(rows: list) -> Sums:  # type: ignore[type-arg]
    found: dict[tuple[int | None, str], Counter[int]] = {}
    for place, competency, *values in rows:
        group = found.setdefault((place, competency), Counter())
        group.update(dict(enumerate(map(int, values))))
    return {key: tuple(group[n] for n in range(len(SUMS))) for key, group in found.items() if any(group.values())}


def people(db: SQLAlchemy, place: int | None) -> int:
    """Whose score in F1.satu is counted there."""
    return kept(db).get((place, "F1.satu"), (0,))[0]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (set_organisation, (0, 1)),
        (lambda person, place: correct_person(person, Details("Badriah", "", place)), (0, 1)),
        (lambda person, place: set_organisation(person, None), (0, 0)),
        (lambda person, place: deactivate(person), (0, 0)),
        (lambda person, place: (deactivate(person), reactivate(person)), (1, 0)),
        (lambda person, place: revoke(person, LEARNER), (0, 0)),
        (lambda person, place: (revoke(person, LEARNER), grant(person, LEARNER, now=EIGHT)), (1, 0)),
        (lambda person, place: grant(person, Grant(Role.TRAINER), now=EIGHT), (1, 0)),
    ],
    ids=["moved", "corrected", "left", "closed", "opened again", "no learner", "learner again", "also trainer"],
)
def test_a_person_is_counted_where_they_are_now(
    db: SQLAlchemy, places: list[int], change: Callable[[int, int], object], left: tuple[int, int]
) -> None:
    (badriah,) = add_learners(["Badriah"], places[0])
    add_score(badriah, "F1.satu", 80)
    change(badriah, places[1])
    assert tuple(people(db, place) for place in places) == left
    assert kept(db) == fold(db)


def test_a_hand_in_changes_the_sums_in_its_own_transaction(db: SQLAlchemy, places: list[int]) -> None:
    (badriah,), revision = add_learners(["Badriah"], places[0]), add_revision()
    attempt = add_attempt(badriah, revision, ["a"])
    begin_write()
    store_marks(attempt, [Given("a")], 5)
    store_scores(badriah, {"F1.satu"}, now=at(5))
    assert kept(db) == fold(db) != {}
    db.session.rollback()
    assert kept(db) == {}


def test_whatever_happens_the_sums_are_the_fold_of_the_scores(db: SQLAlchemy, places: list[int]) -> None:
    chance, revision = Random(5), add_revision()
    crowd = add_learners([f"Peserta {number}" for number in range(5)], places[0])

    def hand_in(person: int, minute: int) -> None:
        slots = [Given(f"q{chance.randrange(9)}", competency=chance.choice(["F1.satu", "F1.dua"])) for _ in range(2)]
        add_finished(person, revision, slots, minute, quiz=f"kuis{minute}")
        begin_write()
        store_scores(person, {each.competency for each in slots if each.competency}, now=at(minute))
        db.session.commit()

    for minute in range(30):
        person = chance.choice(crowd)
        step = chance.choice([hand_in, hand_in, hand_in, set_organisation, deactivate, reactivate])
        step(person, *({hand_in: [minute], set_organisation: [chance.choice([*places, None])]}.get(step, [])))
        assert kept(db) == fold(db), (minute, step)
    rebuild(now=at(31))
    rows = db.session.scalar(select(func.count()).select_from(CompetencyCount))
    assert kept(db) == fold(db)
    assert rows == len(kept(db)), "one row each after everything was made anew"


def test_people_hand_in_while_everything_is_made_anew_by_two_at_once(
    app: Flask, db: SQLAlchemy, places: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fold_slowly() -> None:
        store_folded()
        sleep(0.1)  # the other comes as far as it gets

    monkeypatch.setattr(counting, "store_folded", fold_slowly)
    crowd, revision = add_learners([f"Peserta {number}" for number in range(6)], places[0]), add_revision()
    for person in crowd:
        add_finished(person, revision, [Given("a")])
    opened = [add_attempt(person, revision, ["b"], quiz="tes") for person in crowd]
    db.session.rollback()

    def hand_in() -> None:
        for person, attempt in zip(crowd, opened, strict=True):
            begin_write()
            store_marks(attempt, [Given("b", "F1.dua", fraction=0.0)], 70)
            store_scores(person, {"F1.dua"}, now=at(70))
            db.session.commit()

    again = [lambda: rebuild(now=at(71)) for _ in range(2)]
    assert at_once(app, hand_in, *again, fold_counts, fold_counts) == [None, 6, 6, None, None]
    db.session.rollback()
    assert all(stored_scores(person) == folded_scores(person, at(71)) for person in crowd)
    assert [len(stored_scores(person)) for person in crowd] == [2] * 6
    assert kept(db) == fold(db)


def test_folding_puts_right_what_was_changed_behind_its_back(db: SQLAlchemy, places: list[int]) -> None:
    for person in add_learners("ABC", places[0]):
        add_score(person, "F1.satu", 50)
    db.session.execute(delete(CompetencyScore).where(CompetencyScore.person_id == person))
    db.session.execute(delete(GrantRow).where(GrantRow.person_id == person - 1))
    db.session.commit()
    assert people(db, places[0]) == 3
    fold_counts()
    assert people(db, places[0]) == 1


def test_changes_are_folded_once_they_are_many(
    db: SQLAlchemy, places: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in add_learners("ABC", places[0]):
        add_score(person, "F1.satu", 50)
    assert not fold_grown_counts()
    monkeypatch.setattr(counting, "MANY_CHANGES", 1)
    assert fold_grown_counts()
    assert not fold_grown_counts()
    assert people(db, places[0]) == 3
