"""Siti and her colleagues, with the sample courses published."""

from __future__ import annotations

import pytest

from tests.ground.database import PUBLISHED, Start


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED
