"""Questions of one quiz or bank that share an id: which they are, and what gives each an id of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.authoring.rules.holders import fact_of
from app.authoring.rules.question_homes import id_for
from app.content.editing import Edit, Path, Put, Value


def sharing(items: Sequence[Value]) -> Mapping[str, tuple[int, ...]]:
    """The ids that more than one question of a list has, each with the positions of these questions."""
    found: dict[str, tuple[int, ...]] = {}
    for at, item in enumerate(items):
        fact = fact_of(item)
        if fact is not None and fact.id:
            found[fact.id] = (*found.get(fact.id, ()), at)
    return {name: places for name, places in found.items() if len(places) > 1}


def own_ids(list_at: Path, items: Sequence[Value], published: Sequence[Value]) -> tuple[Edit, ...]:
    """The edits after which no two questions of the list at `list_at` share an id.

    The question that learners have under it keeps an id: the one that stands in `published` as it does here, else the
    first.
    """
    taken = {fact.id for item in items if (fact := fact_of(item)) is not None}
    edits: list[Edit] = []
    for places in sharing(items).values():
        kept = next((at for at in places if items[at] in published), places[0])
        for at in places:
            item = items[at]
            if at != kept and isinstance(item, dict):
                name = id_for(item, taken)
                taken.add(name)
                edits.append(Put((*list_at, at, "id"), name))
    return tuple(edits)
