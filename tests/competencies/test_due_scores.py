"""Scores are made anew when an answer grows too old, when the cut moves, and when their marks say more than before."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.catalogue.operations import sync
from app.catalogue.queries import get_published
from app.chores.runner import REFOLD_EVERY, Runner
from app.competencies.models import CompetencyScore
from app.competencies.operations import BATCH, rebuild, refold_due, store_scores
from app.competencies.queries.answers import competency_record
from app.competencies.rules import State, counts_until
from app.db import begin_write
from app.quizzes.models import Mark
from tests.competencies.histories import (
    EIGHT,
    Given,
    add_attempt,
    add_finished,
    add_learners,
    add_revision,
    at,
    folded_scores,
    store_marks,
    stored_scores,
)
from tests.ground.database import PUBLISHED, Start

DAY = 60 * 24
MONTHS = 24


@pytest.fixture
def start() -> Start:
    """There is a framework to score."""
    return PUBLISHED


def hand_in(db: SQLAlchemy, person_id: int, revision: int, slots: list[Given], minute: int) -> None:
    attempt = add_attempt(person_id, revision, [each.question for each in slots])
    begin_write()
    store_marks(attempt, slots, minute)
    store_scores(person_id, {each.competency for each in slots if each.competency}, now=at(minute))
    db.session.commit()


def test_a_score_falls_due_with_its_oldest_answer_and_the_chores_make_it_anew(app: Flask, db: SQLAlchemy) -> None:
    (siti, noor), revision = add_learners(["Siti", "Noor"]), add_revision()
    for person, later in ((siti, 20 * DAY), (noor, 40 * DAY)):
        hand_in(db, person, revision, [Given("a", fraction=0.0), Given("c", "F1.dua")], 5)
        hand_in(db, person, revision, [Given("b", answered=later)], later)
    due = counts_until(EIGHT, MONTHS)
    assert refold_due(now=due - timedelta(seconds=1)) == 0
    before = stored_scores(siti)
    assert (before["F1.satu"].questions, before["F1.satu"].holds_until) == (2, due)
    assert refold_due(now=due) == 2
    after = stored_scores(siti)
    assert after == folded_scores(siti, due)
    assert (after["F1.satu"].questions, set(after)) == (1, {"F1.satu"}), "nothing is left in the other"
    assert after["F1.satu"].score > before["F1.satu"].score, "the wrong answer counts no longer"
    assert refold_due(now=due) == 0, "what was made anew is not due"


def test_the_runner_looks_for_due_scores_a_batch_at_a_time(app: Flask, db: SQLAlchemy, courses_folder: Path) -> None:
    revision = add_revision()
    people = add_learners(f"Peserta {number}" for number in range(BATCH + 1))
    for person in people:
        hand_in(db, person, revision, [Given("a")], 5)
    runner, due = Runner(courses_folder), counts_until(EIGHT, MONTHS)
    left = select(CompetencyScore.person_id)
    runner.look(due)
    db.session.rollback()
    assert db.session.scalars(left).all() == people[-1:]
    runner.look(due + timedelta(seconds=1))
    db.session.rollback()
    assert db.session.scalars(left).all() == []
    hand_in(db, people[0], revision, [Given("a")], 6)
    runner.look(due + timedelta(seconds=2))
    db.session.rollback()
    assert len(db.session.scalars(left).all()) == 1, "it looked just now"
    runner.look(due + REFOLD_EVERY + timedelta(seconds=1))
    db.session.rollback()
    assert db.session.scalars(left).all() == []


def test_a_cut_that_moves_makes_the_scores_under_it_due(app: Flask, db: SQLAlchemy, courses_folder: Path) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    slots = [Given(f"q{number}", fraction=0.8) for number in range(12)]
    hand_in(db, siti, revision, [*slots, Given("z", "F9.lama")], 5)
    assert stored_scores(siti)["F1.satu"].state is not State.MASTERED
    file = courses_folder / "competencies.yaml"
    file.write_text(file.read_text("utf-8").replace("id: F1.satu\n", "id: F1.satu\n        cut: 50\n", 1), "utf-8")
    sync(courses_folder, now=at(10))
    db.session.rollback()
    app.extensions["catalogue"].asked_at -= 1  # a second later
    assert refold_due(now=at(11)) == 1
    assert stored_scores(siti)["F1.satu"].state is State.MASTERED
    assert stored_scores(siti) == folded_scores(siti, at(11))
    assert refold_due(now=at(12)) == 0


def test_rebuilding_notes_in_older_marks_what_was_said_of_their_question(db: SQLAlchemy) -> None:
    (siti,), served = add_learners(["Siti"]), get_published("contoh")
    questions = served.course.questions
    easy = next(name for name, each in questions.items() if each.said_difficulty == "easy" and each.blind_score())
    unsaid = next(name for name, each in questions.items() if each.said_difficulty is None)
    names = [easy, unsaid, "contoh/latihan/hilang"]
    attempt = add_finished(siti, served.revision_id, [Given(name, difficulty=None, guess=None) for name in names])
    before = folded_scores(siti)
    assert before["F1.satu"].holds_until == EIGHT, "due: nobody has looked yet what a guess earns"
    rebuild(now=EIGHT)
    kept = db.session.execute(
        select(Mark.difficulty, Mark.guess).where(Mark.attempt_id == attempt).order_by(Mark.slot)
    ).all()
    assert [tuple(row) for row in kept] == [
        ("easy", questions[easy].blind_score()),
        (None, questions[unsaid].blind_score()),
        (None, 0.0),
    ]
    assert stored_scores(siti) == folded_scores(siti)
    assert stored_scores(siti)["F1.satu"].score < before["F1.satu"].score, "a right answer to an easy one says less"
    assert refold_due(now=at(1)) == 0, "what no revision says is asked for once"


def test_scores_of_an_earlier_release_are_due(db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), add_revision()
    hand_in(db, siti, revision, [Given("a")], 5)
    whole = stored_scores(siti)
    begin_write()
    db.session.execute(update(CompetencyScore).values(basis="", holds_until=None, sd=20.8, state="too_few"))
    db.session.commit()
    assert refold_due(now=at(6)) == 1
    assert stored_scores(siti) == whole


def test_the_record_opens_a_score_to_its_answers_with_their_weight_and_what_is_too_old(db: SQLAlchemy) -> None:
    (siti,), revision = add_learners(["Siti"]), get_published("contoh").revision_id
    hand_in(db, siti, revision, [Given("contoh/latihan/tunggal", fraction=0.0)], 5)
    later = [Given("contoh/latihan/ganda", answered=40 * DAY), Given("contoh/latihan/isian", answered=40 * DAY)]
    hand_in(db, siti, revision, later, 40 * DAY)
    now = counts_until(EIGHT, MONTHS) + timedelta(days=1)
    record = competency_record(siti, "F1.satu", now=now)
    assert record.chosen is not None and record.chosen.score is not None
    assert (record.chosen.score.questions, record.questions, record.months) == (2, 2, MONTHS)
    assert [(each.counts, each.answered_at, each.version) for each in record.answers] == [
        (False, EIGHT, 1),
        (True, at(40 * DAY), 1),
        (True, at(40 * DAY), 1),
    ]
    assert record.answers[0].counts_until == counts_until(EIGHT, MONTHS)
    assert [each.weight for each in record.answers] == [None, pytest.approx(50), pytest.approx(50)]


MOMENTS = st.lists(st.tuples(st.integers(0, 900), st.sampled_from("abcd"), st.sampled_from([0.0, 1.0])), max_size=6)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(answers=MOMENTS, waits=st.lists(st.integers(0, 500), min_size=1, max_size=4))
def test_whenever_it_is_looked_at_what_still_holds_is_what_the_facts_fold_to(
    db: SQLAlchemy, answers: list[tuple[int, str, float]], waits: list[int]
) -> None:
    """A row whose time has not come says the same as a fold at that moment; the chores mend the rest."""
    (siti,), revision = add_learners(["Siti"]), add_revision()
    for number, (day, question, fraction) in enumerate(sorted(answers)):
        competency = "F1.satu" if number % 2 else "F1.dua"
        hand_in(db, siti, revision, [Given(question, competency, fraction, answered=day * DAY)], day * DAY)
    now: datetime = at(900 * DAY)
    for wait in waits:
        now += timedelta(days=wait)
        folded, stored = folded_scores(siti, now), stored_scores(siti)
        for name, score in stored.items():
            assert score.holds_until is not None
            assert score.holds_until <= now or folded[name] == score
        refold_due(now=now)
        assert stored_scores(siti) == folded
    rebuild(now=now)
    assert stored_scores(siti) == folded
