"""Samples of `make torture` on SQLite, one site for all: load with a kill, and what may befall the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.torture import faults, scenarios
from tests.torture.scenarios import Bears, Grounds, Plan, befallen, grounds, load, of_these

EACH = 10  # learners


@pytest.fixture(scope="module")
def site() -> Iterator[Grounds]:
    with grounds("sqlite", 4 * EACH, clocked=True) as made:
        yield made


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("BEFORE", 0.5), ("AFTER", 2.5), ("RECOVERED", 1.5)):
        monkeypatch.setattr(scenarios, name, seconds)


def test_no_answer_is_lost_or_doubled_when_every_process_is_killed_during_an_exam(site: Grounds) -> None:
    result = load(Plan("server killed", "sqlite", EACH, seconds=8, kills=1), of_these(site, 0, EACH))
    assert result.faults == []
    assert result.figures["server starts"] == 2
    assert result.figures["finished"] == EACH


def test_while_another_program_holds_the_database_answers_are_refused_and_pages_shown(site: Grounds) -> None:
    result = befallen(Plan("held", "sqlite", EACH, seconds=6), of_these(site, 1, EACH), faults.held, Bears())
    assert result.faults == []


def test_while_no_file_may_grow_answers_are_refused_and_pages_shown(site: Grounds) -> None:
    plan = Plan("disk full", "sqlite", EACH, seconds=2)
    assert befallen(plan, of_these(site, 2, EACH), faults.no_file_may_grow, Bears()).faults == []


def test_a_clock_that_jumps_a_day_ahead_and_back_costs_no_answer(site: Grounds) -> None:
    plan = Plan("clock", "sqlite", EACH, seconds=1)
    assert befallen(plan, of_these(site, 3, EACH), faults.clock_moved, Bears(refuses=False)).faults == []
