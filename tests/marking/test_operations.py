"""Handing in, on both databases: marks, result, keys, scores and completion in one transaction."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from app.competencies.models import CompetencyScore
from app.marking.operations import storing
from app.marking.operations.finishing import finish_attempt
from app.people.permissions import Scope
from app.progress.operations import finish_lesson
from app.progress.queries import standing_in
from app.questions.base import Outcome
from app.quizzes.models import Answer, Mark
from app.quizzes.queries import Sheet, attempts_at, marks_of
from app.quizzes.rules.answering import AttemptOver
from app.quizzes.rules.grading import QuizGrade, quiz_grade
from app.quizzes.rules.starting import AttemptState
from tests.quizzes.cast import begin, give, give_all, sample_quiz, sheet
from tests.quizzes.content import minute
from tests.quizzes.test_operations import at_once


def hand_in(work: Sheet, at: float) -> Sheet:
    finish_attempt(work.id, within=Scope(work.person_id), now=minute(at))
    return sheet(work.id, work.person_id)


def test_an_attempt_with_every_answer_right_is_worth_all(siti: int) -> None:
    work = begin(siti, "latihan")
    give_all(work, right=True)
    done = hand_in(work, 5)
    assert (done.fact.state, done.fact.fraction, done.fact.passed) == (AttemptState.FINISHED, 1.0, True)
    assert done.fact.finished_at == minute(5)
    assert [mark.outcome for mark in marks_of(work.id).values()] == [Outcome.RIGHT] * 5


def test_points_weigh_and_what_was_not_answered_is_worth_nothing(siti: int) -> None:
    work = begin(siti, "latihan")
    slot = next(slot for slot in range(1, 6) if work.question(slot).id == "ganda")  # 2 of the 6 points
    give(work, slot, right=True)
    done = hand_in(work, 5)
    assert done.fact.fraction == pytest.approx(2 / 6)
    assert done.fact.passed is False
    marks = marks_of(work.id)
    assert {mark.outcome for place, mark in marks.items() if place != slot} == {Outcome.GAVE_UP}
    assert [mark.answered_at for place, mark in sorted(marks.items())] == [
        minute(0) if place == slot else None for place in range(1, 6)
    ]


def test_handing_in_twice_keeps_the_first_result(siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    give(work, 1, right=True)
    first = hand_in(work, 5).fact
    marks = marks_of(work.id)
    assert hand_in(work, 9).fact == first
    assert marks_of(work.id) == marks


def test_of_two_hand_ins_at_once_one_counts(app: Flask, siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    give_all(work, right=True)
    db.session.rollback()
    results = at_once(
        app, *[lambda at=at: finish_attempt(work.id, within=Scope(siti), now=minute(at)) for at in (5, 6, 7)]
    )
    assert results == [None, None, None]
    assert len(marks_of(work.id)) == 5
    assert sheet(work.id, siti).fact.fraction == 1.0


def test_an_answer_and_a_hand_in_at_once_leave_no_saved_answer_ungraded(app: Flask, siti: int, db: SQLAlchemy) -> None:
    for _ in range(3):
        work = begin(siti, "latihan")
        db.session.rollback()
        said, _ = at_once(
            app,
            lambda: give(work, 1, right=True, now=minute(1)),  # noqa: B023 (used before the next round)
            lambda: finish_attempt(work.id, within=Scope(siti), now=minute(2)),  # noqa: B023
        )
        db.session.rollback()
        stored = db.session.scalars(select(Answer.id).where(Answer.attempt_id == work.id)).all()
        assert bool(stored) is not isinstance(said, AttemptOver), said
        assert marks_of(work.id)[1].outcome == (Outcome.RIGHT if stored else Outcome.GAVE_UP)


def test_a_failure_halfway_leaves_nothing_behind(siti: int, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch) -> None:
    work = begin(siti, "latihan")
    give_all(work, right=True)

    def fail(*args: Any, **more: Any) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(storing, "store_completion", fail)
    with pytest.raises(RuntimeError):
        finish_attempt(work.id, within=Scope(siti), now=minute(5))
    db.session.rollback()
    assert sheet(work.id, siti).fact.state is AttemptState.IN_PROGRESS
    assert marks_of(work.id) == {}
    assert db.session.scalars(select(CompetencyScore.score)).all() == []


def keys_opened(work: Sheet) -> set[Any]:
    return {mark.key_opened_at for mark in marks_of(work.id).values()}


def test_a_checked_question_opened_its_key_when_it_was_checked(siti: int) -> None:
    work = begin(siti, "latihan")
    give(work, 1, right=False, now=minute(1), check=True)
    give(work, 2, right=True, now=minute(2))
    hand_in(work, 9)
    marks = marks_of(work.id)
    assert [marks[slot].key_opened_at for slot in (1, 2, 3)] == [minute(1), minute(9), minute(9)]


def test_a_test_opens_its_keys_with_the_attempt_that_passes_earlier_ones_included(siti: int) -> None:
    first = begin(siti, "tes")
    hand_in(first, 1)
    assert keys_opened(first) == {None}
    second = begin(siti, "tes")
    give_all(second, right=True)
    hand_in(second, 3)
    assert keys_opened(first) == keys_opened(second) == {minute(3)}
    third = begin(siti, "tes")
    hand_in(third, 8)
    assert keys_opened(third) == {minute(8)}
    assert keys_opened(first) == {minute(3)}, "an open key stays open since then"


def test_a_test_opens_its_keys_once_its_attempts_are_used_up(siti: int) -> None:
    works = []
    for at in (1, 2, 3):
        works.append(begin(siti, "tes"))
        hand_in(works[-1], at)
    assert [keys_opened(work) for work in works] == [{minute(3)}] * 3


def test_one_persons_passing_opens_no_key_for_another(cast: Any, siti: int) -> None:
    others = begin(cast.rahmat, "tes")
    hand_in(others, 1)
    mine = begin(siti, "tes")
    give_all(mine, right=True)
    hand_in(mine, 2)
    assert keys_opened(others) == {None}


def test_an_exam_never_opens_its_keys(siti: int) -> None:
    work = begin(siti, "ujian")
    give_all(work, right=True)
    hand_in(work, 5)
    assert keys_opened(work) == {None}


def test_the_best_attempt_counts_and_a_later_worse_one_takes_nothing_away(siti: int) -> None:
    work = begin(siti, "tes")
    give_all(work, right=True)
    hand_in(work, 1)
    hand_in(begin(siti, "tes"), 2)
    assert quiz_grade(attempts_at(siti, "contoh", "tes"), work.quiz.settings) == QuizGrade(1.0, passed=True)


def test_marks_carry_the_competency_and_the_scores_follow(siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "latihan")
    give_all(work, right=True)
    hand_in(work, 5)
    marks = db.session.scalars(select(Mark).where(Mark.attempt_id == work.id)).all()
    assert {each.competency for each in marks} == {"F1.satu", "F1.dua", "F2.tiga"}
    said = {each.question: (each.difficulty, each.guess) for each in marks}
    asked = {place.question: work.question(slot) for slot, place in enumerate(work.places, 1)}
    assert said == {name: (each.said_difficulty, each.blind_score()) for name, each in asked.items()}
    assert {"easy", None} <= {difficulty for difficulty, _ in said.values()}, "what its author did not say is not known"
    scores = db.session.execute(select(CompetencyScore.competency, CompetencyScore.score, CompetencyScore.questions))
    assert {name: (score > 55, count) for name, score, count in scores} == {
        "F1.satu": (True, 2),
        "F1.dua": (True, 2),
        "F2.tiga": (True, 1),
    }


def test_the_last_quiz_completes_the_course_in_the_same_hand_in(siti: int) -> None:
    found, _ = sample_quiz("tes")
    for lesson in ("pengantar", "lanjutan"):
        finish_lesson(siti, found.course, found.revision_id, lesson, now=minute(0))
    for at, quiz in enumerate(("latihan", "tes", "ujian"), start=1):
        assert standing_in(siti, found.course)[1].completed_at is None
        work = begin(siti, quiz)
        give_all(work, right=True)
        hand_in(work, at)
    assert standing_in(siti, found.course)[1].completed_at == minute(3)
