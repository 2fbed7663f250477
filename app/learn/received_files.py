"""Files of a form that was sent: those that are taken, and a notice for each that is not."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, cast

from flask import current_app, flash, g, request
from werkzeug.datastructures import FileStorage

from app.errors import N_
from app.settings import Settings
from app.uploads.rules.receiving import Received, receive
from app.uploads.rules.refusals import MEGABYTE, TooMany, UploadRefused
from app.web.languages import tell

NAME_SHOWN: Final = 60  # characters of a file's name in a notice


def received_files(accepted: Collection[str], room: int, most: int) -> list[Received]:
    """The files of this request, checked and made small: at most `room`, which is what is left of `most`.

    `accepted` are the types that are asked for. Why another is not taken is said on the next page: what was typed
    beside it is kept all the same.
    """
    settings = cast("Settings", current_app.extensions["settings"])
    limit = settings.upload_megabytes * MEGABYTE
    taken: list[Received] = []
    for file in request.files.getlist("upload"):
        if not file.filename:
            continue  # a field in which nothing was chosen
        try:
            if len(taken) >= room:
                raise TooMany(most)
            taken.append(receive(_read(file, limit), file.filename, accepted, limit))
        except UploadRefused as refusal:
            say_refused(file.filename, refusal)
    return taken


def say_refused(name: str, refusal: UploadRefused) -> None:
    """Say that a file was not taken, and why: on the next page, or to the script that waits for the answer."""
    sentence = tell(N_("%(name)s tidak tersimpan. %(why)s", name=name[:NAME_SHOWN], why=refusal.message))
    if sent_by_itself():
        g.setdefault("refused_files", []).append(sentence)
    else:
        flash(sentence)


def refused_to_script() -> list[str]:
    """What is said of this request's files to the script that sent them."""
    return cast("list[str]", g.get("refused_files", []))


def sent_by_itself() -> bool:
    """Whether no page waits for the answer to this request, only the script that keeps answers on the phone."""
    return request.accept_mimetypes.best == "application/json"


def _read(file: FileStorage, limit: int) -> bytes:
    """A file's bytes; of one that is too large only as much as shows that it is."""
    return file.stream.read(limit + 1)
