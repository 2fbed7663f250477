"""How far a person is in a course: pure folds over what was read and taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from app.content.activities import Activity, Lesson, Quiz, Survey, Task, TestForm
from app.content.course import Course
from app.errors import N_, Message, Refusal
from app.tasks.rules import DONE, TaskState

NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Standing(StrEnum):
    """How far one activity or course is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


STANDING_WORDS: Final[Mapping[Standing, Message]] = {
    Standing.NOT_STARTED: N_("Belum dimulai"),
    Standing.IN_PROGRESS: N_("Sedang dipelajari"),
    Standing.DONE: N_("Selesai"),
}


class NotCompleted(Refusal):
    """Proof of completion was asked for before the course was completed."""

    def __init__(self, left: int) -> None:
        super().__init__(N_("Kursus ini belum selesai: masih ada %(left)s kegiatan.", left=left))


@dataclass(frozen=True, slots=True)
class QuizFact:
    """What a person did with one quiz. `best` is its grade by the method of the quiz as served, 0.0 .. 1.0; None: no
    attempt has a result yet. `passed`: by that grade.
    """

    best: float | None
    passed: bool
    open_attempt: int | None  # the attempt in progress
    touched_at: datetime
    waiting: bool = False  # an attempt was handed in and waits for a person's marks
    handed_in: bool = False  # an attempt was


@dataclass(frozen=True, slots=True)
class TaskFact:
    """What a person did for one task, by its newest version. `again`: it is to be put right."""

    state: TaskState
    touched_at: datetime

    @property
    def done(self) -> bool:
        """Whether it was accepted, or checked by its learner."""
        return self.state in DONE

    @property
    def waiting(self) -> bool:
        """Whether it was handed in and waits for a trainer."""
        return self.state is TaskState.WAITING

    @property
    def again(self) -> bool:
        """Whether it is to be put right."""
        return self.state is TaskState.AGAIN


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What a person did in one course: lessons read (id -> when), quizzes and tasks by id, when it was completed.

    None: it was not. `surveys` handed in: id -> when, None where the survey is anonymous, as nothing tells when then.
    A quiz that has two forms stands under the id that learners find it by. `forms`: by pair of tests, the one of two
    forms that the person has in the test before.
    """

    lessons: Mapping[str, datetime] = field(default_factory=dict)
    quizzes: Mapping[str, QuizFact] = field(default_factory=dict)
    completed_at: datetime | None = None
    tasks: Mapping[str, TaskFact] = field(default_factory=dict)
    surveys: Mapping[str, datetime | None] = field(default_factory=dict)
    forms: Mapping[str | None, TestForm] = field(default_factory=dict)


NOTHING_DONE: Final = CourseFacts()


@dataclass(frozen=True, slots=True)
class Done:
    """A lesson that was read or an attempt that was handed in (`what`: lesson, attempt), in whichever course.

    `fraction` of an attempt's points, 0.0 .. 1.0; None where it waits for a person's marks, and for a lesson.
    """

    what: str
    course: str  # its slug
    activity: str
    at: datetime
    fraction: float | None = None
    attempt_id: int = 0


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """A course as its learner sees it. `here`: the index of the activity to go on with; None when all are done."""

    standings: tuple[Standing, ...]
    here: int | None
    touched_at: datetime  # NEVER where nothing was done
    best: float | None  # mean of the quizzes' grades, once all are passed; tests before the course count in none
    completed_at: datetime | None
    waiting: bool = False  # something of it waits for a person's marks
    again: bool = False  # a task of it is to be put right

    @property
    def done(self) -> int:
        """How many activities are done."""
        return sum(each is Standing.DONE for each in self.standings)

    @property
    def total(self) -> int:
        """How many activities the course has."""
        return len(self.standings)

    @property
    def standing(self) -> Standing:
        """Of the whole course."""
        if self.completed_at is not None or self.done == self.total:
            return Standing.DONE
        return Standing.IN_PROGRESS if self.touched_at > NEVER or self.done else Standing.NOT_STARTED


def is_open_to(course: Course, *, enrolled: bool) -> bool:
    """Whether a learner may read a course: it is one of the cohorts', or open to everybody."""
    return enrolled or course.open


def standing_of(activity: Activity, facts: CourseFacts) -> Standing:
    """Of one activity: a lesson is done by its button alone, a quiz by passing, a task once it is accepted, a survey
    and a test before the course by handing them in.
    """
    if isinstance(activity, Lesson):
        return Standing.DONE if activity.id in facts.lessons else Standing.NOT_STARTED
    if isinstance(activity, Survey):
        return Standing.DONE if activity.id in facts.surveys else Standing.NOT_STARTED
    if isinstance(activity, Task):
        task = facts.tasks.get(activity.id)
        return Standing.NOT_STARTED if task is None else Standing.DONE if task.done else Standing.IN_PROGRESS
    quiz = facts.quizzes.get(activity.id)
    if quiz is None:
        return Standing.NOT_STARTED
    done = quiz.handed_in if is_pretest(activity) else quiz.passed
    return Standing.DONE if done else Standing.IN_PROGRESS


