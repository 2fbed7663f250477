"""The names of a form's fields in the page, and what its buttons do to the rows: on what was typed, before saving."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from app.authoring.rules.question_forms.parts import WAS, Filled, Part, Parts, Rows, Typed, Widget
from app.authoring.rules.question_forms.scalars import plain_ends
from app.authoring.rules.question_forms.showing import IN_LANGUAGES, key_of, named, new_row
from app.texts.local import LANGUAGES

ROOT: Final = "q"  # so that no field of the form is called like a field of an answer in the preview
HERE: Final = "here"  # a list that is there, though it has no rows
ROWS_LIMIT: Final = 200
KEY: Final = "key"  # of a list: the number of the row that is the right one

Fields = Mapping[str, Sequence[str]]


def child(name: str, key: str) -> str:
    """The name of what stands under a key; a row that is a text by itself has no key of its own."""
    return f"{name}.{key}" if key else name


def fields_of(parts: Parts, filled: Filled, name: str = ROOT) -> dict[str, list[str]]:
    """What the page would send of a form that nobody touches."""
    return {field: [text] for field, text in _fields(parts, filled, name)}


def _fields(parts: Parts, filled: Filled, name: str) -> Iterator[tuple[str, str]]:
    for part in parts:
        if part.key not in filled:
            continue
        here, typed = child(name, part.key), filled[part.key]
        if isinstance(part, Rows):
            yield from _row_fields(part, typed if isinstance(typed, list) else [], here)
        elif isinstance(typed, dict):
            yield from ((child(here, language), str(text)) for language, text in typed.items())
        elif not key_of(part) and (part.widget is not Widget.FLAG or typed == "true"):
            yield here, str(typed)


def _row_fields(rows: Rows, filled: Sequence[Filled], name: str) -> Iterator[tuple[str, str]]:
    yield child(name, HERE), "1"
    for index, row in enumerate(filled):
        here = child(name, str(index))
        yield child(here, WAS), str(row.get(WAS, ""))
        if rows.by:
            yield child(here, rows.by), str(row.get(rows.by, ""))
        shape = rows.shape_of(row)
        if shape is not None:
            yield from _fields(shape.parts, row, here)
            if any(key_of(part) and row.get(part.key) == "true" for part in shape.parts):
                yield child(name, KEY), str(index)


def filled_from(parts: Parts, fields: Fields, name: str = ROOT) -> Filled:
    """What was typed, by the keys of the parts; a part of which nothing was sent is left out."""
    found = {part.key: _typed(part, fields, child(name, part.key)) for part in parts}
    return {key: each for key, each in found.items() if each is not None}


def _typed(part: Part, fields: Fields, name: str) -> Typed | None:
    if isinstance(part, Rows):
        return _typed_rows(part, fields, name) if child(name, HERE) in fields else None
    if part.widget in IN_LANGUAGES:
        sent = {each: fields.get(child(name, each)) for each in LANGUAGES}
        texts: Filled = {each: plain_ends(said[0]) for each, said in sent.items() if said}
        return {"id": "", "en": "", **texts} if texts else None
    if part.widget is Widget.FLAG:
        return "true" if fields.get(name) else "false"
    return plain_ends(fields[name][0]) if fields.get(name) else None


def _typed_rows(rows: Rows, fields: Fields, name: str) -> list[Filled]:
    chosen = next(iter(fields.get(child(name, KEY), ())), "")
    found: list[Filled] = []
    for index in range(ROWS_LIMIT + 1):
        here = child(name, str(index))
        if child(here, WAS) not in fields:
            break
        kind: Filled = {rows.by: next(iter(fields.get(child(here, rows.by), ())), "")} if rows.by else {}
        shape = rows.shape_of(kind)
        if shape is None:
            continue
        row = {**filled_from(shape.parts, fields, here), **kind, WAS: fields[child(here, WAS)][0]}
        found.append({**row, **{part.key: _flag(str(index) == chosen) for part in shape.parts if key_of(part)}})
    return found


def _flag(on: bool) -> str:
    return "true" if on else "false"


# What the buttons do


class Press(NamedTuple):
    """A button of a list: what to do, the list's name in the page, and to which row or with which shape."""

    verb: str  # add, remove, up, down
    name: str
    what: str


_ADD: Final = re.compile(r"add (q(?:\.[a-z0-9_]+)+) ?([a-z0-9-]*)")
_CHANGE: Final = re.compile(r"(remove|up|down) (q(?:\.[a-z0-9_]+)+)\.([0-9]{1,3})")


def pressed(said: str) -> Press | None:
    """The button that sent the form; None where it was none of a list's."""
    if (added := _ADD.fullmatch(said)) is not None:
        return Press("add", *added.groups())
    changed = _CHANGE.fullmatch(said)
    return None if changed is None else Press(*changed.groups())


def rearranged(parts: Parts, filled: Filled, press: Press, language: str) -> Filled:
    """The form after a press. Marks in its text that name rows by their numbers follow them."""
    keys = press.name.split(".")[1:]
    changed = _rearranged(parts, filled, keys, press, language)
    rows = next((part for part in parts if part.key == keys[0]), None)
    if isinstance(rows, Rows) and rows.marked and len(keys) == 1 and press.verb == "remove":
        changed["text"] = _renumbered(changed.get("text", {}), int(press.what) + 1)
    return changed


def _rearranged(parts: Parts, filled: Filled, keys: Sequence[str], press: Press, language: str) -> Filled:
    rows = next((part for part in parts if part.key == keys[0]), None)
    typed = filled.get(keys[0])
    if not isinstance(rows, Rows) or not isinstance(typed, list):
        return filled
    if len(keys) == 1:
        return {**filled, rows.key: _pressed(rows, typed, press, language)}
    at = int(keys[1]) if keys[1].isdigit() and len(keys[1]) < 4 else len(typed)
    shape = rows.shape_of(typed[at]) if at < len(typed) else None
    if shape is None or len(keys) < 3:
        return filled
    inner = _rearranged(shape.parts, typed[at], keys[2:], press, language)
    return {**filled, rows.key: [*typed[:at], inner, *typed[at + 1 :]]}


def _pressed(rows: Rows, typed: list[Filled], press: Press, language: str) -> list[Filled]:
    if press.verb == "add":
        shape = press.what if press.what in rows.shapes else next(iter(rows.shapes))
        return named(rows, [*typed, new_row(rows, shape, language)]) if len(typed) < ROWS_LIMIT else typed
    at = int(press.what)
    if at >= len(typed):
        return typed
    rest = [*typed[:at], *typed[at + 1 :]]
    if press.verb == "remove":
        return rest
    to = at - 1 if press.verb == "up" else at + 1
    return [*rest[:to], typed[at], *rest[to:]] if 0 <= to < len(typed) and not rows.marked else typed


def _renumbered(text: Typed, gone: int) -> Typed:
    """A passage in each language without the mark of a row that is gone; later ones count one less."""

    def mark(found: re.Match[str]) -> str:
        number = int(found[1])
        return "" if number == gone else f"[[{number - (number > gone)}]]"

    if not isinstance(text, dict):
        return text
    return {name: re.sub(r"\[\[([0-9]{1,3})\]\]", mark, str(each)) for name, each in text.items()}
