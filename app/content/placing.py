"""Which entry of a course a fault concerns: the activity or question that an author sees it beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from app.content.banks import BANK_PATTERN
from app.content.faults import Fault, Findings, in_order
from app.content.nodes import MapNode, Node, TextNode, deepest, key_place, text_at
from app.content.reading import read_document

Path = tuple[str | int, ...]  # keys and positions from a file's root

ACTIVITY_KEYS: Final = ("lesson", "quiz", "task", "survey")


class Entry(NamedTuple):
    """An entry of a course. `path` is its file, from the course's folder.

    `holder`: the id of an activity, or `bank/<name>`; None: the head of the file, or a file that cannot be read.
    `at`: a position in the holder's list of questions, from 0; None: the holder itself. `question`: the id written
    there; None where there is none (a draw, a question used from a bank, a heading).
    """

    path: str
    holder: str | None = None
    at: int | None = None
    question: str | None = None


def entries_of_faults(files: Mapping[str, bytes], faults: Iterable[Fault]) -> Mapping[Entry, tuple[Fault, ...]]:
    """The faults (or warnings) of a course beside the entries they concern, each in the order of the file.

    `files`: the course's, by their paths within its folder; those of the shared folder for faults of shared files.
    """
    found: dict[Entry, list[Fault]] = {}
    for whole, of_file in groupby(in_order(faults), key=attrgetter("path")):
        path, told = _path_within(whole, files), list(of_file)
        entries = _entries(path, files.get(path), tuple((each.line, each.column) for each in told))
        for entry, fault in zip(entries, told, strict=True):
            found.setdefault(entry, []).append(fault)
    return {entry: tuple(each) for entry, each in found.items()}


def faults_by_field(data: bytes, at: Path, faults: Iterable[Fault]) -> tuple[tuple[Path, Fault], ...]:
    """The faults of one file that lie at or below `at`, each with the rest of its way: the field it belongs to.

    () as the rest is the whole entry. Nothing where the file cannot be read.
    """
    root = read_document(data, Findings().of(""))
    found = [] if root is None else [(path_at(root, each.line, each.column), each) for each in faults]
    return tuple((path[len(at) :], fault) for path, fault in found if path[: len(at)] == at)


def path_at(root: Node, line: int, column: int) -> Path:
    """The way from `root` to what is written at a place, as deep as it leads; lines and columns count from 1.

    What stands behind an entry and before the next (a comment) belongs to that entry.
    """
    return tuple(_steps(root, (line, column)))


def _steps(node: Node, place: tuple[int, int]) -> Iterator[str | int]:
    while not isinstance(node, TextNode):
        step: str | int | None = None
        below = node.items() if isinstance(node, MapNode) else enumerate(node)
        for key, each in below:
            start = key_place(each) if isinstance(node, MapNode) else each.span.start
            if start[:2] <= place:
                step = str(key) if isinstance(key, str) else key
        if step is None:
            return
        yield step
        node = deepest(node, (step,))


@lru_cache(maxsize=128)  # after an edit, all files of a course but one are as they were
def _entries(path: str, data: bytes | None, places: tuple[tuple[int, int], ...]) -> tuple[Entry, ...]:
    """The entries at these places (lines and columns) of one file."""
    root = read_document(data, Findings().of(path)) if data is not None and path.endswith(".yaml") else None
    return tuple(_entry(path, root, place) for place in places)


def _path_within(path: str, files: Mapping[str, bytes]) -> str:
    """A fault's path (`courses/<slug>/<file>`, or `courses/<file>` of what all share) as the files are named."""
    named = path.removeprefix("courses/")
    return named if named in files else named.partition("/")[2] or named


def _entry(path: str, root: MapNode | None, place: tuple[int, int]) -> Entry:
    if root is None:
        return Entry(path)
    way = path_at(root, *place)
    if re.fullmatch(BANK_PATTERN, path):
        holder = f"bank/{PurePosixPath(path).stem}"
        return _within(Entry(path, holder), root, way)
    if way[:1] == ("activities",) and len(way) > 1:
        activity = deepest(root, way[:2])
        name = next((found for key in ACTIVITY_KEYS if (found := text_at(activity, key)) is not None), None)
        if name is not None:
            return _within(Entry(path, str(name)), activity, way[2:])
    return Entry(path)


def _within(entry: Entry, holder: Node, way: Path) -> Entry:
    """The entry for what lies on `way` below its holder: one of its questions, or the holder itself."""
    if way[:1] != ("questions",) or len(way) < 2 or not isinstance(way[1], int):
        return entry
    written = deepest(holder, way[:2])
    name = text_at(written, "id")
    return entry._replace(at=way[1], question=None if name is None else str(name))
