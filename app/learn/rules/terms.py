"""The glossary as a learner meets it: looked up by a word, in the order of the alphabet, and asked one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Final

from app.content.course import GlossaryTerm
from app.texts.local import LANGUAGES

CHOICES: Final = 4  # answers that are offered, where the glossary has so many


def looked_up(terms: Iterable[GlossaryTerm], wanted: str) -> list[GlossaryTerm]:
    """The terms in which every word of `wanted` stands, in either language; those named so come before the others.

    A blank `wanted` asks for all. The order is otherwise that of `terms`.
    """
    words = wanted.casefold().split()
    found = [each for each in terms if all(word in _names(each) or word in _meanings(each) for word in words)]
    return sorted(found, key=lambda each: not all(word in _names(each) for word in words))


def in_alphabet(terms: Iterable[GlossaryTerm], language: str) -> list[tuple[str, list[GlossaryTerm]]]:
    """The terms under their first letters, as they are headed in `language`."""
    ordered = sorted(terms, key=lambda each: (each.label.in_(language).casefold(), each.id))
    return [(letter, list(group)) for letter, group in groupby(ordered, lambda each: _letter(each, language))]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A term to ask about, and the terms among which it is to be found.

    `by_meaning`: its meaning is shown and its name is looked for; else the other way round.
    """

    term: GlossaryTerm
    choices: tuple[GlossaryTerm, ...]
    by_meaning: bool


def drawn(terms: Sequence[GlossaryTerm], draw: int) -> Drawn | None:
    """The question with the number `draw`, the same for everybody; None where there are no two terms to tell apart.

    The questions that follow one another go through all terms before one of them returns.
    """
    if len(terms) < 2:
        return None
    turn, place = divmod(draw, len(terms))
    asked = Random(turn).sample(terms, len(terms))[place]  # noqa: S311 (a practice, no secret)
    chance = Random(draw)  # noqa: S311 (a practice, no secret)
    others = [each for each in terms if each.id != asked.id and each.definition != asked.definition]
    choices = [asked, *chance.sample(others, min(CHOICES - 1, len(others)))]
    chance.shuffle(choices)
    return Drawn(asked, tuple(choices), by_meaning=chance.random() < 0.5)


def _names(term: GlossaryTerm) -> str:
    return "\n".join(form for language in LANGUAGES for form in term.forms[language]).casefold()


def _meanings(term: GlossaryTerm) -> str:
    return "\n".join(text for _, text in term.definition.items()).casefold()


def _letter(term: GlossaryTerm, language: str) -> str:
    return term.label.in_(language)[:1].upper()
