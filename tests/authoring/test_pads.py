"""What stands in unsaved forms, and who else has them open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask, current_app, request
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from app import clock
from app.authoring.desk import pad_or
from app.authoring.rules.pads import BYTES_LIMIT, FIELDS_LIMIT, PadTooLarge, bounded
from app.catalogue.models import Pad, Presence
from app.catalogue.operations import pads
from app.catalogue.operations.pads import Desk
from app.catalogue.queries.pads import HERE_FOR, pad_of, present_in
from app.people.operations import grant
from app.people.permissions import Action, Grant, Role, Scope
from app.web.frame import show_page
from app.web.guard import needs
from tests.catalogue.writing import NOW
from tests.ground.cast import Cast, post, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_fragment

PLACE = "lessons/mengapa-ddc"
KEEP = f"/authoring/contoh/pads/{PLACE}"
PRESENT = f"/authoring/contoh/presence/{PLACE}"


@pytest.fixture
def start() -> Start:
    return PUBLISHED


def desk(person_id: int = 2, name: str = "Rahmat", place: str = PLACE) -> Desk:
    return Desk(person_id, name, "contoh", place)


def test_what_is_typed_is_kept_without_the_tokens_of_its_page(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    sign_in(client, "rahmat")
    fields = MultiDict(
        [("title", "Mengapa"), ("tag", "a"), ("tag", "b"), ("base", "7"), ("seen", ""), ("place", PLACE)]
    )
    assert post(client, KEEP, **fields.to_dict(flat=False)).status_code < 300
    kept = pad_of(cast.rahmat, "contoh", PLACE)
    assert (kept.fields, kept.base_id) == ({"title": ["Mengapa"], "tag": ["a", "b"]}, 7)
    post(client, KEEP, title="Karena")
    assert pad_of(cast.rahmat, "contoh", PLACE).fields == {"title": ["Karena"]}
    assert pad_of(cast.admin, "contoh", PLACE) is None
    assert post(client, f"/authoring/contoh/dropped-pads/{PLACE}", back="/authoring/").location == "/authoring/"
    assert pad_of(cast.rahmat, "contoh", PLACE) is None


@pytest.mark.parametrize("back", ["https://lain.example/", "//lain.example", ""])
def test_who_throws_a_pad_away_stays_on_this_site(client: FlaskClient, cast: Cast, back: str) -> None:
    sign_in(client, "rahmat")
    assert post(client, f"/authoring/contoh/dropped-pads/{PLACE}", back=back).location == "/authoring/"


def test_what_names_no_course_or_no_revision_harms_nothing(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    sign_in(client, "rahmat")
    for slug in ("tidak-ada", "x" * 300):
        assert post(client, f"/authoring/{slug}/pads/{PLACE}", body="x").status_code == 404
        assert post(client, f"/authoring/{slug}/presence/{PLACE}").status_code == 404
    for base in ("9" * 30, "2147483648", "-9999999999"):
        assert post(client, KEEP, body="x", base=base).status_code < 300
        assert pad_of(cast.rahmat, "contoh", PLACE).base_id is None
        for path, fields in (("settings", {}), ("lists/latihan/undo", {"at": "0", "before": base})):
            assert post(client, f"/authoring/contoh/{path}", base=base, **fields).status_code == 404, path


def test_more_than_a_form_can_be_is_not_kept(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "rahmat")
    assert post(client, KEEP, body="x" * (BYTES_LIMIT + 1)).status_code == 413
    assert post(client, KEEP, **{f"f{number}": "x" for number in range(FIELDS_LIMIT + 1)}).status_code == 413
    assert post(client, f"/authoring/contoh/pads/{'x' * 301}", body="x").status_code == 404


@given(st.dictionaries(st.text(max_size=9), st.lists(st.text(max_size=30), max_size=4), max_size=9))
def test_what_fits_is_kept_as_it_was_typed_but_for_what_no_database_takes(fields: dict[str, list[str]]) -> None:
    kept = bounded(fields)
    assert kept == {name: [each.replace("\0", "") for each in values] for name, values in fields.items()}


@pytest.mark.parametrize("fields", [{"a": ["é" * (BYTES_LIMIT // 2)]}, {"a": ["x"] * (FIELDS_LIMIT + 1)}])
def test_what_does_not_fit_is_refused(fields: dict[str, list[str]]) -> None:
    with pytest.raises(PadTooLarge):
        bounded(fields)


def test_others_at_the_same_place_are_told_until_they_go(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        grant(cast.noor, Grant(Role.TRAINER), now=NOW)
    other = app.test_client()
    sign_in(client, "rahmat")
    sign_in(other, "noor")
    alone = post(client, PRESENT, seen="")
    assert alone.get_data(as_text=True).strip() == ""
    told = post(other, PRESENT, seen="")
    text = told.get_data(as_text=True)
    valid_fragment(text)
    assert "Rahmat Hidayat juga sedang membuka ini (sejak" in text
    assert post(other, PRESENT, seen=told.headers["X-Version"]).status_code == 204
    assert "Noor Jannah" in post(client, PRESENT, seen=alone.headers["X-Version"]).get_data(as_text=True)
    assert post(other, PRESENT, left="1").status_code == 204
    assert post(client, PRESENT, seen="").get_data(as_text=True).strip() == ""


def test_who_is_not_heard_of_for_a_while_has_gone_and_who_comes_back_comes_anew(db: SQLAlchemy) -> None:
    pads.note_presence(desk(), now=NOW)
    later = NOW + HERE_FOR / 2
    pads.keep_pad(desk(), {"title": ["x"]}, None, now=later)
    (rahmat,) = present_in("contoh", but=3, now=later)
    assert (rahmat.name, rahmat.place, rahmat.since) == ("Rahmat", PLACE, NOW)
    gone = later + HERE_FOR
    assert present_in("contoh", but=3, now=gone) == ()
    pads.note_presence(desk(), now=gone)
    assert [each.since for each in present_in("contoh", but=3, now=gone)] == [gone]
    assert present_in("contoh", but=2, now=gone) == ()
    assert present_in("tertutup", but=3, now=gone) == ()


def test_what_nobody_came_back_for_is_removed(db: SQLAlchemy) -> None:
    pads.keep_pad(desk(place="lessons/lama"), {"title": ["x"]}, None, now=NOW)
    pads.keep_pad(desk(), {"title": ["x"]}, None, now=NOW + timedelta(days=30))
    pads.remove_old(now=NOW + timedelta(days=61))
    assert db.session.scalars(select(Pad.place)).all() == [PLACE]
    assert db.session.scalar(select(func.count()).select_from(Presence)) == 0


# A form of a test's own, as every editor has one


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    """An app that a page can be added to."""
    return fresh_app


@pytest.fixture
def form(app: Flask) -> str:
    """The address of an editor's page whose form says what it begins with."""

    @needs(Action.AUTHOR)
    def view(scope: Scope, slug: str) -> str:
        return f"{pad_or(request, PLACE, MultiDict({'title': 'tersimpan'}))['title']} {show_page('uji.html')}"

    page = (
        '{% extends "authoring/base.html" %}{% from "authoring/_pad.html" import keeps %}'
        f'{{% block desk %}}<form method="post" {{{{ keeps("{PLACE}") }}}}></form>{{% endblock %}}'
    )
    app.add_url_rule("/authoring/<slug>/uji", view_func=view, endpoint="uji")
    with app.app_context():
        for each in current_app.extensions["environments"].values():
            each.loader = ChoiceLoader([each.loader, DictLoader({"uji.html": page})])
    return "/authoring/contoh/uji"


def test_what_was_left_in_a_form_is_offered_and_stands_in_it_when_asked_for(
    client: FlaskClient, cast: Cast, form: str, db: SQLAlchemy
) -> None:
    sign_in(client, "rahmat")
    page = client.get(form).get_data(as_text=True)
    assert page.startswith("tersimpan ") and "isian yang belum disimpan" not in page
    assert f'data-keeps="{KEEP}"' in page and f'data-present="{PRESENT}"' in page and 'data-base=""' in page
    pads.keep_pad(desk(cast.rahmat), {"title": ["tertinggal"]}, 7, now=clock.now())
    page = client.get(form).get_data(as_text=True)
    assert page.startswith("tersimpan ") and "Ada isian yang belum disimpan dari pukul" in page
    assert 'href="?pad=use"' in page and f'name="back" value="{form}"' in page
    page = client.get(f"{form}?pad=use").get_data(as_text=True)
    assert page.startswith("tertinggal ") and "isian yang belum disimpan" not in page
    assert 'data-base="7"' in page  # what others saved since is merged, not written over
