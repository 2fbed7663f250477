"""Time travel through the database: attempts that run out of time, whoever comes first."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from app.catalogue.operations import sync
from app.competencies.queries.facts import facts_of
from app.competencies.rules import evidence_of
from app.marking.operations.finishing import close_attempts_at, close_overdue, end_attempt, finish_attempt
from app.marking.operations.granting import grant_override, withdraw_override
from app.people.operations import add_cohort, enrol
from app.people.permissions import Scope
from app.quizzes.granting import PracticeUntimed, Whom
from app.quizzes.models import Answer, Attempt
from app.quizzes.operations import answer_question
from app.quizzes.queries import Sheet, attempts_at, marks_of
from app.quizzes.rules.limits import NO_LIMIT, Grant
from app.quizzes.rules.starting import AttemptState, AttemptsUsedUp
from app.quizzes.rules.windows import NotOpenYet, QuizClosed, TooSoon
from app.quizzes.standing import standing_at
from tests.competencies.histories import folded_scores, stored_scores
from tests.ground.cast import Cast
from tests.quizzes.cast import begin, give, give_all, posted, right_fields, sample_quiz, sheet
from tests.quizzes.content import START, minute

HALF_HOUR = timedelta(minutes=30)


def settings(courses_folder: Path, *lines: str, quiz: str = "test") -> None:
    """Give the sample's test (or exam, practice) these settings, and publish."""
    for file in courses_folder.glob("contoh/0*.yaml"):
        text = file.read_text()
        file.write_text(
            text.replace(f"    preset: {quiz}\n", f"    preset: {quiz}\n" + "".join(f"    {x}\n" for x in lines))
        )
    report = sync(courses_folder, now=START - timedelta(days=30))
    assert not report.faults, report.faults


@pytest.fixture
def timed(db: SQLAlchemy, courses_folder: Path) -> None:
    """The test has 15 minutes; what is saved is handed in."""
    settings(courses_folder, "time_limit: 15 min")


@pytest.fixture
def graced(db: SQLAlchemy, courses_folder: Path) -> None:
    """The test has 15 minutes, and half an hour of grace."""
    settings(courses_folder, "time_limit: 15 min", "overdue: grace", "grace: 30 min")


@pytest.fixture
def strict(db: SQLAlchemy, courses_folder: Path) -> None:
    """The test has 15 minutes; what is not handed in counts for nothing."""
    settings(courses_folder, "time_limit: 15 min", "overdue: abandon")


def after(seconds: float, minutes: float = 15) -> datetime:
    return minute(minutes) + timedelta(seconds=seconds)


def stored(work: Sheet) -> tuple[AttemptState, datetime | None]:
    fact = sheet(work.id, work.person_id).fact
    return fact.state, fact.finished_at


def answers(db: SQLAlchemy, work: Sheet) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(Answer.id).where(Answer.attempt_id == work.id)).all())


def seen(work: Sheet, now: datetime) -> AttemptState:
    return sheet(work.id, work.person_id).state_at(now)


def test_what_was_saved_is_handed_in_when_time_is_up_though_nobody_comes_back(timed: None, siti: int) -> None:
    work = begin(siti, "tes")
    give_all(work, right=True, now=minute(3))
    assert close_overdue(now=after(60)) == 0
    assert seen(work, after(61)) is AttemptState.FINISHED
    assert stored(work) == (AttemptState.IN_PROGRESS, None), "looking wrote nothing"
    assert close_overdue(now=after(61)) == 1
    assert stored(work) == (AttemptState.FINISHED, minute(15))
    assert sheet(work.id, siti).fact.fraction == 1.0
    assert len(marks_of(work.id)) == 5
    assert close_overdue(now=after(3600)) == 0


