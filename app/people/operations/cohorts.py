"""Cohorts (angkatan): made, given courses in their order, filled with people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete, select, update

from app.db import db
from app.errors import N_, NotFound
from app.people.models import Cohort, CohortCourse, CohortMember, Person
from app.people.operations.races import settled
from app.people.rules.names import EntryRefused, plain_name


class CohortNameTaken(EntryRefused):
    """Two cohorts of one name could not be told apart."""

    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(N_("Sudah ada angkatan bernama %(name)s.", name=name))


class DatesSwapped(EntryRefused):
    """A cohort that would end before it begins."""

    def __init__(self) -> None:
        super().__init__(N_("Tanggal selesai harus sesudah tanggal mulai."))


def add_cohort(name: str, starts_on: date | None = None, ends_on: date | None = None) -> int:
    """Make a cohort and return its id. Raises NameMissing, CohortNameTaken, DatesSwapped."""
    name = plain_name(name)
    if starts_on and ends_on and ends_on < starts_on:
        raise DatesSwapped

    def change() -> int:
        if db.session.scalar(select(Cohort.id).where(Cohort.name == name)) is not None:
            raise CohortNameTaken(name)
        made = Cohort(name=name, starts_on=starts_on, ends_on=ends_on)
        db.session.add(made)
        db.session.flush()
        return made.id

    return settled(change)


def set_courses(cohort_id: int, slugs: Sequence[str], *, has_path: bool) -> None:
    """Replace a cohort's courses; their order is the recommended one where it `has_path`. Raises NotFound.

    Whether the slugs name courses is the caller's to see: content is not a person's subject.
    """

    def change() -> None:
        done = db.session.execute(update(Cohort).where(Cohort.id == cohort_id).values(has_path=has_path))
        if not done.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
            raise NotFound
        db.session.execute(delete(CohortCourse).where(CohortCourse.cohort_id == cohort_id))
        db.session.add_all(
            CohortCourse(cohort_id=cohort_id, course_slug=slug, position=position)
            for position, slug in enumerate(dict.fromkeys(slugs), start=1)
        )
        db.session.flush()

    settled(change)


def enrol(cohort_id: int, person_ids: Iterable[int]) -> int:
    """Put people into a cohort and return how many were not in it before. Raises NotFound."""
    wanted = set(person_ids)

    def change() -> int:
        if db.session.get(Cohort, cohort_id) is None:
            raise NotFound
        known = set(db.session.scalars(select(Person.id).where(Person.id.in_(wanted))))
        if known != wanted:
            raise NotFound
        already = set(
            db.session.scalars(
                select(CohortMember.person_id).where(
                    CohortMember.cohort_id == cohort_id, CohortMember.person_id.in_(wanted)
                )
            )
        )
        new = wanted - already
        db.session.add_all(CohortMember(cohort_id=cohort_id, person_id=each) for each in sorted(new))
        db.session.flush()
        return len(new)

    return settled(change)


def remove_member(cohort_id: int, person_id: int) -> None:
    """Take a person out of a cohort; what was done in its courses stays. One who is not in it is no fault."""
    gone = delete(CohortMember).where(CohortMember.cohort_id == cohort_id, CohortMember.person_id == person_id)
    settled(lambda: db.session.execute(gone))
