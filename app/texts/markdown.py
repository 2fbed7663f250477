"""Markdown -> clean HTML: `render_lesson` for bodies of lessons, `render_inline` for questions, `plain` for one line.

A text that is all marks (a flood of `**`, nested brackets) is shown as it was typed instead of rendered, so that any
text of up to TEXT_LIMIT characters is done in bounded time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from types import MappingProxyType
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.texts.blocks import arrange, lesson_parser
from app.texts.cleaning import clean
from app.texts.glossary import Finder, Term
from app.texts.local import DEFAULT_LANGUAGE, TEXT_LIMIT
from app.texts.references import MediaInfo, keep_allowed_links, make_figure, place_pictures

__all__ = ["LessonContext", "MediaInfo", "Problem", "RenderedLesson", "Term", "plain", "render_inline", "render_lesson"]

MARK_LIMIT: Final = 4_000  # characters that may begin markup; a full lesson has some hundreds
TOKEN_LIMIT: Final = 10_000

_MARKS = re.compile(r"[*_\[\]!<>&^|`\\~]")
_WORD = re.compile(r"\w")


class Problem(NamedTuple):
    """Something in a text that is not shown as it was written. Kinds, and their detail:

    link_refused, link_not_https (the address); image_unknown, alt_missing (the path); block_unknown, block_unclosed
    (its first line); heading_top (its text: headings start at `##`); too_dense (''): the whole text is shown as typed.
    """

    kind: str
    detail: str
    line: int  # of the text, from 1


@dataclass(frozen=True, slots=True)
class LessonContext:
    """What a lesson's text may refer to. `media` is keyed as the text writes it: `media/label.svg`."""

    language: str = DEFAULT_LANGUAGE
    media: Mapping[str, MediaInfo] = field(default_factory=lambda: MappingProxyType({}))
    terms: Sequence[Term] = ()
    prefix: str = "teks"  # begins the ids of footnotes and notes; kebab-case, one's own on its page


@dataclass(frozen=True, slots=True)
class RenderedLesson:
    """A lesson's body. `terms` are those of the glossary it links to, in order of first appearance."""

    html: str
    terms: tuple[Term, ...]
    words: int
    problems: tuple[Problem, ...]


def render_lesson(source: str, context: LessonContext) -> RenderedLesson:
    """A lesson's Markdown as clean HTML with headings from h2, figures, tables that scroll, and linked terms."""
    media = tuple(sorted(context.media.items()))
    return _lesson(source, context.language, media, tuple(context.terms), context.prefix)


@lru_cache(maxsize=256)
def _lesson(
    source: str, language: str, media: tuple[tuple[str, MediaInfo], ...], terms: tuple[Term, ...], prefix: str
) -> RenderedLesson:
    env = {"language": language, "prefix": prefix}
    tokens = [] if too_dense(source) else _LESSON.parse(source, env)
    if too_dense(source) or sum(1 + len(token.children or ()) for token in tokens) > TOKEN_LIMIT:
        return RenderedLesson(f"<p>{_as_typed(source)}</p>", (), _count([source]), (Problem("too_dense", "", 1),))
    problems = list(_block_problems(tokens, source.splitlines()))
    arrange(tokens)
    finder = Finder(terms)
    _settle(tokens, dict(media), finder, problems)
    html = clean(_LESSON.renderer.render(tokens, _LESSON.options, env))
    words = _count(_line(token.children or ()) for token in tokens if token.type == "inline")
    return RenderedLesson(
        html, tuple(finder.found.values()), words, tuple(sorted(problems, key=lambda each: each.line))
    )


def _settle(tokens: Sequence[Token], media: Mapping[str, MediaInfo], finder: Finder, problems: list[Problem]) -> None:
    """Hold links and pictures to what they may reach, mark terms outside headings, make figures."""
    line = 1
    for index, token in enumerate(tokens):
        line = token.map[0] + 1 if token.map else line
        if token.type != "inline" or token.children is None:
            continue

        def report(kind: str, detail: str, line: int = line) -> None:
            problems.append(Problem(kind, detail, line))

        alone = _lone_picture(token.children)
        caption = str(alone.attrGet("title") or "") if alone else ""
        children = keep_allowed_links(_joined(token.children), report)
        children = place_pictures(children, media, report)
        token.children = children if tokens[index - 1].type == "heading_open" else finder.mark(children)
        if alone is not None and children == [alone] and tokens[index - 1].type == "paragraph_open":
            make_figure(tokens[index - 1 : index + 2], caption)


def _lone_picture(children: Sequence[Token]) -> Token | None:
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def _joined(children: Sequence[Token]) -> list[Token]:
    """Texts that only a line's end parts, as one: a term of two words may stand across it."""
    joined: list[Token] = []
    for token in children:
        part = Token("text", "", 0, content=" ") if token.type == "softbreak" else token
        if part.type == "text" and joined and joined[-1].type == "text":
            joined[-1].content += part.content
        else:
            joined.append(part)
    return joined


def _block_problems(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Problem]:
    for index, token in enumerate(tokens):
        first, end = token.map or (0, 0)
        if token.type == "heading_open" and token.tag == "h1":
            yield Problem("heading_top", tokens[index + 1].content, first + 1)
        elif token.type == "container_note_open" and not (
            end < len(lines) and lines[end].lstrip(" >").startswith(":::")
        ):
            yield Problem("block_unclosed", lines[first].strip(), first + 1)
        elif token.type == "inline" and token.map:
            for offset, line in enumerate(token.content.splitlines()):
                if line.startswith(":::"):
                    yield Problem("block_unknown", line.strip(), first + offset + 1)


@lru_cache(maxsize=4096)
def render_inline(source: str) -> str:
    """A question's or feedback's text as clean HTML that may stand in a label or legend.

    Emphasis, code, links and line breaks; an empty line becomes two breaks. Blocks and pictures stay as typed.
    """
    if too_dense(source):
        return _as_typed(source)
    paragraphs = [
        _INLINE.renderer.render(
            [Token("inline", "", 0, children=keep_allowed_links(children, _unreported))], _INLINE.options, {}
        )
        for children in _paragraphs(source)
    ]
    return clean("<br><br>".join(paragraphs))


@lru_cache(maxsize=4000)
def plain(source: str) -> str:
    """The text without its markup, on one line."""
    if too_dense(source):
        return " ".join(source[:TEXT_LIMIT].split())
    return " ".join(" ".join(map(_line, _paragraphs(source))).split())


def _paragraphs(source: str) -> list[list[Token]]:
    return [token.children or [] for token in _INLINE.parse(source) if token.type == "inline"]


def _line(children: Sequence[Token]) -> str:
    """The words of one line's tokens, without those of pictures."""
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else token.content
        for token in children
        if token.type != "image"
    )


def _count(texts: Iterator[str] | Sequence[str]) -> int:
    return sum(1 for text in texts for word in text.split() if _WORD.search(word))


def too_dense(source: str) -> bool:
    """Whether a text is all marks, so that it is shown as it was typed."""
    return len(source) > TEXT_LIMIT or len(_MARKS.findall(source)) > MARK_LIMIT


def _as_typed(source: str) -> str:
    return clean(escape(source[:TEXT_LIMIT], quote=False))


def _unreported(_: str, __: str) -> None:
    """Links of questions are checked where the course is read."""


_LESSON = lesson_parser()
_INLINE = MarkdownIt("zero", {"html": False, "xhtmlOut": False, "maxNesting": 20}).enable(
    ["newline", "escape", "backticks", "emphasis", "link", "autolink", "entity"]
)
