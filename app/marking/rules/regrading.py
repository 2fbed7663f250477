"""Marks given anew: answers replayed against another version of their questions, and bad questions decided on. Pure.

What a regrade exchanges is the key: what answers are worth. Everything else an attempt was made under stays as its own
revision said: points, pass mark, feedback mode, hints and penalty, competency. Marks that people gave stay, unless the
question itself is decided on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from app.content.activities import QuizSettings
from app.content.course import Course
from app.errors import N_, Message
from app.marking.rules.decisions import DECIDED, Decision
from app.marking.rules.marks import Result, attempt_result, certainty_told, first_fraction, grade_slot
from app.questions.base import EPSILON, Grade, Outcome, Question
from app.questions.carrying import NotCarried
from app.quizzes.rules.answering import UNTOUCHED, AnswerRow
from app.quizzes.rules.certainty import Certainty
from app.quizzes.rules.interactive import slot_state
from app.quizzes.rules.layout import Place

QUESTION_GONE: Final = N_("Soal ini tidak ada di versi itu.")
KIND_DIFFERS: Final = N_("Jenis soal ini lain di versi itu.")


class MarkValue(NamedTuple):
    """What of a slot's mark a regrade may change. `fraction` and `first_fraction` of the points, as in SlotMark."""

    fraction: float | None
    outcome: Outcome
    certainty: Certainty | None = None
    first_fraction: float | None = None

    def is_like(self, other: MarkValue) -> bool:
        """Whether both are the same mark."""
        same = (self.outcome, self.certainty) == (other.outcome, other.certainty)
        return same and _is_near(self.fraction, other.fraction) and self.is_like_at_first(other)

    def is_like_at_first(self, other: MarkValue) -> bool:
        """Whether both tell the same of the answer given before the question was done again."""
        return _is_near(self.first_fraction, other.first_fraction)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An attempt that was handed in, as it stands. `questions` and `settings` are its own revision's.

    `marks` and `rows` by slot, from 1; a slot without rows was never answered. `name` and `number` are for pages.
    """

    id: int
    person_id: int
    result: Result
    places: Sequence[Place]
    questions: Mapping[str, Question]
    settings: QuizSettings
    marks: Mapping[int, MarkValue]
    rows: Mapping[int, Sequence[AnswerRow]] = field(default_factory=dict)
    name: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: the keys of another revision (`course` None: the marks stay), and what is decided by address."""

    course: Course | None
    decisions: Mapping[str, Decision]


class SlotMove(NamedTuple):
    """A slot whose mark changes."""

    slot: int
    question: str  # its address
    old: MarkValue
    new: MarkValue


class Exchange(NamedTuple):
    """A mark before and after a regrade."""

    old: MarkValue
    new: MarkValue


class ResultExchange(NamedTuple):
    """A result before and after."""

    old: Result
    new: Result


@dataclass(frozen=True, slots=True)
class Moved:
    """An attempt with marks that change; its result may stay what it was."""

    attempt: HandedIn
    new: Result
    slots: tuple[SlotMove, ...]

    @property
    def old(self) -> Result:
        """Its result before."""
        return self.attempt.result

    @property
    def competencies(self) -> frozenset[str]:
        """Those whose evidence the changed slots are, or were."""
        asked = (self.attempt.questions[each.question].competency for each in self.slots)
        return frozenset(each for each in asked if each is not None)


class Kept(NamedTuple):
    """An answer that cannot be regraded and keeps its mark, and why."""

    attempt_id: int
    slot: int
    question: str  # its address
    reason: Message


@dataclass(frozen=True, slots=True)
class Plan:
    """What a regrade would do: the attempts looked at, those that move, the answers that keep their mark."""

    attempts: int
    moved: tuple[Moved, ...]
    kept: tuple[Kept, ...]

    @property
    def up(self) -> int:
        """How many results rise."""
        return sum(_rise(each) > 0 for each in self.moved)

    @property
    def down(self) -> int:
        """How many results fall."""
        return sum(_rise(each) < 0 for each in self.moved)

    @property
    def first_answers(self) -> int:
        """How many answers, given before the question was done again, come to something else: evidence of competencies
        that no result tells.
        """
        return sum(not slot.old.is_like_at_first(slot.new) for each in self.moved for slot in each.slots)

    @property
    def newly_passed(self) -> int:
        """How many pass who did not."""
        return sum(bool(each.new.passed) > bool(each.old.passed) for each in self.moved)

    @property
    def newly_failed(self) -> int:
        """How many do not pass who did."""
        return sum(bool(each.new.passed) < bool(each.old.passed) for each in self.moved)


