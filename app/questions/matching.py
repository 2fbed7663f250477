"""Matching: every item has its partner in a list, in which there may be more than are needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from random import Random
from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.questions.arrangement import arranged
from app.questions.assignment import Assignment
from app.questions.base import Flaw
from app.questions.naming import form_of, twice
from app.questions.options import shuffled
from app.texts.local import LocalText


class Pair(BaseModel):
    """An item and its partner, as the author wrote them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: LocalText
    match: LocalText


class Matching(Assignment):
    """The choices are the partners, each once though it be written in several pairs, then `extra`: partners of none.

    Partners are one where their Indonesian texts are, whatever the case of their letters. The choices are always
    shuffled, since their order as written tells the key; `shuffle` is about the items.
    """

    type: Literal["matching"] = "matching"
    pairs: tuple[Pair, ...]
    extra: tuple[LocalText, ...] = ()

    @property
    def stems(self) -> tuple[LocalText, ...]:
        return tuple(pair.text for pair in self.pairs)

    @cached_property
    def choices(self) -> tuple[LocalText, ...]:
        """One text for each Indonesian form: the first that is translated, so that English need be written once."""
        found: dict[str, LocalText] = {}
        for text in (*(pair.match for pair in self.pairs), *self.extra):
            known = found.setdefault(_name(text), text)
            if not _is_translated(known) and _is_translated(text):
                found[_name(text)] = text
        return tuple(found.values())

    @cached_property
    def keys(self) -> tuple[int | None, ...]:
        indexes = {_name(text): index for index, text in enumerate(self.choices)}
        return tuple(indexes[_name(pair.match)] for pair in self.pairs)

    def order(self, chance: Random | None) -> tuple[int, ...]:
        """Items first, then choices: `cut` after the number of items."""
        return (
            *shuffled(len(self.pairs), chance if self.shuffle else None),
            *arranged(self.choices, chance),
        )

    def faults(self) -> Iterator[Flaw]:
        if len(self.pairs) < 2:
            yield Flaw(("pairs",), "few_pairs", {"count": len(self.pairs)})
        elif len(self.choices) < 2:
            yield Flaw(("pairs",), "one_partner", {})
        for index, text in twice(self.stems):
            yield Flaw(("pairs", index, "text"), "item_twice", {"text": text})
        yield from self._choice_flaws()

    def _choice_flaws(self) -> Iterator[Flaw]:
        for index, pair in enumerate(self.pairs):
            text = self.choices[self.keys[index] or 0]
            if _is_translated(pair.match) and form_of(pair.match.in_("en")) != form_of(text.in_("en")):
                yield Flaw(("pairs", index, "match"), "two_translations", {"text": text.id})
        partners = tuple(dict.fromkeys(self.choices[key] for key in self.keys if key is not None))
        for index, told in twice((*partners, *self.extra)):
            extra = index - len(partners)
            path = ("extra", extra) if extra >= 0 else ("pairs", self.keys.index(index), "match")
            yield Flaw(path, "choice_twice", {"text": told})


def _name(text: LocalText) -> str:
    return form_of(text.id)


def _is_translated(text: LocalText) -> bool:
    return text.en is not None and text.en != text.id
