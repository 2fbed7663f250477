"""Whatever a file looks like, an edit changes its values as wanted, and nothing else that is written in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.content.editing import (
    Edit,
    Insert,
    Move,
    NotEditable,
    Origin,
    Path,
    Put,
    Remove,
    Value,
    applied,
    edit_file,
    edits_between,
    value_at,
    value_in,
)
from app.content.editing.places import Places
from app.content.editing.reading import written
from app.content.editing.values import same
from app.content.nodes import MapNode, Node, TextNode
from tests.content.editing.documents import document

KEEPS = re.compile(r"[|>][1-9]?\+")
TEXTS: list[Value] = [
    *("teks baru", "020", "true", "", "a: b", "# x", 'it\'s "q"', "- x", " x ", "x\\y", "~", "é" * 130),
    *("p\nq", "p\n\nq\n", "  p\nq\n", "p\n\n", "\n", "\tp\nq", "p\n  q \n\nr\n"),
]
NEW: list[Value] = [
    *TEXTS,
    {"id": "satu", "en": "two"},
    {"id": "p\nq\n", "k": ["a", "b, c"]},
    ["a", {"x": "1", "y": "p\nq"}, ["b", "c"]],
    [],
    {},
]


def paths(value: Value, at: Path = ()) -> Iterator[Path]:
    """Every place below the root."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in children:
        yield (*at, step)
        yield from paths(each, (*at, step))


def some_edit(dice: Random, value: Value) -> Edit:
    """Some edit of a file that holds `value`."""
    every = list(paths(value))
    path = dice.choice(every)
    lists = [each for each in every if isinstance(value_at(value, each), list)]
    maps = [(), *(each for each in every if isinstance(value_at(value, each), dict))]
    texts = [each for each in every if isinstance(value_at(value, each), str)]
    kind = dice.choice(["text", "put", "remove", "add", *(["insert", "move"] * 2 if lists else [])])
    if kind == "remove":
        return Remove(path)
    if kind == "add":
        home = dice.choice(maps)
        keys = value_at(value, home)
        after = dice.choice([None, *keys]) if isinstance(keys, dict) else None
        return Put((*home, "baru"), dice.choice(NEW), after=after)
    if kind in ("text", "put"):
        return Put(dice.choice(texts), dice.choice(TEXTS)) if texts and kind == "text" else Put(path, dice.choice(NEW))
    home = dice.choice(lists)
    items = value_at(value, home)
    assert isinstance(items, list)
    if kind == "insert" or not items:
        return Insert(home, dice.randint(0, len(items)), dice.choice(NEW))
    return Move(home, dice.randrange(len(items)), dice.randrange(len(items)))


def after(edit: Edit, path: Path) -> Path | None:
    """Where what stood at `path` stands after an edit; None where the edit took it away or changed it."""
    if isinstance(edit, Put):
        return None if path[: len(edit.path)] == edit.path else path
    home = edit.path[:-1] if isinstance(edit, Remove) else edit.path
    if path[: len(home)] != home or len(path) == len(home):
        return path
    step = path[len(home)]
    rest = path[len(home) + 1 :]
    if isinstance(edit, Remove):
        gone = edit.path[-1]
        if step == gone:
            return None
        lower = isinstance(gone, int) and isinstance(step, int) and step > gone
        return (*home, step - 1, *rest) if lower and isinstance(step, int) else path
    assert isinstance(step, int)
    if isinstance(edit, Insert):
        return (*home, step + (step >= edit.at), *rest)
    order = list(range(max(edit.start, edit.to, step) + 1))
    order.insert(edit.to, order.pop(edit.start))
    return (*home, order.index(step), *rest)


def leaves(data: bytes) -> dict[Path, str]:
    """How every text and every key is written, by its place."""
    file = written(data)
    places = Places(file.source)
    found: dict[Path, str] = {}

    def walk(node: Node, at: Path) -> None:
        if isinstance(node, TextNode):
            found[at] = file.text[node.span.start.offset : places.close(node)]
        elif isinstance(node, MapNode):
            for key, each in node.items():
                found[(*at, str(key), "key")] = file.text[key.span.start.offset : key.span.end.offset]
                walk(each, (*at, str(key)))
        else:
            for position, each in enumerate(node):
                walk(each, (*at, position))

    walk(file.root, ())
    return found


def comments(data: bytes) -> list[str]:
    return re.findall(r"c\d+c <[^>]*>", data.decode())


def may_go(edit: Edit, value: Value) -> str | None:
    """The owners whose comments an edit takes away, as the beginning of their names; None where it takes none."""
    name = "/" + "/".join(map(str, edit.path))
    if isinstance(edit, Remove):
        holder = value_at(value, edit.path[:-1])
        only = isinstance(holder, dict | list) and len(holder) == 1
        return name.rpartition("/")[0] + "/" if only else name
    if isinstance(edit, Put) and not isinstance(value_at(value, edit.path), str | None):
        return f"{name}/"
    return None


def check(before: bytes, edit: Edit) -> None:
    value = value_in(before)
    assert value is not None
    try:
        result = edit_file(before, [edit])
    except NotEditable:
        assert KEEPS.search(before.decode())  # the one thing that is left to a person: empty lines that are text
        return
    found = value_in(result)
    assert found is not None
    wanted = applied(value, edit)
    if isinstance(edit, Put) and isinstance(value_at(value, edit.path), dict):
        assert found == wanted  # the order of keys that were there is the file's own
    else:
        assert same(found, wanted)
    check_comments(before, edit, result, value)
    if not KEEPS.search(before.decode()):  # where lines around such a text move, a list may have to be written anew
        check_leaves(before, edit, result)
        check_bytes(before, edit, result, value)


