"""Hands at a form: what a browser without scripts would send of a page."""

from __future__ import annotations

from html.parser import HTMLParser


class _Controls(HTMLParser):
    """Collects what the form `editor` would send, templates left out."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.here = self.templates = 0
        self.name = ""
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.here += tag == "form" and given.get("id") == "editor"
        self.templates += tag == "template"
        name = given.get("name") or ""
        if not self.here or self.templates:
            return
        if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value") or "")
        elif tag == "select":
            self.name = name
        elif tag == "option" and self.name and ("selected" in given or self.name not in self.fields):
            self.fields[self.name] = [given.get("value") or ""]
        elif tag == "textarea":
            self.name, self.text = name, []

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.here -= tag == "form" and self.here > 0
        self.templates -= tag == "template"
        if tag == "textarea" and self.text is not None:
            self.fields.setdefault(self.name, []).append("".join(self.text).removeprefix("\n").replace("\n", "\r\n"))
            self.text = None
        if tag in ("select", "textarea"):
            self.name = ""


def fields_in(page: str) -> dict[str, list[str]]:
    """The fields of the editor's form as they stand, by name."""
    found = _Controls()
    found.feed(page)
    return found.fields
