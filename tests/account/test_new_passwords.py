"""A new password through the pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.people import operations
from tests.ground.cast import PASSWORD, Cast, post, sign_in
from tests.ground.html import valid_html

NEW = "sandi milik siti"


def test_a_new_password_ends_other_sessions_and_keeps_this_one(app: Flask, client: FlaskClient, cast: Cast) -> None:
    other = app.test_client()
    sign_in(client, "siti")
    sign_in(other, "siti")
    answer = post(client, "/account/password", old=PASSWORD, new=NEW, again=NEW)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    page = client.get("/account")
    assert page.status_code == 200
    assert "Kata sandi sudah diganti." in page.text
    assert other.get("/account").status_code == 401
    assert sign_in(other, "siti").status_code == 401
    assert sign_in(other, "siti", NEW).status_code == 303


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"old": "salah sekali", "new": NEW, "again": NEW}, "Kata sandi lama tidak cocok."),
        ({"old": PASSWORD, "new": "pendek", "again": "pendek"}, "paling sedikit 8"),
        ({"old": PASSWORD, "new": NEW, "again": "lain sekali"}, "tidak sama"),
        ({}, "paling sedikit 8"),
    ],
)
def test_a_password_that_cannot_be_kept_is_told_why(
    client: FlaskClient, cast: Cast, fields: dict[str, str], told: str
) -> None:
    sign_in(client, "siti")
    answer = post(client, "/account/password", **fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert NEW not in answer.text
    valid_html(answer.text)
    assert client.get("/account").status_code == 200


def test_with_a_one_time_password_every_page_asks_for_a_new_one_first(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    with app.app_context():
        words = operations.reset_password(cast.noor)
    entered = sign_in(client, "noor", words.upper(), next="/people")
    assert entered.headers["Location"] == "/account/password?next=/people"
    page = client.get("/account/password?next=/people")
    assert "Buat kata sandi baru" in page.text
    assert 'name="next" value="/people"' in page.text
    valid_html(page.text)
    for path in ("/", "/people"):
        assert client.get(path).headers["Location"] == "/account/password"
    assert "Kata sandi lama" not in client.get("/account/password").text
    same = post(client, "/account/password", "/account/password", new=words, again=words)
    assert "bukan kata sandi sementara" in same.text
    done = post(client, "/account/password", "/account/password", new=NEW, again=NEW, next="/people")
    assert (done.status_code, done.headers["Location"]) == (303, "/people")
    assert client.get("/people").status_code == 200


def test_a_shared_phone_stays_shared_after_a_new_password(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "siti", shared="1")
    post(client, "/account/password", old=PASSWORD, new=NEW, again=NEW)
    with client.session_transaction() as session:
        assert session["shared"]
        assert not session.permanent
