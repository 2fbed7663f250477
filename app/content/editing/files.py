"""Edits of one file's bytes, and a new file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Final, cast

from app.content.editing import writing
from app.content.editing.between import edits_between
from app.content.editing.edits import Edit, Insert, Move, NotEditable, Origin, Put, Remove, applied, gone
from app.content.editing.lifting import faults_at, lifted
from app.content.editing.places import Unplaced
from app.content.editing.reading import Written, written, written_anew
from app.content.editing.splices import Splices, spliced
from app.content.editing.splicing import only_values, replaced, ways
from app.content.editing.values import Path, Value, same, value_at, value_of
from app.content.faults import Fault, Findings
from app.content.nodes import Place, deepest, key_place
from app.content.reading import read_document
from app.errors import N_

_SCHEMA: Final = "# yaml-language-server: $schema={path}course.schema.json\n"


def value_in(data: bytes) -> Value | None:
    """What a file holds, None where it cannot be read. Each caller gets a tree of their own."""
    found = _value_as_json(bytes(data))
    return None if found is None else cast("Value", json.loads(found))


@lru_cache(maxsize=128)  # a page of a large course asks for all of its files, most of them as they were
def _value_as_json(data: bytes) -> str | None:
    root = read_document(data, Findings().of("file"))
    return None if root is None else json.dumps(value_of(root))


def new_file(value: dict[str, Value], schema: str | None = None) -> bytes:
    """A file that holds a map. `schema`: the way to the folder of the schema, `../` for a module's file."""
    way = schema if schema is not None else "../../" if "questions" in value else "../"
    lines = writing.Block().pairs(value, 0) or ["{}"]
    return (_SCHEMA.format(path=way) + "\n".join(lines) + "\n").encode()


def edit_file(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The file with the edits made one after the other; all else stays byte for byte.

    Raises NotEditable where that cannot be done safely: the file cannot be read, an edit points nowhere, or comments
    would be lost.
    """
    file = written(data)
    for edit in edits:
        small = _smaller(file, edit)
        file = _at_once(file, small) or _one_by_one(file, small)
    return file.data


def _one_by_one(file: Written, edits: Sequence[Edit]) -> Written:
    for each in edits:
        file = _edited(file, each)
    return file


def _at_once(file: Written, edits: Sequence[Edit]) -> Written | None:
    """The file with several texts put in place of others, read again only once; None where that does not do."""
    texts = {each.path: each for each in edits if isinstance(each, Put) and isinstance(each.value, str)}
    if not 1 < len(edits) == len(texts) or not all(isinstance(value_at(file.value, path), str) for path in texts):
        return None
    wanted = file.value
    splices: Splices = []
    try:
        for each in edits:
            wanted = applied(wanted, each)
            splices += next(ways(file, each))
    except Unplaced:
        return None
    after = written_anew(file.mark + spliced(file.text, splices).encode())
    whole = isinstance(after, Written) and len(after.faults) <= len(file.faults) and same(after.value, wanted)
    return after if whole and isinstance(after, Written) else None


def _smaller(file: Written, edit: Edit) -> Sequence[Edit]:
    """A new map or list in place of one: only what differs is written. An item for no list: a list with it."""
    if isinstance(edit, Put):
        old = value_at(file.value, edit.path)
        if old is not None and type(old) is type(edit.value):
            return edits_between(old, edit.value, edit.path)
    if isinstance(edit, Insert):
        edit = replace(edit, origin=_written_as(edit))
        if edit.at == 0 and value_at(file.value, edit.path) is None:
            return (Put(edit.path, []), edit) if edit.origin else (Put(edit.path, [edit.value]),)
    return (edit,)


def _written_as(edit: Insert) -> Origin | None:
    """The origin with what is to be inserted written there; None where there is none, or it says nothing of the kind.

    Only an item of a list can be taken over.
    """
    origin = edit.origin
    if origin is None or not origin.path or not isinstance(origin.path[-1], int):
        return None
    value = value_in(origin.data)
    was = None if value is None else value_at(value, origin.path)
    if was is None or type(was) is not type(edit.value):
        return None
    try:
        data = edit_file(origin.data, edits_between(was, edit.value, origin.path))
    except NotEditable:
        return None
    return Origin(data, origin.path)


def _edited(file: Written, edit: Edit) -> Written:
    if isinstance(edit, Move):
        with suppress(NotEditable):
            return _finely(file, edit)
        with suppress(NotEditable):
            return _taken_out(file, edit)
    return _written_among(file, edit, lambda wanted: _all_ways(file, edit, wanted))


def _finely(file: Written, edit: Edit) -> Written:
    """With nothing else written anew."""

    def finest(wanted: Value) -> Iterator[Splices]:
        with suppress(Unplaced):
            yield from ways(file, edit)

    return _written_among(file, edit, finest)


def _taken_out(file: Written, move: Move) -> Written:
    """An item moved alone, where changing places would make empty lines behind another part of its text (`|+`)."""
    path = (*move.path, move.start)
    value = value_at(file.value, path)
    if value is None:
        raise gone()
    origin = Origin(file.data, path)
    after = _finely(_finely(file, Remove(path)), Insert(move.path, move.to, value, origin))
    if lifted(Origin(after.data, (*move.path, move.to)), 0) != lifted(origin, 0):
        raise _unsafe(file, path)
    return after


def _written_among(file: Written, edit: Edit, made: Callable[[Value], Iterator[Splices]]) -> Written:
    """The first of the ways to make an edit that reads back as wanted. Raises NotEditable where none does."""
    wanted = applied(file.value, edit)
    allowed = len(file.faults) + (faults_at(edit.origin) if isinstance(edit, Insert) and edit.origin else 0)
    reason: NotEditable | None = None
    for text in _texts(file, made(wanted)):
        after = written_anew(file.mark + text.encode())
        if isinstance(after, Fault):
            reason = reason or _told(after)
        elif len(after.faults) > allowed:
            reason = reason or _new_fault(file, after)
        elif same(after.value, wanted):
            return after
    raise reason or _unsafe(file, edit.path)


def _texts(file: Written, made: Iterator[Splices]) -> Iterator[str]:
    """What the file could become. Lines at the end of a file without a last line break may need one."""
    for splices in made:
        text = spliced(file.text, splices)
        yield text
        if not text.endswith(("\n", "\r")):
            yield text + file.newline


def _all_ways(file: Written, edit: Edit, wanted: Value) -> Iterator[Splices]:
    """In place; else what is around it written anew, from the inside out, where no comment is lost by that."""
    with suppress(Unplaced):
        yield from ways(file, edit)
    path = edit.path[:-1] if isinstance(edit, Remove) or value_at(file.value, edit.path) is None else edit.path
    while path:
        value = value_at(wanted, path)
        if value is not None and only_values(file, path):
            with suppress(Unplaced):
                yield from replaced(file, path, value)
        path = path[:-1]


def _new_fault(file: Written, after: Written) -> NotEditable:
    known = {str(each.message) for each in file.faults}
    return _told(next((each for each in after.faults if str(each.message) not in known), after.faults[0]))


def _told(fault: Fault) -> NotEditable:
    return NotEditable(Place(fault.line, fault.column, 0), fault.message)


def _unsafe(file: Written, path: Path) -> NotEditable:
    return NotEditable(
        key_place(deepest(file.root, path)),
        N_("Bagian ini ditulis dengan cara yang tidak bisa diubah dari formulir. Ubah di sisi YAML."),
    )
