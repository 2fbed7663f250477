"""What a made-up person did, week by week: lessons read, quizzes taken, graded by the rules everybody is graded by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from app.competencies.rules import Check, GradedSlot, Score, Yardstick, competency_scores, evidence_of
from app.content.activities import Activity, Quiz, Survey, Task, TestForm
from app.demonstration.rules.attempts import AttemptMade, Knowledge, PathCourse, take_quiz
from app.demonstration.rules.people import MadeUpPerson, Way
from app.progress.rules import CourseFacts, QuizFact, TaskFact, course_progress, meets_completion
from app.quizzes.rules.answering import Action
from app.quizzes.rules.drawing import Turn, next_turn
from app.quizzes.rules.grading import quiz_grade
from app.quizzes.rules.review import opens_earlier_keys
from app.tasks.rules import TaskState

ACTIVITIES: Final[dict[Way, tuple[float, float]]] = {
    Way.NEVER_CAME: (0.0, 0.0),
    Way.LOOKED_IN: (0.0, 0.09),
    Way.STOPPED: (0.12, 0.45),
    Way.UNDER_WAY: (0.15, 0.85),
    Way.ONE_COURSE: (0.5, 0.5),
    Way.FINISHED: (1.0, 1.0),
}
"""Which part of the whole path is done, least and most."""

BEGAN: Final = (24, 42)  # days ago
LAST_SEEN: Final[dict[Way, tuple[int, int]]] = {
    Way.LOOKED_IN: (8, 23),
    Way.STOPPED: (15, 20),
    Way.UNDER_WAY: (1, 5),
}
"""Days ago."""

LAST_SEEN_ELSE: Final = (3, 14)
AT_ONE_SITTING: Final = 3  # activities; more where there are more to do than days for it
LEFT_OPEN: Final = 0.3  # how often a learner under way has begun the next quiz and not handed it in
PATIENCE: Final = 6  # attempts at one quiz
TASK_MINUTES: Final = 45  # of a task whose author does not say


@dataclass(frozen=True, slots=True)
class LessonRead:
    """A lesson whose reader pressed "done"."""

    course_slug: str
    lesson_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskChecked:
    """A task that its learner did and checked. `levels`: criterion id -> index of the level."""

    course_slug: str
    revision_id: int
    task_id: str
    levels: Mapping[str, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Completed:
    """A course completed."""

    course_slug: str
    revision_id: int
    at: datetime


@dataclass(slots=True)
class History:
    """One person's. `first_seen` and `last_seen` are None for who never signed in."""

    first_seen: datetime | None = None
    last_seen: datetime | None = None
    lessons: list[LessonRead] = field(default_factory=list)
    attempts: list[AttemptMade] = field(default_factory=list)
    tasks: list[TaskChecked] = field(default_factory=list)
    completed: list[Completed] = field(default_factory=list)

    def scores(self, yardstick: Yardstick, *, now: datetime) -> dict[str, Score]:
        """What these answers show, by competency."""
        slots, checks = [], []
        for index, attempt in enumerate(self.attempts):
            for mark in attempt.marks:
                graded = GradedSlot(
                    mark.question,
                    mark.competency,
                    mark.fraction,
                    mark.answered_at,
                    mark.key_opened_at,
                    attempt_id=index,  # only the order counts
                    slot=mark.slot,
                    revision_id=attempt.revision_id,
                    difficulty=mark.difficulty,
                    guess=mark.guess,
                )
                slots.append(graded)
            if attempt.finished_at is None:
                shown = [(slot, row) for slot, row in attempt.answers if row.action is Action.CHECK]
                checks += [Check(attempt.places[slot - 1].question, row.saved_at) for slot, row in shown]
        return competency_scores(evidence_of(slots, checks), yardstick, {}, now=now)


@dataclass(frozen=True, slots=True)
class Leg:
    """Activities of one course that follow on each other. `around`: of a course that stands round all others."""

    path: PathCourse
    activities: tuple[Activity, ...]
    around: bool = False


