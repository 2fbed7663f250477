"""Cohorts on both databases, and what they put on a shelf."""

from __future__ import annotations

from datetime import date

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event

from app.errors import NotFound
from app.people import operations
from app.people.operations.cohorts import CohortNameTaken, DatesSwapped
from app.people.permissions import Scope
from app.people.queries import (
    CohortCount,
    ShelfCourse,
    cohort_courses,
    cohort_members,
    cohorts,
    cohorts_of,
    get_cohort,
    shelf_courses,
)
from tests.ground.cast import Cast

EVERYBODY = Scope(0, everything=True)


def test_a_cohort_has_a_name_of_its_own_and_dates_in_order(cast: Cast, db: SQLAlchemy) -> None:
    first = operations.add_cohort("Angkatan I", date(2026, 11, 1), date(2026, 12, 31))
    assert get_cohort(first).starts_on == date(2026, 11, 1)
    with pytest.raises(CohortNameTaken):
        operations.add_cohort("Angkatan  I")
    with pytest.raises(DatesSwapped):
        operations.add_cohort("Angkatan II", date(2026, 12, 31), date(2026, 11, 1))
    with pytest.raises(NotFound):
        get_cohort(999_999)


def test_people_are_put_into_a_cohort_once_and_taken_out(cast: Cast, db: SQLAlchemy) -> None:
    cohort = operations.add_cohort("Angkatan I")
    assert operations.enrol(cohort, [cast.siti, cast.rahmat]) == 2
    assert operations.enrol(cohort, [cast.siti, cast.noor]) == 1
    assert [each.id for each in cohort_members(cohort, EVERYBODY)] == [cast.noor, cast.rahmat, cast.siti]
    operations.remove_member(cohort, cast.rahmat)
    operations.remove_member(cohort, cast.rahmat)
    assert [each.cohort.id for each in cohorts(EVERYBODY)] == [cohort]
    assert cohorts(EVERYBODY)[0].members == 2
    assert [each.name for each in cohorts_of(cast.siti)] == ["Angkatan I"]
    assert cohorts_of(cast.rahmat) == ()


def test_nobody_unknown_and_no_unknown_cohort_is_joined(cast: Cast, db: SQLAlchemy) -> None:
    cohort = operations.add_cohort("Angkatan I")
    with pytest.raises(NotFound):
        operations.enrol(cohort, [cast.siti, 999_999])
    with pytest.raises(NotFound):
        operations.enrol(999_999, [cast.siti])
    with pytest.raises(NotFound):
        operations.set_courses(999_999, ["ti-3"], has_path=True)
    assert cohort_members(cohort, EVERYBODY) == ()


def test_courses_keep_their_order_and_are_replaced(cast: Cast, db: SQLAlchemy) -> None:
    cohort = operations.add_cohort("Angkatan I")
    operations.set_courses(cohort, ["lp-2", "ti-3", "lp-2"], has_path=True)
    assert cohort_courses(cohort) == ("lp-2", "ti-3")
    operations.set_courses(cohort, ["ti-3", "lp-2", "mn-1"], has_path=False)
    assert cohort_courses(cohort) == ("ti-3", "lp-2", "mn-1")
    assert cohorts(EVERYBODY) == (CohortCount(get_cohort(cohort), 0, 3),)


def test_the_shelf_holds_each_course_once_the_path_first(cast: Cast, db: SQLAlchemy) -> None:
    old = operations.add_cohort("Lama", date(2025, 1, 1))
    new = operations.add_cohort("Baru", date(2026, 11, 1))
    other = operations.add_cohort("Lain")
    operations.set_courses(old, ["ti-3", "mn-1"], has_path=False)
    operations.set_courses(new, ["lp-2", "ti-3"], has_path=True)
    operations.set_courses(other, ["xx-9"], has_path=True)
    operations.enrol(old, [cast.siti])
    operations.enrol(new, [cast.siti])
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *each: statements.append(each[2]))
    assert shelf_courses(cast.siti) == (
        ShelfCourse("lp-2", 1, "Baru", True),
        ShelfCourse("ti-3", 2, "Baru", True),
        ShelfCourse("mn-1", None, "Lama", False),
    )
    assert len([each for each in statements if each != "BEGIN"]) == 1
    assert shelf_courses(cast.rahmat) == ()
