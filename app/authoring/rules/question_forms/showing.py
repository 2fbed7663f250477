"""What a form shows of a question as it stands in a file: it need be no valid one."""

from __future__ import annotations

from collections.abc import Mapping

from app.authoring.rules.question_forms.parts import BARE, WAS, Field, Filled, Part, Parts, Rows, Typed, Widget
from app.authoring.rules.question_forms.scalars import one_line, plain_ends, shown_scalar
from app.content.editing.values import Value
from app.texts.local import LANGUAGES

IN_LANGUAGES = frozenset({Widget.PROSE, Widget.WORDS})
FLAGS = frozenset({Widget.FLAG, Widget.KEY})
WITHOUT_DEFAULT = frozenset({Widget.TAGS, Widget.CORNERS, Widget.NAME})


def shown(parts: Parts, value: Value | None, language: str) -> Filled:
    """Each part by its key; a part whose value is of a shape that no field can hold is left out."""
    held = value if isinstance(value, dict) else {}
    found = {part.key: _shown(part, held.get(part.key), language) for part in parts}
    return {key: each for key, each in found.items() if each is not None}


def begun(parts: Parts, language: str) -> Filled:
    """What the form of a new question shows: empty fields, and as many empty rows as it begins with."""
    filled = shown(parts, None, language)
    for part in parts:
        if isinstance(part, Rows) and part.begins and not part.by:
            rows = [new_row(part, part.by, language) for _ in range(part.begins)]
            filled[part.key] = named(part, rows)
    return filled


def new_row(rows: Rows, shape: str, language: str) -> Filled:
    """An empty row of a shape, with as many rows inside as it begins with."""
    return {**begun(rows.shapes[shape].parts, language), **({rows.by: shape} if rows.by else {}), WAS: ""}


def named(rows: Rows, filled: list[Filled]) -> list[Filled]:
    """The rows, each with a name of its own where other parts call them by it."""
    for shape in rows.shapes.values():
        for part in shape.parts:
            if isinstance(part, Field) and part.widget is Widget.NAME:
                taken = {row.get(part.key) for row in filled}
                for row in filled:
                    if not row.get(part.key):
                        number = next(n for n in range(1, len(taken) + 2) if f"{part.default}-{n}" not in taken)
                        row[part.key] = f"{part.default}-{number}"
                        taken.add(row[part.key])
    return filled


def _shown(part: Part, value: Value | None, language: str) -> Typed | None:
    if isinstance(part, Rows):
        return _shown_rows(part, value, language)
    if part.widget in IN_LANGUAGES:
        return _shown_text(value)
    if part.widget in FLAGS:
        return part.default if value is None else _shown_flag(part, value)
    if value is None:
        return "" if part.widget in WITHOUT_DEFAULT else shown_scalar(part.widget, part.default, language)
    return shown_scalar(part.widget, value, language)


def _shown_flag(part: Field, value: Value) -> Typed | None:
    if not isinstance(value, str):
        return None
    return value if value in ("true", "false") else part.default


def _shown_text(value: Value | None) -> Typed | None:
    if value is None or isinstance(value, str):
        return {"id": plain_ends(value or ""), "en": ""}
    if not isinstance(value, Mapping) or not set(value) <= set(LANGUAGES):
        return None
    texts: Filled = {name: plain_ends(text) for name, text in value.items() if isinstance(text, str)}
    return {"id": "", "en": "", **texts} if len(texts) == len(value) else None


def _shown_rows(rows: Rows, value: Value | None, language: str) -> list[Filled] | None:
    if value is None:
        return []
    if not isinstance(value, list):
        return None
    found = [_shown_row(rows, each, index, language) for index, each in enumerate(value)]
    whole = [each for each in found if each is not None]
    if len(whole) < len(value):
        return None
    _one_key(rows, whole)
    return whole


def _shown_row(rows: Rows, value: Value, index: int, language: str) -> Filled | None:
    if rows.bare:
        text = _shown_text(value)
        return None if text is None else {BARE: text, WAS: str(index)}
    shape = rows.shape_of(value) if isinstance(value, dict) else None
    if shape is None or not isinstance(value, dict):
        return None
    kind = {rows.by: one_line(str(value[rows.by]))} if rows.by else {}
    return {**shown(shape.parts, value, language), **kind, WAS: str(index)}


def _one_key(rows: Rows, filled: list[Filled]) -> None:
    """Of several right ones where there may be one, the first is shown."""
    keys = [part.key for shape in rows.shapes.values() for part in shape.parts if key_of(part)]
    for key in keys:
        right = [row for row in filled if row.get(key) == "true"]
        for row in right[1:]:
            row[key] = "false"


def key_of(part: Part) -> bool:
    """Whether a part is a flag that one row alone may have."""
    return isinstance(part, Field) and part.widget is Widget.KEY


def recast(parts: Parts, typed: Filled, language: str) -> Filled:
    """What was typed into the form of one kind, shown by the form of another as far as both have a place for it."""
    found = begun(parts, language)
    for part in parts:
        given = typed.get(part.key)
        if isinstance(part, Rows):
            if isinstance(given, list) and given and not part.by and not any("type" in row for row in given):
                found[part.key] = named(part, [_recast_row(part, row, language) for row in given])
                _one_key(part, [row for row in found[part.key] if isinstance(row, dict)])
        elif given is not None and isinstance(given, dict) == (part.widget in IN_LANGUAGES):
            known = not part.choices or given in part.choices
            found[part.key] = given if known else found[part.key]
    return found


def _recast_row(rows: Rows, row: Filled, language: str) -> Filled:
    empty = new_row(rows, "", language)
    alike = (BARE in row) == rows.bare
    text = row.get(BARE, row.get("text", {"id": "", "en": ""}))
    given = row if alike else {BARE if rows.bare else "text": text}
    kept = {key: each for key, each in given.items() if key in empty and type(each) is type(empty[key])}
    return {**empty, **kept, WAS: row.get(WAS, "") if alike else ""}
