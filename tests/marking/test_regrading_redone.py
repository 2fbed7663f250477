"""A question done again before its key was mended: its first answer, evidence of a competency, follows the key too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from flask_sqlalchemy import SQLAlchemy
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update

from app.catalogue.operations import sync
from app.catalogue.queries import get_published
from app.competencies.models import CompetencyScore
from app.competencies.operations import rebuild
from app.db import join_migrations
from app.marking.models import RegradeMark
from app.marking.operations.finishing import finish_attempt
from app.marking.operations.regrading import undo_regrade
from app.marking.queries.regrading import previewed
from app.marking.rules.decisions import Decision
from app.marking.rules.regrading import Exchange, HandedIn, Order, ResultExchange, plan_of, put_back
from app.people.permissions import Scope
from app.questions.base import Outcome
from app.quizzes.models import Mark
from app.quizzes.operations import answer_question
from app.quizzes.queries import Sheet, slots_of
from app.quizzes.rules.answering import Action, AnswerRow
from tests.competencies.histories import score_over
from tests.ground.cast import Cast
from tests.marking.regrades import SLUG, everything_stored, regrade, wanted
from tests.marking.test_regrading_rules import BLANK, RIGHT_FOR_ALL, A, attempt, course_of, said, with_key
from tests.quizzes.cast import begin, give, posted
from tests.quizzes.content import PRACTICE, START, minute

PRACTICE_QUIZ, JUDGED = "latihan", f"{SLUG}/latihan/benar-salah"
GUESSES = (0.0, 0.5)  # of its competency: a word to write, and true or false, whose key is mended


def redone(*chosen: str) -> list[AnswerRow]:
    """A question checked with each of these options, opened again in between."""
    rows: list[AnswerRow] = []
    for option in chosen:
        if rows:
            rows.append(AnswerRow(len(rows) + 1, Action.REDO, None, "page", START))
        rows.append(said(option, "check", len(rows) + 1))
    return rows


def handed_in(*chosen: str) -> HandedIn:
    """The same in an attempt that was handed in while "a" was the right option."""
    work = attempt([BLANK], {1: redone(*chosen)}, settings=PRACTICE)
    (moved,) = plan_of([work], Order(course_of(work.questions), {})).moved or [None]
    return work if moved is None else replace(work, marks={1: moved.slots[0].new}, result=moved.new)


@pytest.mark.parametrize(
    ("chosen", "before", "after"),
    [
        ("ba", (1.0, 0.0), (0.0, 1.0)),
        ("ab", (0.0, 1.0), (1.0, 0.0)),
        ("bb", (0.0, 0.0), (1.0, 1.0)),
        ("bcb", (0.0, 0.0), (1.0, 1.0)),
        ("bc", (0.0, 0.0), (0.0, 1.0)),  # what counts stays wrong, the evidence does not
        ("ca", (1.0, 0.0), (0.0, 0.0)),
        ("a", (1.0, None), (0.0, None)),
        ("c", (0.0, None), (0.0, None)),
    ],
)
def test_both_the_answer_that_counts_and_the_first_one_follow_the_mended_key(
    chosen: str, before: tuple[float, float | None], after: tuple[float, float | None]
) -> None:
    work = handed_in(*chosen)
    plan = plan_of([work], Order(course_of({**work.questions, A: with_key("b")}), {}))
    marks = plan.moved[0].slots[0].new if plan.moved else work.marks[1]
    assert [(each.fraction, each.first_fraction) for each in (work.marks[1], marks)] == [before, after]
    assert plan.first_answers == (before[1] != after[1])


@given(
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=4),
    st.sampled_from("abcd"),
    st.sampled_from([{}, RIGHT_FOR_ALL, {A: Decision.LEFT_OUT}]),
)
def test_regrading_twice_moves_once_and_undoing_puts_first_answers_back(
    chosen: list[str], key: str, decisions: dict[str, Decision]
) -> None:
    work = handed_in(*chosen)
    order = Order(course_of({**work.questions, A: with_key(key)}), decisions)
    for moved in plan_of([work], order).moved:
        after = replace(work, marks={1: moved.slots[0].new}, result=moved.new)
        assert plan_of([after], order).moved == ()
        back = put_back(after, {1: Exchange(*moved.slots[0][2:])}, ResultExchange(moved.old, moved.new))
        assert (back.slots[0].new, back.new) == (work.marks[1], work.result)


@pytest.fixture
def practised(db: SQLAlchemy, cast: Cast) -> Sheet:
    """Siti's practice: every question checked wrong, opened again, and then right."""
    work = begin(cast.siti, PRACTICE_QUIZ)
    for slot in range(1, len(work.places) + 1):
        give(work, slot, right=False, now=minute(1), check=True)
        again = posted({}, shown=slots_of(work)[slot - 1].seq, wanted="redo")
        answer_question(work.id, slot, again, within=Scope(work.person_id), now=minute(2))
        give(work, slot, right=True, now=minute(3), check=True)
    finish_attempt(work.id, within=Scope(work.person_id), now=minute(4))
    return work


