"""Take up into the draft what lies in a course's folder, which could not be published as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.catalogue.folder import files_in
from app.catalogue.operations.drafting import Change, Parted, Saved, save_draft
from app.catalogue.queries.agreeing import agreed_revision, head_now, taken_up
from app.catalogue.queries.drafts import standing_of
from app.catalogue.queries.served import files_of
from app.catalogue.rules.agreeing import meeting
from app.catalogue.rules.drafts import Files, changed
from app.content.folders import hashes_of
from app.errors import N_

CHANGED: Final = N_("Perubahan di folder kursus")


def mend_folder(change: Change, lying: Files, *, now: datetime) -> Saved | Parted:
    """Keep as the draft what lies in the folder with a change of it, merged with what trainers did meanwhile.

    Publishing it then writes over what lay there, and over nothing else. Raises NotFound and TooMuch. Where folder and
    database never held the same, only the change is kept.
    """
    stem = _stem(change.slug)
    if stem is None:
        return save_draft(change, now=now)
    before, mine = files_of(stem), changed(lying, change.files)
    files = {path: mine.get(path) for path in {*before, *mine} if before.get(path) != mine.get(path)}
    return save_draft(replace(change, base=stem, files=files, folder=lying), now=now)


def mend_again(change: Change, courses: Path, *, now: datetime) -> Saved | Parted | None:
    """Where the draft `change.base` took up what lay in the folder and an author changed that since: take that up too.

    None where there is nothing to do, or the folder cannot be read.
    """
    seen = standing_of(change.slug).draft_id == change.base
    lying = taken_up(change.slug, change.base) if seen else None
    try:
        here = files_in(courses, change.slug) if lying is not None else None
    except OSError:
        return None
    if lying is None or here is None:
        return None
    known = [hashes_of(files_of(each)) for each in (lying.id, change.base)]
    if meeting(hashes_of(here), known) != "parted":
        return None
    return mend_folder(replace(change, message=CHANGED.msgid), here, now=now)


def _stem(slug: str) -> int | None:
    """The revision that the folder was last known to hold."""
    draft_id, head = standing_of(slug).draft_id, head_now(slug)
    lying = None if draft_id is None else taken_up(slug, draft_id)
    if lying is not None:
        return int(lying.id)
    return None if head is None else agreed_revision(head)
