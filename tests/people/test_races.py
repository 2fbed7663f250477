"""Two at once: a constraint decides, and the second decides again on what is there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask

from app.errors import Refusal
from app.people import operations
from app.people.operations import Attempt, NewPerson
from app.people.permissions import Scope
from app.people.queries import PeopleFilter, cohorts, find_people
from tests.ground.cast import NOW, Cast

EVERYBODY = Scope(0, everything=True)
R = TypeVar("R")
AT_ONCE = 6


def together(app: Flask, change: Callable[[], R]) -> list[R | str]:
    """What `change` returns, or the name of its refusal, run AT_ONCE times at once."""
    start = Barrier(AT_ONCE)

    def one(_: int) -> R | str:
        with app.app_context():
            start.wait()
            try:
                return change()
            except Refusal as refusal:
                return type(refusal).__name__

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_a_double_click_adds_one_person(app: Flask, cast: Cast) -> None:
    results = together(app, lambda: operations.add_person(NewPerson(name="Nor Hidayah"), now=NOW).user_name)
    assert sorted(results) == ["Namesake"] * (AT_ONCE - 1) + ["nor"]
    with app.app_context():
        assert find_people(PeopleFilter(text="Nor Hidayah"), EVERYBODY).total == 1


def test_people_with_one_first_name_added_at_once_all_get_a_user_name(app: Flask, cast: Cast) -> None:
    results = together(
        app, lambda: operations.add_person(NewPerson(name="Aisyah", even_if_known=True), now=NOW).user_name
    )
    assert sorted(results) == ["aisyah", *(f"aisyah{number}" for number in range(2, AT_ONCE + 1))]


def test_a_person_enrolled_twice_at_once_is_in_the_cohort_once(app: Flask, cast: Cast) -> None:
    with app.app_context():
        cohort = operations.add_cohort("Angkatan I")
    assert sorted(together(app, lambda: operations.enrol(cohort, [cast.siti]))) == [0] * (AT_ONCE - 1) + [1]
    with app.app_context():
        assert cohorts(EVERYBODY)[0].members == 1


def test_guesses_sent_at_once_are_all_counted(app: Flask, cast: Cast) -> None:
    guess = Attempt(login="siti", password="salah", address="10.0.0.1")
    results = together(app, lambda: operations.authenticate(guess, now=NOW))
    assert sorted(map(str, results)) == ["SignInDelayed"] + ["SignInFailed"] * 5
