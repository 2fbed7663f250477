"""Which questions a daily practice may ask, which are due, and what comes when. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from app.content.activities import FixedSlot, Quiz, QuizSettings
from app.content.course import Course
from app.repetition.rules.cards import Card, retrievability

MOST: Final = 5  # questions a day
AHEAD: Final = 3  # days with something due that are told beforehand


@dataclass(frozen=True, slots=True)
class Today:
    """A moment, and in whose zone a day begins and ends."""

    now: datetime
    zone: tzinfo

    @property
    def day(self) -> date:
        """The day it is there."""
        return self.now.astimezone(self.zone).date()

    @property
    def over_at(self) -> datetime:
        """The first moment of tomorrow: whatever is due before may be practised at any hour of today."""
        tomorrow = self.day + timedelta(days=1)
        return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=self.zone)

    def days_since(self, moment: datetime) -> int:
        """How many midnights lie between; 0: it was today."""
        return (self.day - moment.astimezone(self.zone).date()).days


@dataclass(frozen=True, slots=True)
class Practised:
    """Where a question is practised: its course, and whether that quiz mixes the options."""

    course_slug: str
    shuffles: bool


def is_practice(settings: QuizSettings) -> bool:
    """Whether a quiz may be done as often as one likes and shows what was right; no test before or after a course."""
    return settings.preset == "practice" and settings.purpose == "practice" and settings.attempts is None


def practised_in(courses: Iterable[Course], served: Iterable[Course]) -> dict[str, Practised]:
    """The questions of these courses that a daily practice may ask, by address.

    They are asked in a practice quiz, can be marked at once, and need no text that is read before them. Never one that
    any of the courses `served` holds back: for a test before or after a course or for an exam, hidden or not.
    """
    held_back = {address for course in served for address in _held_back(course)}
    found: dict[str, Practised] = {}
    for course in courses:
        for quiz in course.activities:
            if isinstance(quiz, Quiz) and is_practice(quiz.settings):
                place = Practised(course.slug, quiz.settings.shuffle_options)
                for address in _standing_alone(quiz):
                    if address not in held_back and course.questions[address].checkable:
                        found.setdefault(address, place)
    return found


def due_cards(cards: Iterable[Card], asked: Collection[str], today: Today) -> list[Card]:
    """Those of some questions that are due today, the one most likely forgotten first."""
    due = [card for card in cards if card.question in asked and card.due_at < today.over_at]
    return sorted(due, key=lambda card: (retrievability(card, today.now), card.due_at, card.question))


def due_ahead(cards: Iterable[Card], asked: Collection[str], today: Today) -> tuple[tuple[date, int], ...]:
    """The next days after today on which something is due, each with how many are asked then: MOST at most. What is
    overdue stands tomorrow.
    """
    tomorrow = today.day + timedelta(days=1)
    days = Counter(max(card.due_at.astimezone(today.zone).date(), tomorrow) for card in cards if card.question in asked)
    return tuple((day, min(count, MOST)) for day, count in sorted(days.items())[:AHEAD])


def _held_back(course: Course) -> Iterator[str]:
    for module in course.written:
        for each in module.activities:
            if isinstance(each, Quiz) and (each.settings.purpose != "practice" or each.settings.preset == "exam"):
                yield from each.addresses


def _standing_alone(quiz: Quiz) -> Iterator[str]:
    """Questions of a quiz that can be asked by themselves: no text stands before them in their section."""
    section, led = None, False
    for slot in quiz.slots:
        if slot.section != section:
            section = slot.section
            led = section is not None and quiz.sections[section].text is not None
        addresses = (slot.address,) if isinstance(slot, FixedSlot) else slot.addresses
        led = led or (isinstance(slot, FixedSlot) and slot.address in quiz.texts)
        if not led:
            yield from (address for address in addresses if address not in quiz.texts)
