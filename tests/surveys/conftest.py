"""Siti and the others, with the course of surveys published."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from tests.ground.cast import Cast
from tests.surveys.cast import publish_surveys


@pytest.fixture
def surveys(db: SQLAlchemy, courses_folder: Path, cast: Cast) -> Cast:
    """The cast, where there is a course with an anonymous survey and a named one."""
    publish_surveys(courses_folder)
    db.session.rollback()
    return cast
