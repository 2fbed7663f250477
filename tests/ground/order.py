"""In which order a run takes the files of tests: long ones first, so that no worker ends with one while others idle."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest

_LONG: Final = {"browser", "server", "postgres_server", "site"}  # fixtures of what starts slowly and is waited for
_FILLED: Final = {"house", "benchmarks", "demonstration"}  # folders of tests that stand on 100 people's histories


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, then those with the most tests. Within a file all stays as pytest has it."""
    tests = Counter(item.path for item in items)
    long = {item.path for item in items if _is_long(item)}
    items.sort(key=lambda item: (item.path not in long, -tests[item.path], item.path))


def _is_long(item: pytest.Item) -> bool:
    return item.path.parent.name in _FILLED or not _LONG.isdisjoint(getattr(item, "fixturenames", ()))
