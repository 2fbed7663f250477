"""Addresses that nobody writes in good faith, on the pages of numbers and their files: answered, never a failure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.ground.database import DEMONSTRATION, Start
from tests.house.tour import ASKED, COURSE, DONE_QUIZ, places, visitor

TAUGHT = f"/teaching/courses/{COURSE}"
READ = {
    "staff": [
        *(f"/reports/{page}" for page in ("competencies", "competencies/people", "competencies/help", "gain")),
        *(f"/reports/{page}.csv" for page in ("competencies", "competencies/people", "competencies/help", "gain")),
        "/reports/trend",
        "/reports/summary",
        "/reports/people/{siti}/competencies",
    ],
    "trainer": [
        *(f"{TAUGHT}/{page}" for page in ("gradebook", "gradebook.csv", "at-risk", f"gradebook/{{siti}}/{DONE_QUIZ}")),
        *(f"{TAUGHT}/analysis/{DONE_QUIZ}{more}" for more in ("", ".csv", f"/items/{ASKED}")),
    ],
    "learner": ["/competencies"],
}
FIELDS = (
    "rows", "name", "organisation", "place", "district", "kind", "cohort", "never", "competency", "state", "sort",
    "down", "reason", "days", "page", "weeks", "pair", "attempts", "version", "page[]",
)  # fmt: skip
VALUES = ("%00", "a%00b", "-1", "9" * 20, "2147483648", "999999999", "1e9", "%27%22%3Cb%3E", "%FF", "%25_%5C", "%D9%A3",
          "%ED%A0%80", "x" * 10_000)  # fmt: skip
NOWHERE = {
    "trainer": [
        f"{TAUGHT}/gradebook/{'9' * 20}/{DONE_QUIZ}",
        f"{TAUGHT}/gradebook/1/%00",
        f"{TAUGHT}/analysis/{DONE_QUIZ}/items/%00",
        *(f"/teaching/courses/%00/{page}" for page in ("gradebook", "at-risk", "analysis/%00.csv")),
    ],
    "staff": [f"/reports/people/{'9' * 20}/competencies"],
}


@pytest.fixture
def start() -> Start:
    """People with histories."""
    return DEMONSTRATION


def queries(turns: int) -> Iterator[str]:
    """Each field with another of the values at each turn."""
    for turn in range(turns):
        asked = [f"{field}={VALUES[(place + 5 * turn) % len(VALUES)]}" for place, field in enumerate(FIELDS)]
        yield "&".join([*asked, *asked[:2]])


def test_no_address_brings_a_page_of_numbers_down(app: Flask) -> None:
    found, answered = places(app), []
    for role, paths in READ.items():
        client = visitor(app, role)
        for path in paths:
            for query in queries(2):
                with client.get(f"{path.format(**found)}?{query}") as answer:
                    answered.append((answer.status_code, role, path, query[:60]))
    assert [each for each in answered if each[0] not in (200, 404)] == []
    for role, paths in NOWHERE.items():
        assert [visitor(app, role).get(path).status_code for path in paths] == [404] * len(paths)
