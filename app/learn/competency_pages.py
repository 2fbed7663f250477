"""What the page of a learner's competencies shows besides the record itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.catalogue.queries import Published, published
from app.competencies.queries.answers import Record
from app.content.course import Competency
from app.learn.access import open_courses
from app.learn.rules.practice import Practice, next_practice
from app.progress.rules import Done
from app.texts.local import LocalText

ATTEMPTS: Final = 10  # listed on the page


@dataclass(frozen=True, slots=True)
class Advice:
    """The competency that needs it most, and what to do for it."""

    competency: Competency
    practice: Practice


@dataclass(frozen=True, slots=True)
class Handed:
    """An attempt that was handed in. `title` None: its quiz is served no more."""

    done: Done
    title: LocalText | None


def advice_for(person_id: int, record: Record, done: Sequence[Done]) -> Advice | None:
    """What to do next, among the courses on this person's shelf; None where there is nothing to advise."""
    standings = {each.competency.id: each for area in record.areas for each in area.standings}
    read = {(each.course, each.activity) for each in done if each.what == "lesson"}
    courses = [each.course for each in open_courses(person_id)]
    found = next_practice([(name, each.score) for name, each in standings.items()], courses, met=record.met, read=read)
    return Advice(standings[found.competency].competency, found) if found else None


def latest_attempts(done: Sequence[Done]) -> tuple[Handed, ...]:
    """The attempts that were handed in last, the newest first."""
    served = published()
    attempts = [each for each in reversed(done) if each.what == "attempt"][:ATTEMPTS]
    return tuple(Handed(each, _title(served.get(each.course), each.activity)) for each in attempts)


def _title(found: Published | None, quiz_id: str) -> LocalText | None:
    quiz = found.course.written_activity(quiz_id) if found else None
    return quiz.title if quiz else None
