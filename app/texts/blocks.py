"""The Markdown of lessons: CommonMark with tables, footnotes, definition lists and note blocks, as our HTML."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from app.texts.local import LocalText

Env = MutableMapping[str, Any]  # what a rendering knows: "language" and "prefix", of all ids it makes

NOTES: Final = {
    "contoh": LocalText("Contoh", "Worked example"),
    "coba": LocalText("Coba di tempat Anda", "Try it where you work"),
    "ringkasan": LocalText("Ringkasan", "In short"),
    "catatan": LocalText("Catatan", "Note"),
}
_TABLE = LocalText("Tabel", "Table")
_FOOTNOTES = LocalText("Catatan kaki", "Footnotes")
_BACK = LocalText("Kembali ke teks", "Back to the text")

_NOTE_INFO = re.compile(r"\s+(?P<kind>[a-z]+)(?:\s+(?P<title>\S.*?))?\s*")


def note_parts(info: str) -> tuple[str, str] | None:
    """What stands after `:::` -> kind and title ('' without one); None where it names no kind of note."""
    found = _NOTE_INFO.fullmatch(info)
    return (found["kind"], found["title"] or "") if found is not None and found["kind"] in NOTES else None


def lesson_parser() -> MarkdownIt:
    """A parser for whole lessons. Raw HTML is text to it; nesting is bounded by the preset (20 levels)."""
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    parser.use(deflist_plugin).use(footnote_plugin, inline=False)
    container_plugin(parser, "note", validate=lambda info, _: note_parts(info) is not None)
    for name, rule in _RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def arrange(tokens: Sequence[Token]) -> None:
    """Number notes and tables, keep headings from h2 without a gap, and say alignment by class instead of style."""
    notes = tables = 0
    level = 1  # of the heading above: the page's title at first
    for token in tokens:
        if token.type == "heading_open":
            level = min(max(2, int(token.tag[1])), level + 1)
            token.tag = f"h{level}"
        elif token.type == "heading_close":
            token.tag = f"h{level}"
        elif token.type == "container_note_open":
            notes += 1
            token.meta = {"number": notes, "level": min(3, level + 1)}
        elif token.type == "table_open":
            tables += 1
            token.meta = {"number": tables}
        elif token.type in ("th_open", "td_open"):
            _align(token)


def _align(cell: Token) -> None:
    style = str(cell.attrs.pop("style", ""))
    if style.endswith("right"):
        cell.attrSet("class", "end")
    elif style.endswith("center"):
        cell.attrSet("class", "center")
    if cell.tag == "th":
        cell.attrSet("scope", "col")


def _note_open(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: Env) -> str:
    token = tokens[index]
    kind, title = note_parts(token.info) or ("catatan", "")
    heading = NOTES[kind].in_(env["language"]) + (f": {title}" if title else "")
    name, tag = f"note-{env['prefix']}-{token.meta['number']}", f"h{token.meta['level']}"
    return (
        f'<section class="note note-{kind}" aria-labelledby="{name}">\n<{tag} id="{name}">{escape(heading)}</{tag}>\n'
    )


def _note_close(_: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: Env) -> str:
    return "</section>\n"


def _table_open(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: Env) -> str:
    label = f"{_TABLE.in_(env['language'])} {tokens[index].meta['number']}"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">\n<table>\n'


def _table_close(_: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: Env) -> str:
    return "</table>\n</div>\n"


def _code(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, ___: Env) -> str:
    # A long line scrolls in its own box, which the keyboard must reach.
    return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'


def _footnote_ref(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: Env) -> str:
    number, place = _footnote(tokens[index], env)
    return f'<sup><a href="#fn-{env["prefix"]}-{number}" id="fnref-{place}">[{number}]</a></sup>'


def _footnote_back(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: Env) -> str:
    label = _BACK.in_(env["language"])
    _number, place = _footnote(tokens[index], env)
    return f' <a href="#fnref-{place}" class="footnote-back" aria-label="{label}">↩\ufe0e</a>'


def _footnote(token: Token, env: Env) -> tuple[int, str]:
    """A footnote's number, and the end of the id of one place that refers to it."""
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    return number, f"{env['prefix']}-{number}" + (f"-{again + 1}" if again else "")


def _footnotes_open(_: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, env: Env) -> str:
    return f'<section class="footnotes" aria-label="{_FOOTNOTES.in_(env["language"])}">\n<ol>\n'


def _footnotes_close(_: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: Env) -> str:
    return "</ol>\n</section>\n"


def _footnote_open(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: Env) -> str:
    return f'<li id="fn-{env["prefix"]}-{tokens[index].meta["id"] + 1}">'


_RULES: Final = {
    "container_note_open": _note_open,
    "container_note_close": _note_close,
    "table_open": _table_open,
    "table_close": _table_close,
    "fence": _code,
    "code_block": _code,
    "footnote_ref": _footnote_ref,
    "footnote_anchor": _footnote_back,
    "footnote_block_open": _footnotes_open,
    "footnote_block_close": _footnotes_close,
    "footnote_open": _footnote_open,
}
