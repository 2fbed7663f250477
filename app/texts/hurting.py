"""What in a text could hurt its readers, and is therefore not done: told to the author, with the kind that says why.

Our Markdown runs no HTML at all: a tag comes out as the letters it is written with. Authors who pasted one should know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from app.texts.blocks import lesson_parser
from app.texts.markdown import Problem, too_dense

_TAG: Final = re.compile(r"<\s*/?\s*([a-z][a-z0-9-]*)((?:\s[^<>]{0,2000})?)/?>?", re.IGNORECASE)
_HANDLER: Final = re.compile(r"\bon[a-z]{3,30}\s*=", re.IGNORECASE)
_RUNNING: Final = re.compile(r"""=\s*["']?\s*((?:javascript|vbscript)\s*:[^\s"'>]{0,60})""", re.IGNORECASE)
_STYLED: Final = re.compile(r"\bstyle\s*=", re.IGNORECASE)
RUNS: Final = re.compile(r"\]\(\s*<?\s*((?:javascript|vbscript|data|file)\s*:[^)\s]{0,60})", re.IGNORECASE)
_REMOTE: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|data:", re.IGNORECASE)
_FRAMES: Final = frozenset({"iframe", "frame", "object", "embed", "applet"})
_FORMS: Final = frozenset({"form", "input", "button", "textarea", "select"})
_STYLES: Final = frozenset({"style", "link", "font"})

_PARSER: Final = lesson_parser()


def hurting(source: str) -> tuple[Problem, ...]:
    """What is not done of a text because it could hurt, in its order. What stands in code is only shown, and not told.

    Kinds, and their detail: script, handler (the attribute), frame, form, style, html (the tag); running_link,
    remote_picture (the address).
    """
    if too_dense(source):
        return ()
    found: list[Problem] = []
    for token in _PARSER.parse(source, {}):
        if token.type == "inline" and token.children:
            line = token.map[0] + 1 if token.map else 1
            found += _in_line(token.children, line)
    return tuple(dict.fromkeys(found))


def _in_line(children: Sequence[Token], line: int) -> Iterator[Problem]:
    text = ""
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif token.type == "text":
            text += token.content
        elif token.type == "image":
            address = str(token.attrGet("src") or "")
            if _REMOTE.match(address):
                yield Problem("remote_picture", address, line + text.count("\n"))
        else:
            text += " "
    for tag in _TAG.finditer(text):
        yield from _of_tag(tag[1].lower(), tag[2], line + text.count("\n", 0, tag.start()))
    for link in RUNS.finditer(text):
        yield Problem("running_link", link[1], line + text.count("\n", 0, link.start()))


def _of_tag(name: str, attributes: str, line: int) -> Iterator[Problem]:
    handler, running = _HANDLER.search(attributes), _RUNNING.search(attributes)
    if handler:
        yield Problem("handler", handler[0].rstrip("= "), line)
    if running:
        yield Problem("running_link", running[1], line)
    if name == "script":
        yield Problem("script", name, line)
    elif name in _FRAMES:
        yield Problem("frame", name, line)
    elif name in _FORMS:
        yield Problem("form", name, line)
    elif name in _STYLES or _STYLED.search(attributes):
        yield Problem("style", name, line)
    elif not (handler or running):
        yield Problem("html", name, line)
