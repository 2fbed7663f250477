"""Questions calibrated by everybody's answers: what is found, what it moves, and that a dry run changes nothing."""

from __future__ import annotations

from dataclasses import replace
from math import exp
from random import Random

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.competencies.models import Calibration, ItemParameterRow
from app.competencies.operations import rebuild, refold_due, store_scores
from app.competencies.operations.calibrating import plan_calibration, store_calibration
from app.competencies.queries.calibrations import calibrations, get_report
from app.competencies.queries.facts import facts_of
from app.competencies.rules import GradedSlot, ItemParameter, State, Yardstick, competency_scores
from app.competencies.rules.calibrating import (
    NO_SCORE,
    CalibratedItem,
    CompetencyFit,
    Report,
    StateMove,
    moves_between,
    report_of,
    state_moves,
)
from app.db import begin_write
from app.errors import NotFound
from tests.competencies.histories import (
    EIGHT,
    Given,
    add_attempt,
    add_finished,
    add_learners,
    add_revision,
    at,
    folded_scores,
    score_over,
    store_marks,
    stored_scores,
)

TRUE = {"a": -1.5, "b": -0.5, "c": 0.0, "d": 0.5, "e": 1.5}  # difficulties, 0 on the average as authors say
ABILITY = 1.0  # of the people on the average
PEOPLE = 150


def answers_of(person: int, chance: Random) -> list[Given]:
    ability = chance.gauss(ABILITY, 1)
    return [
        Given(name, fraction=float(chance.random() < 1 / (1 + exp(difficulty - ability))))
        for name, difficulty in TRUE.items()
    ]


@pytest.fixture
def people(db: SQLAlchemy) -> list[int]:
    """People of known abilities who answered five questions that their author called medium."""
    revision, chance = add_revision(), Random(5)
    found = add_learners(f"Peserta {number}" for number in range(PEOPLE))
    for person in found:
        add_finished(person, revision, answers_of(person, chance))
    rebuild(now=EIGHT)
    return found


def tell_nobody(competency: str, step: int, log_likelihood: float) -> None:
    return None


def test_calibrating_finds_which_questions_are_harder_on_the_scale_of_their_authors(
    app: Flask, db: SQLAlchemy, people: list[int]
) -> None:
    before = {person: stored_scores(person) for person in people}
    report = plan_calibration("rasch", now=at(10), tell=tell_nobody)
    assert {item.question: item.b for item in report.items} == pytest.approx(TRUE, abs=0.35)
    assert sum(item.b for item in report.items) == pytest.approx(0, abs=0.3), "on the average as authors say"
    (fit,) = report.competencies
    assert fit.ability == pytest.approx(ABILITY, abs=0.3)
    assert (fit.people, fit.items, fit.answers, fit.converged) == (PEOPLE, 5, PEOPLE * 5, True)
    assert [item.question for item in report.most_moved(2)] in (["a", "e"], ["e", "a"])
    assert db.session.scalar(select(func.count()).select_from(Calibration)) == 0, "planned, not stored"

    made = store_calibration(report, now=at(10))
    db.session.rollback()
    assert {person: stored_scores(person) for person in people} == before, "until they are made anew"
    assert rebuild(now=at(10)) == PEOPLE
    after = {person: stored_scores(person) for person in people}
    assert after == {person: folded_scores(person, at(10)) for person in people}
    moved = [moves_between({name: each.state for name, each in before[who].items()}, after[who]) for who in people]
    assert (report.states, report.people_moved) == state_moves(moved), "what was foretold is what happens"
    assert {each["F1.satu"].calibration_id for each in after.values()} == {made}
    assert get_report(made) == report
    assert [(each.id, each.people, each.items) for each in calibrations()] == [(made, PEOPLE, 5)]
    with pytest.raises(NotFound):
        get_report(made + 1)

    begin_write()  # somebody hands in by the parameters in force
    opened = add_attempt(people[0], add_revision(), ["f"], quiz="tes")
    begin_write()
    store_marks(opened, [Given("f")], 20)
    store_scores(people[0], {"F1.satu"}, now=at(20))
    db.session.commit()
    assert stored_scores(people[0]) == folded_scores(people[0], at(20))

    second = store_calibration(plan_calibration("2pl", now=at(30), tell=tell_nobody), now=at(30))
    db.session.rollback()
    assert set(db.session.scalars(select(ItemParameterRow.calibration_id))) == {second}, "the newest alone is in force"
    items = {item.question: item for item in get_report(second).items}
    first = {item.question: item for item in report.items}
    assert items["a"].before_b == pytest.approx(first["a"].b)
    assert get_report(made) == report, "an earlier one stays as it was"


def test_a_calibration_that_was_interrupted_makes_every_score_due(db: SQLAlchemy) -> None:
    revision, people = add_revision(), add_learners(["Siti", "Noor", "Rahmat"])
    for number, person in enumerate(people):
        add_finished(person, revision, [Given("a"), Given("b", fraction=number % 2)])
    rebuild(now=EIGHT)
    store_calibration(plan_calibration("rasch", now=at(9), tell=tell_nobody), now=at(10))
    assert refold_due(now=at(11)) == len(people), "the chores make them anew"
    for person in people:
        assert stored_scores(person) == folded_scores(person, at(11))
        assert stored_scores(person)["F1.satu"].calibration_id is not None
    assert refold_due(now=at(12)) == 0


