"""LSAT section 6 (Bock and Lieberman 1970), found beside the project; absent there, its tests are skipped."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).resolve().parents[3] / "shared" / "peer" / "lsat6.json"
NEEDED = pytest.mark.skipif(not FILE.is_file(), reason="../shared/peer is not beside the project")


@cache
def lsat6() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found
