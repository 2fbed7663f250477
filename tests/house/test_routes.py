"""Who may what: every route declares it, and the table of roles and routes says what each meets."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from app import clock
from app.catalogue.queries import get_published
from app.db import db
from app.people.models import Person
from app.people.operations import grant, revoke
from app.people.permissions import TABLE, Action, Grant, Role, ScopeKind
from tests.house.tour import COURSE, DONE_QUIZ, FORMS, LESSON, PAGES, ROLES, places, routes, send, visitor


def test_every_route_declares_its_permission(app: Flask) -> None:
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not isinstance(getattr(app.view_functions[rule.endpoint], "action", None), Action)
    ]
    assert silent == []


def test_every_action_is_in_the_one_table_and_the_admin_may_do_all(app: Flask) -> None:
    assert set(TABLE) == set(Action) - {Action.PUBLIC}
    assert all(Role.ADMIN in roles for roles in TABLE.values())


def test_every_route_is_on_the_tour(app: Flask) -> None:
    assert {page.endpoint for page in PAGES} == {rule.endpoint for rule in routes(app, "GET")}
    assert {endpoint for endpoint, _ in FORMS} == {rule.endpoint for rule in routes(app, "POST")}


def test_each_form_is_taken_from_those_who_may_send_it_alone(app: Flask) -> None:
    found = places(app)
    wrong = []
    for place, role in enumerate(ROLES):
        for (endpoint, path), may in FORMS.items():
            status = send(visitor(app, role), path.format(**found)).status_code
            passed = status not in (401, 403)
            if endpoint == "reports.grant_role" and role == "staff":
                assert status == 403, "staff may not grant roles"
            elif passed != may[place] or status >= 500:
                wrong.append(f"{role} at {path}: {status}")
    assert not wrong, "\n".join(wrong)


def test_a_form_without_its_token_is_refused_whoever_sends_it(app: Flask) -> None:
    found = places(app)
    for role in ROLES:
        client = visitor(app, role)
        statuses = {path: client.post(path.format(**found)).status_code for _, path in FORMS}
        assert set(statuses.values()) == {400}, statuses


def test_what_belongs_to_somebody_else_is_not_found(app: Flask) -> None:
    found = places(app)
    for role in ("trainer", "staff", "admin"):
        client = visitor(app, role)
        for path in ("/attempts/{open}", "/attempts/{open}/overview", "/attempts/{done}/result"):
            assert client.get(path.format(**found)).status_code == 404
        assert send(client, "/attempts/{open}/answers/1".format(**found), choice="0").status_code == 404
        assert send(client, "/attempts/{open}/finish".format(**found)).status_code == 404


LISTS = {"authoring.courses", "authoring.shared", "teaching.courses", "teaching.marking"}  # of no course, or for all


def test_a_trainer_of_one_course_finds_nothing_of_another(app: Flask) -> None:
    found = places(app)
    with app.app_context():
        rahmat = db.session.scalar(select(Person.id).where(Person.user_name == "rahmat"))
        revoke(rahmat, Grant(Role.TRAINER))
        grant(rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "layanan-prima"), now=clock.now())
        theirs = get_published("layanan-prima").revision_id
    client = visitor(app, "trainer")
    work = ("authoring.", "teaching.")
    paths = [page.path for page in PAGES if page.endpoint.startswith(work) and page.endpoint not in LISTS]
    pages = {path: client.get(path.format(**found)) for path in paths}
    forms = {path: send(client, path.format(**found)) for endpoint, path in FORMS if endpoint.startswith(work)}
    assert {path: page.status_code for path, page in (pages | forms).items() if page.status_code != 404} == {}
    own = "/authoring/layanan-prima"  # and under the address of his own course nothing of it either
    for path in ("/history/{served}", f"/changes/{{served}}/{theirs}", "/parted/{side}", f"/preview/{LESSON}"):
        assert client.get(f"{own}{path}".format(**found)).status_code == 404, path
    assert send(client, f"{own}/preview/{LESSON}", base=found["served"]).status_code == 404
    assert send(client, f"{own}/history/{{served}}".format(**found)).status_code == 404
    assert client.get("/authoring/-/preview/{link}".format(**found)).status_code == 404, "his links end with his grant"


def test_an_address_with_a_sign_that_no_database_takes_is_not_found(app: Flask) -> None:
    admin = visitor(app, "admin")
    for path in ("/authoring/-/preview/%00", "/authoring/%00", "/uploads/%00", "/people?text=%00", "/sign-in?next=%00"):
        assert admin.get(path).status_code == 404, path
    for path in (f"/authoring/{COURSE}/preview/%00", "/authoring/%00/presence/lessons/x"):
        assert send(admin, path, base=1).status_code == 404, path


def numbered(rule: Rule, number: str) -> str:
    """The rule's path with every number in it replaced."""
    path = rule.rule.replace("<slug>", COURSE).replace("<activity_id>", DONE_QUIZ)
    assert "<" not in re.sub(r"<int:\w+>", "", path), "say here what stands in this route's other places"
    return re.sub(r"<int:\w+>", number, path)


@pytest.mark.parametrize("number", ["0", "9" * 9, "2147483648", "9" * 20, "9" * 5000], ids=len)
def test_a_number_that_names_no_row_is_not_found_however_large(app: Flask, number: str) -> None:
    admin = visitor(app, "admin")
    with_numbers = [rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule]
    assert len(with_numbers) > 10
    for rule in with_numbers:
        path = numbered(rule, number)
        answer = admin.get(path) if "GET" in (rule.methods or ()) else send(admin, path)
        assert answer.status_code == 404, rule
