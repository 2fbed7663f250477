"""What all courses share is published: the courses that are served take it up with it, or it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.catalogue.operations.publishing import Manuscript, Outrun, store_publication
from app.catalogue.queries.drafts import standing_of
from app.catalogue.queries.followers import Follower, followers
from app.catalogue.rules.drafts import DraftHasFaults
from app.catalogue.store import store
from app.content.course import Shared
from app.errors import N_

RENEWED: Final = N_("Bank soal bersama diterbitkan")  # what the history of a course says of it


def courses_with(shared: Shared) -> Sequence[Follower]:
    """The courses served now, each whole with `shared`. Raises DraftHasFaults with what it would break in them."""
    store().forget_heads()
    found = followers(shared)
    faults = tuple(fault for each in found for fault in each.faults)
    if faults:
        raise DraftHasFaults(faults)
    return found


def store_renewals(courses: Sequence[Follower], shared_id: int, text: Manuscript, now: datetime) -> None:
    """Serve each course, whose files stay as they are, with the shared revision; `text` says whose doing it is.

    Raises Outrun where something else is served of one by now. The caller commits.
    """
    for each in courses:
        if each.renewed is None or standing_of(each.head.slug, locked=True).head_id != each.head.revision_id:
            raise Outrun
        course = each.renewed
        renewed = replace(
            text,
            slug=course.slug,
            files=each.files,
            sha256=course.sha256,
            shared_id=shared_id,
            kinds=course.kinds,
            message=RENEWED.msgid,
        )
        store_publication(renewed, each.head.revision_id, now)
