"""Whose scores are to be made anew."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import and_, or_, select

from app.competencies.models import CompetencyScore
from app.competencies.rules import Yardstick
from app.db import db

_SCORE: Final = CompetencyScore.__table__.c


def due_people(yardstick: Yardstick, now: datetime, limit: int) -> list[int]:
    """Some people with a score that holds no longer, or that was made by another basis than its competency's."""
    own = sorted(name for name, cut in yardstick.cuts.items() if cut != yardstick.cut)
    due = or_(
        _SCORE.holds_until <= now,
        and_(_SCORE.competency.not_in(own), _SCORE.basis != yardstick.basis_of("")),
        *(and_(_SCORE.competency == name, _SCORE.basis != yardstick.basis_of(name)) for name in own),
    )
    chosen = select(_SCORE.person_id).where(due).distinct().order_by(_SCORE.person_id).limit(limit)
    return list(db.session.scalars(chosen))
