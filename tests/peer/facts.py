"""The peer's grading facts, found beside the project; absent there, a test of them is skipped with that reason."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).resolve().parents[3] / "shared" / "peer" / "grading_cases.json"
TOLERANCE = 1e-6
ABSENT = "../shared/peer is not beside the project"

Fact = dict[str, Any]


@cache
def facts() -> tuple[Fact, ...]:
    return tuple(json.loads(FILE.read_text("utf-8"))["cases"]) if FILE.is_file() else ()


def facts_of(kind: str, *types: str) -> list[Any]:
    """The facts of a kind as parameters of a test."""
    found = [pytest.param(fact, id=fact["id"]) for fact in facts() if fact["kind"] == kind and fact["type"] in types]
    return found or [pytest.param({}, id="absent", marks=pytest.mark.skip(reason=ABSENT))]
