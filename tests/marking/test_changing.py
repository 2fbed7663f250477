"""Attempts that are opened again, given time, taken out and put back: what counts, what is remembered, what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from app.catalogue.queries import get_published
from app.competencies.operations import rebuild
from app.competencies.queries.facts import facts_of_many
from app.competencies.queries.yardstick import yardstick_now
from app.competencies.rules import Score, competency_scores, evidence_of
from app.errors import NotFound
from app.marking.operations.changing import change_attempt
from app.marking.operations.finishing import close_overdue, finish_attempt
from app.marking.operations.regrading import undo_regrade
from app.marking.rules.decisions import Decision
from app.people.permissions import Scope
from app.progress.models import CourseCompletion
from app.progress.queries import standing_in
from app.quizzes.events import deleted_for, events_of
from app.quizzes.models import Answer, KeyShown
from app.quizzes.queries import Sheet, marks_of
from app.quizzes.rules.answering import AttemptTakenOut
from app.quizzes.rules.changes import (
    AnotherUnderWay,
    Change,
    ChangedMeanwhile,
    ChangeKind,
    ChangeRefused,
    MarkedByPeople,
    OwnAttempt,
    RegradedMeanwhile,
    TimeWasUp,
)
from app.quizzes.rules.starting import AttemptState, AttemptsUsedUp
from app.quizzes.standing import standing_at
from tests.competencies.histories import folded_scores, stored_scores
from tests.ground.cast import Cast
from tests.marking.essays import PLAIN, handed_in, publish_essays
from tests.marking.regrades import HARD, regrade, wanted
from tests.marking.test_by_hand import mark
from tests.marking.test_operations import hand_in
from tests.marking.test_time import settings
from tests.quizzes.cast import begin, give, give_all, sample_quiz, sheet
from tests.quizzes.content import START, minute

REOPENED, EXTRA_TIME, DELETED, RESTORED = ChangeKind
WHY = "Salah tekan"


@pytest.fixture
def rahmat(cast: Cast) -> Scope:
    """A trainer of every course."""
    return Scope(cast.rahmat, everything=True)


def change(work: Sheet, kind: ChangeKind, by: Scope, now: datetime = START, minutes: int | None = None) -> Change:
    """Do it as a trainer does whose page is up to date; what was sent."""
    found = sheet(work.id, work.person_id)
    sent = Change(kind, by.person_id, WHY, len(events_of(work.id)), found.state_at(now), minutes)
    change_attempt(work.id, sent, within=by, now=now)
    return sent


def done(siti: int, quiz: str = "tes", *, right: bool = True, at: float = 5) -> Sheet:
    work = begin(siti, quiz)
    give_all(work, right=right, now=minute(1))
    return hand_in(work, at)


def answered(db: SQLAlchemy, work: Sheet) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(Answer.id).where(Answer.attempt_id == work.id)).all())


def all_wrong(scores: dict[str, Score]) -> bool:
    """Whether they rest on answers, none of them right."""
    return bool(scores) and all(each.score < 45 for each in scores.values())


def check_scores(person_id: int, db: SQLAlchemy) -> dict[str, Score]:
    """The projection says what the marks say, of one person and of many; the scores."""
    db.session.rollback()
    stored = stored_scores(person_id)
    many = facts_of_many([person_id])
    evidence = evidence_of(many[person_id].slots, many[person_id].checks) if many else []
    of_many = competency_scores(evidence, yardstick_now(), {}, now=minute(999))
    assert stored == folded_scores(person_id, minute(999)) == of_many
    rebuild(now=minute(999))
    assert stored_scores(person_id) == stored
    return stored


def test_a_reopened_attempt_goes_on_with_its_answers_and_without_its_result(
    siti: int, rahmat: Scope, db: SQLAlchemy
) -> None:
    work = done(siti, right=False)
    assert all_wrong(check_scores(siti, db))
    change(work, REOPENED, rahmat, minute(9))
    fact = sheet(work.id, siti).fact
    assert (fact.state, fact.finished_at, fact.fraction, fact.passed) == (AttemptState.IN_PROGRESS, None, None, None)
    assert marks_of(work.id) == {} and answered(db, work) == 5
    assert check_scores(siti, db) == {}
    give(work, 1, right=True, now=minute(10))
    again = hand_in(work, 12)
    assert again.fact.fraction == pytest.approx(0.2) and len(marks_of(work.id)) == 5
    (event,) = events_of(work.id)
    assert (event.kind, event.by, event.reason, event.at) == (REOPENED, "Rahmat Hidayat", WHY, minute(9))
    assert (event.state, event.finished_at, event.fraction, event.passed) == ("finished", minute(5), 0.0, False)


def test_an_answer_changed_after_the_learner_was_told_is_no_evidence_and_the_others_are(
    siti: int, rahmat: Scope, db: SQLAlchemy
) -> None:
    work = done(siti, right=False)
    change(work, REOPENED, rahmat, minute(9))
    give(work, 1, right=True, now=minute(10))
    hand_in(work, 12)
    assert all_wrong(check_scores(siti, db)), "what was put right after the marks were seen counts nowhere"
    facts = facts_of_many([siti])[siti]
    counted = {slot.question for slot in evidence_of(facts.slots, facts.checks)}
    assert counted == {work.place(slot).question for slot in (2, 3, 4, 5)}


def test_keys_that_were_open_stay_known_through_a_second_reopening(siti: int, rahmat: Scope, db: SQLAlchemy) -> None:
    work = done(siti, "latihan")  # a practice opens its keys at hand-in
    for now in (9, 30):
        change(work, REOPENED, rahmat, minute(now))
        hand_in(work, now + 5)
    shown = db.session.execute(select(KeyShown.opened_at).where(KeyShown.attempt_id == work.id)).scalars().all()
    assert shown == [minute(5)] * 5
    check_scores(siti, db)


def test_a_completed_course_stays_completed(siti: int, rahmat: Scope, db: SQLAlchemy) -> None:
    work = done(siti)
    db.session.rollback()
    db.session.add(CourseCompletion(person_id=siti, course_slug="contoh", revision_id=1, completed_at=minute(6)))
    db.session.commit()
    change(work, REOPENED, rahmat, minute(9))
    db.session.rollback()
    _, facts = standing_in(siti, get_published("contoh").course)
    assert facts.completed_at == minute(6) and facts.quizzes["tes"].passed is False
    assert facts.quizzes["tes"].open_attempt == work.id


@pytest.fixture
def timed(db: SQLAlchemy, courses_folder: Path) -> None:
    """The test has 15 minutes; what is not handed in counts for nothing."""
    settings(courses_folder, "time_limit: 15 min", "overdue: abandon")


def test_an_attempt_that_time_ended_is_reopened_with_minutes_and_ends_with_them(
    timed: None, siti: int, rahmat: Scope
) -> None:
    stored = begin(siti, "tes")
    close_overdue(now=minute(17))
    with pytest.raises(TimeWasUp):
        change(stored, REOPENED, rahmat, minute(40))
    change(stored, REOPENED, rahmat, minute(40), minutes=10)
    assert sheet(stored.id, siti).state_at(minute(49)) is AttemptState.IN_PROGRESS
    assert not give(stored, 1, right=True, now=minute(45)).time_up
    assert close_overdue(now=minute(52)) == 1
    assert sheet(stored.id, siti).fact.finished_at == minute(50)
    unseen = begin(siti, "tes", now=minute(60))  # nobody closes this one before it is reopened
    change(unseen, REOPENED, rahmat, minute(90), minutes=5)
    assert events_of(unseen.id)[0].state is AttemptState.ABANDONED
    assert sheet(unseen.id, siti).state_at(minute(94)) is AttemptState.IN_PROGRESS


def test_further_minutes_reach_the_attempt_under_way(timed: None, siti: int, rahmat: Scope) -> None:
    work = begin(siti, "tes")
    change(work, EXTRA_TIME, rahmat, minute(10), minutes=10)
    assert sheet(work.id, siti).state_at(minute(24)) is AttemptState.IN_PROGRESS
    assert close_overdue(now=minute(24)) == 0 and close_overdue(now=minute(27)) == 1
    assert sheet(work.id, siti).fact.finished_at == minute(25)


def test_a_deleted_attempt_counts_nowhere_and_comes_back_whole(siti: int, rahmat: Scope, db: SQLAlchemy) -> None:
    work = done(siti)
    before, marks, scores = sheet(work.id, siti).fact, marks_of(work.id), check_scores(siti, db)
    assert scores
    change(work, DELETED, rahmat, minute(9))
    assert check_scores(siti, db) == {} and answered(db, work) == 5
    _, facts = standing_in(siti, get_published("contoh").course)
    assert "tes" not in facts.quizzes, "as if it had never been begun"
    assert deleted_for(siti, "contoh", "tes") == {work.id: WHY}
    found, quiz = sample_quiz("tes")
    standing = standing_at(siti, found.course, quiz, now=minute(10))
    assert [(each.state, each.finished_at, each.fraction) for each in standing.attempts] == [("deleted", None, None)]
    with pytest.raises(AttemptTakenOut):
        give(work, 1, right=False, now=minute(10))
    finish_attempt(work.id, within=Scope(siti), now=minute(10))
    assert sheet(work.id, siti).fact.state is AttemptState.DELETED
    change(work, RESTORED, rahmat, minute(20))
    db.session.rollback()
    assert sheet(work.id, siti).fact == before and marks_of(work.id) == marks
    assert check_scores(siti, db) == scores
    assert [each.kind for each in events_of(work.id)] == [DELETED, RESTORED]


def test_a_deleted_attempt_gives_its_turn_back_and_its_number_to_nobody(siti: int, rahmat: Scope) -> None:
    work = done(siti, "ujian")
    with pytest.raises(AttemptsUsedUp):
        begin(siti, "ujian", now=minute(10))
    change(work, DELETED, rahmat, minute(10))
    assert begin(siti, "ujian", now=minute(11)).fact.number == 2


def test_a_deleted_attempt_does_not_bring_back_marks_that_were_given_anew_meanwhile(siti: int, rahmat: Scope) -> None:
    work = done(siti, "ujian")
    decided = wanted(decisions={HARD: Decision.LEFT_OUT})
    regraded = regrade(decided, at=10)
    change(work, DELETED, rahmat, minute(20))
    undo_regrade(regraded, by=None, now=minute(30))
    with pytest.raises(RegradedMeanwhile):
        change(work, RESTORED, rahmat, minute(31))
    assert sheet(work.id, siti).fact.state is AttemptState.DELETED
    later = done(siti, "ujian")
    change(later, DELETED, rahmat, minute(40))
    undone = regrade(decided, at=50)
    with pytest.raises(RegradedMeanwhile):
        change(later, RESTORED, rahmat, minute(51))
    undo_regrade(undone, by=None, now=minute(60))
    change(later, RESTORED, rahmat, minute(61))
    assert sheet(later.id, siti).fact.state is AttemptState.FINISHED


def test_a_reopened_attempt_is_not_said_to_be_regraded(siti: int, rahmat: Scope) -> None:
    work = done(siti, "ujian", right=False)
    regrade(wanted(decisions={HARD: Decision.EVERYBODY_RIGHT}), at=10)
    assert sheet(work.id, siti).regraded
    change(work, REOPENED, rahmat, minute(20))
    assert not sheet(work.id, siti).regraded


def test_what_was_told_before_an_attempt_was_deleted_still_rules_later_answers_out(
    siti: int, rahmat: Scope, db: SQLAlchemy
) -> None:
    change(done(siti, "latihan", right=False), DELETED, rahmat, minute(9))
    later = begin(siti, "latihan", now=minute(20))
    give_all(later, right=True, now=minute(21))
    hand_in(later, 22)
    assert check_scores(siti, db) == {}, "the keys were open"


def test_an_open_attempt_is_deleted_too_and_goes_on_when_it_is_put_back(siti: int, rahmat: Scope) -> None:
    work = begin(siti, "latihan")
    give(work, 1, right=True)
    change(work, DELETED, rahmat, minute(2))
    other = begin(siti, "latihan", now=minute(3))
    assert other.fact.number == 2
    with pytest.raises(AnotherUnderWay):
        change(work, RESTORED, rahmat, minute(4))
    hand_in(other, 5)
    change(work, RESTORED, rahmat, minute(6))
    assert begin(siti, "latihan", now=minute(7)).id == work.id


def test_nobody_works_on_two_attempts_at_once(siti: int, rahmat: Scope) -> None:
    work = done(siti)
    begin(siti, "tes", now=minute(10))
    with pytest.raises(AnotherUnderWay):
        change(work, REOPENED, rahmat, minute(11))


def test_what_people_marked_is_not_thrown_away(
    siti: int, cast: Cast, rahmat: Scope, db: SQLAlchemy, courses_folder: Path
) -> None:
    publish_essays(courses_folder)
    work = handed_in(siti)
    change(work, REOPENED, rahmat, minute(1))
    work = hand_in(work, 2)
    assert work.fact.state is AttemptState.SUBMITTED
    mark(work, PLAIN, 1.0, cast.rahmat)
    with pytest.raises(MarkedByPeople):
        change(work, REOPENED, rahmat, minute(3))
    change(work, DELETED, rahmat, minute(3))
    change(work, RESTORED, rahmat, minute(4))
    assert sheet(work.id, siti).fact.state is AttemptState.SUBMITTED


def test_a_second_press_does_nothing_and_a_page_that_is_out_of_date_is_refused(
    siti: int, cast: Cast, rahmat: Scope
) -> None:
    work = done(siti)
    sent = change(work, REOPENED, rahmat, minute(9))
    change_attempt(work.id, sent, within=rahmat, now=minute(9))
    assert len(events_of(work.id)) == 1
    other = Scope(cast.admin, everything=True)
    for stale in (replace(sent, by_id=cast.admin), replace(sent, kind=DELETED), replace(sent, reason="Lain")):
        with pytest.raises(ChangedMeanwhile):
            change_attempt(work.id, stale, within=other, now=minute(9))
    handed_in_meanwhile = Change(DELETED, cast.admin, WHY, 1, "in_progress")
    hand_in(work, 10)
    with pytest.raises(ChangedMeanwhile):
        change_attempt(work.id, handed_in_meanwhile, within=other, now=minute(11))
    assert sheet(work.id, siti).finished


def test_ones_own_attempt_and_one_out_of_reach_are_not_changed(siti: int, rahmat: Scope, cast: Cast) -> None:
    work = done(siti)
    sent = Change(DELETED, siti, WHY, 0, "finished")
    with pytest.raises(OwnAttempt):
        change_attempt(work.id, sent, within=Scope(siti, everything=True), now=minute(9))
    for scope in (
        Scope(cast.rahmat, courses=frozenset({"lain"})),
        Scope(cast.rahmat, organisations=frozenset({"999"})),
    ):
        with pytest.raises(NotFound):
            change_attempt(work.id, sent, within=scope, now=minute(9))
    with pytest.raises(ChangeRefused):
        change_attempt(work.id, replace(sent, reason="", by_id=cast.rahmat), within=rahmat, now=minute(9))
    assert events_of(work.id) == ()
