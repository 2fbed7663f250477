"""The pictures of a course as authors use them: those that are there, and one more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from flask import current_app
from werkzeug.datastructures import FileStorage

from app import clock
from app.authoring.holding import change_of
from app.authoring.rules.pictures import NewPicture, new_picture
from app.catalogue.operations import Parted, save_draft
from app.catalogue.queries.drafts import get_workspace
from app.content.course import Media
from app.content.faults import Findings
from app.content.media import FOLDER, TYPES, read_media
from app.errors import N_, Message, Refusal
from app.people.permissions import Scope
from app.settings import Settings
from app.uploads.rules.refusals import MEGABYTE
from app.web.guard import person


class PictureMeets(Refusal):
    """Two pictures of one name, added at the same moment."""

    def __init__(self) -> None:
        super().__init__(N_("Gambar lain baru saja disimpan dengan nama yang sama. Tambahkan sekali lagi."))


def pictures_in(files: Mapping[str, bytes]) -> dict[str, Media | None]:
    """A course's pictures by their paths, in order; None: it has faults, and cannot be shown."""
    return {path: _read(path, files[path]) for path in sorted(files) if _is_picture(path)}


def _is_picture(path: str) -> bool:
    return path.startswith(FOLDER) and path.endswith(tuple(TYPES))


def _read(path: str, data: bytes) -> Media | None:
    findings = Findings()
    media = read_media(data, findings.of(path))
    return None if findings.errors else media


def url_of(picture: NewPicture) -> str:
    """Where a picture that was added is served."""
    media = _read(picture.path, picture.data)
    return media.url if media else ""


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