def check_leaves(before: bytes, edit: Edit, result: bytes) -> None:
    """What is written for untouched texts and keys is the same, but for `|-` where a file had no last line break."""
    told = leaves(result)
    firm = not before.endswith((b"\n", b"\r"))
    for path, raw in leaves(before).items():
        is_key = path[-1:] == ("key",)
        if is_key and isinstance(edit, Put) and path[:-1] == edit.path:
            continue
        place = after(edit, path[:-1] if is_key else path)
        if place is not None:
            now = told[(*place, "key") if is_key else place]
            assert now == raw or (firm and raw[0] in "|>" and now.replace("-", "", 1) == raw.replace("+", "", 1))


def check_comments(before: bytes, edit: Edit, result: bytes, value: Value) -> None:
    gone = may_go(edit, value)
    stay = [each for each in comments(before) if gone is None or not owned(each, gone)]
    came = own_comments(edit.origin) if isinstance(edit, Insert) and edit.origin else ()
    told = [each for each in comments(result) if each not in came and (gone is None or not owned(each, gone))]
    if isinstance(edit, Move):
        assert Counter(stay) == Counter(told)
    else:
        assert stay == told


def owned(comment: str, name: str) -> bool:
    owner = comment[comment.index("<") + 1 : -1]
    return owner.startswith(name) if name.endswith("/") else owner == name or owner.startswith(f"{name}/")


def alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def check_bytes(before: bytes, edit: Edit, result: bytes, value: Value) -> None:
    """One piece changed, everything before and behind it is the same."""
    old, new = before.decode(), result.decode()
    front = alike(old, new)
    back = alike(old[front:][::-1], new[front:][::-1])
    if isinstance(edit, Insert) or (isinstance(edit, Put) and value_at(value, edit.path) is None):
        home = value_at(value, edit.path[:-1] if isinstance(edit, Put) else edit.path)
        if home and before.endswith((b"\n", b"\r")):
            assert front + back == len(old)
    if isinstance(edit, Remove):
        holder = value_at(value, edit.path[:-1])
        if isinstance(holder, dict | list) and len(holder) > 1 and "#" not in old[front : len(old) - back]:
            assert front + back == len(new)


@given(st.integers(0, 2**32))
def test_an_edit_changes_what_it_says_and_nothing_else(number: int) -> None:
    dice = Random(number)
    before = document(dice)
    value = value_in(before)
    assert value is not None, before
    check(before, some_edit(dice, value))


@given(st.integers(0, 2**32))
def test_edits_between_two_values_lead_from_one_to_the_other(number: int) -> None:
    dice = Random(number)
    before = document(dice)
    old = new = value_in(before)
    assert old is not None and new is not None
    for _ in range(3):
        new = applied(new, some_edit(dice, new)) if any(paths(new)) else new
    if not new:
        return
    try:
        assert value_in(edit_file(before, edits_between(old, new))) == new
    except NotEditable:
        assert KEEPS.search(before.decode())


# An item of one file in a list of another


def lists_in(value: Value) -> list[Path]:
    return [each for each in paths(value) if isinstance(value_at(value, each), list)]


def length(value: Value | None) -> int:
    return len(value) if isinstance(value, list) else 0


def in_lines(data: bytes, path: Path) -> bool:
    """Whether a list is written in lines, so that its items can be taken over or stand there as they are written."""
    return not written(data).is_flow(path)


def bare(raw: str) -> list[str]:
    """How something is written, wherever its lines begin and however they end."""
    return [each.strip(" ") for each in raw.splitlines()]


@given(st.integers(0, 2**32))
def test_an_item_taken_from_another_file_comes_as_it_is_written_there(number: int) -> None:
    dice = Random(number)
    source, target = re.sub(rb"c(\d+)c <", rb"c7000\1c <", document(dice)), document(dice)
    held, value = value_in(source), value_in(target)
    assert held is not None and value is not None
    froms = [each for each in lists_in(held) if length(value_at(held, each)) and in_lines(source, each)]
    homes = [each for each in lists_in(value) if in_lines(target, each)]
    if not froms or not homes:
        return
    home, start = dice.choice(homes), dice.choice(froms)
    path: Path = (*start, dice.randrange(length(value_at(held, start))))
    item = value_at(held, path)
    assert item is not None
    edit = Insert(home, dice.randint(0, length(value_at(value, home))), item, Origin(source, path))
    check(target, edit)
    if not KEEPS.search(source.decode() + target.decode()):
        check_taken(Origin(source, path), edit_file(target, [edit]), (*home, edit.at))


def own_comments(origin: Origin) -> list[str]:
    return [each for each in comments(origin.data) if owned(each, "/" + "/".join(map(str, origin.path)))]


def check_taken(origin: Origin, result: bytes, place: Path) -> None:
    """Its comments and every leaf of it are there, as they were written."""
    source, path = origin.data, origin.path
    own = own_comments(origin)
    assert [each for each in comments(result) if each in own] == own
    told = leaves(result)
    firm = not source.endswith((b"\n", b"\r"))
    for each, raw in leaves(source).items():
        if each[: len(path)] == path:
            now = told[(*place, *each[len(path) :])]
            assert bare(now) == bare(raw) or (
                firm and raw[0] in "|>" and bare(now.replace("-", "", 1)) == bare(raw.replace("+", "", 1))
            )


def test_an_item_may_say_something_else_than_where_it_is_taken_from() -> None:
    source = b"b:\n    # of x\n    - id: x # keep\n      text: 'lama'\n"
    edit = Insert(("b",), 0, {"id": "y", "text": "baru"}, Origin(source, ("b", 0)))
    assert edit_file(b"a: 1\n", [edit]) == b"a: 1\nb:\n  # of x\n  - id: y # keep\n    text: 'baru'\n"
