"""Reads of surveys: one's own answers, and everybody's within reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, false, func, or_, select, true

from app.catalogue.queries import course_at, published
from app.content.activities import Survey
from app.db import db, read_one
from app.errors import NotFound
from app.people.models import Cohort, CohortMember, Person
from app.people.permissions import Scope
from app.people.queries import people_within
from app.surveys.models import SurveyResponse, SurveySums, SurveyTaken
from app.surveys.rules.answers import Answers
from app.surveys.rules.figures import Results, in_order
from app.surveys.rules.tallies import of_json, with_answers
from app.texts.local import LocalText

_RESPONSE: Final = SurveyResponse.__table__.c
_OWN: Final = select(_RESPONSE.revision_id, _RESPONSE.answers).where(
    _RESPONSE.person_id == bindparam("person_id"),
    _RESPONSE.course_slug == bindparam("course"),
    _RESPONSE.survey_id == bindparam("survey"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What one person answered, with the survey as it was asked."""

    survey: Survey
    answers: Answers
    name: str = ""
    handed_in_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NamedSurvey:
    """A survey by name: its ids stand for it where it is not served any more (`served` None)."""

    course_slug: str
    survey_id: str
    course: LocalText
    title: LocalText
    anonymous: bool
    served: Survey | None


@dataclass(frozen=True, slots=True)
class ListedSurvey:
    """A survey in a list, with how many people within reach answered it."""

    named: NamedSurvey
    people: int


def own_answers(person_id: int, course_slug: str, survey_id: str) -> Given | None:
    """What a person answered; None where nothing is kept under their name."""
    row = read_one(_OWN, {"person_id": person_id, "course": course_slug, "survey": survey_id})
    return None if row is None else _given(row, survey_id)


def surveys_listed(within: Scope) -> list[ListedSurvey]:
    """Every survey in reach that is served or was answered, by course."""
    chosen = (
        select(SurveyTaken.course_slug, SurveyTaken.survey_id, func.count())
        .join(Person, Person.id == SurveyTaken.person_id)
        .where(_within(within))
        .group_by(SurveyTaken.course_slug, SurveyTaken.survey_id)
    )
    counts = {(row[0], row[1]): row[2] for row in db.session.execute(chosen)}
    served = [
        (slug, each.id)
        for slug, found in sorted(published().items())
        for module in found.course.written
        for each in module.activities
        if isinstance(each, Survey)
    ]
    listed = [ListedSurvey(named_survey(*key), counts.get(key, 0)) for key in dict.fromkeys([*served, *sorted(counts)])]
    return [each for each in listed if _reaches(within, each.named)]


def get_survey(course_slug: str, survey_id: str, within: Scope) -> NamedSurvey:
    """A survey whose results may be seen. Raises NotFound.

    Who reaches some people only sees no sums that others are part of.
    """
    found = named_survey(course_slug, survey_id)
    if found.served is None and not _answered(course_slug, survey_id):
        raise NotFound
    if not _reaches(within, found):
        raise NotFound
    return found


def named_survey(course_slug: str, survey_id: str) -> NamedSurvey:
    """A survey by its ids, whether or not it is served."""
    found = published().get(course_slug)
    activity = found.course.written_activity(survey_id) if found else None
    survey = activity if isinstance(activity, Survey) else None
    course = found.course.title if found else LocalText.plain(course_slug)
    title = survey.title if survey else LocalText.plain(survey_id)
    anonymous = survey.anonymous if survey else _sums(course_slug, survey_id) is not None
    return NamedSurvey(course_slug, survey_id, course, title, anonymous, survey)


def results_of(survey: NamedSurvey, within: Scope, cohort_id: int | None = None) -> Results:
    """What was answered, added up: to an anonymous survey by everybody, else by those in reach, or of one cohort."""
    if survey.anonymous:
        row = _sums(survey.course_slug, survey.survey_id)
        people, tallies = (row.people, of_json(row.tallies)) if row else (0, ())
    else:
        given = given_to(survey, within, cohort_id)
        people, tallies = len(given), ()
        for each in given:
            tallies = with_answers(tallies, each.survey, each.answers, name=each.name)
    return Results(people, in_order(tallies, survey.served))


def given_to(survey: NamedSurvey, within: Scope, cohort_id: int | None = None) -> list[Given]:
    """What people within reach answered to a survey that is not anonymous, the first first; of one cohort, or all."""
    columns = (SurveyResponse.revision_id, SurveyResponse.answers, Person.name, SurveyTaken.handed_in_at)
    chosen = _responses(select(*columns), survey, within)
    if cohort_id is not None:
        chosen = chosen.where(Person.id.in_(select(CohortMember.person_id).where(CohortMember.cohort_id == cohort_id)))
    rows = db.session.execute(chosen.order_by(SurveyTaken.handed_in_at, Person.id))
    return [_given(row, survey.survey_id, row.name, row.handed_in_at) for row in rows]


def answering_cohorts(survey: NamedSurvey, within: Scope) -> tuple[tuple[int, str], ...]:
    """Id and name of the cohorts whose members answered, by name."""
    chosen = _responses(select(Cohort.id, Cohort.name), survey, within)
    chosen = chosen.join(CohortMember, CohortMember.person_id == Person.id).join(
        Cohort, Cohort.id == CohortMember.cohort_id
    )
    return tuple((row.id, row.name) for row in db.session.execute(chosen.distinct().order_by(Cohort.name)))


def _responses(chosen: Select[Any], survey: NamedSurvey, within: Scope) -> Select[Any]:
    return (
        chosen.select_from(SurveyResponse)
        .join(SurveyTaken)
        .join(Person, Person.id == SurveyResponse.person_id)
        .where(*_of(survey.course_slug, survey.survey_id), _within(within))
    )


def _given(row: Any, survey_id: str, name: str = "", handed_in_at: datetime | None = None) -> Given:
    survey = course_at(row.revision_id).activity(survey_id)
    if not isinstance(survey, Survey):
        raise NotFound
    stored: Mapping[str, Any] = row.answers
    answers = {each.id: each.response_of(stored[each.id]) for each in survey.asked if each.id in stored}
    return Given(survey, answers, name, handed_in_at)


def _answered(course_slug: str, survey_id: str) -> bool:
    chosen = select(SurveyTaken.person_id).where(*_of(course_slug, survey_id)).limit(1)
    return db.session.scalar(chosen) is not None


def _sums(course_slug: str, survey_id: str) -> Any:
    columns = select(SurveySums.people, SurveySums.tallies)
    chosen = columns.where(SurveySums.course_slug == course_slug, SurveySums.survey_id == survey_id)
    return db.session.execute(chosen).one_or_none()


def _of(course_slug: str, survey_id: str) -> tuple[ColumnElement[bool], ...]:
    return (SurveyTaken.course_slug == course_slug, SurveyTaken.survey_id == survey_id)


def _within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `SurveyTaken` joined with `Person` that a scope sets."""
    if scope.everything:
        return true()
    reached: list[ColumnElement[bool]] = []
    if scope.courses:
        reached.append(SurveyTaken.course_slug.in_(sorted(scope.courses)))
    if scope.organisations or scope.places:
        reached.append(people_within(replace(scope, courses=frozenset())))
    return or_(*reached) if reached else false()


def _reaches(scope: Scope, survey: NamedSurvey) -> bool:
    if scope.everything or survey.course_slug in scope.courses:
        return True
    return not survey.anonymous and bool(scope.organisations or scope.places)
