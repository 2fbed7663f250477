"""Three versions of a text -> one, line by line, where no two changes touch: comments of both sides live on in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Lines = Sequence[bytes]
Stretch = tuple[int, int, int, int]  # where lines of base are, up to where, and where the same lines are on both sides


def merged_lines(base: bytes, mine: bytes, theirs: bytes) -> bytes | None:
    """All changes of both sides; None where two of them meet."""
    was, one, other = (each.splitlines(keepends=True) for each in (base, mine, theirs))
    found: list[bytes] = []
    done = (0, 0, 0)
    for start, end, at_one, at_other in _unchanged(was, one, other):
        between = _changed(was[done[0] : start], one[done[1] : at_one], other[done[2] : at_other])
        if between is None:
            return None
        found += [*between, *was[start:end]]
        done = (end, at_one + end - start, at_other + end - start)
    return b"".join(found)


def merged_text(base: str | None, mine: str, theirs: str) -> str | None:
    """The same of a text with several lines, such as a lesson: who changes other lines is no hindrance."""
    if base is None or "\n" not in base.rstrip("\n"):
        return None
    merged = merged_lines(*(each.encode() for each in (base, mine, theirs)))
    return None if merged is None else merged.decode()


def _unchanged(was: Lines, one: Lines, other: Lines) -> Iterator[Stretch]:
    """The stretches of base that stand on both sides; the last one is empty, at the end of all three."""
    mine, theirs = _blocks(was, one), _blocks(was, other)
    at_mine = at_theirs = 0
    while at_mine < len(mine) and at_theirs < len(theirs):
        (a, own, size), (b, their, extent) = mine[at_mine], theirs[at_theirs]
        start, end = max(a, b), min(a + size, b + extent)
        if start < end:
            yield start, end, own + start - a, their + start - b
        if a + size < b + extent:
            at_mine += 1
        else:
            at_theirs += 1
    yield len(was), len(was), len(one), len(other)


def _blocks(was: Lines, now: Lines) -> list[tuple[int, int, int]]:
    return [(a, b, size) for a, b, size in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()]


def _changed(was: Lines, one: Lines, other: Lines) -> Lines | None:
    """What stands between two unchanged stretches; None where both sides changed it, each in another way."""
    if one == other or other == was:
        return one
    return other if one == was else None
