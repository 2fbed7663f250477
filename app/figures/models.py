"""Rows of what was worked out once for many readers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class KeptFigure(Base):
    """A figure over everybody as it was at `made_at`. Losing a row costs the next reader seconds, and nothing else."""

    __tablename__ = "kept_figure"
    name: Mapped[str] = mapped_column(String(250), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    value: Mapped[Any] = mapped_column(JSON)  # as the package that gave it its name reads it
