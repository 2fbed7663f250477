"""An item of a list as it is written, comments and all, to be set down in another list or file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.content.editing.edits import Origin
from app.content.editing.places import Entry, Unplaced
from app.content.editing.reading import Written, written
from app.content.editing.splices import Splice, firm, spliced

_BREAK: Final = re.compile(r"\r\n|\r|\n")


def lifted(origin: Origin, column: int) -> list[str] | None:
    """The lines of an item as they are written, with the comment lines above it, so that its dash stands at `column`.

    All its lines move by as much, so what is inside stands as it stood. None where it stands between brackets, or in a
    way that is not edited in place. Raises NotEditable where the file cannot be read or nothing stands there.
    """
    file = written(origin.data)
    if file.in_brackets(origin.path):
        return None
    try:
        entry = file.entry(origin.path)
    except Unplaced:
        return None
    first, *rest = _BREAK.split(_text(file, entry))
    return [" " * column + first, *_shifted(rest, column - entry.column)]


def faults_at(origin: Origin) -> int:
    """How many refused parts are written in the item: they go where it goes."""
    file = written(origin.data)
    node = file.node(origin.path)
    lines = range(node.span.start.line, node.span.end.line + 1)
    return sum(each.line in lines for each in file.faults)


def _text(file: Written, entry: Entry) -> str:
    """The characters of an entry; lines at the end of a file without a last line break say that they have none."""
    at = entry.start
    return spliced(
        file.text[at : entry.end], [Splice(start - at, end - at, new) for start, end, new in firm(file, entry)]
    )


def _shifted(lines: list[str], by: int) -> Iterator[str]:
    for line in lines:
        if by < 0:
            blank = len(line) - len(line.lstrip(" "))
            yield line[min(-by, blank) :]
        else:
            yield " " * by + line if line else line
