"""The projection says what the marks say: after each hand-in, after a rebuild, whatever happened in which order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Thread
from time import sleep

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.competencies.operations import BATCH, rebuild, store_scores
from app.db import begin_write
from app.quizzes.models import Mark
from tests.competencies.histories import (
    EIGHT,
    Given,
    add_attempt,
    add_finished,
    add_learners,
    add_revision,
    add_score,
    at,
    bare,
    folded_scores,
    score_over,
    store_check,
    store_marks,
    stored_scores,
)
from tests.ground.statements import statements


def _finish(db: SQLAlchemy, person_id: int, attempt_id: int, slots: list[Given], minute: int) -> None:
    """As marking does it: marks and scores in one transaction."""
    begin_write()
    store_marks(attempt_id, slots, minute)
    store_scores(person_id, {each.competency for each in slots if each.competency}, now=at(minute))
    db.session.commit()


def test_handing_in_stores_the_scores_of_its_competencies(db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    slots = [Given("a"), Given("b", fraction=0.5), Given("c", "F1.dua", 0.0), Given("d", None)]
    attempt = add_attempt(siti, revision, [each.question for each in slots])
    _finish(db, siti, attempt, slots, 5)
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(1.0, 0.5), "F1.dua": score_over(0.0)}


def test_scores_in_other_competencies_and_of_other_people_stay(db: SQLAlchemy) -> None:
    (siti, noor), revision = add_learners(["Siti", "Noor"]), add_revision()
    add_score(siti, "F2.tiga", 40.0)
    add_score(noor, "F1.satu", 30.0)
    other, noors = stored_scores(siti), stored_scores(noor)
    _finish(db, siti, add_attempt(siti, revision, ["a"]), [Given("a")], 5)
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(1.0), **other}
    assert stored_scores(noor) == noors


def test_a_second_attempt_adds_new_questions_but_betters_no_answer(db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    _finish(db, siti, add_attempt(siti, revision, ["a"]), [Given("a", fraction=0.0, answered=1)], 5)
    second = [Given("a", fraction=1.0, answered=10), Given("b", fraction=1.0, answered=11)]
    _finish(db, siti, add_attempt(siti, revision, ["a", "b"]), second, 15)
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(0.0, 1.0)}


def test_an_essay_that_waits_keeps_its_place_and_a_question_that_was_decided_on_has_none(db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    waiting = Given("a", fraction=None, answered=1, outcome="needs_marking")
    decided = [Given("b", fraction=None, answered=1, outcome="left_out"), Given("c", answered=1, outcome="credited")]
    first = add_attempt(siti, revision, ["a", "b", "c"])
    _finish(db, siti, first, [waiting, *decided], 5)
    again = [Given("a", fraction=1.0, answered=10), *(Given(each, fraction=0.0, answered=10) for each in "bc")]
    _finish(db, siti, add_attempt(siti, revision, ["a", "b", "c"], quiz="tes"), again, 15)
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(0.0, 0.0)}, "b and c; of a the first answer waits"
    assert stored_scores(siti) == folded_scores(siti)
    begin_write()
    db.session.execute(update(Mark).where(Mark.attempt_id == first, Mark.slot == 1).values(fraction=0.25))
    store_scores(siti, {"F1.satu"}, now=at(20))
    db.session.commit()
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(0.25, 0.0, 0.0)}
    assert stored_scores(siti) == folded_scores(siti)


def test_a_key_seen_in_an_attempt_still_open_rules_an_answer_out(db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    opened = add_attempt(siti, revision, ["b", "a"], quiz="latihan")
    store_check(opened, slot=2, minute=1)
    slots = [Given("a", answered=2), Given("b", answered=3)]
    _finish(db, siti, add_attempt(siti, revision, ["a", "b"], quiz="tes"), slots, 5)
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(1.0)}, "only b counts"
    _finish(db, siti, opened, [Given("b", answered=None, opened=9), Given("a", fraction=0.0, answered=1, opened=1)], 9)
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(0.0, 1.0)}, "the checked answer was the first one to a"


def test_an_answer_given_earlier_but_handed_in_later_moves_between_competencies(db: SQLAlchemy) -> None:
    (siti,), old, new = add_learners(["Siti"]), add_revision(), add_revision()
    begun = add_attempt(siti, old, ["a"], quiz="tes")
    _finish(db, siti, add_attempt(siti, new, ["a"]), [Given("a", "F1.dua", 1.0, answered=5)], 6)
    assert bare(stored_scores(siti)) == {"F1.dua": score_over(1.0)}
    _finish(db, siti, begun, [Given("a", "F1.satu", 0.0, answered=1)], 9)
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(0.0)}, "nothing is left under the new competency"


def test_two_hand_ins_at_once_both_count(app: Flask, db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    first, second = (add_attempt(siti, revision, [each], quiz=f"kuis-{each}") for each in "ab")
    faults: list[BaseException] = []

    def hand_in_second() -> None:
        with app.app_context():
            try:
                _finish(db, siti, second, [Given("b", fraction=0.0)], 5)
            except BaseException as fault:
                faults.append(fault)

    begin_write()
    store_marks(first, [Given("a")], 5)
    store_scores(siti, {"F1.satu"}, now=at(5))
    other = Thread(target=hand_in_second)
    other.start()
    sleep(0.3)  # long enough for the other to have come as far as it gets
    db.session.commit()
    other.join()
    assert faults == []
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(0.0, 1.0)}
    assert stored_scores(siti) == folded_scores(siti)


def test_nothing_is_kept_when_the_hand_in_is_given_up(db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    attempt = add_attempt(siti, revision, ["a"])
    begin_write()
    store_marks(attempt, [Given("a")], 5)
    store_scores(siti, {"F1.satu"}, now=at(5))
    db.session.rollback()
    assert bare(stored_scores(siti)) == {}


def test_storing_scores_takes_few_statements_however_long_the_history(app: Flask, db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    for number in range(30):
        add_finished(siti, revision, [Given(f"q{number}-{index}") for index in range(10)])
    opened = add_attempt(siti, revision, ["a"], quiz="tes")
    begin_write()
    store_marks(opened, [Given("a")], 70)
    db.session.flush()
    with statements(app) as sent:
        store_scores(siti, {"F1.satu"}, now=at(70))
    db.session.commit()
    assert bare(stored_scores(siti)) == {"F1.satu": score_over(*[1.0] * 301)}
    assert len(sent) <= 7, sent


def test_rebuilding_puts_right_what_is_wrong_missing_or_left_over(app: Flask, db: SQLAlchemy) -> None:
    revision = add_revision()
    people = add_learners(f"Peserta {number}" for number in range(BATCH + 3))
    for number, person in enumerate(people):
        add_finished(person, revision, [Given("a", fraction=number % 2), Given("b", "F1.dua", answered=None)])
    add_score(people[0], "F1.satu", 99.0)
    add_score(people[1], "F9.lama", 50.0)
    said = app.test_cli_runner().invoke(args=["competencies", "rebuild"])
    assert said.exit_code == 0, said.output
    assert str(BATCH + 3) in said.output
    db.session.rollback()
    assert [bare(stored_scores(person)) for person in people] == [
        {"F1.satu": score_over(float(number % 2))} for number in range(BATCH + 3)
    ]


def test_rebuilding_an_empty_office_is_no_fault(db: SQLAlchemy) -> None:
    assert rebuild(now=EIGHT) == 0


COMPETENCIES = ("X", "Y")
AT_ONCE = 2  # open attempts
EXAMPLES = settings().max_examples // 3  # each writes its history to the database; more of them in the long profile


@dataclass
class History:
    """A learner's open attempts, and the clock. Each step moves on by some minutes, perhaps none."""

    person_id: int
    minute: int = 0
    started: int = 0
    attempts: dict[int, list[Given]] = field(default_factory=dict)
    checked: set[tuple[int, int]] = field(default_factory=set)


