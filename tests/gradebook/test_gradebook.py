"""The gradebook and who may need help, read from what people did, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.catalogue.queries import get_published
from app.competencies.models import CompetencyScore
from app.content.course import Course
from app.errors import NotFound
from app.gradebook.models import GradeOverride
from app.gradebook.operations import WeightsWanted, change_grade, set_weights
from app.gradebook.queries.at_risk import people_at_risk
from app.gradebook.queries.grades import BY_NAME, BY_TOTAL, changes_of_cell, grade_rows, ids_by, weighting_of
from app.gradebook.queries.people import get_course_person, people_ids, phones_of
from app.gradebook.rules.at_risk import Asked, Reason
from app.gradebook.rules.changes import ChangedMeanwhile, OwnGrade, WeightsChangedMeanwhile
from app.gradebook.rules.grades import Cell, Earned, GradeChange, Weighting
from app.marking.operations.granting import grant_override
from app.people.models import Person
from app.people.operations import NewPerson, add_cohort, add_organisation, add_person, enrol, set_courses
from app.people.permissions import Grant as Right
from app.people.permissions import Role, Scope
from app.people.queries import PeopleFilter
from app.people.rules.organisations import OrganisationKind
from app.progress.operations import finish_lesson
from app.progress.queries import facts_of_people, standing_in
from app.quizzes.granting import Whom
from app.quizzes.rules.limits import Grant
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start
from tests.marking.test_operations import hand_in
from tests.quizzes.cast import begin, give, sample_quiz
from tests.quizzes.content import START, minute
from tests.quizzes.test_operations import at_once
from tests.tasks.course import POINTS, RUBRIC, publish_tasks
from tests.tasks.test_operations import hand, judge

EVERYWHERE = Scope(0, everything=True)
ANYBODY = PeopleFilter()


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


def served(slug: str = "contoh") -> Course:
    return get_published(slug).course


def learner(name: str, organisation_id: int | None = None) -> int:
    new = NewPerson(
        name=name, user_name=name.lower().strip("="), organisation_id=organisation_id, password="rahasia sekali benar",
        grants=(Right(Role.LEARNER),),
    )  # fmt: skip
    return add_person(new, now=START).person_id


def tried(person_id: int, right: int, at: float, quiz_id: str = "tes") -> None:
    """Take a quiz, the first so many answers being right and the others wrong."""
    work = begin(person_id, quiz_id, now=minute(at))
    for slot in range(1, len(work.places) + 1):
        give(work, slot, right=slot <= right, now=minute(at))
    hand_in(work, at + 1)


def cells(person_id: int, slug: str = "contoh") -> dict[str, Cell]:
    (row,) = grade_rows([person_id], served(slug), Weighting())
    return dict(row.cells)


def decided(
    seq: int, by: int, fraction: float | None = None, *, excluded: bool = False, why: str = "Sakit"
) -> GradeChange:
    return GradeChange(seq, fraction, excluded, why, by, minute(seq))


def test_a_cell_is_the_quizs_grade_as_its_learner_is_told_it(siti: int, db: SQLAlchemy) -> None:
    assert set(cells(siti).values()) == {Cell()}
    tried(siti, 1, 0)
    tried(siti, 9, 5)
    tried(siti, 0, 10)
    _, facts = standing_in(siti, served())
    told = facts.quizzes["tes"]
    assert told.best == 1.0, "the best of three"
    assert cells(siti)["tes"] == Cell(Earned(told.best, told.passed))
    assert facts_of_people([siti], served()) == {siti: facts}, "many at once are read as one is"


def test_a_task_gives_what_the_newest_verdict_gave(cast: Cast, courses_folder, db: SQLAlchemy) -> None:  # type: ignore[no-untyped-def]
    publish_tasks(courses_folder)
    db.session.rollback()
    version = hand(cast.siti)
    assert cells(cast.siti, "praktik")[RUBRIC] == Cell(Earned(None, waiting=True))
    judge(version, cast.rahmat, accepted=False, fraction=0.5)
    assert cells(cast.siti, "praktik")[RUBRIC] == Cell(Earned(0.5))
    judge(hand(cast.siti, "Empat buku sekarang.", minute=5), cast.rahmat, accepted=True, fraction=0.9)
    assert cells(cast.siti, "praktik")[RUBRIC] == Cell(Earned(0.9, passed=True))
    assert set(cells(cast.siti, "praktik")) == {RUBRIC, POINTS}, "what learners check themselves is no grade"


def test_a_decision_stands_is_undone_and_moves_nothing_else(cast: Cast, db: SQLAlchemy) -> None:
    siti, by = cast.siti, cast.rahmat
    tried(siti, 1, 0)
    before = db.session.execute(select(CompetencyScore.__table__)).all(), standing_in(siti, served())
    earned = cells(siti)["tes"].earned
    change_grade(siti, "contoh", "tes", decided(1, by, 0.9))
    change_grade(siti, "contoh", "tes", decided(1, by, 0.9))  # pressed twice
    assert cells(siti)["tes"].fraction == 0.9 and cells(siti)["tes"].earned == earned
    change_grade(siti, "contoh", "tes", decided(2, by, excluded=True))
    assert cells(siti)["tes"].fraction is None and cells(siti)["tes"].excluded
    with pytest.raises(ChangedMeanwhile):
        change_grade(siti, "contoh", "tes", decided(2, cast.admin, 0.7))
    change_grade(siti, "contoh", "tes", decided(3, cast.admin))
    assert cells(siti)["tes"].fraction == earned.fraction and not cells(siti)["tes"].changed
    history = [(each.seq, each.fraction, each.excluded, each.by) for each in changes_of_cell(siti, "contoh", "tes")]
    assert history == [
        (1, 0.9, False, "Rahmat Hidayat"),
        (2, None, True, "Rahmat Hidayat"),
        (3, None, False, "Admin Kantor"),
    ]
    db.session.rollback()
    assert (db.session.execute(select(CompetencyScore.__table__)).all(), standing_in(siti, served())) == before
    with pytest.raises(OwnGrade):
        change_grade(siti, "contoh", "tes", decided(4, siti, 1.0))


def test_of_two_trainers_at_once_one_is_told(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    works = [
        lambda by=by, grade=grade: change_grade(cast.siti, "contoh", "tes", decided(1, by, grade))
        for by, grade in ((cast.rahmat, 0.5), (cast.admin, 0.6))
    ]
    told = at_once(app, *works)
    assert sorted(type(each).__name__ for each in told) == ["ChangedMeanwhile", "NoneType"]
    assert db.session.scalar(select(func.count()).select_from(GradeOverride)) == 1

    def weigh(by: int, weight: int) -> None:
        set_weights(served(), WeightsWanted({"tes": weight}, False, 0, by), now=START)

    told = at_once(app, lambda: weigh(cast.rahmat, 2), lambda: weigh(cast.admin, 3))
    assert sorted(type(each).__name__ for each in told) == ["NoneType", "WeightsChangedMeanwhile"]


def test_weights_are_kept_once_and_a_page_that_is_out_of_date_is_told(cast: Cast, db: SQLAlchemy) -> None:
    assert weighting_of(served()) == Weighting()
    wanted = WeightsWanted({"latihan": 0, "tes": 2, "ujian": 1}, True, 0, cast.rahmat)
    set_weights(served(), wanted, now=START)
    set_weights(served(), wanted, now=minute(1))  # pressed twice
    assert weighting_of(served()) == Weighting({"latihan": 0, "tes": 2, "ujian": 1}, missing_as_zero=True, saves=1)
    with pytest.raises(WeightsChangedMeanwhile):
        set_weights(served(), WeightsWanted({"tes": 5}, False, 0, cast.admin), now=minute(2))
    set_weights(served(), WeightsWanted({"tes": 5}, False, 1, cast.admin), now=minute(2))
    assert weighting_of(served()) == Weighting({"latihan": 0, "tes": 5, "ujian": 1}, missing_as_zero=False, saves=2)
    assert weighting_of(get_published("tertutup").course) == Weighting()


def test_a_course_has_its_cohorts_and_who_came_by_themselves_within_the_scope(cast: Cast, db: SQLAlchemy) -> None:
    other = add_organisation("TBM Lain (contoh)", OrganisationKind.READING_PARK, "Kecamatan Contoh Darat")
    badriah, cici, dewi = learner("Badriah", other), learner("Cici"), learner("Dewi")
    cohort = add_cohort("Angkatan I (contoh)")
    set_courses(cohort, ["contoh", "tertutup"], has_path=False)
    enrol(cohort, [badriah, dewi])
    tried(cast.siti, 9, 0)
    tried(cast.rahmat, 9, 0)  # a trainer who looks how it feels is no learner
    db.session.get_one(Person, dewi).active = False
    db.session.commit()
    assert people_ids(served(), ANYBODY, EVERYWHERE) == [badriah, cast.siti], "Cici did nothing here"
    assert people_ids(served("tertutup"), ANYBODY, EVERYWHERE) == [badriah]
    assert people_ids(served(), PeopleFilter(cohort_id=cohort), EVERYWHERE) == [badriah]
    assert people_ids(served(), PeopleFilter(organisation_id=cast.organisation), EVERYWHERE) == [cast.siti]
    assert people_ids(served(), PeopleFilter(text="SITI"), EVERYWHERE) == [cast.siti]
    assert people_ids(served(), ANYBODY, Scope(1, courses=frozenset({"contoh"}))) == [badriah, cast.siti]
    assert people_ids(served(), ANYBODY, Scope(1, courses=frozenset({"tertutup"}))) == []
    assert people_ids(served(), ANYBODY, Scope(1, organisations=frozenset({str(other)}))) == [badriah]
    assert get_course_person(served(), badriah, EVERYWHERE).organisation == "TBM Lain (contoh)"
    for stranger in (cici, dewi, 999_999_999):
        with pytest.raises(NotFound):
            get_course_person(served(), stranger, EVERYWHERE)
    ids = [badriah, cast.siti]
    assert ids_by(ids, served(), Weighting(), BY_NAME, descending=True) == [cast.siti, badriah]
    for by in (BY_TOTAL, "tes"):
        assert ids_by(ids, served(), Weighting(), by, descending=False) == [cast.siti, badriah], "without a grade last"


def test_who_may_need_help_is_found_with_the_reason(cast: Cast, db: SQLAlchemy) -> None:
    siti, badriah, cici = cast.siti, learner("Badriah"), learner("Cici")
    cohort = add_cohort("Angkatan I (contoh)", starts_on=date(2026, 11, 23))
    set_courses(cohort, ["contoh"], has_path=False)
    enrol(cohort, [siti, badriah, cici])
    for at in (0, 5, 10):
        tried(siti, 0, at, "latihan")
        hand_in(begin(siti, "tes", now=minute(at)), at + 2)  # without a word
    finish_lesson(cici, served(), get_published("contoh").revision_id, "pengantar", now=START)

    def found(days: float) -> dict[int, list[Reason]]:
        when = Asked(START + timedelta(days=days), ZoneInfo("Asia/Makassar"))
        ids = people_ids(served(), ANYBODY, EVERYWHERE)
        return {each.person.id: [risk.reason for risk in each.risks] for each in people_at_risk(ids, served(), when)}

    stuck = [Reason.STUCK] * len(sample_quiz("latihan")[1].addresses)
    assert found(0.1) == {siti: [*stuck, Reason.NOT_PASSED, Reason.USED_UP]}, "the cohort begins tomorrow"
    assert found(2)[badriah] == [Reason.NEVER_BEGAN] and cici not in found(14)
    assert found(15)[cici] == [Reason.INACTIVE] and Reason.INACTIVE in found(15)[siti]
    grant_override("contoh", sample_quiz("tes")[1], Whom(cohort_id=cohort), Grant(attempts=9), now=START)
    assert found(1)[siti] == [*stuck, Reason.NOT_PASSED, Reason.NOT_PASSED], "more attempts were granted"
    tried(siti, 9, 20, "latihan")
    assert found(1)[siti] == [Reason.NOT_PASSED], "every question right since"
    work = begin(cici, "latihan", now=START + timedelta(days=10))
    give(work, 1, right=True, now=START + timedelta(days=20))
    assert cici not in found(30), "an answer in an attempt under way is a sign of life"


def test_nobody_is_told_to_try_what_is_closed_or_used_up(cast: Cast, db: SQLAlchemy) -> None:
    siti, badriah = cast.siti, learner("Badriah")
    cohort = add_cohort("Angkatan I (contoh)")
    set_courses(cohort, ["contoh"], has_path=False)
    enrol(cohort, [siti, badriah])
    hand_in(begin(siti, "tes", now=minute(0)), 2)  # without a word

    def told() -> dict[int, tuple[list[Reason], bool]]:
        when = Asked(START + timedelta(days=1), ZoneInfo("Asia/Makassar"))
        ids = people_ids(served(), ANYBODY, EVERYWHERE)
        return {
            each.person.id: ([risk.reason for risk in each.risks], "tes" in {one.id for one in each.still_open})
            for each in people_at_risk(ids, served(), when)
        }

    assert told() == {siti: ([Reason.NOT_PASSED], True), badriah: ([Reason.NEVER_BEGAN], True)}
    for at in (5, 10):
        hand_in(begin(siti, "tes", now=minute(at)), at + 2)
    assert told()[siti] == ([Reason.USED_UP], False)
    closing = Grant(attempts=9, closes=START + timedelta(hours=2))
    grant_override("contoh", sample_quiz("tes")[1], Whom(cohort_id=cohort), closing, now=START)
    assert told() == {siti: ([Reason.USED_UP], False), badriah: ([Reason.NEVER_BEGAN], False)}


def test_numbers_are_told_to_those_alone_who_keep_the_accounts(cast: Cast, db: SQLAlchemy) -> None:
    db.session.get_one(Person, cast.siti).phone = "+6281234567890"
    db.session.commit()
    assert phones_of([cast.siti, cast.rahmat], EVERYWHERE) == {cast.siti: "+6281234567890"}
    assert phones_of([cast.siti], Scope(cast.noor, places=frozenset({"999"}))) == {}
