"""A made-up attempt at a quiz: drawn, answered and graded by the rules of real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import exp
from random import Random
from typing import Any, Final
from zlib import crc32

from app.content.activities import Quiz, QuizSettings
from app.content.course import Course
from app.demonstration.rules.answers import made_up_fields
from app.demonstration.rules.people import MadeUpPerson, ability_in
from app.marking.rules.marks import HandIn, SlotMark, attempt_fraction, certainties, grade_slot, slot_marks
from app.questions.base import Question
from app.quizzes.rules.answering import Action, AnswerRow
from app.quizzes.rules.grading import passes
from app.quizzes.rules.interactive import slot_state
from app.quizzes.rules.layout import Place, layout, times_used
from app.quizzes.rules.review import settled

HARDNESS: Final = {"easy": -1.1, "medium": 0.0, "hard": 1.1}  # logits
REMEMBERED: Final = 0.9  # how often a question is right whose key was read before
PRACTICE: Final = 0.35  # logits that each further attempt adds
LEARNT: Final = 0.8  # logits that the first practice quiz on a competency leaves behind
CHANGED: Final = 0.08  # how often an answer is changed before it is checked or handed in
SKIPPED: Final = 0.03  # how often a question is left blank


@dataclass(frozen=True, slots=True)
class PathCourse:
    """One course of the recommended order, and the revision that is served."""

    course: Course
    revision_id: int


@dataclass(slots=True)
class Knowledge:
    """What a person knows, which keys they have read, and which competencies they have practised."""

    person: MadeUpPerson
    chance: Random
    abilities: dict[str | None, float] = field(default_factory=dict)
    seen_keys: set[str] = field(default_factory=set)
    practised: set[str | None] = field(default_factory=set)
    prepared: bool = False  # so well that everything will be right

    def knows(self, question: Question[Any], address: str, *, earlier: int) -> bool:
        """Whether the next answer is right, after `earlier` attempts at this quiz.

        The chance is c + (1 - c) / (1 + exp(b - a)): a three-parameter logistic model with ability a and hardness b in
        logits, discrimination 1, and c what guessing earns (Birnbaum 1968).
        """
        if self.prepared:
            return True
        if address in self.seen_keys:
            return self.chance.random() < REMEMBERED
        if question.competency not in self.abilities:
            self.abilities[question.competency] = ability_in(self.person, question.competency, self.chance)
        learnt = LEARNT if question.competency in self.practised else 0.0
        ability = self.abilities[question.competency] + learnt + PRACTICE * earlier
        hardness = HARDNESS[question.difficulty] + (crc32(address.encode()) % 100 - 50) / 60
        guess = question.guess_score() or 0.0
        return self.chance.random() < guess + (1 - guess) / (1 + exp(hardness - ability))


@dataclass(frozen=True, slots=True)
class AttemptMade:
    """One attempt as its rows will tell it. `answers` are (slot, row); what it came to is None while it is open."""

    course_slug: str
    quiz_id: str
    revision_id: int
    number: int
    seed: int
    places: tuple[Place, ...]
    answers: tuple[tuple[int, AnswerRow], ...]
    started_at: datetime
    marks: tuple[SlotMark, ...] = ()
    finished_at: datetime | None = None
    fraction: float | None = None
    passed: bool | None = None

    @property
    def last_at(self) -> datetime:
        """When something was last done in it."""
        return self.finished_at or max((row.saved_at for _, row in self.answers), default=self.started_at)

    def left_after(self, slots: int) -> AttemptMade:
        """The same attempt, left open after its first `slots` questions."""
        answers = tuple((slot, row) for slot, row in self.answers if slot <= slots)
        return replace(self, answers=answers, marks=(), finished_at=None, fraction=None, passed=None)

    def with_keys_open(self, at: datetime) -> AttemptMade:
        """The same attempt once a later one has settled the quiz: keys that were kept back may be seen since `at`."""
        marks = (mark._replace(key_opened_at=mark.key_opened_at or at) for mark in self.marks)
        return replace(self, marks=tuple(marks))


def take_quiz(
    path: PathCourse, quiz: Quiz, knowledge: Knowledge, before: Sequence[AttemptMade], started_at: datetime
) -> AttemptMade:
    """One attempt from start to hand-in. `before`: the person's attempts so far, at any quiz."""
    course, chance = path.course, knowledge.chance
    earlier = [each for each in before if each.course_slug == course.slug and each.quiz_id == quiz.id]
    seed = chance.getrandbits(32)
    places = layout(course, quiz, seed, times_used(each.places for each in earlier))
    pen = _Pen(knowledge, quiz.settings, started_at)
    answers = []
    for slot, place in enumerate(places, start=1):
        question = course.questions[place.question]
        right = knowledge.knows(question, place.question, earlier=len(earlier))
        answers += [(slot, row) for row in pen.answer(question, place, right=right)]
    begun = AttemptMade(
        course.slug, quiz.id, path.revision_id, len(earlier) + 1, seed, places, tuple(answers), started_at
    )
    pen.wait(5, 60)
    attempt = hand_in(begun, course, quiz, earlier, pen.clock)
    if quiz.settings.purpose == "practice":
        knowledge.practised |= {course.questions[place.question].competency for place in places}
    knowledge.seen_keys |= {mark.question for mark in attempt.marks if mark.key_opened_at is not None}
    return attempt