def test_the_last_answer_may_arrive_a_minute_late_and_hands_in(timed: None, siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    assert give(work, 1, right=True, now=after(-2)).time_up is False
    answered = give(work, 2, right=True, now=after(60))
    assert (answered.time_up, answered.lost) == (True, False)
    end_attempt(work.id, within=Scope(siti), now=after(60))
    assert stored(work) == (AttemptState.FINISHED, after(60))
    assert answers(db, work) == 2
    assert sheet(work.id, siti).fact.fraction == pytest.approx(0.4)


def test_an_answer_that_comes_later_is_not_stored(timed: None, siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    give(work, 1, right=True, now=minute(3))
    answered = give(work, 2, right=True, now=after(61))
    assert (answered.time_up, answered.lost) == (True, True)
    end_attempt(work.id, within=Scope(siti), now=after(61))
    assert stored(work) == (AttemptState.FINISHED, minute(15))
    assert answers(db, work) == 1


def test_the_same_answer_sent_again_after_the_end_is_as_saved_and_nothing_is_lost(timed: None, siti: int) -> None:
    work = begin(siti, "tes")
    fields = right_fields(work.question(1), work.place(1).order)
    what = posted(fields)
    answer_question(work.id, 1, what, within=Scope(siti), now=minute(3))
    again = answer_question(work.id, 1, what, within=Scope(siti), now=after(500))
    assert (again.time_up, again.lost) == (True, False)


def test_handing_in_too_late_counts_what_was_saved_in_time(timed: None, siti: int) -> None:
    work = begin(siti, "tes")
    give(work, 1, right=True, now=minute(3))
    finish_attempt(work.id, within=Scope(siti), now=minute(90))
    assert stored(work) == (AttemptState.FINISHED, minute(15))
    assert sheet(work.id, siti).fact.fraction == pytest.approx(0.2)


def test_an_overdue_attempt_may_be_handed_in_but_not_answered(graced: None, siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    give_all(work, right=True, now=minute(3))
    assert close_overdue(now=after(61)) == 1
    assert stored(work) == (AttemptState.OVERDUE, None)
    assert give(work, 1, right=False, now=minute(20)).lost
    end_attempt(work.id, within=Scope(siti), now=minute(20))
    assert stored(work)[0] is AttemptState.OVERDUE
    assert answers(db, work) == 5
    finish_attempt(work.id, within=Scope(siti), now=minute(40))
    assert stored(work) == (AttemptState.FINISHED, minute(40))
    assert sheet(work.id, siti).fact.passed is True


def test_an_overdue_attempt_that_nobody_hands_in_is_abandoned_and_takes_no_result_away(graced: None, siti: int) -> None:
    first = begin(siti, "tes")
    give_all(first, right=True)
    finish_attempt(first.id, within=Scope(siti), now=minute(1))
    work = begin(siti, "tes", now=minute(2))
    assert close_overdue(now=minute(2 + 15 + 30 + 1)) == 1
    assert stored(work)[0] is AttemptState.OVERDUE
    assert close_overdue(now=minute(2 + 15 + 30 + 1.1)) == 1
    assert stored(work) == (AttemptState.ABANDONED, minute(2 + 45))
    assert marks_of(work.id) == {}
    finish_attempt(work.id, within=Scope(siti), now=minute(60))
    assert stored(work)[0] is AttemptState.ABANDONED
    found, quiz = sample_quiz("tes")
    facts = standing_at(siti, found.course, quiz, now=minute(60)).attempts
    assert [(each.state, each.fraction) for each in facts] == [
        (AttemptState.FINISHED, 1.0),
        (AttemptState.ABANDONED, None),
    ]


def test_who_may_not_be_late_loses_what_was_not_handed_in(strict: None, siti: int) -> None:
    work = begin(siti, "tes")
    give_all(work, right=True, now=minute(3))
    assert close_overdue(now=after(61)) == 1
    assert stored(work) == (AttemptState.ABANDONED, minute(15))
    other = begin(siti, "tes", now=minute(20))
    give(other, 1, right=True, now=after(0, 35))
    end_attempt(other.id, within=Scope(siti), now=after(0, 35))
    assert stored(other) == (AttemptState.FINISHED, after(0, 35)), "one's own post in time hands it in"


def test_an_abandoned_attempt_uses_one_up_and_the_last_one_opens_the_earlier_keys(strict: None, siti: int) -> None:
    first = begin(siti, "tes")
    finish_attempt(first.id, within=Scope(siti), now=minute(1))
    for start in (2, 30):
        begin(siti, "tes", now=minute(start))
        close_overdue(now=minute(start + 17))
    with pytest.raises(AttemptsUsedUp):
        begin(siti, "tes", now=minute(60))
    assert {mark.key_opened_at for mark in marks_of(first.id).values()} == {minute(47)}, "when it was noticed"


def test_what_was_answered_before_anybody_could_see_the_key_counts_though_time_had_used_up_the_quiz_by_then(
    timed: None, siti: int, db: SQLAlchemy
) -> None:
    attempts = []
    for start in (0, 1, 2):  # every question of the bank, all left blank; time ends the last of them in minute 17
        attempts.append(begin(siti, "tes", now=minute(start)))
        if start < 2:
            finish_attempt(attempts[-1].id, within=Scope(siti), now=minute(start + 1))
    exam = begin(siti, "ujian", now=minute(19))
    give_all(exam, right=True, now=minute(19))
    finish_attempt(exam.id, within=Scope(siti), now=minute(20))
    close_overdue(now=minute(40))
    assert stored(attempts[-1]) == (AttemptState.FINISHED, minute(17))
    assert {mark.key_opened_at for each in attempts for mark in marks_of(each.id).values()} == {minute(40)}
    facts = facts_of(siti)
    assert len(evidence_of(facts.slots, facts.checks)) == 3, "also the one that the exam drew from the same bank"
    assert stored_scores(siti) == folded_scores(siti, minute(40))


def test_pressing_start_after_the_end_closes_the_old_attempt_and_begins_the_next(timed: None, siti: int) -> None:
    work = begin(siti, "tes")
    close_attempts_at(siti, "contoh", "tes", now=minute(30))
    later = begin(siti, "tes", now=minute(30))
    assert later.fact.number == 2
    assert stored(work) == (AttemptState.FINISHED, minute(15))


def test_a_next_attempt_begins_even_where_nobody_has_closed_the_old_one(timed: None, siti: int) -> None:
    begin(siti, "tes")
    assert begin(siti, "tes", now=minute(30)).fact.number == 2


def test_a_quiz_is_taken_within_its_window_and_closes_on_who_is_inside(
    siti: int, db: SQLAlchemy, courses_folder: Path
) -> None:
    settings(courses_folder, "opens: 2026-11-22 10:24", "closes: 2026-11-22 11:24")  # START, and an hour later
    with pytest.raises(NotOpenYet):
        begin(siti, "tes", now=minute(-1))
    work = begin(siti, "tes", now=minute(50))
    give(work, 1, right=True, now=minute(59))
    assert close_overdue(now=minute(61.1)) == 1
    assert stored(work) == (AttemptState.FINISHED, minute(60))
    with pytest.raises(QuizClosed):
        begin(siti, "tes", now=minute(60))


def test_the_pause_between_attempts_is_kept(siti: int, db: SQLAlchemy, courses_folder: Path) -> None:
    settings(courses_folder, "delay: 2 hours")
    work = begin(siti, "tes")
    finish_attempt(work.id, within=Scope(siti), now=minute(10))
    with pytest.raises(TooSoon):
        begin(siti, "tes", now=minute(129))
    assert begin(siti, "tes", now=minute(130)).fact.number == 2


def grant(quiz: str, whom: Whom, **granted: object) -> None:
    found, activity = sample_quiz(quiz)
    grant_override(found.course.slug, activity, whom, Grant(**granted), now=START)  # type: ignore[arg-type]


def test_extra_time_holds_at_once_for_the_attempt_under_way_and_for_nobody_else(
    timed: None, siti: int, cast: Cast
) -> None:
    mine, others = begin(siti, "tes"), begin(cast.rahmat, "tes")
    grant("tes", Whom(person_id=siti), time_limit=HALF_HOUR)
    assert close_overdue(now=minute(20)) == 1
    assert stored(mine)[0] is AttemptState.IN_PROGRESS
    assert stored(others)[0] is AttemptState.FINISHED
    assert close_overdue(now=minute(31.1)) == 1
    assert stored(mine) == (AttemptState.FINISHED, minute(30))


def test_an_overdue_attempt_goes_on_where_time_is_extended(graced: None, siti: int) -> None:
    work = begin(siti, "tes")
    close_overdue(now=minute(20))
    grant("tes", Whom(person_id=siti), time_limit=timedelta(minutes=45))
    assert seen(work, minute(21)) is AttemptState.IN_PROGRESS
    assert not give(work, 1, right=True, now=minute(21)).time_up
    assert close_overdue(now=minute(22)) == 1, "the row follows"
    assert stored(work)[0] is AttemptState.IN_PROGRESS


def test_who_joins_a_cohort_later_has_its_time_and_two_cohorts_give_the_longer(timed: None, siti: int) -> None:
    work = begin(siti, "tes")
    for name, minutes in (("Angkatan I", 30), ("Angkatan II", 20)):
        cohort = add_cohort(name)
        grant("tes", Whom(cohort_id=cohort), time_limit=timedelta(minutes=minutes))
        assert seen(work, minute(17)) is (AttemptState.FINISHED if name == "Angkatan I" else AttemptState.IN_PROGRESS)
        enrol(cohort, [siti])
    assert seen(work, minute(25)) is AttemptState.IN_PROGRESS
    assert seen(work, minute(32)) is AttemptState.FINISHED


def test_a_cohort_joined_later_closes_even_a_quiz_without_limits(siti: int) -> None:
    cohort = add_cohort("Angkatan I")
    grant("tes", Whom(cohort_id=cohort), closes=minute(60))
    work = begin(siti, "tes")
    enrol(cohort, [siti])
    assert close_overdue(now=minute(62)) == 1
    assert stored(work) == (AttemptState.FINISHED, minute(60))


def test_extra_attempts_and_none_again(siti: int) -> None:
    for number in (1, 2):
        work = begin(siti, "ujian", now=minute(number))
        finish_attempt(work.id, within=Scope(siti), now=minute(number))
        with pytest.raises(AttemptsUsedUp):
            begin(siti, "ujian", now=minute(number))
        grant("ujian", Whom(person_id=siti), attempts=number + 1)
    found, quiz = sample_quiz("ujian")
    assert withdraw_override(found.course.slug, quiz, Whom(person_id=siti), now=minute(2))
    assert not withdraw_override(found.course.slug, quiz, Whom(person_id=siti), now=minute(2))
    with pytest.raises(AttemptsUsedUp):
        begin(siti, "ujian", now=minute(9))


def test_a_grant_takes_the_place_of_the_one_before(timed: None, siti: int) -> None:
    work = begin(siti, "tes")
    grant("tes", Whom(person_id=siti), time_limit=NO_LIMIT)
    assert seen(work, minute(10_000)) is AttemptState.IN_PROGRESS
    grant("tes", Whom(person_id=siti), attempts=9)
    assert seen(work, minute(10_000)) is AttemptState.FINISHED


def test_nobody_is_given_a_time_limit_for_a_practice(siti: int) -> None:
    with pytest.raises(PracticeUntimed):
        grant("latihan", Whom(person_id=siti), time_limit=HALF_HOUR)


def test_one_attempt_that_cannot_be_closed_stops_no_other(
    timed: None, app: Flask, siti: int, cast: Cast, db: SQLAlchemy, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = begin(siti, "tes"), begin(cast.rahmat, "tes")
    db.session.execute(Attempt.__table__.update().where(Attempt.id == broken.id).values(quiz_id="hilang"))
    db.session.commit()
    assert close_overdue(now=minute(30)) == 1
    assert f"attempt {broken.id} could not be closed" in caplog.text
    assert attempts_at(cast.rahmat, "contoh", "tes")[0].state is AttemptState.FINISHED
    assert whole.id
