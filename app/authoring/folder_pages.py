"""Folders of courses that could not be published: where their faults are, and which can be taken up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.authoring.desk import lying_in_folder
from app.authoring.rules.new_course import RESERVED
from app.authoring.rules.yaml_side import may_open
from app.authoring.yaml_pages import FOLDER
from app.catalogue.queries.folders import FaultyFolder, faulty_folders
from app.catalogue.rules import SLUG_LIMIT
from app.content.faults import Fault
from app.errors import N_, NotFound, Refusal
from app.people.permissions import Scope
from app.texts.scalars import SLUG_PATTERN


class FolderClosed(Refusal):
    """A folder whose files cannot be taken as they are: one is too large, say, or a link."""

    def __init__(self) -> None:
        super().__init__(N_("Isi folder ini tidak dapat dibuka di browser. Betulkan langsung di foldernya."))


@dataclass(frozen=True, slots=True)
class ShownFolder:
    """A folder on the list. `url`: its first fault, at its line; "" where that is in no file that opens here."""

    folder: FaultyFolder
    url: str
    may_take: bool

    @property
    def first(self) -> Fault:
        """What is told of it."""
        return self.folder.faults[0]

    @property
    def file(self) -> str:
        """The file within the folder where that is."""
        return _file(self.folder.slug, self.first)


def folders_shown(scope: Scope) -> list[ShownFolder]:
    """What is wrong in the folders of courses within the grants."""
    return [_shown(each) for each in faulty_folders(within=scope)]


def get_untaken(slug: str, scope: Scope) -> tuple[FaultyFolder, Mapping[str, bytes]]:
    """A folder that was never begun, with its files. Raises NotFound and FolderClosed."""
    found = next((each for each in faulty_folders(within=scope) if each.slug == slug and _may_take(each)), None)
    if found is None:
        raise NotFound
    lying = lying_in_folder(slug)
    if lying is None:
        raise FolderClosed
    return found, lying


def url_at(folder: FaultyFolder, files: Mapping[str, bytes]) -> str:
    """Its first fault in the draft, or the outline where that is in no file that opens here."""
    fault = folder.faults[0]
    file = _file(folder.slug, fault)
    if not may_open(file, files):
        return url_for("authoring.outline", slug=folder.slug)
    return url_for("authoring.yaml_side", slug=folder.slug, file=file, at=fault.line)


def _shown(folder: FaultyFolder) -> ShownFolder:
    fault = folder.faults[0]
    file, url = _file(folder.slug, fault), ""
    if folder.begun and may_open(file, {file: b""}):
        url = url_for("authoring.yaml_side", slug=folder.slug, file=file, at=fault.line, source=FOLDER)
    return ShownFolder(folder, url, _may_take(folder))


def _may_take(folder: FaultyFolder) -> bool:
    """Whether it could be a course: a folder's name that is no address can only be put right where it is."""
    fits = re.fullmatch(SLUG_PATTERN.strip("^$"), folder.slug) and len(folder.slug) <= SLUG_LIMIT
    return bool(fits) and not folder.begun and folder.slug not in RESERVED


def _file(slug: str, fault: Fault) -> str:
    return fault.path.removeprefix(f"courses/{slug}/")
