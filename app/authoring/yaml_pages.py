"""The page of a course's file as text: what it shows, what is told of its lines, and the forms of what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from flask import request, url_for

from app.authoring.desk import lying_in_folder, pad_or
from app.authoring.holding import begun_from, first_values
from app.authoring.outline_pages import editor_url
from app.authoring.rules.outline import KIND_WORDS
from app.authoring.rules.yaml_side import (
    Door,
    Told,
    data_typed,
    doors,
    line_of,
    may_open,
    plain_breaks,
    text_shown,
    told_of_file,
)
from app.catalogue.queries.drafts import DraftReading, Workspace, draft_reading, get_workspace, unsaved_reading
from app.catalogue.rules import root_of
from app.catalogue.rules.drafts import FolderMoved
from app.content.folders import files_sha256
from app.errors import NotFound, Refusal
from app.people.permissions import Scope
from app.web.frame import show_page
from app.web.templating import render

FOLDER: Final = "folder"  # ?source=folder: the file as it lies in the folder, where that could not be published


@dataclass(frozen=True)
class YamlDesk:
    """A file that is looked at or was typed. `text` is what its box holds; `saved`: that is what the draft holds.

    `lying`: the file was opened as it lies in the course's folder, whose files these are; then they are also the
    workspace's. `moved`: they are others by now than the page showed.
    """

    workspace: Workspace
    file: str
    text: str
    saved: bool
    lying: Mapping[str, bytes] | None = None
    moved: bool = False

    @property
    def folder(self) -> str:
        """What the form says of the folder that it began from; "" where it began from the draft."""
        return files_sha256(self.lying) if self.lying else ""

    @property
    def lying_as_shown(self) -> Mapping[str, bytes] | None:
        """What lies in the folder. Raises FolderMoved where the page did not show that."""
        if self.moved:
            raise FolderMoved
        return self.lying

    @property
    def place(self) -> str:
        """What the form is kept by, until it is saved."""
        return f"yaml/{self.file}"

    @cached_property
    def data(self) -> bytes:
        """The file with what the box holds."""
        return data_typed(self.workspace.files[self.file], self.text)

    @cached_property
    def reading(self) -> DraftReading:
        """The whole course with this file in it."""
        if self.saved:
            return draft_reading(self.workspace)
        return unsaved_reading(self.workspace, {**self.workspace.files, self.file: self.data})

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What is said of this file's lines: faults and advice."""
        said = (*self.reading.faults, *self.reading.warnings)
        return told_of_file(said, f"{root_of(self.workspace.slug)}/{self.file}", self.text)

    @property
    def wrong(self) -> int:
        """How many things must be put right in this file."""
        return sum(not each.warning for each in self.told)

    @property
    def elsewhere(self) -> int:
        """How many must be put right in other files."""
        return len(self.reading.faults) - self.wrong


def opened(scope: Scope, slug: str, file: str) -> YamlDesk:
    """The file as the draft has it, as the folder has it, or as its person left it in the box. Raises NotFound."""
    workspace, lying = _with_folder(get_workspace(slug, within=scope), file, request.args.get("source") == FOLDER)
    if not may_open(file, workspace.files):
        raise NotFound
    here = text_shown(workspace.files[file])
    text = first_values(pad_or(request, f"yaml/{file}", {"text": here})).get("text", here)
    return YamlDesk(workspace, file, text, saved=text == here and lying is None, lying=lying)


def typed(scope: Scope, slug: str, file: str) -> YamlDesk:
    """The file with what was typed. Raises NotFound."""
    seen = request.form.get("folder", "")
    workspace, lying = _with_folder(begun_from(scope, slug), file, bool(seen))
    if not may_open(file, workspace.files):
        raise NotFound
    moved = lying is not None and files_sha256(lying) != seen
    return YamlDesk(workspace, file, plain_breaks(request.form.get("text", "")), saved=False, lying=lying, moved=moved)


def yaml_page(desk: YamlDesk, refused: Refusal | None = None) -> str:
    """The page."""
    return show_page(
        "authoring/yaml_side.html",
        desk=desk,
        workspace=desk.workspace,
        line=_line(desk),
        refused=refused,
        doors=doors(desk.file, desk.data),
        kinds=KIND_WORDS,
    )


def told_part(desk: YamlDesk) -> str:
    """What is told of the file, alone."""
    return render("authoring/_yaml_told.html", desk=desk)


def _line(desk: YamlDesk) -> int | None:
    """The line that the address asks for."""
    entry = request.args.get("entry")
    if entry:
        return line_of({**desk.workspace.files, desk.file: desk.data}, desk.file, entry)
    return request.values.get("at", type=int)


def form_asked(desk: YamlDesk) -> str | None:
    """Where the form is that was asked for from here, once the file is saved; None where none was, or is not there."""
    slug = desk.workspace.slug
    if request.form.get("do") == "form":
        return url_for("authoring.settings", slug=slug)
    asked = (each for each in doors(desk.file, desk.data) if each.name == request.form.get("door"))
    return next((_url_of(slug, desk.file, each) for each in asked), None)


def _url_of(slug: str, file: str, door: Door) -> str:
    if door.kind == "question":
        return url_for("authoring.question", slug=slug, holder=door.holder, question_id=door.id)
    return editor_url(slug, door.kind, door.id, file)


def _with_folder(workspace: Workspace, file: str, asked: bool) -> tuple[Workspace, Mapping[str, bytes] | None]:
    """The course with the files that lie in its folder, where they are asked for and this one is there; also those."""
    lying = lying_in_folder(workspace.slug) if asked else None
    return (replace(workspace, files=lying), lying) if lying and file in lying else (workspace, None)