def plan_of(attempts: Sequence[HandedIn], order: Order) -> Plan:
    """What the order does to these attempts."""
    moved: list[Moved] = []
    kept: list[Kept] = []
    for attempt in attempts:
        told = list(_told(attempt, order))
        slots = tuple(each for each in told if isinstance(each, SlotMove))
        kept += [each for each in told if isinstance(each, Kept)]
        if slots:
            moved.append(Moved(attempt, result_with(attempt, slots), slots))
    return Plan(len(attempts), tuple(moved), tuple(kept))


def marks_with(attempt: HandedIn, slots: Sequence[SlotMove]) -> dict[int, MarkValue]:
    """The attempt's marks by slot, with these changed."""
    return {**attempt.marks, **{each.slot: each.new for each in slots}}


def result_of(marks: Mapping[int, MarkValue], places: Sequence[Place], settings: QuizSettings) -> Result:
    """What these marks, by slot from 1, come to."""
    ordered = [marks[slot] for slot in range(1, len(places) + 1)]
    grades = [Grade(mark.fraction, mark.outcome) for mark in ordered]
    told = [mark.certainty for mark in ordered] if settings.feedback == "certainty" else None
    return attempt_result(grades, places, told, settings.pass_percent)


def result_with(attempt: HandedIn, slots: Sequence[SlotMove]) -> Result:
    """What the attempt comes to with these marks changed."""
    return result_of(marks_with(attempt, slots), attempt.places, attempt.settings)


def put_back(attempt: HandedIn, marks: Mapping[int, Exchange], result: ResultExchange) -> Moved:
    """What undoing a regrade does to an attempt: `marks`, by slot, and `result` are what it exchanged.

    A slot whose mark is another by now keeps it, and then the result follows from the marks.
    """
    slots = tuple(
        SlotMove(slot, attempt.places[slot - 1].question, each.new, each.old)
        for slot, each in sorted(marks.items())
        if slot in attempt.marks and attempt.marks[slot].is_like(each.new)
    )
    as_it_was = len(slots) == len(marks) and attempt.result == result.new
    return Moved(attempt, result.old if as_it_was else result_with(attempt, slots), slots)


def _told(attempt: HandedIn, order: Order) -> Iterator[SlotMove | Kept]:
    """What there is to tell of an attempt's slots; nothing of those whose mark stays."""
    for slot, place in enumerate(attempt.places, start=1):
        old = attempt.marks[slot]
        try:
            new = _anew(attempt, slot, order)
        except NotCarried as reason:
            yield Kept(attempt.id, slot, place.question, reason.message)
        else:
            if not new.is_like(old):
                yield SlotMove(slot, place.question, old, new)


def _anew(attempt: HandedIn, slot: int, order: Order) -> MarkValue:
    """What a slot's mark becomes. Raises NotCarried."""
    old, address = attempt.marks[slot], attempt.places[slot - 1].question
    if old.outcome is Outcome.NOT_MARKED:
        return old
    if address in order.decisions:
        grade = DECIDED[order.decisions[address]]
        return MarkValue(grade.fraction, grade.outcome, first_fraction=old.first_fraction)
    question = attempt.questions[address]
    if order.course is None or question.by_hand:
        return old
    asked = _asked_by(question, order.course.question(address))
    return _replayed(question, asked, attempt.rows.get(slot, ()), attempt.settings)


def _asked_by(question: Question, other: Question | None) -> Question:
    """The other version of a question, with the hints and penalty under which it was answered. Raises NotCarried."""
    if other is None:
        raise NotCarried(QUESTION_GONE)
    if other.type != question.type:
        raise NotCarried(KIND_DIFFERS)
    if (other.hints, other.penalty) == (question.hints, question.penalty):
        return other
    return other.model_copy(update={"hints": question.hints, "penalty": question.penalty})


def _replayed(question: Question, asked: Question, rows: Sequence[AnswerRow], settings: QuizSettings) -> MarkValue:
    if asked != question:
        rows = [_carried(row, question, asked) for row in rows]
    state = slot_state(rows, settings.feedback, asked) if rows else UNTOUCHED
    grade = grade_slot(asked, state)
    told = certainty_told(asked, state, grade, settings.feedback)
    return MarkValue(grade.fraction, grade.outcome, told, first_fraction(asked, state))


def _carried(row: AnswerRow, question: Question, asked: Question) -> AnswerRow:
    response = question.response_of(row.response)
    if response is None:
        return row
    carried = asked.carried(response, question).model_dump(mode="json")
    return AnswerRow(row.seq, row.action, carried, row.page_token, row.saved_at, row.certainty)


def _is_near(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else abs(one - other) < EPSILON


def _rise(moved: Moved) -> float:
    """By how much a result rises, 0.0 where it is not known on both sides."""
    if moved.old.fraction is None or moved.new.fraction is None:
        return 0.0
    rise = moved.new.fraction - moved.old.fraction
    return rise if abs(rise) >= EPSILON else 0.0