def legs_of(path: Sequence[PathCourse]) -> list[Leg]:
    """The path as it is walked: of a course that only tests, the test before comes first and the one after last."""
    before, between, behind = [], [], []
    for each in path:
        activities, at = each.course.activities, each.course.after_others
        if at is None:
            between.append(Leg(each, activities))
        else:
            before.append(Leg(each, activities[:at], around=True))
            behind.append(Leg(each, activities[at:], around=True))
    return [*before, *between, *behind]


@dataclass(slots=True)
class Luck:
    """What is left to chance in the lives of a crowd: `chance`, and to whom which form of a test was dealt last."""

    chance: Random
    turn: Turn | None = None

    def form(self) -> TestForm:
        """The form that the next one who begins a test meets first, by the rule that deals them out to real people."""
        self.turn = next_turn(self.turn, coin=self.chance.random() < 0.5)
        return self.turn.first


def make_history(
    person: MadeUpPerson, path: Sequence[PathCourse], *, now: datetime, zone: ZoneInfo, luck: Luck
) -> History:
    """What the person did in the weeks before `now`, at hours when people are awake in `zone`."""
    chance = luck.chance
    legs = legs_of(path)
    low, high = ACTIVITIES[person.way]
    wanted = round(sum(len(each.activities) for each in legs) * chance.uniform(low, high))
    if person.way is Way.ONE_COURSE:
        first = next((number for number, each in enumerate(legs) if not each.around), 0)
        wanted = sum(len(each.activities) for each in legs[: first + 1])
    return live(person, legs, wanted, _sittings(person.way, wanted, now, zone, chance), luck)


