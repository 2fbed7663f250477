"""What the outline's page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from flask import current_app, url_for

from app import clock
from app.authoring.forms import RemovalForm
from app.authoring.rules.outline import KIND_WORDS, Outline, Work, outline, text_of
from app.authoring.rules.shelving import (
    TITLE_LIMIT,
    Changed,
    Files,
    NoTitle,
    Wish,
    changed_module,
    get_activity,
    remove_activity,
)
from app.catalogue.queries.drafts import Workspace, draft_reading, get_workspace, get_workspace_at
from app.catalogue.queries.due import due_at
from app.catalogue.queries.pads import present_in
from app.content.editing import NotEditable
from app.content.editing.finding import find_activity, find_module
from app.content.placing import entries_of_faults
from app.errors import N_, Message, Refusal
from app.people.permissions import Scope
from app.web.drawing import Spine, shelf_drawing
from app.web.forms import shown_again
from app.web.frame import show_page
from app.web.guard import person

AT_THE_END: Final = 9999  # more than a module holds
EDITORS: Final[Mapping[str, str]] = {
    "lesson": "authoring.lesson",
    "quiz": "authoring.quiz",
    "task": "authoring.task",
    "survey": "authoring.survey",
}
"""Kind of activity -> the endpoint of its editor, whose argument is `<kind>_id`; one without is edited as YAML."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What was just removed, as the page tells it and its button brings it back."""

    before: int
    field: str  # "activity" or "module"
    id: str
    kind: Message
    title: str


def outline_page(workspace: Workspace, *, removal: Removal | None = None, refused: Refusal | None = None) -> str:
    """The course in order, with what is said about each entry and who is at work on it."""
    told = outline_of(workspace)
    return show_page(
        "authoring/outline.html",
        workspace=workspace,
        outline=told,
        removal=removal,
        due=due_at(workspace.slug) if workspace.is_draft else None,
        refused=refused,
        drawing=shelf_drawing([Spine(each.id, each.kind == "quiz", _is_ready(each), False) for each in told.works]),
        present=_present(workspace.slug, told),
        kinds=KIND_WORDS,
        editor_of=lambda slug, work: editor_url(slug, work.kind, work.id, work.path),
        title_limit=TITLE_LIMIT,
        at_the_end=AT_THE_END,
    )


def outline_of(workspace: Workspace) -> Outline:
    """The outline of a workspace with its faults and advice."""
    reading, files = draft_reading(workspace), workspace.files
    return outline(files, entries_of_faults(files, reading.faults), entries_of_faults(files, reading.warnings))


def editor_url(slug: str, kind: str, activity_id: str, path: str) -> str:
    """Where an activity is edited; `path` is its module's file."""
    if EDITORS[kind] not in current_app.view_functions:
        return url_for("authoring.yaml_side", slug=slug, file=path, entry=activity_id)
    return url_for(EDITORS[kind], slug=slug, **{f"{kind}_id": activity_id})


@contextmanager
def outlined(slug: str, scope: Scope) -> Iterator[None]:
    """Answer what cannot be done by the outline as it is, with the reason."""

    def page(refusal: Refusal) -> str:
        return outline_page(get_workspace(slug, within=scope), refused=refusal)

    with shown_again(NoTitle, page), shown_again(NotEditable, page):
        yield


# What was removed


def removal_asked(form: RemovalForm, workspace: Workspace, scope: Scope) -> Removal | None:
    """What the address says was removed; None where it says nothing, or it is there (again)."""
    name = form.activity.data or form.module.data
    if not (name and form.before.data):
        return None
    earlier = get_workspace_at(workspace.slug, form.before.data, within=scope).files
    if form.activity.data:
        written = get_activity(earlier, name)[1]
        kind, title = KIND_WORDS[written.kind], written.found.value.get("title", "")
        there = find_activity(workspace.files, name) is not None
    else:
        module = find_module(earlier, name)
        kind, title = N_("Modul"), module.value.get("title", "") if module else ""
        there = f"{name}.yaml" in workspace.files
    field = "activity" if form.activity.data else "module"
    return None if there else Removal(form.before.data, field, name, kind, text_of(title) or name)


def removal_in(form: RemovalForm, before: Files) -> Changed:
    """The change that the removal was. Raises NotFound."""
    if form.activity.data:
        return remove_activity(before, form.activity.data)
    return changed_module(before, form.module.data or "", Wish("remove"))


# Who is at work, and on what


def _is_ready(work: Work) -> bool:
    return not work.hidden and not work.told.faults


def _present(slug: str, told: Outline) -> Mapping[str, list[str]]:
    """Activity -> the names of others who have it or one of its questions open."""
    ids = {each.id for each in told.works}
    found: dict[str, list[str]] = defaultdict(list)
    for each in present_in(slug, but=person().id, now=clock.now()):
        parts = each.place.split("/")
        if len(parts) > 1 and parts[1] in ids and each.name not in found[parts[1]]:
            found[parts[1]].append(each.name)
    return found
