"""A text in place of another, in the same style where that can hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.content.editing import writing
from app.content.editing.reading import Written
from app.content.nodes import TextNode

_HEADER: Final = re.compile(r"(?P<mark>[|>])(?P<codes>[-+0-9]*)(?P<behind>[^\r\n]*)")
_FOLD_AT: Final = 120  # columns of a folded line


def text_splices(
    file: Written, node: TextNode, value: str, column: int | None, key: str
) -> Iterator[tuple[int, int, str]]:
    """The ways to write `value` where `node` is written. `column`: of its key or dash; None between brackets."""
    start, close = node.span.start.offset, file.places.close(node)
    if column is None:
        yield start, close, writing.line_text(value, True, key, node.style)
        return
    if node.style in ("|", ">"):
        for header, lines in _blocks(file, node, value, column):
            yield start, close, file.newline.join([header, *lines])
    elif "\n" not in value or node.style == '"':
        yield start, close, writing.line_text(value, False, key, node.style)


def _blocks(file: Written, node: TextNode, value: str, column: int) -> Iterator[tuple[str, list[str]]]:
    """Header and lines of a block text, its comment and margin kept."""
    start, close = node.span.start.offset, file.places.close(node)
    raw = file.text[start:close]
    header = _HEADER.match(raw)
    if header is None:
        return
    rest = re.split(r"\r\n|\r|\n", raw[header.end() :])[1:]
    margin = _margin(rest, column)
    if node.style == ">":
        folded = _folded(value, margin)
        if folded is not None:
            yield folded[0] + header["behind"], folded[1]
    fresh = writing.literal(value, column, margin - column, keep=True)
    if fresh is None:
        yield writing.quoted(value) + header["behind"], []
        return
    lines = fresh[1] if node.style == ">" else _kept(str(node), value, rest, fresh[1])
    yield fresh[0] + header["behind"], lines
    yield writing.quoted(value) + header["behind"], []


def _margin(lines: list[str], column: int) -> int:
    """The column at which the lines of a block text begin."""
    widths = [len(each) - len(each.lstrip(" ")) for each in lines if each.strip()]
    return max(min(widths, default=0), column + 1) if widths else column + writing.STEP


def _kept(old: str, new: str, raw: list[str], fresh: list[str]) -> list[str]:
    """`fresh` with its first and last lines as they were written, as far as they say the same."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    if len(raw) < len(fresh) and len(old_lines) < len(raw):
        return fresh
    alike = 0
    while alike < min(len(raw), len(fresh)) and old_lines[alike : alike + 1] == new_lines[alike : alike + 1]:
        alike += 1
    lines = raw[:alike] + fresh[alike:]
    tail = 1
    while tail <= min(len(raw), len(fresh)) - alike and _from_end(old_lines, raw, tail) == _from_end(
        new_lines, fresh, tail
    ):
        lines[-tail] = raw[-tail]
        tail += 1
    return lines


def _from_end(lines: list[str], written: list[str], tail: int) -> str | None:
    at = len(written) - tail
    return lines[at] if at < len(lines) else None


def _folded(value: str, margin: int) -> tuple[str, list[str]] | None:
    """A text behind `>`; None where folding would change it."""
    body = value.removesuffix("\n")
    if not body or body.endswith("\n") or any(not each or each != each.strip() for each in body.split("\n")):
        return None
    lines: list[str] = []
    for paragraph in body.split("\n"):
        lines += ([""] if lines else []) + [" " * margin + each for each in _wrapped(paragraph, _FOLD_AT - margin)]
    return (">" if value.endswith("\n") else ">-"), lines


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Lines broken at single spaces, so that folding brings the same text back."""
    while len(text) > width:
        at = max((found.start() for found in re.finditer(r"(?<=\S) (?=\S)", text[: width + 1])), default=-1)
        if at < 0:
            following = re.search(r"(?<=\S) (?=\S)", text[width:])
            if following is None:
                break
            at = width + following.start()
        yield text[:at]
        text = text[at + 1 :]
    yield text