def test_a_calibration_counts_what_guessing_earns_and_scores_by_it_do_too(db: SQLAlchemy) -> None:
    """Of two questions that equally many have right, the one that can be guessed is harder to know."""
    people, revision = add_learners(f"Peserta {number}" for number in range(40)), add_revision()
    for number, person in enumerate(people):
        right = float(number % 2)
        add_finished(person, revision, [Given("typed", fraction=right), Given("ticked", fraction=right, guess=0.5)])
    report = plan_calibration("rasch", now=at(10), tell=tell_nobody)
    found = {item.question: item for item in report.items}
    assert {name: item.guess for name, item in found.items()} == {"typed": 0.0, "ticked": 0.5}
    assert found["ticked"].b > found["typed"].b + 0.2
    store_calibration(report, now=at(10))
    rebuild(now=at(10))
    facts = facts_of(people[0])
    assert {name: each.guess for name, each in facts.parameters.items()} == {"typed": 0.0, "ticked": 0.5}
    assert stored_scores(people[0]) == folded_scores(people[0], at(10))


def test_a_calibration_of_an_earlier_release_counts_as_it_was_made() -> None:
    """Its difficulties hold what was guessed already: to count that twice would make scores too low."""
    known = {"a": ItemParameter(1.0, 0.0, 0.1, 1)}
    slot = GradedSlot("a", "X", 1.0, EIGHT, None, 1, 1, 1, "medium", 0.5)
    counted = competency_scores([slot], Yardstick(), known, now=EIGHT)["X"]
    assert counted == competency_scores([replace(slot, guess=0.0)], Yardstick(), known, now=EIGHT)["X"]
    kept = REPORT.as_json()
    del kept["items"][0]["guess"]
    assert report_of("2pl", 40, kept) == REPORT


def test_a_question_that_few_answered_stays_near_its_authors_word(db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    add_finished(siti, revision, [Given("a", difficulty="hard"), Given("b", difficulty="easy", fraction=0.0)])
    report = plan_calibration("rasch", now=at(10), tell=tell_nobody)
    found = {item.question: item for item in report.items}
    assert found["a"].before_b == 1 and found["a"].b == pytest.approx(1, abs=0.4)
    assert 0.5 < found["a"].sd_b <= 0.7


def test_a_question_that_changed_its_competency_is_calibrated_where_most_answered_it(db: SQLAlchemy) -> None:
    people, revision = add_learners(["Siti", "Noor", "Rahmat"]), add_revision()
    for number, person in enumerate(people):
        add_finished(person, revision, [Given("a", "F1.satu" if number else "F1.dua"), Given("b", "F1.dua")])
    report = plan_calibration("rasch", now=at(10), tell=tell_nobody)
    assert {item.question: (item.competency, item.answers) for item in report.items} == {
        "a": ("F1.satu", 2),
        "b": ("F1.dua", 3),
    }


def test_on_the_shell_a_dry_run_stores_nothing_and_a_calibration_is_told_again_later(
    app: Flask, db: SQLAlchemy
) -> None:
    run = app.test_cli_runner()
    none = run.invoke(args=["competencies", "calibrate"])
    assert "Belum ada jawaban" in none.output and none.exit_code == 0, none.output
    assert "Belum ada kalibrasi" in run.invoke(args=["competencies", "reports"]).output
    people, revision = add_learners(f"Peserta {number}" for number in range(8)), add_revision()
    for number, person in enumerate(people):
        add_finished(person, revision, [Given("a", fraction=1.0), Given("b", fraction=number % 2)])
    tried = run.invoke(args=["competencies", "calibrate", "--dry-run"])
    assert "tidak ada yang disimpan" in tried.output and "8 orang" in tried.output, tried.output
    assert "tanpa skor -> Data belum cukup: 8 orang" in tried.output
    db.session.rollback()
    assert calibrations() == []
    done = run.invoke(args=["competencies", "calibrate"])
    assert "skor dihitung ulang untuk 8 orang" in done.output, done.output
    db.session.rollback()
    (made,) = calibrations()
    assert str(made.id) in run.invoke(args=["competencies", "reports"]).output
    again = run.invoke(args=["competencies", "reports", str(made.id)])
    assert "F1.satu: 8 orang" in again.output
    unknown = run.invoke(args=["competencies", "reports", "999"])
    assert unknown.exit_code == 1 and "tidak ada" in unknown.output


ITEM = CalibratedItem("a", "X", 40, "hard", 1.0, 0.7, 1.2, 0.4, 0.2, 1.1, None, None)
FIT = CompetencyFit("X", 40, 0.5, 1, 40, -20.5, 9, True)
REPORT = Report("2pl", 40, (FIT,), (ITEM,), ("b",), (StateMove("X", "none", "uncertain", 3),), 3)


def test_a_report_is_read_back_as_it_was_kept() -> None:
    assert report_of("2pl", 40, REPORT.as_json()) == REPORT
    assert REPORT.parameters(7) == {"a": ItemParameter(1.2, 0.4, 0.2, 7)}
    assert REPORT.log_likelihood == -20.5
    assert ITEM.moved == pytest.approx(-0.6)


def test_states_that_change_are_counted_by_competency_and_people() -> None:
    many = score_over(*[1.0] * 20)
    assert many.state is State.MASTERED
    siti = moves_between({"X": State.UNCERTAIN, "Y": State.TOO_FEW}, {"X": many})
    noor = moves_between({"X": State.UNCERTAIN}, {"X": many})
    rahmat = moves_between({"X": State.MASTERED}, {"X": replace(many, score=90.0)})
    states, people = state_moves([siti, noor, rahmat])
    assert people == 2
    assert states == (StateMove("X", "uncertain", "mastered", 2), StateMove("Y", "too_few", NO_SCORE, 1))
