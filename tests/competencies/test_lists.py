"""Learners in pages, by name, organisation or score: put together they are the whole list in its order."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.competencies.queries import lists
from app.competencies.queries.learners import LearnerFilter
from app.competencies.queries.lists import LearnerFact, Order, all_learners, learners_page
from app.competencies.rules import State
from app.people.models import Cohort, CohortMember
from app.people.operations import add_organisation
from app.people.permissions import Scope
from app.people.rules.organisations import OrganisationKind
from tests.competencies.histories import add_learners, add_score
from tests.ground.database import PUBLISHED, Start

EVERYWHERE = Scope(0, everything=True)
ONE, TWO = "F1.satu", "F1.dua"
PAGE = 7
ORDERS = [Order(by, down) for by in ("name", "organisation", ONE) for down in (False, True)]
FILTERS: list[dict[str, Any]] = [
    {},
    {"competency": ONE},
    {"competency": ONE, "state": State.MASTERED},
    {"competency": ONE, "state": State.TOO_FEW},
    {"competency": TWO},
    {"kind": OrganisationKind.SCHOOL},
    {"kind": OrganisationKind.SCHOOL, "competency": ONE},
    {"organisation_id": 0, "competency": ONE},
    {"text": "Sari"},
    {"text": "Sari", "competency": ONE},
    {"cohort_id": 1, "competency": ONE},
]


@pytest.fixture
def start() -> Start:
    """There is a framework to score."""
    return PUBLISHED


@pytest.fixture
def crowd(app: Flask, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty learners of three places, some of one name, some of one score, some without any."""
    monkeypatch.setattr(lists, "PAGE", PAGE)
    chance = Random(5)
    kinds = {"Desa Baru": OrganisationKind.VILLAGE, "SMP Hilir": OrganisationKind.SCHOOL}
    places = [*(add_organisation(name, kind, "Hulu") for name, kind in kinds.items()), None]
    ids = [
        each
        for place in places
        for each in add_learners([chance.choice(("Sari", "sari", "Budi", "Ana", "Tuti")) for _ in range(14)], place)
    ]
    for each in ids:
        for competency in (ONE, TWO):
            if chance.random() < 0.8:
                add_score(each, competency, chance.choice((10, 50, 50, 85, 95.5)), chance.choice((2, 10, 10)))
    db.session.add(Cohort(id=1, name="Satu"))
    db.session.flush()
    db.session.add_all(CohortMember(cohort_id=1, person_id=each) for each in ids[::3])
    db.session.commit()


@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_pages_put_together_are_the_list_in_order(app: Flask, crowd: None, asked: dict[str, Any]) -> None:
    wanted = LearnerFilter(**asked)
    known = {each.id for each in all_learners(wanted, EVERYWHERE, Order())}
    whole = {each.id: each for each in all_learners(LearnerFilter(), EVERYWHERE, Order())}  # with all their scores
    for order in ORDERS:
        first = learners_page(wanted, EVERYWHERE, order, 1)
        pages = [learners_page(wanted, EVERYWHERE, order, number + 1) for number in range(first.pages)]
        paged = [each for page in pages for each in page.rows]
        assert all(len(page.rows) == PAGE for page in pages[:-1])
        assert paged == list(all_learners(wanted, EVERYWHERE, order))
        assert first.total == len(paged) == len(known)
        assert {each.id for each in paged} == known
        keys = [_key(whole[each.id], order) for each in paged]
        assert keys == sorted(keys), order
        assert learners_page(wanted, EVERYWHERE, order, 99) == pages[-1]


def test_the_filters_of_the_test_leave_somebody(app: Flask, crowd: None) -> None:
    """And more than a page, or nothing would be put together."""
    found = [learners_page(LearnerFilter(**asked), EVERYWHERE, Order(), 1).total for asked in FILTERS]
    assert min(found) > 3
    assert sum(count > 2 * PAGE for count in found) >= 4


def _key(learner: LearnerFact, order: Order) -> tuple[Any, ...]:
    """What the learner stands by, as Python sorts."""
    way = -1 if order.descending else 1
    name = learner.name.lower()
    if order.by == "name":
        return (_turned(name) if order.descending else name, way * learner.id)
    if order.by == "organisation":
        place = (learner.organisation or "").lower()
        return (learner.organisation is None, _turned(place) if order.descending else place, name, learner.id)
    score = learner.scores.get(order.by)
    told = score is not None and score.enough
    return (not told, way * score.score if score and told else 0, name, learner.id)


def _turned(text: str) -> tuple[int, ...]:
    """Sorts the other way round; texts here are never one the beginning of another."""
    return tuple(-ord(each) for each in text)
