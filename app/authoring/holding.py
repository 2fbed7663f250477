"""A workspace's quizzes, surveys and banks for the pages that show and change them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import request

from app.authoring.rules.borrowing import borrowers_in
from app.authoring.rules.holders import Holder, HolderKind, holders_in
from app.authoring.rules.question_homes import course_title
from app.catalogue.operations import Change
from app.catalogue.queries import Workspace, draft_reading, files_of, get_workspace_at, heads
from app.catalogue.queries.desk import worked_on
from app.catalogue.rules import SHARED
from app.content.faults import Fault
from app.content.placing import Entry, entries_of_faults
from app.errors import Message, NotFound
from app.people.permissions import Scope
from app.texts.local import DEFAULT_LANGUAGE
from app.web.kept import kept
from app.web.languages import tell

Told = Mapping[Entry, tuple[Fault, ...]]
BORROWERS: Final = 60  # revisions of courses whose quizzes and banks are in memory; revisions never change


def holders_of(workspace: Workspace) -> dict[str, Holder]:
    """All of a course's, the shared banks among them, by id; of what is shared, the courses that take from it too."""
    if workspace.slug == SHARED:
        return {each.id: each for each in (*holders_in(workspace.files, {}), *_borrowers())}
    head = heads().get(SHARED)
    shared = files_of(head.revision_id) if head else {}
    return {each.id: each for each in holders_in(workspace.files, shared)}


def _borrowers() -> Iterator[Holder]:
    """The quizzes and banks of every course, as it is worked on."""
    for slug, revision_id in worked_on():
        yield from kept("borrowers", BORROWERS, revision_id, lambda slug=slug, of=revision_id: _borrowers_in(slug, of))


def _borrowers_in(slug: str, revision_id: int) -> tuple[Holder, ...]:
    files = files_of(revision_id)
    return borrowers_in(slug, course_title(files, DEFAULT_LANGUAGE) or slug, files)


def get_holder(holders: Mapping[str, Holder], holder_id: str, kind: HolderKind) -> Holder:
    """One of them. Raises NotFound."""
    found = holders.get(holder_id)
    if found is None or found.kind != kind:
        raise NotFound
    return found


def banks_by_name(holders: Mapping[str, Holder]) -> dict[str, Holder]:
    """The banks by the names that quizzes write."""
    return {each.name: each for each in holders.values() if each.kind == "bank"}


def told_of(workspace: Workspace) -> Told:
    """The faults and the advice of a draft beside their entries."""
    reading = draft_reading(workspace)
    return entries_of_faults(workspace.files, (*reading.faults, *reading.warnings))


def told_at(told: Told, holder: Holder, at: int | None) -> tuple[Fault, ...]:
    """What is told of one place of a list (None: of the holder itself), the faults first."""
    found = [
        fault
        for entry, faults in told.items()
        if (entry.path, entry.holder, entry.at) == (holder.path, holder.id, at)
        for fault in faults
    ]
    return tuple(sorted(found, key=lambda fault: fault.warning))


# Forms


def begun_from(scope: Scope, slug: str) -> Workspace:
    """The course as it was when the form that is sent was opened. Raises NotFound."""
    base = request.form.get("base", type=int)
    if base is None:
        raise NotFound
    return get_workspace_at(slug, base, within=scope)


def form_fields() -> dict[str, list[str]]:
    """Everything that the form holds."""
    return {name: request.form.getlist(name) for name in request.form}


def change_of(workspace: Workspace, scope: Scope, files: Mapping[str, bytes | None], message: Message) -> Change:
    """What a form changed, to be kept in the draft; `message` is what the history says of it."""
    return Change(
        slug=workspace.slug,
        base=workspace.revision_id,
        files=files,
        message=tell(message),
        person_id=scope.person_id,
    )


def first_values(fields: Mapping[str, Any]) -> dict[str, str]:
    """The first value of each field, whichever way a form's fields are given."""
    return {name: each if isinstance(each := fields[name], str) else next(iter(each), "") for name in fields}