def hand_in(
    attempt: AttemptMade, course: Course, quiz: Quiz, earlier: Sequence[AttemptMade], at: datetime
) -> AttemptMade:
    """The attempt graded, by the rules that grade real ones."""
    questions = [course.questions[place.question] for place in attempt.places]
    rows: list[list[AnswerRow]] = [[] for _ in attempt.places]
    for slot, row in attempt.answers:
        rows[slot - 1].append(row)
    feedback = quiz.settings.feedback
    states = [slot_state(each, feedback, question) for each, question in zip(rows, questions, strict=True)]
    grades = [grade_slot(question, state) for question, state in zip(questions, states, strict=True)]
    fraction = attempt_fraction(grades, attempt.places, certainties(feedback, questions, states, grades))
    passed = None if fraction is None else passes(fraction, quiz.settings.pass_percent)
    ended = [replace(attempt, fraction=fraction, passed=passed), *earlier]
    done = settled(quiz.settings, ended, quiz.settings)
    marks = slot_marks(questions, attempt.places, states, grades, HandIn(quiz.settings, at, done))
    return replace(attempt, marks=tuple(marks), finished_at=at, fraction=fraction, passed=passed)


@dataclass(slots=True)
class _Pen:
    """Somebody answering one attempt; `clock` is the moment they have come to."""

    knowledge: Knowledge
    settings: QuizSettings
    clock: datetime

    def wait(self, least: int, most: int) -> None:
        self.clock += timedelta(seconds=self.knowledge.chance.randint(least, most))

    def answer(self, question: Question[Any], place: Place, *, right: bool) -> list[AnswerRow]:
        """The rows of one slot: usually one, none where it is left blank, two where the person thought again."""
        chance = self.knowledge.chance
        if chance.random() < SKIPPED and not self.knowledge.prepared:
            self.wait(10, 30)
            return []
        checked = self.settings.feedback in ("immediate", "interactive") and question.checkable
        last = Action.CHECK if checked else Action.SAVE
        tries = [(not right, Action.SAVE), (right, last)] if chance.random() < CHANGED else [(right, last)]
        token = f"{chance.getrandbits(48):012x}"
        rows: list[AnswerRow] = []
        for is_right, action in tries:
            self.wait(12, 75)
            response = question.read(made_up_fields(question, place.order, right=is_right, chance=chance), place.order)
            stored = None if response is None else response.model_dump(mode="json")
            rows.append(AnswerRow(len(rows) + 1, action, stored, token, self.clock))
        return rows
