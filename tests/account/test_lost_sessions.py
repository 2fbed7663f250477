"""What was typed before a session ended comes back: to the same person, shown first, never sent by itself."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app.people import operations
from app.people.permissions import Action, Scope
from app.web import guard
from app.web.guard import end_shared_session, needs
from tests.ground.cast import PASSWORD, Cast, form_token, post, sign_in
from tests.ground.html import valid_html

SENT: list[dict[str, list[str]]] = []


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    """An app that pages can be added to."""
    return fresh_app


@pytest.fixture(autouse=True)
def a_page_to_write_on(app: Flask) -> None:
    """A form that only remembers what it was sent, and a quiz that is handed in."""
    SENT.clear()

    @needs(Action.LEARN)
    def write(scope: Scope) -> str:
        SENT.append({name: values for name, values in request.form.to_dict(flat=False).items() if name != "form_token"})
        return "tersimpan"

    @needs(Action.LEARN)
    def hand_in(scope: Scope) -> str:
        end_shared_session()
        return "terkumpul"

    app.add_url_rule("/write", "write", write, methods=["POST"])
    app.add_url_rule("/hand-in", "hand_in", hand_in, methods=["POST"])


def fields_of(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.partition("<main")[2].partition("</main>")[0]
    ):
        found.setdefault(html.unescape(tag[0]), []).append(html.unescape(tag[1]))
    return found


def lose_session(client: FlaskClient) -> str:
    """The token of a page that Siti left open, and a browser that forgot her."""
    sign_in(client, "siti")
    token = form_token(client.get("/account").text)
    client.delete_cookie("rak_session")
    return token


def type_and_be_asked(client: FlaskClient) -> dict[str, str]:
    """Siti sends her answer from the page left open and is asked to sign in; the form's fields."""
    token = lose_session(client)
    answer = client.post("/write?slot=2", data={"form_token": token, "text": 'kata "Siti" <b>&', "choice": ["0", "2"]})
    assert answer.status_code == 401
    assert "Silakan masuk lagi. Jawaban Anda tidak hilang." in answer.text
    valid_html(answer.text)
    return {name: values[0] for name, values in fields_of(answer.text.partition("</form>")[0]).items()}


def test_what_siti_typed_comes_back_to_her_and_waits_for_her_button(client: FlaskClient, cast: Cast) -> None:
    asked = type_and_be_asked(client)
    page = client.post("/sign-in", data={**asked, "login": "siti", "password": PASSWORD})
    assert page.status_code == 200
    valid_html(page.text)
    assert "Lanjutkan: kirim yang tadi Anda ketik" in page.text
    assert SENT == []
    assert 'action="/write?slot=2"' in page.text
    answer = client.post("/write?slot=2", data=fields_of(page.text))
    assert (answer.status_code, answer.text) == (200, "tersimpan")
    assert SENT == [{"text": ['kata "Siti" <b>&'], "choice": ["0", "2"]}]


def test_a_mistyped_password_in_between_loses_nothing(client: FlaskClient, cast: Cast) -> None:
    asked = type_and_be_asked(client)
    again = client.post("/sign-in", data={**asked, "login": "siti", "password": "salah sekali"})
    assert again.status_code == 401
    kept = {name: values[0] for name, values in fields_of(again.text.partition("</form>")[0]).items()}
    page = client.post("/sign-in", data={**kept, "login": "siti", "password": PASSWORD})
    assert "&lt;b&gt;" in page.text


def test_the_page_that_offers_it_can_be_loaded_again(client: FlaskClient, cast: Cast) -> None:
    asked = type_and_be_asked(client)
    fields = {**asked, "login": "siti", "password": PASSWORD}
    first, again = client.post("/sign-in", data=fields), client.post("/sign-in", data=fields)
    assert fields_of(first.text)["text"] == fields_of(again.text)["text"]


