"""Take in what somebody answered."""

from __future__ import annotations

from datetime import datetime
from random import SystemRandom
from typing import Final

from sqlalchemy import bindparam, select, update

from app.catalogue.queries import Published
from app.content.activities import Survey
from app.db import insert_unless_there, read_one, write
from app.surveys.models import SurveyResponse, SurveySums, SurveyTaken
from app.surveys.rules.answers import Answers
from app.surveys.rules.tallies import as_json, of_json, with_answers

_SUMS: Final = SurveySums.__table__.c
_OF_SURVEY: Final = (_SUMS.course_slug == bindparam("course"), _SUMS.survey_id == bindparam("survey"))
_SUMS_TO_CHANGE: Final = select(_SUMS.people, _SUMS.tallies).where(*_OF_SURVEY).with_for_update()
_CHANGE_SUMS: Final = (
    update(SurveySums.__table__).where(*_OF_SURVEY).values(people=bindparam("count"), tallies=bindparam("added"))
)


def store_answers(person_id: int, published: Published, survey: Survey, answers: Answers, *, now: datetime) -> bool:
    """Keep one person's answers; whether they were kept: who has answered before has. Never commits.

    Of two presses at once the key of SurveyTaken lets one through. Where the survey is anonymous, the person is noted
    and the answers are added to everybody's (see models).
    """
    key = {"course_slug": published.course.slug, "survey_id": survey.id}
    handed_in_at = None if survey.anonymous else now
    if not insert_unless_there(SurveyTaken.__table__, {**key, "person_id": person_id, "handed_in_at": handed_in_at}):
        return False
    if survey.anonymous:
        _store_sums(published.course.slug, survey, answers)
        return True
    given = {question_id: response.model_dump(mode="json") for question_id, response in answers.items()}
    row = {**key, "person_id": person_id, "revision_id": published.revision_id, "answers": given}
    return insert_unless_there(SurveyResponse.__table__, row)


def _store_sums(course_slug: str, survey: Survey, answers: Answers) -> None:
    key = {"course_slug": course_slug, "survey_id": survey.id}
    insert_unless_there(SurveySums.__table__, {**key, "people": 0, "tallies": []})
    here = {"course": course_slug, "survey": survey.id}
    row = read_one(_SUMS_TO_CHANGE, here)
    assert row is not None  # noqa: S101 (just inserted, if it was not there)
    added = with_answers(of_json(row.tallies), survey, answers, chance=SystemRandom())
    write(_CHANGE_SUMS, {**here, "count": row.people + 1, "added": as_json(added)})
