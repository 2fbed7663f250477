"""Signing in and out through the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.people import operations
from app.people.permissions import Scope
from app.people.queries import get_person
from tests.ground.cast import PASSWORD, Cast, form_token, post, sign_in
from tests.ground.html import valid_fragment, valid_html

EVERYBODY = Scope(0, everything=True)


@pytest.fixture
def time_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, no delay passes."""
    moment = datetime.now(UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_siti_signs_in_and_lands_on_her_shelf(app: Flask, client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "siti")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    page = client.get("/account").text
    assert "Siti Aminah" in page
    assert "Bukan Siti Aminah? Ganti akun" in page
    with app.app_context():
        assert get_person(cast.siti, EVERYBODY).last_signed_in_at is not None


def test_a_stranger_is_asked_to_sign_in_and_then_goes_where_he_was_going(client: FlaskClient, cast: Cast) -> None:
    asked = client.get("/account?x=1")
    assert asked.status_code == 401
    valid_html(asked.text)
    assert 'name="next" value="/account?x=1"' in asked.text
    fields = {"form_token": form_token(asked.text), "login": "siti", "password": PASSWORD, "next": "/account?x=1"}
    answer = client.post("/sign-in", data=fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account?x=1")


@pytest.mark.parametrize("target", ["https://jahat.example/", "//jahat.example", "/\\jahat.example", "javascript:1"])
def test_after_signing_in_only_this_sites_pages_are_followed(client: FlaskClient, cast: Cast, target: str) -> None:
    assert sign_in(client, "siti", next=target).headers["Location"] == "/"
    assert client.get("/sign-in", query_string={"next": target}).headers["Location"] == "/"


def test_a_wrong_password_shows_the_form_again_without_the_password(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "siti", "salah sekali", next="/account", shared="1")
    assert answer.status_code == 401
    valid_html(answer.text)
    assert "Nama pengguna atau kata sandi tidak cocok." in answer.text
    assert 'value="siti"' in answer.text
    assert 'name="next" value="/account"' in answer.text
    assert 'name="shared" value="1" checked' in answer.text
    assert "salah sekali" not in answer.text
    assert client.get("/account").status_code == 401


def test_agus_gets_the_same_answer_as_a_wrong_password(app: Flask, cast: Cast) -> None:
    known, unknown = (sign_in(app.test_client(), name, "salah sekali") for name in ("siti", "agus"))
    assert known.status_code == unknown.status_code
    assert len(known.text) - len(unknown.text) == len("siti") - len("agus")


@pytest.mark.usefixtures("time_stands_still")
def test_too_many_tries_are_told_when_to_come_back(client: FlaskClient, cast: Cast) -> None:
    for _ in range(5):
        sign_in(client, "siti", "salah sekali")
    answer = sign_in(client, "siti")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "5"
    assert "Terlalu sering mencoba masuk" in answer.text
    valid_html(answer.text)


@pytest.mark.usefixtures("time_stands_still")
def test_a_browser_that_was_here_before_does_not_feel_other_peoples_failures(app: Flask, cast: Cast) -> None:
    phone, new_phone = app.test_client(), app.test_client()
    cookies = SimpleCookie("\n".join(sign_in(phone, "siti").headers.get_all("Set-Cookie")))
    kept = next(line for line in cookies.items() if line[0] == "rak_device")[1]
    assert (kept["httponly"], kept["path"]) == (True, "/sign-in")
    post(phone, "/sign-out")
    for number in range(25):
        stranger = app.test_client()
        token = form_token(stranger.get("/sign-in").text)
        fields = {"form_token": token, "login": "siti", "password": "salah sekali"}
        stranger.post("/sign-in", data=fields, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"})
    assert sign_in(new_phone, "siti").status_code == 429
    assert sign_in(phone, "siti").status_code == 303


def test_a_forged_device_cookie_is_worth_nothing(client: FlaskClient, cast: Cast) -> None:
    for forged in ("x", "W1sxLCJhIl1d.x", "1.2.3"):
        client.set_cookie("rak_device", forged, path="/sign-in")
        assert sign_in(client, "siti", "salah sekali").status_code == 401


def test_one_browser_remembers_several_people(client: FlaskClient, cast: Cast) -> None:
    for name in ("siti", "rahmat", "siti"):
        assert sign_in(client, name).status_code == 303
        post(client, "/sign-out")
    from app.account.browser import known_accounts

    cookie = client.get_cookie("rak_device", path="/sign-in")
    assert cookie is not None
    with client.application.test_request_context("/sign-in", headers={"Cookie": f"rak_device={cookie.value}"}):
        assert set(known_accounts()) == {cast.siti, cast.rahmat}


def test_a_closed_account_is_told_whom_to_ask(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        operations.deactivate(cast.siti)
    answer = sign_in(client, "siti")
    assert answer.status_code == 403
    assert "dinonaktifkan" in answer.text
    assert "Lupa kata sandi? Hubungi" in answer.text


def test_signing_out_drops_the_session_and_the_kept_pages(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "siti")
    answer = post(client, "/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    page = client.get("/sign-in").text
    assert "Anda sudah keluar." in page
    assert "Siti" not in page
    assert client.get("/account").status_code == 401


def test_switching_leads_to_the_form_and_nothing_of_siti_is_left(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "siti")
    assert post(client, "/sign-out", switch="1").headers["Location"] == "/sign-in"
    sign_in(client, "rahmat")
    page = client.get("/account")
    assert "Rahmat Hidayat" in page.text
    assert "Siti" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_sign_in_form_sent_again_after_signing_in_goes_on(client: FlaskClient, cast: Cast) -> None:
    token = form_token(client.get("/sign-in").text)
    fields = {"form_token": token, "login": "siti", "password": PASSWORD, "next": "/account"}
    assert client.post("/sign-in", data=fields).status_code == 303
    again = client.post("/sign-in", data=fields)
    assert (again.status_code, again.headers["Location"]) == (303, "/account")


def test_scripts_are_told_briefly_and_keep_their_page(client: FlaskClient, cast: Cast) -> None:
    fragment = client.get("/account", headers={"HX-Request": "true"})
    assert fragment.status_code == 401
    valid_fragment(fragment.text)
    assert "Silakan masuk lagi. Jawaban Anda tidak hilang." in fragment.text
    told = client.get("/account", headers={"Accept": "application/json"})
    assert told.status_code == 401
    assert told.json == {"error": "Silakan masuk lagi. Jawaban Anda tidak hilang.", "status": 401}


def test_a_session_lasts_sixty_days(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "siti")
    with client.session_transaction() as session:
        assert session.permanent
        assert "shared" not in session
    assert app.permanent_session_lifetime == timedelta(days=60)


def test_the_pages_of_ones_account_are_whole(client: FlaskClient, cast: Cast) -> None:
    valid_html(client.get("/sign-in").text)
    sign_in(client, "siti")
    for path in ("/account", "/account/password"):
        valid_html(client.get(path).text)
    page = client.get("/account").text
    for told in ("Perpustakaan Desa Melati (contoh)", "Kecamatan Contoh Laut", "petugas dinas"):
        assert told in page
