"""What lay in a course's folder where a draft went on from there: kept, so that publishing it may write over that."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import bindparam, update

from app.catalogue.models import Revision
from app.catalogue.queries.agreeing import taken_up
from app.catalogue.rules import DRAFT, FOLDER, TAKEN
from app.db import write

_REVISIONS: Final[Any] = Revision.__table__
_TAKE: Final = (
    update(_REVISIONS)
    .where(
        _REVISIONS.c.slug == bindparam("of"), _REVISIONS.c.state == FOLDER, _REVISIONS.c.id <= bindparam("revision_id")
    )
    .values(state=TAKEN)
)
_LET_GO: Final = (
    update(_REVISIONS).where(_REVISIONS.c.slug == bindparam("of"), _REVISIONS.c.state == FOLDER).values(state=DRAFT)
)


def store_taken(slug: str, draft_id: int) -> str | None:
    """A draft is served: what it took up of the folder is part of that now. The hash of it, or None.

    The caller commits.
    """
    lying = taken_up(slug, draft_id)
    if lying is None:
        return None
    write(_TAKE, {"of": slug, "revision_id": lying.id})
    return str(lying.sha256)


def let_go(slug: str) -> None:
    """No draft goes on from what lay in the folder any more; it stays in the history. The caller commits."""
    write(_LET_GO, {"of": slug})