Step = tuple[str, int, int, int, float]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["start", "save", "save", "check", "finish"]),
        st.integers(0, 2),  # minutes that pass before it
        st.integers(0, 1),  # which attempt; of a new one: which competency its revision says
        st.integers(0, 1),  # which slot; when finishing: whether it opens its keys
        st.sampled_from([0.0, 0.5, 1.0]),
    ),
    min_size=8,
    max_size=40,
)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_after_any_history_the_projection_is_what_the_facts_fold_to(db: SQLAlchemy, steps: list[Step]) -> None:
    revision = add_revision()
    (person,) = add_learners(["Siti"])
    history = History(person)
    for step in steps:
        history.minute += step[1]
        _take(db, history, revision, step)
        assert stored_scores(person) == folded_scores(person)
    for attempt in list(history.attempts):
        _hand_in(db, history, attempt, opens=True)
    kept = stored_scores(person)
    assert kept == folded_scores(person)
    rebuild(now=EIGHT + timedelta(days=1))
    assert stored_scores(person) == kept


def _take(db: SQLAlchemy, history: History, revision: int, step: Step) -> None:
    what, _, choice, slot, fraction = step
    if not history.attempts or (what == "start" and len(history.attempts) < AT_ONCE):
        pair = history.started // 2  # two attempts share both questions, the next two one of them
        asked = [f"soal{pair}", f"soal{pair + 1}"]
        attempt = add_attempt(history.person_id, revision, asked)
        history.started += 1
        history.attempts[attempt] = [Given(each, COMPETENCIES[choice], 0.0, answered=None) for each in asked]
        return
    attempt = list(history.attempts)[choice % len(history.attempts)]
    if what == "finish":
        _hand_in(db, history, attempt, opens=bool(slot))
    elif (attempt, slot) not in history.checked:
        shown = history.attempts[attempt][slot]
        opened = history.minute if what == "check" else None
        history.attempts[attempt][slot] = replace(shown, fraction=fraction, answered=history.minute, opened=opened)
        if what == "check":
            history.checked.add((attempt, slot))
            store_check(attempt, slot + 1, history.minute)


def _hand_in(db: SQLAlchemy, history: History, attempt: int, *, opens: bool) -> None:
    slots = history.attempts.pop(attempt)
    if opens:
        slots = [each if each.opened is not None else replace(each, opened=history.minute) for each in slots]
    _finish(db, history.person_id, attempt, slots, history.minute)
