"""The versions of one question: the revisions of its course in which it changed, and what changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.authoring.changes import Changes, changes_of
from app.catalogue.queries.past import PastPage, PastRevision, files_apart
from app.content.differences import Difference, differences
from app.web.kept import kept

Named = tuple[str, str]  # a holder (the id of a quiz or survey, or bank/<name>) and a question in it
KEPT: Final = 5000  # revisions whose changed questions are in memory; revisions never change


@dataclass(frozen=True, slots=True)
class QuestionVersion:
    """A revision in which a question changed, and what changed in it there."""

    revision: PastRevision
    changes: Changes


def versions_of(found: PastPage, named: Named) -> Sequence[QuestionVersion]:
    """The versions of a question among the revisions of a page of the history, the newest first."""
    return [
        QuestionVersion(each, changes_of([one for one in _apart(each) if _named(one) == named]))
        for each in found.revisions
        if named in kept("changed questions", KEPT, (each.parent_id, each.id), lambda each=each: _changed(each))
    ]


def _changed(revision: PastRevision) -> frozenset[Named]:
    """The questions that a revision changed in the one it was made from."""
    return frozenset(named for each in _apart(revision) if (named := _named(each)) is not None)


def _apart(revision: PastRevision) -> Sequence[Difference]:
    return differences(*files_apart(revision.parent_id, revision.id))


def _named(difference: Difference) -> Named | None:
    if difference.question is None or not difference.question.name:
        return None
    subject = difference.subject
    holder = f"bank/{subject.name.removeprefix('bank/')}" if subject.kind == "bank" else subject.name
    return holder, difference.question.name
