"""Who of a course takes part in the daily practice and has not practised for some days. Of the others nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.catalogue.queries import published
from app.content.course import Course
from app.gradebook.queries.people import CoursePerson, at_once, people_of
from app.repetition.queries.cards import Practising, practising
from app.repetition.rules.drawing import Today, due_cards, practised_in


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody to remind. `practised_at` None: not once since `joined_at`; `due`: questions of the course that wait."""

    person: CoursePerson
    joined_at: datetime
    practised_at: datetime | None
    due: int

    @property
    def since(self) -> datetime:
        """Since when nothing was practised."""
        return self.practised_at or self.joined_at


def reminders(ids: Sequence[int], course: Course, today: Today, days: int) -> Iterator[Reminder]:
    """Those of some people who have something of the course to practise and have not practised for `days` days or more,
    in their order. Five statements for as many as are read at once.
    """
    asked = practised_in([course], [each.course for each in published().values()])
    for some in at_once(ids):
        taking_part = practising(some, today.now)
        away = {each: due for each, one in taking_part.items() if (due := _due(one, asked, today, days))}
        for person in people_of([each for each in some if each in away]):
            one = taking_part[person.id]
            yield Reminder(person, one.joined_at, one.practised_at, away[person.id])


def _due(one: Practising, asked: Collection[str], today: Today, days: int) -> int:
    if today.days_since(one.practised_at or one.joined_at) < days:
        return 0
    return len(due_cards(one.cards, asked, today))
