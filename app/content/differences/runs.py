"""Two versions of a text as runs of words that stayed, went and came: what a page shows with del and ins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

WORDS_LIMIT: Final = 4_000  # in what differs: more is compared by lines
CONTEXT: Final = 80  # characters shown on each side of a change

_WORD: Final = re.compile(r"^\s+|\S+\s*")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")

RunKind = Literal["kept", "removed", "added", "left_out"]


class Run(NamedTuple):
    """A piece of text. `left_out`, without any, stands for a long piece that stayed."""

    kind: RunKind
    text: str


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """What changed, word by word."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > WORDS_LIMIT:
        return line_runs(old, new)
    return tuple(_shortened(_runs(before, after)))


def line_runs(old: str, new: str) -> tuple[Run, ...]:
    """What changed, line by line."""
    return tuple(_shortened(_runs(_LINE.findall(old), _LINE.findall(new))))


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[old_from:old_to]), "".join(after[new_from:new_to])
        if tag == "equal":
            yield Run("kept", removed)
            continue
        if removed:
            yield Run("removed", removed)
        if added:
            yield Run("added", added)


def _shortened(runs: Iterator[Run]) -> Iterator[Run]:
    """The same with only a little of what stayed around each change."""
    every = list(runs)
    for index, run in enumerate(every):
        head = CONTEXT if index else 0
        tail = CONTEXT if index < len(every) - 1 else 0
        if run.kind != "kept" or len(run.text) <= head + tail + CONTEXT:
            yield run
            continue
        if head:
            yield Run("kept", run.text[: run.text.rfind(" ", 0, head) + 1] or run.text[:head])
        yield Run("left_out", "")
        if tail:
            yield Run("kept", run.text[-tail:][run.text[-tail:].find(" ") + 1 :])
