"""Bring a save that met another one at the same place into the draft, as its trainer chose."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, update

from app.catalogue.models import Revision
from app.catalogue.operations.drafting import Change, Parted, Saved, save_draft
from app.catalogue.queries.agreeing import lying_beside
from app.catalogue.queries.served import files_of
from app.catalogue.rules import RESOLVED, SIDE
from app.db import write, writing

_REVISIONS: Final[Any] = Revision.__table__
_RESOLVED: Final = (
    update(_REVISIONS)
    .where(_REVISIONS.c.id == bindparam("side_id"), _REVISIONS.c.slug == bindparam("of"), _REVISIONS.c.state == SIDE)
    .values(state=RESOLVED)
)


def resolve_side(change: Change, side_id: int, *, now: datetime) -> Saved | Parted:
    """Save what was chosen, and let the save that had parted wait no longer. Raises as `save_draft` does.

    What it took up of the folder the draft goes on from now. What was saved stands even if the rest is cut off: then
    the save is asked about again.
    """
    lying = lying_beside(side_id)
    done = save_draft(replace(change, folder=None if lying is None else files_of(lying)), now=now)
    with writing():
        write(_RESOLVED, {"side_id": side_id, "of": change.slug})
    return done