def is_pretest(activity: Activity) -> bool:
    """Whether it is a test before a course: it asks to be taken, decides nothing, and counts in no grade by itself."""
    return isinstance(activity, Quiz) and activity.settings.purpose == "pretest"


def touched_at(activity: Activity, facts: CourseFacts) -> datetime:
    """When the person last did something with an activity; NEVER where nothing."""
    if isinstance(activity, Lesson):
        return facts.lessons.get(activity.id, NEVER)
    if isinstance(activity, Survey):
        return facts.surveys.get(activity.id) or NEVER
    if isinstance(activity, Task):
        task = facts.tasks.get(activity.id)
        return task.touched_at if task else NEVER
    quiz = facts.quizzes.get(activity.id)
    return quiz.touched_at if quiz else NEVER


def course_progress(course: Course, facts: CourseFacts) -> CourseProgress:
    """Fold what was done into how far the course is, and where to go on."""
    standings = tuple(standing_of(each, facts) for each in course.activities)
    times = [touched_at(each, facts) for each in course.activities]
    bests = [quiz.best for each, quiz in facts.quizzes.items() if _counts(course.activity(each))]
    all_passed = all(
        standing is Standing.DONE
        for each, standing in zip(course.activities, standings, strict=True)
        if isinstance(each, Quiz)
    )
    tasks = [facts.tasks[each] for each in facts.tasks if course.activity(each) is not None]
    known = [best for best in bests if best is not None]
    return CourseProgress(
        standings=standings,
        here=_place(standings, times, {index for index, each in enumerate(course.activities) if _waits(each, facts)}),
        touched_at=max(times, default=NEVER),
        best=sum(known) / len(known) if known and all_passed else None,
        completed_at=facts.completed_at,
        waiting=any(quiz.waiting for each, quiz in facts.quizzes.items() if course.activity(each) is not None)
        or any(task.waiting for task in tasks),
        again=any(task.again for task in tasks),
    )


def _counts(activity: Activity | None) -> bool:
    return activity is not None and not is_pretest(activity)


def _waits(activity: Activity, facts: CourseFacts) -> bool:
    """Whether the learner can do nothing for an activity now: a task that waits for its trainer."""
    task = facts.tasks.get(activity.id) if isinstance(activity, Task) else None
    return task is not None and task.waiting


def _place(standings: tuple[Standing, ...], times: list[datetime], waits: Collection[int]) -> int | None:
    """Where to go on: at or after what was touched last, else at the first that is not done.

    What waits for somebody else is passed over as long as there is anything to do.
    """
    undone = [index for index, each in enumerate(standings) if each is not Standing.DONE]
    if not undone:
        return None
    undone = [index for index in undone if index not in waits] or undone
    latest = max(range(len(times)), key=lambda index: (times[index], index)) if max(times) > NEVER else 0
    return next((index for index in undone if index >= latest), undone[0])


def meets_completion(course: Course, progress: CourseProgress) -> bool:
    """Whether the course's rule is met: `all` its activities done, or all its `quizzes` passed."""
    return all(
        standing is Standing.DONE
        for each, standing in zip(course.activities, progress.standings, strict=True)
        if course.completion == "all" or isinstance(each, Quiz)
    )


def waits_for_others(course: Course, progress: CourseProgress) -> bool:
    """Whether a course goes on with its test after, not begun yet, and what lies before that test is learnt in others.

    Nothing keeps a person from it: who it is that learnt enough, they say themselves.
    """
    at = course.after_others
    return (
        at is not None
        and progress.here is not None
        and progress.here >= at
        and set(progress.standings[at:]) == {Standing.NOT_STARTED}
    )


def place_to_continue(
    progresses: Iterable[tuple[str, CourseProgress]], waiting: Collection[str] = frozenset()
) -> str | None:
    """Of the shelf's courses in their order, the slug of the one to go on with: the last touched that is not done.

    `waiting`: slugs of those that wait for others (`waits_for_others`); they come when nothing else is to be done.
    """
    unfinished = [(slug, each) for slug, each in progresses if each.here is not None]
    unfinished = [pair for pair in unfinished if pair[0] not in waiting] or unfinished
    started = [pair for pair in unfinished if pair[1].touched_at > NEVER]
    if started:
        return max(started, key=lambda pair: pair[1].touched_at)[0]
    return unfinished[0][0] if unfinished else None


def next_on_path(progresses: Iterable[tuple[str, CourseProgress]]) -> str | None:
    """Of a path's courses in their order, the slug of the first that is not begun; None where all are."""
    return next((slug for slug, each in progresses if each.standing is Standing.NOT_STARTED), None)
