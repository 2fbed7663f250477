"""Marking by hand, on both databases: an attempt waits, and has its result with the last mark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.catalogue.queries import get_published
from app.competencies.models import CompetencyScore
from app.competencies.operations import rebuild
from app.errors import NotFound
from app.marking.models import MarkChange
from app.marking.operations import storing
from app.marking.operations.by_hand import Marker, mark_by_hand
from app.marking.queries.history import history_of, last_marked
from app.marking.queries.waiting import waiting_answers, waiting_cohorts, waiting_quizzes
from app.marking.rules.by_hand import OwnAnswer, Verdict
from app.people import operations as people
from app.people.permissions import Scope
from app.progress.queries import standing_in
from app.progress.rules import course_progress
from app.questions.base import Outcome
from app.quizzes.queries import Sheet, attempts_at, marks_of
from app.quizzes.rules.starting import AttemptState
from tests.competencies.histories import score_over
from tests.ground.cast import Cast
from tests.marking.essays import (
    BLIND,
    GRADED,
    PLAIN,
    QUIZ,
    RUBRIC,
    SLUG,
    SURVEY,
    TEXT,
    begin_essays,
    hand_in,
    handed_in,
    publish_essays,
    write_in,
)
from tests.quizzes.cast import sample_quiz, sheet
from tests.quizzes.content import minute
from tests.quizzes.test_operations import at_once


@pytest.fixture(autouse=True)
def essays(db: SQLAlchemy, courses_folder: Path) -> None:
    """The course is published."""
    publish_essays(courses_folder, competency="F1.satu")


def everywhere(person_id: int) -> Scope:
    return Scope(person_id, everything=True)


def mark(work: Sheet, slot: int, fraction: float, by: int, at: float = 9, **more: Any) -> None:
    newest = history_of(work.id, slot)
    shown = more.get("shown", newest[-1].seq if newest else 0)
    verdict = Verdict(fraction, more.get("levels", {}), more.get("comment", ""), shown)
    marker = Marker(more.get("within", everywhere(by)), more.get("decides", False))
    mark_by_hand(work.id, slot, verdict, by=marker, now=minute(at))


def score_of(db: SQLAlchemy, person_id: int) -> tuple[float, int] | None:
    db.session.rollback()
    columns = (CompetencyScore.score, CompetencyScore.questions)
    found = db.session.execute(select(*columns).where(CompetencyScore.person_id == person_id)).one_or_none()
    return tuple(found) if found else None


def scored(*fractions: float) -> tuple[Any, int]:
    """What `score_of` tells of answers worth so much each."""
    guesses = [0.5] + [0.0] * (len(fractions) - 1)  # true or false, then essays
    return pytest.approx(score_over(*fractions, said=None, guesses=guesses).score), len(fractions)


def test_an_attempt_with_essays_waits_and_the_rest_of_it_is_graded(siti: int, db: SQLAlchemy) -> None:
    work = handed_in(siti)
    assert (work.fact.state, work.fact.fraction, work.fact.passed) == (AttemptState.SUBMITTED, None, None)
    assert work.finished and work.fact.finished_at == minute(0)
    marks = marks_of(work.id)
    assert {slot: (each.outcome, each.fraction) for slot, each in marks.items()} == {
        GRADED: (Outcome.RIGHT, 1.0),
        TEXT: (Outcome.NOT_MARKED, None),
        RUBRIC: (Outcome.NEEDS_MARKING, None),
        PLAIN: (Outcome.NEEDS_MARKING, None),
        SURVEY: (Outcome.NOT_MARKED, None),
    }
    assert score_of(db, siti) == scored(1.0), "what waits is no evidence"
    found, _ = sample_quiz(QUIZ, SLUG)
    _, facts = standing_in(siti, get_published(SLUG).course)
    assert facts.quizzes[QUIZ].waiting and facts.quizzes[QUIZ].best is None
    assert course_progress(found.course, facts).waiting


def test_an_attempt_whose_essays_are_blank_waits_for_nobody(siti: int) -> None:
    done = hand_in(begin_essays(siti))
    assert (done.fact.state, done.fact.fraction) == (AttemptState.FINISHED, 0.0)
    assert marks_of(done.id)[RUBRIC].outcome == Outcome.GAVE_UP


def test_with_the_last_mark_come_total_pass_score_keys_and_completion(cast: Cast, db: SQLAlchemy) -> None:
    work = handed_in(cast.siti)
    mark(work, RUBRIC, 0.75, cast.rahmat, at=9)
    assert sheet(work.id, cast.siti).fact.state is AttemptState.SUBMITTED, "the other essay waits"
    assert score_of(db, cast.siti) == scored(1.0, 0.75), "a marked essay is evidence at once"
    mark(work, PLAIN, 0.5, cast.rahmat, at=10)
    done = sheet(work.id, cast.siti).fact
    assert (done.state, done.passed, done.finished_at) == (AttemptState.FINISHED, True, minute(0))
    assert done.fraction == pytest.approx((1 + 0.75 * 2 + 0.5) / 4)
    assert score_of(db, cast.siti) == scored(1.0, 0.75, 0.5)
    assert {each.key_opened_at for each in marks_of(work.id).values()} == {minute(10)}
    assert last_marked(cast.siti, SLUG, QUIZ) == {work.id: minute(10)}
    rebuild(now=minute(11))
    assert score_of(db, cast.siti) == scored(1.0, 0.75, 0.5), "folded anew it is the same"


def test_the_course_is_completed_by_the_mark_that_passes_its_last_quiz(cast: Cast) -> None:
    works = [handed_in(cast.siti, quiz) for quiz in (QUIZ, BLIND, "ujian-uraian")]
    for at, (work, slot) in enumerate([(works[0], RUBRIC), (works[0], PLAIN), (works[1], 1), (works[2], 1)], start=1):
        assert standing_in(cast.siti, get_published(SLUG).course)[1].completed_at is None
        mark(work, slot, 1.0, cast.admin, at, decides=True)
    assert standing_in(cast.siti, get_published(SLUG).course)[1].completed_at == minute(4)


def test_every_mark_is_kept_the_newest_counts_and_a_correction_moves_the_result(cast: Cast, db: SQLAlchemy) -> None:
    work = handed_in(cast.siti)
    mark(work, PLAIN, 1.0, cast.rahmat)
    mark(work, RUBRIC, 1.0, cast.rahmat, 9, levels={"isi": 0, "bahasa": 0}, comment="Bagus.")
    mark(work, RUBRIC, 0.0, cast.admin, 20, comment="Ini salinan.")
    done = sheet(work.id, cast.siti).fact
    assert (done.fraction, done.passed, done.finished_at) == (0.5, False, minute(0))
    assert score_of(db, cast.siti) == scored(1.0, 1.0, 0.0)
    assert [(each.marker, each.fraction, each.levels, each.comment) for each in history_of(work.id, RUBRIC)] == [
        ("Rahmat Hidayat", 1.0, {"isi": 0, "bahasa": 0}, "Bagus."),
        ("Admin Kantor", 0.0, {}, "Ini salinan."),
    ]


def test_a_form_sent_twice_is_kept_once(cast: Cast, db: SQLAlchemy) -> None:
    work = handed_in(cast.siti)
    for _ in range(2):
        mark(work, PLAIN, 0.5, cast.rahmat, comment="Cukup.", shown=0)
    assert len(history_of(work.id, PLAIN)) == 1


def test_two_who_mark_at_once_both_stay_and_the_attempt_is_counted_once(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    work = handed_in(cast.siti, BLIND)
    db.session.rollback()
    results = at_once(
        app,
        lambda: mark(work, 1, 0.4, cast.rahmat, shown=0),
        lambda: mark(work, 1, 0.8, cast.admin, shown=0),
    )
    assert results == [None, None]
    db.session.rollback()
    assert [each.seq for each in history_of(work.id, 1)] == [1, 2]
    assert sheet(work.id, cast.siti).fact.fraction == pytest.approx(0.6)


def test_a_failure_halfway_leaves_no_mark_behind(cast: Cast, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch) -> None:
    work = handed_in(cast.siti, BLIND)

    def fail(*args: Any, **more: Any) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(storing, "store_completion", fail)
    with pytest.raises(RuntimeError):
        mark(work, 1, 1.0, cast.admin, decides=True)
    db.session.rollback()
    assert db.session.scalar(select(func.count(MarkChange.id))) == 0
    assert sheet(work.id, cast.siti).fact.state is AttemptState.SUBMITTED
    assert marks_of(work.id)[1].fraction is None


def test_what_no_person_marks_cannot_be_marked(cast: Cast) -> None:
    work = begin_essays(cast.siti)
    write_in(work, RUBRIC)
    with pytest.raises(NotFound):
        mark(work, RUBRIC, 1.0, cast.rahmat)  # not handed in
    hand_in(work)
    for slot in (GRADED, TEXT, PLAIN, SURVEY, 6):  # PLAIN was left blank
        with pytest.raises(NotFound):
            mark(work, slot, 1.0, cast.rahmat)


def test_nobody_marks_an_answer_of_their_own(cast: Cast) -> None:
    work = handed_in(cast.rahmat)
    with pytest.raises(OwnAnswer):
        mark(work, PLAIN, 1.0, cast.rahmat)
    assert waiting_quizzes(everywhere(cast.rahmat)) == ()
    assert [each.answers for each in waiting_quizzes(everywhere(cast.admin))] == [2]


def test_a_trainer_marks_within_the_grant_alone(cast: Cast) -> None:
    work = handed_in(cast.siti)
    place = str(cast.organisation)
    for scope, reached in [
        (Scope(cast.rahmat, courses=frozenset({SLUG})), True),
        (Scope(cast.rahmat, courses=frozenset({"contoh"})), False),
        (Scope(cast.rahmat, organisations=frozenset({place})), True),
        (Scope(cast.rahmat, organisations=frozenset({"999"})), False),
        (Scope(cast.rahmat), False),
    ]:
        assert bool(waiting_answers(SLUG, QUIZ, scope)) is reached, scope
        if not reached:
            with pytest.raises(NotFound):
                mark(work, PLAIN, 1.0, cast.rahmat, within=scope)


def test_the_queue_puts_answers_to_one_question_together_and_leaves_out_what_is_marked(cast: Cast) -> None:
    first, second = handed_in(cast.siti, now=minute(1)), handed_in(cast.noor, now=minute(2))
    scope = everywhere(cast.rahmat)

    def queue() -> list[tuple[int, int]]:
        return [(each.attempt_id, each.slot) for each in waiting_answers(SLUG, QUIZ, scope)]

    assert queue() == [(first.id, RUBRIC), (second.id, RUBRIC), (first.id, PLAIN), (second.id, PLAIN)]
    mark(first, RUBRIC, 1.0, cast.rahmat)
    assert queue() == [(second.id, RUBRIC), (first.id, PLAIN), (second.id, PLAIN)]
    (waiting,) = waiting_quizzes(scope)
    assert (waiting.course_slug, waiting.quiz_id, waiting.answers, waiting.oldest) == (SLUG, QUIZ, 3, minute(1))


def test_a_queue_can_be_one_cohorts(cast: Cast) -> None:
    handed_in(cast.siti)
    handed_in(cast.noor)
    scope = everywhere(cast.rahmat)
    cohort = people.add_cohort("Angkatan I")
    people.enrol(cohort, [cast.siti])
    assert {each.name for each in waiting_answers(SLUG, QUIZ, scope, cohort)} == {"Siti Aminah"}
    assert [(each.id, each.name) for each in waiting_cohorts(SLUG, QUIZ, scope)] == [(cohort, "Angkatan I")]


def test_of_two_markers_each_is_asked_once_and_the_mean_counts(cast: Cast) -> None:
    work = handed_in(cast.siti, BLIND)
    mark(work, 1, 0.4, cast.rahmat)
    assert sheet(work.id, cast.siti).fact.state is AttemptState.SUBMITTED
    assert waiting_answers(SLUG, BLIND, everywhere(cast.rahmat)) == ()
    assert len(waiting_answers(SLUG, BLIND, everywhere(cast.admin))) == 1
    mark(work, 1, 0.8, cast.admin, shown=0)
    assert sheet(work.id, cast.siti).fact.fraction == pytest.approx(0.6)


def test_an_attempt_that_waits_uses_up_its_number(cast: Cast) -> None:
    work = handed_in(cast.siti, "ujian-uraian")
    assert begin_again(cast.siti) == "AttemptsUsedUp"
    mark(work, 1, 0.2, cast.rahmat)
    (only,) = attempts_at(cast.siti, SLUG, "ujian-uraian")
    assert (only.state, only.passed) == (AttemptState.FINISHED, False)


def begin_again(person_id: int) -> str:
    try:
        begin_essays(person_id, "ujian-uraian")
    except Exception as refused:  # its name is looked at
        return type(refused).__name__
    return "began"
