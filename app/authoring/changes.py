"""What differs between two versions of a course, ready to be shown (`authoring/_differences.html`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

from flask import Flask

from app.catalogue.queries import Workspace
from app.catalogue.queries.past import files_apart
from app.content.differences import Asked, Change, Difference, Subject, differences, tally
from app.content.differences.telling import CHANGE_WORDS, shown_label
from app.content.differences.thinning import thinned
from app.content.field_words import KIND_WORDS, LANGUAGE_WORDS
from app.errors import Message
from app.web.kept import kept

KEPT: Final = 200  # comparisons of revisions in memory; revisions never change
COUNTS_KEPT: Final = 5000
SHOWN: Final = 300  # differences on a page

_TAGS: Final[dict[Change, str]] = {
    Change.ADDED: "leaf",
    Change.REMOVED: "brick",
    Change.KEY: "sun",
    Change.KIND: "sun",
}
WORDS: Final = {
    "kinds": KIND_WORDS,
    "changes": CHANGE_WORDS,
    "languages": LANGUAGE_WORDS,
    "tags": {each: _TAGS.get(each, "plain") for each in Change},
    "label": shown_label,
}
"""What templates need to tell a difference; they know it as `words_of_changes`."""


class Piece(NamedTuple):
    """What changed in one question, or (None) in its subject itself."""

    question: Asked | None
    differences: Sequence[Difference]


class Group(NamedTuple):
    """What changed in one activity, module, bank, file."""

    subject: Subject
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs; `left_out` further differences are not among the groups."""

    groups: Sequence[Group]
    left_out: int = 0


def changes_between(one: Workspace, other: Workspace) -> Changes:
    """What leads from one version of a course to another."""
    return kept(
        "changes",
        KEPT,
        (one.revision_id, other.revision_id),
        lambda: changes_of(differences(one.files, other.files)),
    )


def changes_of(found: Sequence[Difference]) -> Changes:
    """Differences in their groups."""
    return Changes(_grouped(found[:SHOWN]), max(0, len(found) - SHOWN))


def _grouped(found: Iterable[Difference]) -> list[Group]:
    return [
        Group(subject, [Piece(question, list(each)) for question, each in groupby(members, lambda one: one.question)])
        for subject, members in groupby(found, lambda one: one.subject)
    ]


def counts_of(revision_id: int, parent_id: int | None) -> Sequence[Message]:
    """What a revision changed in the one it was made from, counted by kind; all of it where there is none."""
    return kept("change counts", COUNTS_KEPT, (parent_id, revision_id), lambda: _counted(parent_id, revision_id))


def _counted(parent_id: int | None, revision_id: int) -> Sequence[Message]:
    return tally(differences(*thinned(*files_apart(parent_id, revision_id))))


def init_changes(app: Flask) -> None:
    """Let templates tell differences."""
    app.jinja_env.globals["words_of_changes"] = WORDS
