"""Let a course's folder follow what was published in the browser, without ever writing over what an author changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from app.catalogue.folder import files_in, write_files, written_alone
from app.catalogue.operations.publishing import store_agreement
from app.catalogue.queries.agreeing import agreed_revision, head_now, served_since_agreed
from app.catalogue.queries.served import files_of
from app.catalogue.rules.agreeing import Meeting, meeting
from app.catalogue.rules.drafts import Files
from app.content.folders import hashes_of
from app.db import writing


@dataclass(frozen=True, slots=True)
class Sides:
    """A course that changed in its folder and in the browser: as both last were, and as each is now."""

    agreed: Files
    folder: Files
    served: Files


def sides_of(courses: Path, slug: str) -> Sides | None:
    """The files of both sides; None where there is only one. Raises OSError where the folder cannot be read."""
    head, here = head_now(slug), files_in(courses, slug)
    if head is None or here is None:
        return None
    agreed = agreed_revision(head)
    return Sides({} if agreed is None else files_of(agreed), here, files_of(head.revision_id))


def settle_folder(courses: Path, slug: str, *, overwrite: bool = False) -> Meeting:
    """Write what is served into a course's folder where it holds nothing else than what was served before.

    `overwrite` writes it also where an author changed something there. Tells what was found. What stops half-way is
    finished by the next call. Raises OSError where the folder cannot be read or written.
    """
    with written_alone(Path(current_app.instance_path)):
        head = head_now(slug)
        if head is None:
            return "agreed"
        here = files_in(courses, slug)
        if here is None:
            return "parted"
        met = meeting(hashes_of(here), served_since_agreed(head))
        if met == "parted" and not overwrite:
            return met
        if met != "agreed":
            write_files(courses, slug, here, files_of(head.revision_id))
        with writing():
            store_agreement(slug, head.sha256)
        return met
