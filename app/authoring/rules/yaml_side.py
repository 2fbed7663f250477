"""A file of a course as text: what is shown and typed, what is told of its lines, and the ways to its forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from app.authoring.rules.outline import text_of
from app.content.banks import BANK_PATTERN
from app.content.editing import Path, value_of
from app.content.editing.finding import activities_of, find_activity, find_question
from app.content.faults import Fault, Findings
from app.content.nodes import MapNode, child, deepest, maps_at, place_of, text_at
from app.content.reading import BOM, read_document
from app.errors import Message
from app.texts.scalars import SLUG_PATTERN

EXCERPT: Final = 80  # characters of a line that are shown beside what is wrong with it
TITLE: Final = 60  # characters of a question's text that name it

_MODULE: Final = re.compile(rf"{SLUG_PATTERN.strip('^$')}\.yaml")
_BREAKS: Final = re.compile(r"\r\n|\r|\n")
_WITH_QUESTIONS: Final = ("quiz", "survey")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one line. `excerpt` is what is written there."""

    line: int
    column: int
    message: Message
    warning: bool
    excerpt: str


@dataclass(frozen=True, slots=True)
class Door:
    """An entry of a file that a form opens. `kind`: an activity's, or `question`, with its `holder`."""

    kind: str
    id: str
    title: str
    line: int
    holder: str = ""

    @property
    def name(self) -> str:
        """What names it in its file."""
        return f"{self.holder}/{self.id}" if self.holder else self.id


def may_open(file: str, files: Mapping[str, bytes]) -> bool:
    """Whether a file is one of those that authors write: course.yaml, a module, a bank."""
    return file in files and any(re.fullmatch(each, file) for each in (_MODULE, BANK_PATTERN))


def text_shown(data: bytes) -> str:
    """The text of a file, however its lines end. One that is not UTF-8 is shown as Windows writes it."""
    body = data.removeprefix(BOM)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = body.decode("cp1252", errors="replace")
    return plain_breaks(text)


def plain_breaks(text: str) -> str:
    """A text with one kind of line break, as lines are counted here and in a browser's box."""
    return _BREAKS.sub("\n", text)


def data_typed(before: bytes, text: str) -> bytes:
    """What was typed in place of a file, with its byte order mark and its own line breaks."""
    plain = plain_breaks(text)
    if plain == text_shown(before):
        return before
    found = _BREAKS.search(before.decode(errors="replace"))
    mark = BOM if before.startswith(BOM) else b""
    return mark + plain.replace("\n", found.group() if found else "\n").encode(errors="replace")


def told_of_file(faults: Iterable[Fault], path: str, text: str) -> tuple[Told, ...]:
    """What is said of the file at `path` (from the project's root), whose text is `text`, in the order of its lines."""
    lines = text.split("\n")
    return tuple(
        Told(each.line, each.column, each.message, each.warning, _excerpt(lines, each.line))
        for each in sorted(faults, key=lambda each: (each.line, each.column))
        if each.path == path
    )


def _excerpt(lines: list[str], number: int) -> str:
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"


def line_of(files: Mapping[str, bytes], file: str, entry: str) -> int | None:
    """The line on which an entry begins: an activity, or `<holder>/<question>`; None where `file` does not hold it."""
    holder, _, question = entry.rpartition("/")
    found = find_activity(files, entry) or (find_question(files, holder, question) if holder else None)
    root = _root(files[file])
    return None if found is None or found.path != file or root is None else _line(root, found.at)


def doors(file: str, data: bytes) -> tuple[Door, ...]:
    """The entries of a module or bank that forms open, in order; none where the file cannot be read."""
    root = _root(data)
    if root is None:
        return ()
    if file.startswith("bank/"):
        return tuple(_questions(root, (), f"bank/{PurePosixPath(file).stem}"))
    return tuple(_activities(root))


def first_unreadable(files: Mapping[str, bytes]) -> tuple[str, int] | None:
    """The first file that authors write and that cannot be read, and the line of its fault; None where all can."""
    for file in sorted(each for each in files if may_open(each, files)):
        findings = Findings()
        if read_document(files[file], findings.of(file)) is None:
            return file, findings.errors[0].line
    return None


def _activities(root: MapNode) -> Iterator[Door]:
    value = value_of(root)
    for each in activities_of("", value if isinstance(value, dict) else {}):
        title = text_of(each.found.value.get("title", "")) or each.id
        yield Door(each.kind, each.id, title, _line(root, each.found.at))
        if each.kind in _WITH_QUESTIONS:
            yield from _questions(root, each.found.at, each.id)


def _questions(root: MapNode, at: Path, holder_id: str) -> Iterator[Door]:
    for node in maps_at(deepest(root, at), "questions"):
        name = text_at(node, "id")
        if name is not None:
            title = " ".join(text_of(value_of(child(node, "text") or name)).split())[:TITLE]
            yield Door("question", str(name), title or str(name), place_of(node).line, holder_id)


def _root(data: bytes) -> MapNode | None:
    return read_document(data, Findings().of(""))


def _line(root: MapNode, at: Path) -> int:
    return place_of(deepest(root, at)).line
