"""Terms of the glossary in a text: the first appearance of each leads to its definition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from markdown_it.token import Token


class Term(NamedTuple):
    """A term in one language: how it may be written, how it is headed and what it means."""

    id: str  # kebab-case
    forms: tuple[str, ...]
    label: str
    definition: str


class Finder:
    """Finds each term once, over all the texts it is shown in turn. `found` is in order of first appearance."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._pattern, self._by_form = _index(tuple(terms))
        self.found: dict[str, Term] = {}

    def mark(self, children: Sequence[Token]) -> list[Token]:
        """The tokens of one line with links on the terms that appear for the first time, outside links and code."""
        marked: list[Token] = []
        inside = 0
        for token in children:
            if token.type in ("link_open", "link_close"):
                inside += token.nesting
            if token.type == "text" and not inside and self._pattern is not None:
                marked += self._split(token.content, self._pattern)
            else:
                marked.append(token)
        return marked

    def _split(self, text: str, pattern: re.Pattern[str]) -> list[Token]:
        parts: list[Token] = []
        end = 0
        for match in pattern.finditer(text):
            term = self._by_form[match[0].casefold()]
            if term.id in self.found:
                continue
            self.found[term.id] = term
            link: dict[str, str | int | float] = {
                "class": "term",
                "href": f"#istilah-{term.id}",
                "id": f"kembali-{term.id}",
            }
            parts += [
                _text(text[end : match.start()]),
                Token("link_open", "a", 1, attrs=link),
                _text(match[0]),
                Token("link_close", "a", -1),
            ]
            end = match.end()
        return [*parts, _text(text[end:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


@lru_cache(maxsize=16)
def _index(terms: tuple[Term, ...]) -> tuple[re.Pattern[str] | None, dict[str, Term]]:
    """A pattern of all forms as whole words, the longest first, and whose each form is (of two terms, the first's)."""
    by_form: dict[str, Term] = {}
    for term in terms:
        for form in term.forms:
            by_form.setdefault(form.casefold(), term)
    forms = sorted((form for form in by_form if form.strip()), key=lambda form: (-len(form), form))
    if not forms:
        return None, by_form
    alternatives = "|".join(map(re.escape, forms))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE), by_form