def test_another_person_gets_nothing_of_it(client: FlaskClient, cast: Cast) -> None:
    asked = type_and_be_asked(client)
    answer = client.post("/sign-in", data={**asked, "login": "rahmat", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    page = client.get("/account").text
    assert "milik akun lain" in page
    assert "kata &#34;" not in page
    assert "Siti" not in page
    assert SENT == []


def test_a_one_time_password_in_between_loses_nothing_either(app: Flask, client: FlaskClient, cast: Cast) -> None:
    asked = type_and_be_asked(client)
    with app.app_context():
        words = operations.reset_password(cast.siti)
    page = client.post("/sign-in", data={**asked, "login": "siti", "password": words})
    assert "Buat kata sandi baru" in page.text
    assert "masih tersimpan" in page.text
    kept = {name: values[0] for name, values in fields_of(page.text.partition("</form>")[0]).items()}
    offered = client.post("/account/password", data={**kept, "new": "sandi milik siti", "again": "sandi milik siti"})
    assert "Lanjutkan: kirim yang tadi Anda ketik" in offered.text
    client.post("/write?slot=2", data=fields_of(offered.text))
    assert len(SENT) == 1


def test_a_page_left_open_still_posts_after_a_new_session_of_the_same_person(client: FlaskClient, cast: Cast) -> None:
    token = lose_session(client)
    sign_in(client, "siti")
    assert client.post("/write", data={"form_token": token, "text": "a"}).text == "tersimpan"


def test_a_page_of_sitis_does_not_post_as_rahmat(client: FlaskClient, cast: Cast) -> None:
    token = lose_session(client)
    sign_in(client, "rahmat")
    assert client.post("/write", data={"form_token": token, "text": "a"}).status_code == 409
    assert SENT == []


def test_what_was_kept_cannot_be_forged_nor_sent_elsewhere(client: FlaskClient, cast: Cast) -> None:
    token = form_token(client.get("/sign-in").text)
    fields = {"form_token": token, "login": "siti", "password": PASSWORD, "held": "eJw.forged"}
    assert client.post("/sign-in", data=fields).status_code == 303


def test_passwords_and_sign_outs_are_never_kept(client: FlaskClient, cast: Cast) -> None:
    for path in ("/account/password", "/sign-out", "/language"):
        token = lose_session(client)
        answer = client.post(path, data={"form_token": token, "old": PASSWORD, "new": "rahasia baru"})
        assert answer.status_code == 401
        assert fields_of(answer.text)["held"][0] == ""


def test_a_long_text_is_kept_and_one_too_long_for_any_page_is_said_to_be(client: FlaskClient, cast: Cast) -> None:
    token = lose_session(client)
    text = "".join(f"- lesson: materi-{number} 😀\n" for number in range(20_000))
    asked = client.post("/write", data={"form_token": token, "text": text[:400_000]})
    kept = {name: values[0] for name, values in fields_of(asked.text).items()}
    offered = client.post("/sign-in", data={**kept, "login": "siti", "password": PASSWORD})
    assert fields_of(offered.text)["text"] == [text[:400_000]]
    client.delete_cookie("rak_session")
    answer = client.post("/write", data={"form_token": token, "text": token_urlsafe(700_000)})
    assert answer.status_code == 401
    assert "terlalu panjang" in answer.text


def test_a_script_that_saves_is_told_and_nothing_is_sent(client: FlaskClient, cast: Cast) -> None:
    token = lose_session(client)
    answer = client.post("/write", data={"form_token": token, "text": "a"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "<html" not in answer.text
    assert SENT == []


def at(monkeypatch: pytest.MonkeyPatch, after: timedelta) -> None:
    moment = (datetime.now(UTC) + after).timestamp()
    monkeypatch.setattr(guard, "time", lambda: moment)


def test_a_shared_phone_forgets_after_half_an_hour_and_keeps_on_while_used(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, "siti", shared="1")
    with client.session_transaction() as session:
        assert not session.permanent
    for minutes in (29, 58, 87):
        at(monkeypatch, timedelta(minutes=minutes))
        assert client.get("/account").status_code == 200
    at(monkeypatch, timedelta(minutes=118))
    asked = client.get("/account")
    assert asked.status_code == 401
    assert "Siti" not in asked.text


def test_a_phone_of_ones_own_is_signed_in_the_next_morning(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, "siti")
    at(monkeypatch, timedelta(hours=20))
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(("fields", "status"), [({"shared": "1"}, 401), ({}, 200)])
def test_handing_in_ends_the_session_of_a_shared_phone_alone(
    client: FlaskClient, cast: Cast, fields: dict[str, str], status: int
) -> None:
    sign_in(client, "siti", **fields)
    assert post(client, "/hand-in").text == "terkumpul"
    assert client.get("/account").status_code == status
