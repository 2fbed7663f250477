"""Calibrations made so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from app.competencies.models import Calibration
from app.competencies.rules.calibrating import Report, report_of
from app.db import db
from app.errors import NotFound

_CALIBRATION: Final = Calibration.__table__.c
_ALL: Final = select(
    _CALIBRATION.id,
    _CALIBRATION.made_at,
    _CALIBRATION.model,
    _CALIBRATION.people,
    _CALIBRATION["items"],  # the collection has a method of that name
    _CALIBRATION.log_likelihood,
).order_by(_CALIBRATION.id)
_ONE: Final = select(_CALIBRATION.model, _CALIBRATION.people, _CALIBRATION.report).where(
    _CALIBRATION.id == bindparam("calibration_id")
)


@dataclass(frozen=True, slots=True)
class CalibrationFact:
    """A calibration in a line. `people` are those whose evidence it rests on, `items` the questions it found."""

    id: int
    made_at: datetime
    model: str  # rasch | 2pl
    people: int
    items: int
    log_likelihood: float


def calibrations() -> list[CalibrationFact]:
    """All of them, the newest, which is in force, last."""
    return [CalibrationFact(*row) for row in db.session.execute(_ALL)]


def get_report(calibration_id: int) -> Report:
    """What a calibration came to. Raises NotFound."""
    row = db.session.execute(_ONE, {"calibration_id": calibration_id}).one_or_none()
    if row is None:
        raise NotFound
    return report_of(row.model, row.people, row.report)
