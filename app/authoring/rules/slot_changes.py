"""What a change of a quiz's list writes: the edits of its file, or why it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app.authoring.rules.holders import Holder
from app.authoring.rules.quiz_settings import local_text, without
from app.authoring.rules.slots import Fit, Pools, draw_fits
from app.authoring.rules.undoing import item_brought_back
from app.content.editing import (
    Edit,
    Insert,
    Move,
    Path,
    Put,
    Remove,
    Value,
    edits_between,
)
from app.content.schema_values import DRAW_LIMIT
from app.errors import N_, Message, NotFound, Refusal
from app.texts.scalars import read_number
from app.texts.typed import tidy_typed

Fields = Mapping[str, Sequence[str]]  # a form's fields: name -> every value given
POINTS_LEAST: Final = 0.1
POINTS_MOST: Final = 100.0


class ChangeRefused(Refusal):
    """A change of a quiz's list that would make no quiz: nothing is written."""

    status = 422


def slot_edits(holder: Holder, do: str, fields: Fields, pools: Pools) -> tuple[Edit, ...]:
    """The edits for one change of a quiz (or survey). Raises ChangeRefused, and NotFound for what is no change."""
    change = _CHANGES.get(do)
    if change is None:
        raise NotFound
    return change(holder, fields, pools)


def one(fields: Fields, name: str) -> str:
    """The first value of a field, without blanks around it."""
    return tidy_typed(next(iter(fields.get(name, ())), "")).strip()


def _items(holder: Holder) -> Path:
    return (*holder.at, "questions")


def _place(holder: Holder, fields: Fields, name: str = "at") -> int:
    """A position that a form names. Raises NotFound where nothing stands there."""
    typed = one(fields, name)
    at = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else -1
    if not 0 <= at < len(holder.items):
        raise NotFound
    return at


# Order


def _up(holder: Holder, fields: Fields, pools: Pools) -> tuple[Edit, ...]:
    at = _place(holder, fields)
    return (Move(_items(holder), at, at - 1),) if at else ()


def _down(holder: Holder, fields: Fields, pools: Pools) -> tuple[Edit, ...]:
    at = _place(holder, fields)
    return (Move(_items(holder), at, at + 1),) if at + 1 < len(holder.items) else ()


def _move(holder: Holder, fields: Fields, pools: Pools) -> tuple[Edit, ...]:
    at, to = _place(holder, fields), _place(holder, fields, "to")
    return (Move(_items(holder), at, to),) if at != to else ()


def _remove(holder: Holder, fields: Fields, pools: Pools) -> tuple[Edit, ...]:
    return (Remove((*_items(holder), _place(holder, fields))),)


# What a place holds


def _points(holder: Holder, fields: Fields, pools: Pools) -> tuple[Edit, ...]:
    at = _place(holder, fields)
    return edits_between(holder.items[at], _with_points(holder.items[at], fields), (*_items(holder), at))


def _with_points(item: Value, fields: Fields) -> dict[str, Value]:
    if not isinstance(item, dict) or "section" in item:
        raise NotFound
    return _set(item, "points", points_of(one(fields, "points")))


def _set(item: Mapping[str, Value], key: str, text: str) -> dict[str, Value]:
    """A map with a key changed where it stands, or taken away where there is nothing to say."""
    return {**item, key: text} if text else without(item, key)


def points_of(typed: str) -> str:
    """Points as a file writes them; "" leaves them to the question. Raises ChangeRefused."""
    text = typed.replace(",", ".")
    if not text:
        return ""
    try:
        number = read_number(text)
    except ValueError:
        number = 0.0
    if not POINTS_LEAST <= number <= POINTS_MOST:
        raise ChangeRefused(N_("Poin harus angka dari 0,1 sampai 100."))
    return text


def _section(holder: Holder, fields: Fields, pools: Pools) -> tuple[Edit, ...]:
    """A heading at the end of the list, or the one at a place changed."""
    old = _written(holder, fields, "section")
    if not one(fields, "section"):
        raise ChangeRefused(N_("Tulis judul bagiannya."))
    new: dict[str, Value] = {**old, "section": _text(old, fields, "section")}
    new = {**new, "text": _text(old, fields, "text")} if one(fields, "text") else without(new, "text")
    return _stored(holder, fields, old, new)


