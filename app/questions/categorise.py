"""Categorise: every item belongs to one of several groups, or to none of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from random import Random
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from app.questions.arrangement import arranged
from app.questions.assignment import Assignment
from app.questions.base import Flaw
from app.questions.carrying import Named
from app.questions.naming import twice
from app.questions.options import shuffled
from app.texts.local import LocalText
from app.texts.scalars import Slug

NONE: Final = "none"  # what an item names as its group where it belongs to none
NONE_TEXT: Final = LocalText("Bukan salah satunya", "None of these")


class Group(BaseModel):
    """A group as its author wrote it. One without items only distracts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    text: LocalText


class GroupedItem(BaseModel):
    """An item and the id of its group, or `none`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: LocalText
    group: Slug


class Categorise(Assignment):
    """The choices are the groups as written, then "none of them" where some item belongs to none."""

    type: Literal["categorise"] = "categorise"
    groups: tuple[Group, ...]
    items: tuple[GroupedItem, ...]

    @property
    def stems(self) -> tuple[LocalText, ...]:
        return tuple(item.text for item in self.items)

    @cached_property
    def choices(self) -> tuple[LocalText, ...]:
        none = (NONE_TEXT,) if any(item.group == NONE for item in self.items) else ()
        return (*(group.text for group in self.groups), *none)

    @cached_property
    def keys(self) -> tuple[int | None, ...]:
        indexes = {group.id: index for index, group in reversed(list(enumerate(self.groups)))}
        return tuple({**indexes, NONE: len(self.groups)}.get(item.group) for item in self.items)

    @property
    def named_choices(self) -> list[Named]:
        ids = (*(group.id for group in self.groups), NONE)
        return [Named(name, text) for name, text in zip(ids, self.choices, strict=False)]

    def order(self, chance: Random | None) -> tuple[int, ...]:
        """Items first, then choices as written: `cut` after the number of items.

        Authors write their items group by group, so these are never shown as written unless `shuffle` is false.
        """
        items = arranged(self.stems, chance) if self.shuffle else shuffled(len(self.items), None)
        return (*items, *range(len(self.choices)))

    def faults(self) -> Iterator[Flaw]:
        if len(self.groups) < 2:
            yield Flaw(("groups",), "few_groups", {"count": len(self.groups)})
        if len(self.items) < 2:
            yield Flaw(("items",), "few_items", {"count": len(self.items), "least": 2})
        seen: set[str] = set()
        for index, group in enumerate(self.groups):
            if group.id == NONE:
                yield Flaw(("groups", index, "id"), "group_named_none", {})
            elif group.id in seen:
                yield Flaw(("groups", index, "id"), "group_id_twice", {"id": group.id})
            seen.add(group.id)
        for index, text in twice(group.text for group in self.groups):
            yield Flaw(("groups", index, "text"), "choice_twice", {"text": text})
        for index, text in twice(self.stems):
            yield Flaw(("items", index, "text"), "item_twice", {"text": text})
        for index, item in enumerate(self.items):
            if self.keys[index] is None:
                yield Flaw(("items", index, "group"), "group_unknown", {"group": item.group})

    def _named_choices(self) -> dict[str, int]:
        """A group may be named by its id as well, and no group by `none`."""
        ids = {NONE: len(self.groups)} | {group.id: index for index, group in enumerate(self.groups)}
        return ids | super()._named_choices()
