"""Samples of `make torture` on a PostgreSQL server of their own, which is killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.torture import faults, scenarios
from tests.torture.scenarios import Bears, Grounds, Plan, befallen, grounds, load, of_these

EACH = 10  # learners


@pytest.fixture(scope="module")
def site() -> Iterator[Grounds]:
    with grounds("postgresql", 2 * EACH) as made:
        yield made


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("BEFORE", 0.5), ("AFTER", 2.5), ("RECOVERED", 1.5)):
        monkeypatch.setattr(scenarios, name, seconds)


def test_no_answer_is_lost_or_doubled_when_the_database_is_killed_during_an_exam(site: Grounds) -> None:
    result = load(Plan("database killed", "postgresql", EACH, seconds=8, kills=1), of_these(site, 0, EACH))
    assert result.faults == []
    assert site.postgres and site.postgres.kept.starts == 2
    assert (result.figures["server starts"], result.figures["finished"]) == (1, EACH)


def test_while_the_database_may_only_be_read_answers_are_refused_and_pages_shown(site: Grounds) -> None:
    assert site.postgres
    fault = faults.refuses_to_write(site.postgres)
    plan = Plan("read-only", "postgresql", EACH, seconds=2)
    assert befallen(plan, of_these(site, 1, EACH), fault, Bears()).faults == []