def live(person: MadeUpPerson, legs: Sequence[Leg], wanted: int, sittings: Sequence[datetime], luck: Luck) -> History:
    """The first `wanted` activities of the legs, in order, at the given sittings (at least one, unless nobody came)."""
    history = History()
    if not sittings:
        return history
    life = _Life(person, history, luck, sittings, max(AT_ONE_SITTING, -(-wanted // len(sittings))))
    history.first_seen = sittings[0]
    for each in legs:
        _follow(life, each, wanted)
    if person.way is Way.UNDER_WAY and luck.chance.random() < LEFT_OPEN:
        _leave_open(life, legs)
    history.last_seen = life.clock
    return history


@dataclass(slots=True)
class _Life:
    """Somebody in the middle of it. `clock` is the moment they have come to, `facts` what they did by course."""

    person: MadeUpPerson
    history: History
    luck: Luck
    sittings: Sequence[datetime]
    at_one_sitting: int  # activities
    knowledge: Knowledge = field(init=False)
    clock: datetime = field(init=False)
    facts: dict[str, CourseFacts] = field(default_factory=dict)
    done: int = 0  # activities
    stuck: bool = False

    def __post_init__(self) -> None:
        self.knowledge = Knowledge(self.person, self.luck.chance)
        self.clock = self.sittings[0]

    def sit_down(self) -> None:
        """Come to the next activity: later in this sitting, or on another day."""
        sitting = self.sittings[min(self.done // self.at_one_sitting, len(self.sittings) - 1)]
        self.clock = max(self.clock + timedelta(seconds=self.luck.chance.randint(10, 50)), sitting)

    def spend(self, minutes: float) -> None:
        self.clock += timedelta(minutes=minutes * self.luck.chance.uniform(0.6, 1.3))


def _follow(life: _Life, leg: Leg, wanted: int) -> None:
    course = leg.path.course
    facts = life.facts.get(course.slug) or CourseFacts()
    for activity in leg.activities:
        if isinstance(activity, Survey) or (isinstance(activity, Task) and activity.marked_by != "self"):
            continue  # opinions are not made up, nor what a trainer would say
        if life.done >= wanted or life.stuck:
            break
        life.sit_down()
        if isinstance(activity, Quiz):
            forms = course.forms.get(activity.id)
            if forms and forms.pair not in facts.forms:
                facts = replace(facts, forms={**facts.forms, forms.pair: life.luck.form()})
            taken = _take(life, leg.path, course.form_for(activity, facts.forms))
            facts = replace(facts, quizzes={**facts.quizzes, activity.id: taken})
        elif isinstance(activity, Task):
            facts = replace(facts, tasks={**facts.tasks, activity.id: _do(life, leg.path, activity)})
        else:
            life.spend(activity.minutes)
            life.history.lessons.append(LessonRead(course.slug, activity.id, life.clock))
            facts = replace(facts, lessons={**facts.lessons, activity.id: life.clock})
        life.done += 1
        if meets_completion(course, course_progress(course, facts)):
            life.history.completed.append(Completed(course.slug, leg.path.revision_id, life.clock))
            break
    life.facts[course.slug] = facts


def _do(life: _Life, path: PathCourse, task: Task) -> TaskFact:
    """Do a task and go through its rubric, kindly but not blindly."""
    life.spend(task.minutes or TASK_MINUTES)
    levels = {each.id: life.luck.chance.choice((0, 0, 1)) % len(each.levels) for each in task.rubric}
    life.history.tasks.append(TaskChecked(path.course.slug, path.revision_id, task.id, levels, life.clock))
    return TaskFact(TaskState.CHECKED, life.clock)


def _take(life: _Life, path: PathCourse, quiz: Quiz) -> QuizFact:
    """Try a quiz until it is passed; who may not or will not try again is stuck."""
    limit = quiz.settings.attempts or PATIENCE
    prepares = life.person.way in {Way.FINISHED, Way.ONE_COURSE} and quiz.settings.purpose != "pretest"
    taken: list[AttemptMade] = []
    for number in range(1, limit + 1):
        life.knowledge.prepared = number == limit and prepares
        attempt = take_quiz(path, quiz, life.knowledge, life.history.attempts, life.clock)
        life.knowledge.prepared = False
        life.clock = attempt.last_at
        life.history.attempts.append(attempt)
        taken.append(attempt)
        grade = quiz_grade(taken, quiz.settings)
        if grade is not None and grade.passed:
            break
        life.spend(8)
    else:
        life.stuck = True
    passed = grade is not None and grade.passed
    if opens_earlier_keys(quiz.settings) and (passed or quiz.settings.attempts):
        _open_keys(life.history, attempt)
    handed_in = any(each.finished_at is not None for each in taken)
    return QuizFact(None if grade is None else grade.fraction, passed, None, life.clock, handed_in=handed_in)


def _open_keys(history: History, last: AttemptMade) -> None:
    for index, each in enumerate(history.attempts):
        if (each.course_slug, each.quiz_id) == (last.course_slug, last.quiz_id) and last.finished_at is not None:
            history.attempts[index] = each.with_keys_open(last.finished_at)


def _leave_open(life: _Life, legs: Sequence[Leg]) -> None:
    """The next quiz, begun and left after a few questions."""
    tried = {(attempt.course_slug, attempt.quiz_id) for attempt in life.history.attempts}
    for leg in legs:
        course = leg.path.course
        for quiz in leg.activities:
            if isinstance(quiz, Quiz) and (course.slug, quiz.id) not in tried and quiz.id not in course.forms:
                life.sit_down()
                attempt = take_quiz(leg.path, quiz, life.knowledge, life.history.attempts, life.clock)
                attempt = attempt.left_after(life.luck.chance.randint(1, 4))
                life.history.attempts.append(attempt)
                life.clock = attempt.last_at
                return


def _sittings(way: Way, wanted: int, now: datetime, zone: ZoneInfo, chance: Random) -> list[datetime]:
    """Moments to sit down, each on a day of its own; none for who never came."""
    if way is Way.NEVER_CAME:
        return []
    began = chance.randint(*BEGAN)
    ended = chance.randint(*LAST_SEEN.get(way, LAST_SEEN_ELSE))
    between = range(ended + 1, began)
    count = max(1, -(-wanted // AT_ONE_SITTING))
    others = chance.sample(between, min(max(0, count - 2), len(between)))
    days = sorted({began, *others, ended} if count > 1 else {ended}, reverse=True)
    return [_at(now, days_ago, zone, chance) for days_ago in days]


def _at(now: datetime, days_ago: int, zone: ZoneInfo, chance: Random) -> datetime:
    """A moment between half past seven and seven in the evening, `days_ago` days before `now` in the zone."""
    day = (now.astimezone(zone) - timedelta(days=days_ago)).date()
    return datetime.combine(day, time(7, 30), zone) + timedelta(minutes=chance.randint(0, 690))
