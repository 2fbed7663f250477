"""Whose scores are to be made anew."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, or_, select

from app.competencies.models import Calibration, CompetencyScore
from app.competencies.rules import Yardstick
from app.db import db

_SCORE: Final = CompetencyScore.__table__.c
_CALIBRATED_AT: Final = select(func.max(Calibration.__table__.c.made_at)).scalar_subquery()


def due_people(yardstick: Yardstick, now: datetime, limit: int) -> list[int]:
    """Some people with a score that holds no longer, that was made by another basis than its competency's, or was made
    before the newest calibration.
    """
    own = sorted(name for name, cut in yardstick.cuts.items() if cut != yardstick.cut)
    due = or_(
        _SCORE.holds_until <= now,
        _SCORE.updated_at < _CALIBRATED_AT,
        and_(_SCORE.competency.not_in(own), _SCORE.basis != yardstick.basis_of("")),
        *(and_(_SCORE.competency == name, _SCORE.basis != yardstick.basis_of(name)) for name in own),
    )
    chosen = select(_SCORE.person_id).where(due).distinct().order_by(_SCORE.person_id).limit(limit)
    return list(db.session.scalars(chosen))
