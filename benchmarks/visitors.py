"""Visitors of the measured app: signed in by the app's own secret, filling the app's own forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import cycle
from time import time
from typing import Any, Final

from flask import Flask

from app.web.tokens import FIELD, form_token
from benchmarks.client import Ask, Reply, Unexpected, Visit, get, post

FORM: Final = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
TAG: Final = re.compile(r"<(?:input|button|textarea|select)\b[^>]*>")
ATTRIBUTE: Final = re.compile(r'([\w-]+)(?:="([^"]*)")?')
SAVED: Final = 303  # what a POST answers when all went well


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser: whose it is, its cookie and the token of its forms."""

    person_id: int
    cookie: str
    token: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: where it posts to, its hidden fields, and of what may be chosen or typed each name's values."""

    action: str
    hidden: Mapping[str, str]
    choices: Mapping[str, Sequence[str]]  # radio buttons and check boxes
    texts: Sequence[str]
    buttons: Mapping[str, Sequence[str]]

    def filled(self, turn: int, button: tuple[str, str] | None = None) -> dict[str, str | Sequence[str]]:
        """The fields as somebody sends them; another `turn` is another answer."""
        fields: dict[str, str | Sequence[str]] = dict(self.hidden)
        for name, values in self.choices.items():
            fields[name] = values[turn % len(values)]
        for name in self.texts:
            fields[name] = str(20 + turn)
        if button:
            fields[button[0]] = button[1]
        return fields


def visitor(app: Flask, person_id: int, session_version: int = 1) -> Visitor:
    """A browser that is signed in already. The session is sealed as the app itself seals it."""
    kept = {"_user_id": f"{person_id}.{session_version}", "_fresh": True, "_permanent": True, "seen": int(time())}
    return Visitor(person_id, _cookie(app, kept), _token(app, f"{person_id}.{session_version}"))


def stranger(app: Flask) -> Visitor:
    """A browser that has seen the sign-in page and nothing else."""
    who = "-benchmark"
    cookie = _cookie(app, {"stranger": who, "_permanent": True})
    with app.test_request_context(headers={"Cookie": cookie}):
        return Visitor(0, cookie, form_token(None))


def _cookie(app: Flask, kept: Mapping[str, Any]) -> str:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own kind
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(dict(kept))}"


def _token(app: Flask, session_id: str) -> str:
    with app.test_request_context():
        return form_token(session_id)


def forms_of(page: str) -> Iterator[Form]:
    """The POST forms of a page."""
    for form in FORM.findall(page):
        first = _attributes(form[: form.index(">") + 1])
        if first.get("method", "get").lower() == "post":
            yield _form(first["action"], form)


def _form(action: str, html: str) -> Form:
    hidden: dict[str, str] = {}
    choices: dict[str, list[str]] = {}
    texts: list[str] = []
    buttons: dict[str, list[str]] = {}
    for tag in TAG.findall(html):
        attributes = _attributes(tag)
        name, value = attributes.get("name", ""), attributes.get("value", "")
        kind = "button" if tag.startswith("<button") else attributes.get("type", "text")
        if not name:
            continue
        if kind == "hidden":
            hidden[name] = value
        elif kind in {"radio", "checkbox"}:
            choices.setdefault(name, []).append(value)
        elif kind in {"button", "submit"}:
            buttons.setdefault(name, []).append(value)
        else:
            texts.append(name)
    return Form(action, hidden, choices, texts, buttons)


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag[1:].partition(" ")[2])}


def form_to(page: str, ending: str) -> Form:
    """The page's form whose address ends so. Raises Unexpected."""
    for form in forms_of(page):
        if form.action.endswith(ending):
            return form
    raise Unexpected(f"no form to …{ending} on the page:\n{page[:3000]}")


def reader(who: Visitor, path: str, label: str, encoding: str = "identity") -> Visit:
    """Somebody who opens one page."""
    yield Ask(get(path, who.cookie, encoding), label)


def readers(people: Sequence[Visitor], path: str, label: str, encoding: str = "identity") -> Iterator[Visit]:
    """People who open one page one after the other, without end."""
    return (reader(who, path, label, encoding) for who in cycle(people))


def location(reply: Reply) -> str:
    """Where an answer leads. Raises Unexpected where it leads nowhere."""
    target = reply.header("location")
    if not target:
        raise Unexpected(f"no Location in\n{reply.head.decode()}")
    return target


def signing_in(who: Visitor, user_name: str, password: str) -> Visit:
    """Somebody who sends the sign-in form."""
    fields = {FIELD: who.token, "login": user_name, "password": password}
    yield Ask(post("/sign-in", fields, who.cookie), "sign-in", SAVED)
