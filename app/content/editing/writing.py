"""Values as YAML text, the way a careful person would write them.

Text written by a machine is quoted where another reader would take it for a number, a truth or nothing; under a key
that takes numbers or truths it stays bare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.content.editing.values import Value

STEP: Final = 2  # columns by which what is inside stands further right

TYPED: Final = frozenset(
    {
        "anonymous",
        "answer",
        "attempts",
        "blind",
        "bonus",
        "case_sensitive",
        "clear_wrong",
        "completed",
        "corners",
        "correct",
        "draw",
        "factor",
        "files",
        "fraction",
        "from",
        "height",
        "hidden",
        "hours",
        "lines",
        "link",
        "markers",
        "max_files",
        "max_words",
        "min_words",
        "minutes",
        "open",
        "pass",
        "penalty",
        "photos",
        "points",
        "radius",
        "redo",
        "required",
        "reuse",
        "several",
        "show_number_correct",
        "shuffle",
        "shuffle_options",
        "shuffle_questions",
        "tolerance",
        "unit_penalty",
        "value",
        "weight",
        "width",
        "x",
        "y",
    }
)
"""Keys that take numbers or truths: what looks like one is meant as one there."""

_INDICATORS: Final = "!&*-?|>@%#`\"'[]{},:="
_BREAKS_PLAIN = re.compile(r":(?:\s|$)|\s#|[\r\n]|^(?:---|\.\.\.)|\t")
_BREAKS_FLOW = re.compile(r"[,\[\]{}:?]")
_TYPED_TEXT = re.compile(
    r"(?i:~|null|true|false|yes|no|on|off|<<|[-+]?\.(?:inf|nan))|[-+.]?\.?[0-9][-+0-9a-fA-FxXoO_.:,TtZ ]*"
)
_BARE_TYPED = re.compile(r"true|false|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def plain(text: str, flow: bool) -> bool:
    """Whether a text can stand without quotes."""
    if not text or text != text.strip() or text[0] in _INDICATORS or _BREAKS_PLAIN.search(text):
        return False
    return not (flow and _BREAKS_FLOW.search(text))


def quoted(text: str, mark: str = '"') -> str:
    """A text on one line between quotes; single ones cannot hold line breaks."""
    if mark == "'":
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def line_text(text: str, flow: bool, key: str = "", style: str = "") -> str:
    """A text on one line, in the old `style` where that can hold it."""
    if style in ("'", '"') and not ("\n" in text and style == "'"):
        return quoted(text, style)
    if plain(text, flow) and (not _TYPED_TEXT.fullmatch(text) or (key in TYPED and _BARE_TYPED.fullmatch(text))):
        return text
    return quoted(text, "'" if "\\" in text and "\n" not in text else '"')


def literal(text: str, column: int, step: int = STEP, keep: bool = False) -> tuple[str, list[str]] | None:
    """A text of lines behind `|`: the header and the lines; None where it cannot be written so.

    `column` (from 0) is that of the key or dash it stands under; the lines begin `step` further right. A text that ends
    with empty lines is only written so where `keep` says it (`|+`): empty lines below would become part of it.
    """
    if not text.strip() or "\r" in text:
        return None
    body = text[:-1] if text.endswith("\n") else text
    lines = body.split("\n")
    chomp = "" if text.endswith("\n") else "-"
    if body.endswith("\n"):
        if not keep:
            return None
        chomp = "+"
    indicator = str(step) if not lines[0] or lines[0][0] in " \t" else ""
    margin = " " * (column + step)
    return f"|{indicator}{chomp}", [margin + each if each else "" for each in lines]


@dataclass(frozen=True, slots=True)
class Block:
    """Writes values in a block. `lines`: a text of many lines stands behind `|`, else all texts stay on one line."""

    lines: bool = True

    def value(self, value: Value, column: int, key: str = "") -> tuple[str, list[str]]:
        """What stands behind a key or dash at `column`, and the lines below, indented."""
        if isinstance(value, str):
            found = literal(value, column) if self.lines and "\n" in value else None
            return found or (line_text(value, False, key), [])
        if not value:
            return ("{}" if isinstance(value, dict) else "[]"), []
        if isinstance(value, dict):
            return "", self.pairs(value, column + STEP)
        return "", [line for each in value for line in self.item(each, column + STEP, key)]

    def pairs(self, value: dict[str, Value], column: int) -> list[str]:
        """The lines of a map whose keys stand at `column`."""
        lines = []
        for key, each in value.items():
            head, body = self.value(each, column, key)
            lines.append(" " * column + key_text(key) + ":" + (f" {head}" if head else ""))
            lines += body
        return lines

    def behind_dash(self, value: Value, column: int, key: str = "") -> tuple[str, list[str]]:
        """What stands behind a dash at `column`, a map's first key among it, and the lines below."""
        head, body = self.value(value, column, key)
        return (head, body) if head else (body[0][column + STEP :], body[1:])

    def item(self, value: Value, column: int, key: str = "") -> list[str]:
        """The lines of one item whose dash stands at `column`."""
        head, body = self.behind_dash(value, column, key)
        return [" " * column + "- " + head, *body]


def flow(value: Value, key: str = "") -> str:
    """A value on one line, between brackets where it is a map or a list."""
    if isinstance(value, str):
        return line_text(value, True, key)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_text(each)}: {flow(inner, each)}" for each, inner in value.items()) + "}"
    return "[" + ", ".join(flow(each, key) for each in value) + "]"


def key_text(key: str) -> str:
    """A key, in quotes where it needs them."""
    bare = plain(key, True) and not _TYPED_TEXT.fullmatch(key)
    return key if bare or key in TYPED else quoted(key)
