"""What was typed into a form, written into the question as it stood: what was not changed stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.authoring.rules.question_forms.parts import (
    BARE,
    LAST,
    WAS,
    Filled,
    Part,
    Parts,
    QuestionForm,
    Rows,
    Typed,
    Widget,
)
from app.authoring.rules.question_forms.scalars import clean, plain_ends, typed_scalar
from app.authoring.rules.question_forms.showing import FLAGS, IN_LANGUAGES, key_of, shown
from app.content.editing.values import Value

UNTYPED = frozenset({Widget.FLAG, Widget.KEY, Widget.CHOICE, Widget.NAME})  # filled in an empty row as well


class Whole(NamedTuple):
    """What rows ask of the form around them: what it says now, what it said before, and in which language."""

    now: Filled
    before: Filled
    language: str


def written(form: QuestionForm, typed: Filled, old: Value, language: str) -> dict[str, Value]:
    """The question with what was typed. Keys that the form does not know, and their order, stay."""
    held = old if isinstance(old, dict) else {}
    return _written(form.parts, typed, held, Whole(typed, shown(form.parts, held, language), language))


def _written(parts: Parts, typed: Filled, old: Mapping[str, Value], whole: Whole) -> dict[str, Value]:
    before = shown(parts, dict(old), whole.language)
    found = dict(old)
    for index, part in enumerate(parts):
        if part.key not in before or part.key not in typed or key_of(part):
            continue  # of another shape than the form can show, or not in what was sent: as it was
        if not applies(part, typed, whole.now):
            if applies(part, before, whole.before):
                found.pop(part.key, None)
            continue
        new = _value(part, typed[part.key], old.get(part.key), whole)
        if new is None:
            found.pop(part.key, None)
        elif part.key in found:
            found[part.key] = new
        else:
            found = _with(found, part.key, new, [each.key for each in parts[:index]])
    return found


def applies(part: Part, typed: Filled, around: Filled) -> bool:
    """Whether a part means something, by what the form says beside it or around it."""
    if part.only is None:
        return True
    return typed.get(part.only.key, around.get(part.only.key, "")) in part.only.values


def _with(found: dict[str, Value], key: str, new: Value, before: Sequence[str]) -> dict[str, Value]:
    """A key that was not there: behind the last of those that stand before it, else in front of those that end."""
    known = [name for name in found if name in {"id", "type", *before}]
    items = list(found.items())
    at = 1 + list(found).index(known[-1]) if known else len(items)
    if not known and key not in LAST:
        at = next((place for place, name in enumerate(found) if name in LAST), len(items))
    return dict([*items[:at], (key, new), *items[at:]])


def _value(part: Part, typed: Typed, old: Value | None, whole: Whole) -> Value | None:
    """What a key holds now; None: it is not written."""
    if isinstance(part, Rows):
        rows = typed if isinstance(typed, list) else []
        return _rows(part, rows, old if isinstance(old, list) else None, whole)
    if typed == shown((part,), {} if old is None else {part.key: old}, whole.language).get(part.key):
        return old
    if part.widget in IN_LANGUAGES:
        return _text(typed if isinstance(typed, dict) else {}, old, part.needed)
    text = typed if isinstance(typed, str) else ""
    if part.widget in FLAGS:
        return None if text == part.default else text
    new = typed_scalar(part.widget, text, whole.language)
    empty = not new
    if not part.needed and (empty or new == part.default):
        return None
    return "" if empty else new


def _text(typed: Mapping[str, Typed], old: Value | None, needed: bool) -> Value | None:
    """A text stays plain while no English is given; one that was written by language stays so."""
    texts = {name: clean(said) if isinstance(said, str) else "" for name, said in typed.items()}
    before = dict(old) if isinstance(old, dict) else {"id": old or ""}
    # What was not touched keeps its blanks; what was typed anew loses those around it.
    new = {
        name: said if said == plain_ends(str(before.get(name, ""))) else said.strip() for name, said in texts.items()
    }
    if not any(text.strip() for text in new.values()):
        return "" if needed else None
    indonesian, english = new.get("id", ""), new.get("en", "")
    if not english.strip():
        return {"id": indonesian} if isinstance(old, dict) else indonesian
    if isinstance(old, dict):
        return {**{name: new[name] for name in old if name in new}, "id": indonesian, "en": english}
    return {"id": indonesian, "en": english}


# Rows


def _rows(rows: Rows, typed: Sequence[Filled], old: list[Value] | None, whole: Whole) -> Value | None:
    held = old or []
    rechosen = _key_rows(rows, typed) != _key_rows(rows, _first(rows, held, whole.language))
    used: set[int] = set()
    found: list[Value] = []
    for row in _counted(rows, typed):
        was = _place(row, len(held), used)
        new = _row(rows, row, None if was is None else held[was], whole)
        if rechosen and isinstance(new, dict):
            new = _rekeyed(rows, row, new)
        found.append(new)
    if not found and not (old is not None and rows.needed):
        return old if old == [] else None
    return found


def _place(row: Filled, count: int, used: set[int]) -> int | None:
    """Where a row stood in the list as it was saved; None for a new one."""
    was = row.get(WAS)
    known = isinstance(was, str) and was.isascii() and was.isdigit() and len(was) < 6 and int(was) < count
    if not known or int(str(was)) in used:
        return None
    used.add(int(str(was)))
    return int(str(was))


def _row(rows: Rows, row: Filled, old: Value | None, whole: Whole) -> Value:
    shape = rows.shape_of(row) or next(iter(rows.shapes.values()))
    if rows.bare:
        text = _value(shape.parts[0], row.get(BARE, {}), old, whole)
        return "" if text is None else text
    kind: dict[str, Value] = {rows.by: str(row.get(rows.by, ""))} if rows.by else {}
    return _written(shape.parts, row, old if isinstance(old, dict) else kind, whole)


def _first(rows: Rows, held: list[Value], language: str) -> list[Filled]:
    filled = shown((rows,), {rows.key: held}, language).get(rows.key, [])
    return filled if isinstance(filled, list) else []


def _keys(rows: Rows) -> list[str]:
    return [part.key for shape in rows.shapes.values() for part in shape.parts if key_of(part)]


def _key_rows(rows: Rows, filled: Sequence[Filled]) -> set[str]:
    """The rows marked as the right one, by where they stood; a new one by its number."""
    marked = (index for index, row in enumerate(filled) if any(row.get(key) == "true" for key in _keys(rows)))
    return {str(filled[index].get(WAS) or f"new {index}") for index in marked}


def _rekeyed(rows: Rows, row: Filled, new: dict[str, Value]) -> dict[str, Value]:
    """One row is the right one now, so that the others are not, also those that the form showed as wrong."""
    for key in _keys(rows):
        if row.get(key) != "true":
            new.pop(key, None)
        elif new.get(key) != "true":
            new = _with(new, key, "true", ["text"])
    return new


def _counted(rows: Rows, typed: Sequence[Filled]) -> list[Filled]:
    """The rows without the new ones that nobody filled; among those that the text names by number only the last go."""
    blank = [not row.get(WAS) and not rows.by and _is_blank(rows, row) for row in typed]
    if rows.marked:
        last = max((index for index, each in enumerate(blank) if not each), default=-1)
        return list(typed[: last + 1])
    return [row for row, each in zip(typed, blank, strict=True) if not each]


def _is_blank(rows: Rows, row: Filled) -> bool:
    shape = rows.shape_of(row)
    return shape is None or all(_is_empty(part, row.get(part.key, "")) for part in shape.parts)


def _is_empty(part: Part, typed: Typed) -> bool:
    if isinstance(part, Rows):
        return not isinstance(typed, list) or all(_is_blank(part, row) for row in typed)
    if part.widget in UNTYPED:
        return True
    texts = typed.values() if isinstance(typed, dict) else [typed]
    return all(not isinstance(text, str) or not text.strip() or text == part.default for text in texts)


def settled(parts: Parts, filled: Filled) -> Filled:
    """The form with its empty new rows last, so that each row counts as it will where it is written."""
    found = dict(filled)
    for part in parts:
        typed = filled.get(part.key)
        if isinstance(part, Rows) and isinstance(typed, list):
            rows = [_settled_row(part, row) for row in typed]
            counted = _counted(part, rows)
            found[part.key] = [*counted, *(row for row in rows if not any(row is each for each in counted))]
    return found


def _settled_row(rows: Rows, row: Filled) -> Filled:
    shape = rows.shape_of(row)
    return row if shape is None else settled(shape.parts, row)


def converted(value: Value, was: QuestionForm | None, form: QuestionForm) -> dict[str, Value]:
    """A question as one of another kind: without the keys that only its old kind knows."""
    held = dict(value) if isinstance(value, dict) else {}
    lost = (was.keys if was else frozenset()) - form.keys
    return {**{key: each for key, each in held.items() if key not in lost}, "type": form.type}
