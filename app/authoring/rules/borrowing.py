"""A course as the shared banks see it: what its quizzes take from them, and what it asks itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.authoring.rules.holders import Holder, holders_in, text_at
from app.content.editing import Value
from app.content.editing.finding import bank_names


def borrowers_in(slug: str, title: str, files: Mapping[str, bytes]) -> tuple[Holder, ...]:
    """The quizzes and banks of a course named `title`, to be read beside the shared banks.

    What a quiz takes from a bank of its own course is left out: a shared bank may have the same name.
    """
    own = frozenset(bank_names(files))
    return tuple(
        replace(
            each,
            id=f"{slug}/{each.id}",
            title=f"{each.title} ({title})",
            value={**each.value, "questions": [_borrowed(item, own) for item in each.items]},
            shared=True,
            course=slug,
        )
        for each in holders_in(files, {})
        if each.kind != "survey"
    )


def _borrowed(item: Value, own: frozenset[str]) -> Value:
    """An entry of a list; a blank in the place of one that takes from the course's own banks."""
    if not isinstance(item, dict) or "type" in item:
        return item
    source = text_at(item, "from") or text_at(item, "use").partition("/")[0]
    return "" if source in own else item
