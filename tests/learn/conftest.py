"""Siti and her colleagues, with the sample courses published."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from tests.ground.cast import Cast, make_cast
from tests.ground.database import PUBLISHED, Start


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Everybody has an account."""
    return make_cast(app)


@pytest.fixture
def siti(cast: Cast, db: SQLAlchemy) -> int:
    """Siti's id, inside an app context."""
    return cast.siti
