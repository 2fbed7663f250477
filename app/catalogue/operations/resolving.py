"""Bring a save that met another one at the same place into the draft, as its trainer chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, update

from app.catalogue.models import Draft, Revision
from app.catalogue.operations.drafting import Change, Parted, Saved, save_draft
from app.catalogue.rules import RESOLVED, SIDE
from app.db import write, writing

_REVISIONS: Final[Any] = Revision.__table__
_DRAFTS: Final[Any] = Draft.__table__
_RESOLVED: Final = (
    update(_REVISIONS)
    .where(_REVISIONS.c.id == bindparam("side_id"), _REVISIONS.c.slug == bindparam("of"), _REVISIONS.c.state == SIDE)
    .values(state=RESOLVED)
)
_REBASED: Final = (
    update(_DRAFTS)
    .where(_DRAFTS.c.slug == bindparam("of"), _DRAFTS.c.revision_id == bindparam("draft_id"))
    .values(base_id=bindparam("onto"))
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which save is resolved. `onto`: the served version it was joined with; None: it was joined with the draft."""

    side_id: int
    onto: int | None


def resolve_side(change: Change, resolution: Resolution, *, now: datetime) -> Saved | Parted:
    """Save what was chosen, and let the save that had parted wait no longer. Raises as `save_draft` does.

    A draft that was joined with the served version stems from that from now on, so that publishing it asks nothing
    twice. What was saved stands even if the rest is cut off: then the save is asked about again.
    """
    done = save_draft(change, now=now)
    with writing():
        write(_RESOLVED, {"side_id": resolution.side_id, "of": change.slug})
        if resolution.onto is not None and isinstance(done, Saved):
            row = {"of": change.slug, "draft_id": done.revision_id, "onto": resolution.onto}
            write(_REBASED, row)
    return done
