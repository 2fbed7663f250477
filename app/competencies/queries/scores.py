"""Scores as the projection's rows hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from app.competencies.models import CompetencyScore
from app.competencies.rules import Score, State, Yardstick

_FIELDS: Final = tuple(each.name for each in fields(Score))
_STATE: Final = _FIELDS.index("state")
SCORE_COLUMNS: Final = tuple(CompetencyScore.__table__.c[name] for name in _FIELDS)


def score_of(row: Row[Any] | tuple[Any, ...]) -> Score:
    """What `SCORE_COLUMNS` hold."""
    values = list(row[: len(_FIELDS)])
    values[_STATE] = State(values[_STATE])
    return Score(*values)


def score_rows(
    person_id: int, scores: Mapping[str, Score], yardstick: Yardstick, now: datetime
) -> list[dict[str, Any]]:
    """The rows that keep a person's scores."""
    return [
        {
            "person_id": person_id,
            "competency": name,
            **{field: getattr(score, field) for field in _FIELDS},
            "basis": yardstick.basis_of(name),
            "updated_at": now,
        }
        for name, score in sorted(scores.items())
    ]
