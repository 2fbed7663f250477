"""The house is looked at as it stands in the demonstration: 100 people with histories, not one row."""

from __future__ import annotations

import pytest

from tests.ground.database import DEMONSTRATION, Start


@pytest.fixture
def start() -> Start:
    """What the database of every test here holds."""
    return DEMONSTRATION
