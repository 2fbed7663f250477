"""A grant after the hand-in moves the date of keys still kept back; a page changes what it showed and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.marking.operations.granting import (
    GrantedBefore,
    GrantedMeanwhile,
    NothingToGrant,
    OverrideChange,
    change_override,
    grant_override,
    withdraw_override,
)
from app.marking.queries.overrides import OverrideFact, cohorts_with, learner_named, overrides_at
from app.people.operations import add_cohort, enrol, set_courses
from app.people.permissions import Scope
from app.quizzes.granting import Whom
from app.quizzes.queries import marks_of
from app.quizzes.rules.limits import NEVER, Grant
from tests.ground.cast import Cast
from tests.marking.test_changing import done
from tests.marking.test_time import settings
from tests.quizzes.cast import sample_quiz
from tests.quizzes.content import minute

EVERYWHERE = Scope(0, everything=True)


@pytest.fixture
def closing(db: SQLAlchemy, courses_folder: Path) -> None:
    """The test closes an hour after the start, and opens its keys then."""
    settings(courses_folder, "closes: 2026-11-22 11:24")


def keys(attempt_id: int) -> set[datetime | None]:
    return {mark.key_opened_at for mark in marks_of(attempt_id).values()}


def grant(whom: Whom, at: float, **granted: object) -> None:
    grant_override("contoh", sample_quiz("tes")[1], whom, Grant(**granted), now=minute(at))  # type: ignore[arg-type]


def test_keys_still_kept_back_follow_the_closing_date(closing: None, siti: int, cast: Cast) -> None:
    work, others = done(siti), done(cast.noor)
    assert keys(work.id) == {minute(60)}
    cohort = add_cohort("Angkatan I")
    enrol(cohort, [siti])
    grant(Whom(cohort_id=cohort), 10, closes=minute(90))
    assert keys(work.id) == {minute(90)}
    grant(Whom(person_id=siti), 10, closes=minute(30))
    assert keys(work.id) == {minute(30)}, "one's own goes before the cohort's"
    grant(Whom(person_id=siti), 12, closes=minute(7))
    assert keys(work.id) == {minute(12)}, "closed before now: open since now"
    grant(Whom(person_id=siti), 20, closes=minute(300))
    assert keys(work.id) == {minute(12)}, "what was open stays open"
    assert keys(others.id) == {minute(60)}


def test_without_a_closing_date_keys_wait_for_the_quiz_to_be_settled(closing: None, siti: int) -> None:
    failed = done(siti, right=False)
    grant(Whom(person_id=siti), 10, closes=NEVER)
    assert keys(failed.id) == {None}
    withdraw_override("contoh", sample_quiz("tes")[1], Whom(person_id=siti), now=minute(11))
    assert keys(failed.id) == {minute(60)}
    grant(Whom(person_id=siti), 12, closes=NEVER, attempts=1)
    assert keys(failed.id) == {minute(12)}, "the attempts that are left decide"


def test_an_exam_never_opens_its_keys(siti: int) -> None:
    work = done(siti, "ujian")
    grant_override("contoh", sample_quiz("ujian")[1], Whom(person_id=siti), Grant(closes=minute(9)), now=minute(20))
    assert keys(work.id) == {None}


def change(whom: Whom, grant: Grant | None, shown: datetime | None, at: float) -> None:
    change_override("contoh", sample_quiz("tes")[1], OverrideChange(whom, grant, shown), now=minute(at))


def listed(scope: Scope = EVERYWHERE) -> list[OverrideFact]:
    return list(overrides_at("contoh", "tes", scope))


def test_a_page_changes_what_it_showed_and_nothing_else(siti: int, db: SQLAlchemy) -> None:
    whom, more, most = Whom(person_id=siti), Grant(attempts=4), Grant(attempts=9)
    with pytest.raises(NothingToGrant):
        change(whom, Grant(), None, 1)
    for _ in range(2):
        change(whom, more, None, 1)
    (first,) = listed()
    assert (first.name, first.user_name, first.grant, first.changed_at) == ("Siti Aminah", "siti", more, minute(1))
    with pytest.raises(GrantedBefore):
        change(whom, most, None, 2)
    for _ in range(2):
        change(whom, most, first.changed_at, 3)
    with pytest.raises(GrantedMeanwhile):
        change(whom, more, first.changed_at, 4)
    with pytest.raises(GrantedMeanwhile):
        change(whom, None, first.changed_at, 4)
    db.session.rollback()
    (second,) = listed()
    assert (second.id, second.grant) == (first.id, most), "its address stays the same"
    for _ in range(2):
        change(whom, None, second.changed_at, 5)
    with pytest.raises(GrantedMeanwhile):
        change(whom, more, second.changed_at, 6)
    db.session.rollback()
    assert listed() == []


def test_a_trainer_sees_and_chooses_those_in_reach(siti: int, cast: Cast, db: SQLAlchemy) -> None:
    cohort, stranger = add_cohort("Angkatan I"), add_cohort("Angkatan II")
    set_courses(cohort, ["contoh"], has_path=False)
    assert stranger
    for whom in (Whom(person_id=siti), Whom(person_id=cast.noor), Whom(cohort_id=cohort)):
        change(whom, Grant(time_limit=timedelta(minutes=40)), None, 1)
    of_course, of_other = Scope(0, courses=frozenset({"contoh"})), Scope(0, courses=frozenset({"lain"}))
    of_place = Scope(0, organisations=frozenset({str(cast.organisation)}))
    db.session.rollback()
    names = {scope: [each.name for each in listed(scope)] for scope in (of_course, of_other, of_place)}
    assert names == {of_course: ["Angkatan I", "Noor Jannah", "Siti Aminah"], of_other: [], of_place: ["Siti Aminah"]}
    assert [each.name for each in cohorts_with("contoh", of_course)] == ["Angkatan I"]
    assert cohorts_with("contoh", of_place) == cohorts_with("contoh", of_other) == ()
    found = [learner_named("siti", "contoh", scope, "ID") for scope in (of_course, of_other, of_place)]
    assert [each.name if each else None for each in found] == ["Siti Aminah", None, "Siti Aminah"]
    assert learner_named("admin", "contoh", of_course, "ID") is None
    done(cast.admin)
    db.session.rollback()
    assert learner_named("admin", "contoh", of_course, "ID"), "whoever took a quiz of the course is in reach"
    assert learner_named("tiada", "contoh", EVERYWHERE, "ID") is None
