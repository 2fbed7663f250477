"""A learner's browser without scripts: opens pages, fills the form in, presses a button, follows where it leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.ground.cast import form_token, sign_in
from tests.ground.html import valid_fragment, valid_html

_HIDDEN: Final = re.compile(r'<input type="hidden" name="(page|seen|number)"[^>]* value="([^"]*)"')
Fields = Mapping[str, Any]


@dataclass
class Walker:
    """One browser. `html` is the page that is open, `path` where it is, `seen` every text any answer ever held.

    `strict`: every page must be good HTML (which takes longer than making it).
    """

    client: FlaskClient
    html: str = ""
    path: str = ""
    seen: list[str] = field(default_factory=list)
    strict: bool = True

    @classmethod
    def of(cls, app: Flask, name: str = "siti", *, strict: bool = True, **fields: str) -> Walker:
        """A browser in which `name` has signed in."""
        client = app.test_client()
        assert sign_in(client, name, **fields).status_code == 303
        return cls(client, strict=strict)

    def open(self, path: str, status: int = 200) -> str:
        """Open a page; what it leads on to is followed."""
        return self._arrive(self.client.get(path), path, status)

    def send(self, path: str, fields: Fields | None = None, status: int = 200) -> str:
        """Send the open page's form to `path`, with its hidden fields, and follow."""
        return self._arrive(self.client.post(path, data=self.filled(fields)), path, status)

    def answer(self, slot: int, fields: Fields, status: int = 200, **buttons: str) -> str:
        """Fill the open question in and press a button (`go` or `action`)."""
        attempt = re.match(r"/attempts/(\d+)", self.path)
        assert attempt, self.path
        return self.send(f"/attempts/{attempt[1]}/answers/{slot}", {**fields, **buttons}, status)

    def save(self, slot: int, fields: Fields) -> TestResponse:
        """What a script sends at a change, and the fragment it gets; the page is renewed by it."""
        attempt = re.match(r"/attempts/(\d+)", self.path)
        assert attempt, self.path
        path = f"/attempts/{attempt[1]}/answers/{slot}"
        response = self.client.post(path, data=self.filled(fields), headers={"HX-Request": "true"})
        text = response.get_data(as_text=True)
        self.seen.append(text)
        valid_fragment(text)
        if response.status_code == 200:
            for name, value in _HIDDEN.findall(text):
                self.html = re.sub(rf'(name="{name}" id="{name}" value=")[^"]*', rf"\g<1>{value}", self.html)
        return response

    def filled(self, fields: Fields | None = None) -> MultiDict[str, Any]:
        """The open page's hidden fields and these."""
        hidden = dict(_HIDDEN.findall(self.html))
        return MultiDict({"form_token": form_token(self.html), **hidden, **(fields or {})})

    def main(self) -> str:
        """The open page without its frame."""
        return self.html[self.html.index("<main") : self.html.index("</main>")]

    def _arrive(self, response: TestResponse, path: str, status: int) -> str:
        while response.status_code in (302, 303):
            self.seen.append(response.get_data(as_text=True))
            path = response.headers["Location"]
            response = self.client.get(path)
        assert response.status_code == status, f"{path}: {response.status}"
        self.html, self.path = response.get_data(as_text=True), path
        self.seen.append(self.html)
        if self.strict:
            valid_html(self.html)
        return self.html