def mend_key(folder: Path) -> int:
    """Publish the course with the other answer of the true-or-false question as the right one; the revision's id."""
    module = folder / SLUG / "01-dasar.yaml"
    module.write_text(module.read_text("utf-8").replace("answer: false", "answer: true"), "utf-8")
    sync(folder, now=minute(50))
    return get_published(SLUG).revision_id


def first_and_last(db: SQLAlchemy, question: str = JUDGED) -> tuple[float | None, float | None]:
    db.session.rollback()
    mark = db.session.scalars(select(Mark).where(Mark.question == question)).one()
    return mark.first_fraction, mark.fraction


def score(db: SQLAlchemy, cast: Cast) -> float:
    found = db.session.scalar(
        select(CompetencyScore.score).where(
            CompetencyScore.person_id == cast.siti, CompetencyScore.competency == "F1.dua"
        )
    )
    assert found is not None
    return found


def test_the_score_follows_the_first_answer_is_what_a_rebuild_gives_and_comes_back(
    practised: Sheet, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    before = everything_stored()
    assert score(db, cast) == pytest.approx(score_over(0.0, 0.0, said=None, guesses=GUESSES).score)
    assert first_and_last(db) == (0.0, 1.0)
    revision = mend_key(courses_folder)
    asked = wanted(revision, quiz=PRACTICE_QUIZ)
    assert previewed(asked).plan.first_answers == 1
    made = regrade(asked)
    assert first_and_last(db) == (1.0, 0.0)
    assert score(db, cast) == pytest.approx(score_over(0.0, 1.0, said=None, guesses=GUESSES).score), (
        "one of two questions of the competency"
    )
    after = everything_stored()
    rebuild(now=minute(70))
    assert everything_stored() == after
    undo_regrade(made, by=None, now=minute(80))
    told = everything_stored()
    assert (told["marks"], told["scores"]) == (before["marks"], before["scores"])


def test_a_decision_taken_before_the_hand_in_leaves_the_first_answer_and_can_be_undone(
    cast: Cast, db: SQLAlchemy, practised: Sheet
) -> None:
    made = regrade(wanted(decisions={JUDGED: Decision.EVERYBODY_RIGHT}, quiz=PRACTICE_QUIZ))
    later = begin(cast.siti, PRACTICE_QUIZ, now=minute(61))
    slot = next(slot for slot, place in enumerate(later.places, start=1) if place.question == JUDGED)
    give(later, slot, right=False, now=minute(62), check=True)
    again = posted({}, shown=1, wanted="redo")
    answer_question(later.id, slot, again, within=Scope(cast.siti), now=minute(63))
    give(later, slot, right=True, now=minute(64), check=True)
    finish_attempt(later.id, within=Scope(cast.siti), now=minute(65))

    def marks() -> list[tuple[str, float | None, float | None]]:
        db.session.rollback()
        asked = select(Mark.outcome, Mark.fraction, Mark.first_fraction).where(Mark.question == JUDGED)
        return [tuple(each) for each in db.session.execute(asked)]

    assert marks() == [(Outcome.CREDITED, 1.0, 0.0)] * 2
    undo_regrade(made, by=None, now=minute(70))
    assert marks() == [(Outcome.RIGHT, 1.0, 0.0)] * 2


def test_a_regrade_of_the_release_before_can_still_be_undone(
    app: Flask, practised: Sheet, db: SQLAlchemy, courses_folder: Path
) -> None:
    made = regrade(wanted(mend_key(courses_folder), quiz=PRACTICE_QUIZ))
    db.session.execute(update(Mark).values(first_fraction=0.0))  # as that release would have left it
    db.session.commit()
    db.session.remove()
    join_migrations(app)
    downgrade(revision="0012")
    upgrade()
    kept = select(func.count()).select_from(RegradeMark).where(RegradeMark.old_first_fraction == 0.0)
    assert db.session.scalar(kept) == 1
    undo_regrade(made, by=None, now=minute(80))
    assert first_and_last(db) == (0.0, 1.0)
    assert db.session.scalar(text("SELECT count(*) FROM answer WHERE unsent IS NULL"))