def _text(old: Mapping[str, Value], fields: Fields, name: str) -> Value:
    return local_text(old.get(name), one(fields, name), one(fields, f"{name}_en"))


def _draw(holder: Holder, fields: Fields, pools: Pools) -> tuple[Edit, ...]:
    """A draw at the end of the list, or the one at a place changed; refused where its bank has not enough."""
    old = _written(holder, fields, "draw")
    new = drawn(old, fields)
    at = _place(holder, fields) if "at" in fields else len(holder.items)
    items = [*holder.items[:at], new, *holder.items[at + 1 :]]
    fit = dict(draw_fits(items, pools)).get(at)
    if fit is None:
        raise ChangeRefused(N_("Pilih bank soalnya."))
    refused = draw_refused(str(new["draw"]), fit)
    if refused is not None:
        raise ChangeRefused(refused)
    return _stored(holder, fields, old, new)


def drawn(old: Mapping[str, Value], fields: Fields) -> dict[str, Value]:
    """A draw as a form says it; keys that it does not know stay. Raises ChangeRefused for points that are none."""
    tags: list[Value] = [each for each in dict.fromkeys(fields.get("tags", ())) if each]
    new: dict[str, Value] = {**old, "draw": one(fields, "draw"), "from": one(fields, "from")}
    new = {**new, "tags": tags} if tags else without(new, "tags")
    new = _set(new, "difficulty", one(fields, "difficulty"))
    return _set(new, "points", points_of(one(fields, "points")))


def draw_refused(typed: str, fit: Fit) -> Message | None:
    """Why a draw of this many (as typed) is refused; None where it fits."""
    count = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0
    if not 1 <= count <= DRAW_LIMIT:
        return N_("Tulis berapa soal yang diambil: angka dari 1 sampai %(limit)s.", limit=DRAW_LIMIT)
    if fit.matching < count:
        return N_(
            "Hanya %(count)s soal yang cocok, jadi tidak dapat mengambil %(draw)s.", count=fit.matching, draw=count
        )
    if fit.left < count:
        return N_(
            "%(count)s soal cocok, tetapi pengambilan lain di kuis ini dapat menyisakan hanya %(left)s.",
            count=fit.matching,
            left=fit.left,
        )
    return None


def _written(holder: Holder, fields: Fields, key: str) -> Mapping[str, Value]:
    """What stands at the place that a form names; nothing where it names none."""
    if "at" not in fields:
        return {}
    item = holder.items[_place(holder, fields)]
    if not isinstance(item, dict) or key not in item:
        raise NotFound
    return item


def _stored(holder: Holder, fields: Fields, old: Mapping[str, Value], new: dict[str, Value]) -> tuple[Edit, ...]:
    if "at" in fields:
        return edits_between(dict(old), new, (*_items(holder), _place(holder, fields)))
    return (Insert(_items(holder), len(holder.items), new),)


# The quiz's own texts


def _texts(holder: Holder, fields: Fields, pools: Pools) -> tuple[Edit, ...]:
    old = holder.value
    if not one(fields, "title"):
        raise ChangeRefused(N_("Tulis judulnya."))
    edits: list[Edit] = []
    for name, after in (("title", holder.kind), ("intro", "title")):
        new = _text(old, fields, name)
        said = one(fields, name) or one(fields, f"{name}_en")
        if name in old and not said:
            edits.append(Remove((*holder.at, name)))
        elif name in old:
            edits.extend(edits_between(old[name], new, (*holder.at, name)))
        elif said:
            edits.append(Put((*holder.at, name), new, after))
    return tuple(edits)


_CHANGES: Final[Mapping[str, Callable[[Holder, Fields, Pools], tuple[Edit, ...]]]] = {
    "up": _up,
    "down": _down,
    "move": _move,
    "remove": _remove,
    "points": _points,
    "section": _section,
    "draw": _draw,
    "texts": _texts,
}


# Undone


def put_back(before: bytes, now: bytes, holder: Holder, at: int) -> bytes:
    """The file `now` with what was taken away from a place of a list; `before` is the file that still had it.

    It comes back as it was written, comments and all. Raises NotFound where nothing stood there.
    """
    spot = (*_items(holder), min(at, len(holder.items)))
    return item_brought_back(before, (*_items(holder), at), now, spot)
