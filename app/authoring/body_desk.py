"""What the editors of lessons and tasks work on: the entry as it was when its form was opened, and its course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from flask import current_app, url_for
from werkzeug.datastructures import FileStorage

from app import clock
from app.authoring.holding import change_of
from app.authoring.rules.pictures import NewPicture, new_picture
from app.authoring.rules.quiz_settings import local_part
from app.catalogue.operations import Change, Parted, save_draft
from app.catalogue.queries.drafts import Workspace, get_workspace, get_workspace_at
from app.catalogue.queries.served import kinds_of, shared_now
from app.content.bodies import BodyLook, look_at
from app.content.course import Media
from app.content.editing import Value, edit_file, edits_between
from app.content.editing.finding import Found, find_activity
from app.content.faults import Findings
from app.content.lessons import Library
from app.content.media import FOLDER, TYPES, read_media
from app.errors import N_, Message, NotFound, Refusal
from app.people.permissions import Scope
from app.settings import Settings
from app.texts.local import LANGUAGES
from app.texts.typed import tidy_text
from app.uploads.rules.refusals import MEGABYTE
from app.web.guard import person
from app.web.kept import kept

Kind = Literal["lesson", "task"]
ENDPOINTS: Final[Mapping[Kind, str]] = {"lesson": "authoring.lesson", "task": "authoring.task"}
LIBRARIES: Final = 20  # kept per process


class PictureMeets(Refusal):
    """Two pictures of one name, added at the same moment."""

    def __init__(self) -> None:
        super().__init__(N_("Gambar lain baru saja disimpan dengan nama yang sama. Tambahkan sekali lagi."))


@dataclass(frozen=True, slots=True)
class BodyDesk:
    """A lesson or a task of a course, where it is written."""

    kind: Kind
    id: str
    workspace: Workspace
    found: Found

    @property
    def place(self) -> str:
        """What its form is kept by, until it is saved."""
        return f"{self.kind}s/{self.id}"

    @property
    def url(self) -> str:
        """The address of its editor."""
        return url_for(ENDPOINTS[self.kind], slug=self.workspace.slug, **{f"{self.kind}_id": self.id})

    @property
    def title(self) -> str:
        """Its title as written."""
        return local_part(self.found.value.get("title"), "id") or self.id

    @property
    def was_published(self) -> bool:
        """Whether what learners did hangs on its id."""
        served = self.workspace.published_id
        return served is not None and f"{self.workspace.slug}/{self.id}" in kinds_of(served)

    def change(self, value: Mapping[str, Value], scope: Scope) -> Change:
        """The entry as it shall stand, in its file. Raises NotEditable."""
        edits = edits_between(self.found.value, dict(value), self.found.at)
        data = edit_file(self.workspace.files[self.found.path], edits)
        return change_of(self.workspace, scope, {self.found.path: data}, N_("%(title)s diubah", title=self.title))


def get_body_desk(kind: Kind, slug: str, activity_id: str, *, within: Scope, base: int | None = None) -> BodyDesk:
    """A lesson or task as it is worked on now, or as it was in revision `base`. Raises NotFound."""
    workspace = get_workspace(slug, within=within) if base is None else get_workspace_at(slug, base, within=within)
    found = find_activity(workspace.files, activity_id)
    if found is None or found.value.get(kind) != activity_id:
        raise NotFound
    return BodyDesk(kind, activity_id, workspace, found)


def look_of(slug: str, activity_id: str, typed: Mapping[str, str], *, within: Scope) -> dict[str, BodyLook]:
    """How a body that is being written will look, by language; with the pictures that the draft has by now."""
    workspace = get_workspace(slug, within=within)
    library = _library_of(workspace)
    found = find_activity(workspace.files, activity_id)
    if found is not None and "task" in found.value:
        library = replace(library, terms=dict.fromkeys(LANGUAGES, ()))  # a task links to no term
    texts = {language: tidy_text(typed.get(f"body_{language}", "")) for language in LANGUAGES}
    return {name: look_at(text, name, activity_id, library) for name, text in texts.items() if text.strip()}


def _library_of(workspace: Workspace) -> Library:
    shared = shared_now()

    def made() -> Library:
        pictures = {path: data for path, data in workspace.files.items() if path.startswith(FOLDER)}
        read = {path: _picture(path, data) for path, data in pictures.items()}
        media = {path: each for path, each in read.items() if each is not None}
        return Library.of(media, pictures, shared.glossary)

    return kept("libraries of drafts", LIBRARIES, (workspace.revision_id, shared.sha256), made)


def _picture(path: str, data: bytes) -> Media | None:
    if not path.endswith(tuple(TYPES)):
        return None
    findings = Findings()
    media = read_media(data, findings.of(path))
    return None if findings.errors else media


def add_picture(slug: str, sent: FileStorage | None, alt: str, *, scope: Scope) -> NewPicture:
    """Put a picture into the course's draft. Raises Refusal where it is not taken."""
    workspace = get_workspace(slug, within=scope)
    limit = cast("Settings", current_app.extensions["settings"]).upload_megabytes * MEGABYTE
    made = new_picture(sent.read() if sent else b"", alt, limit, workspace.files)
    message: Message = N_("Gambar %(name)s ditambahkan", name=made.path)
    change = change_of(workspace, scope, {made.path: made.data}, message)
    if isinstance(save_draft(replace(change, author=person().name), now=clock.now()), Parted):
        raise PictureMeets
    return made
