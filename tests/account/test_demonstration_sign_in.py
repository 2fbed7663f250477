"""The four buttons exist in a demonstration alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.ground.cast import Cast, form_token
from tests.ground.html import valid_html


def press(client: FlaskClient, name: str) -> int:
    token = form_token(client.get("/sign-in").text)
    return client.post("/demo-sign-in", data={"form_token": token, "name": name}).status_code


@pytest.fixture
def demonstration(app: Flask) -> Iterator[None]:
    """The same app with RAK_DEMO on."""
    real = app.extensions["settings"]
    app.extensions["settings"] = app.jinja_env.globals["settings"] = replace(real, demo=True)
    yield
    app.extensions["settings"] = app.jinja_env.globals["settings"] = real


@pytest.mark.usefixtures("demonstration")
def test_each_button_signs_in_one_of_the_four(app: Flask, cast: Cast) -> None:
    page = app.test_client().get("/sign-in").text
    valid_html(page)
    for name, label in (("siti", "Siti (peserta)"), ("rahmat", "Rahmat (pengajar)"), ("noor", "Noor (petugas)")):
        assert f"Masuk sebagai {label}" in page
        client = app.test_client()
        assert press(client, name) == 303
        assert client.get("/account").status_code == 200
    assert press(app.test_client(), "admin") == 303


@pytest.mark.usefixtures("demonstration")
def test_no_other_name_gets_in_by_button(client: FlaskClient, cast: Cast) -> None:
    for name in ("agus", "", "SITI", "1"):
        assert press(client, name) == 404
        assert client.get("/account").status_code == 401


def test_in_a_real_office_there_is_no_such_door(client: FlaskClient, cast: Cast) -> None:
    assert "demo-sign-in" not in client.get("/sign-in").text
    for name in ("siti", "rahmat", "noor", "admin"):
        assert press(client, name) == 404
        assert client.get("/account").status_code == 401


@pytest.mark.parametrize(
    ("name", "number", "told"),
    [
        ("Noor Jannah", "0811 500 500", "Lupa kata sandi? Hubungi Noor Jannah, WhatsApp 0811 500 500."),
        ("Noor Jannah", "", "Lupa kata sandi? Hubungi Noor Jannah."),
        ("", "", "Lupa kata sandi? Hubungi petugas dinas."),
    ],
)
def test_the_form_says_whom_to_ask(app: Flask, client: FlaskClient, name: str, number: str, told: str) -> None:
    real = app.extensions["settings"]
    app.jinja_env.globals["settings"] = replace(real, contact_name=name, contact_whatsapp=number)
    assert told in client.get("/sign-in").text
