"""What a course is once it has been read: frozen objects without a trace of YAML.

Every other package works on these. They are made only by `compile_course` and `compile_shared`, so whatever holds one
may rely on it: ids are unique, addresses resolve, draws fit their bank, media exist, every HTML text is clean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, Literal, NamedTuple

from app.content.review import OverallBand, Preset, Review
from app.questions.base import Question
from app.questions.information import Information
from app.questions.rubric import Criterion
from app.questions.survey import Asked, SurveyQuestion
from app.texts.local import LocalText

if TYPE_CHECKING:
    from app.content.faults import Fault

Feedback = Literal["deferred", "immediate", "interactive", "certainty"]
Overdue = Literal["submit", "grace", "abandon"]
Pages = Literal["one", "all"]
Navigation = Literal["free", "sequential"]
Grading = Literal["highest", "average", "first", "last"]
Track = Literal["it", "service"]
Completion = Literal["all", "quizzes"]
MarkedBy = Literal["trainer", "self"]

DEFAULT_GRACE: Final = timedelta(days=1)  # where overdue attempts have a period of grace


def _keep(target: object, name: str, items: Mapping[str, object]) -> None:
    """Give a frozen object a mapping that nobody can change."""
    object.__setattr__(target, name, MappingProxyType(dict(items)))


# What all courses share


@dataclass(frozen=True, slots=True)
class Competency:
    """Something a learner can do, trained by lessons and measured by questions. `area` is its area's id."""

    id: str
    area: str
    title: LocalText
    summary: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A function area of the standard (F1 .. F7) with the competencies under it, in the framework's order."""

    id: str
    title: LocalText
    competencies: tuple[Competency, ...] = ()


@dataclass(frozen=True)
class Framework:
    """The competency framework. `source` tells which standard it follows; None where the file is silent."""

    title: LocalText
    source: LocalText | None = None
    areas: tuple[Area, ...] = ()
    competencies: Mapping[str, Competency] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _keep(self, "competencies", {each.id: each for area in self.areas for each in area.competencies})


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A word of the trade. `forms` per language are what is looked for in a lesson, the label among them.

    Only `linked` terms are looked for; the others are too common a word to point at, and stand in the glossary alone.
    """

    id: str
    label: LocalText
    definition: LocalText
    forms: Mapping[str, tuple[str, ...]]
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Bank:
    """Questions to draw from; `name` is the file's name without `.yaml`."""

    name: str
    title: LocalText
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Shared:
    """What all courses lean on. `sha256` is over its files' paths and bytes, in hexadecimal."""

    framework: Framework
    glossary: tuple[GlossaryTerm, ...]
    banks: Mapping[str, Bank]
    sha256: str
    warnings: tuple[Fault, ...] = ()

    def __post_init__(self) -> None:
        _keep(self, "banks", self.banks)


NO_FRAMEWORK: Final = Framework(LocalText.plain(""))


# One course


@dataclass(frozen=True, slots=True)
class Media:
    """A picture of the course. `path` as lessons write it (`media/alur.svg`); sides in pixels, size in bytes."""

    path: str
    sha256: str
    mime: str
    width: int
    height: int
    size: int

    @property
    def url(self) -> str:
        """Where it is served: named by its content, so it may be kept for ever."""
        return f"/media/{self.sha256}{PurePosixPath(self.path).suffix}"


class LessonTerm(NamedTuple):
    """A glossary term that occurs in a lesson, in one language. `definition` is Markdown, inline."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something to read. The mappings have one entry per language, Indonesian's where a translation is missing.

    `minutes` is the author's estimate; `html` is clean; `terms` in order of first appearance; `kilobytes` is what
    the body costs to open: its text as it travels (gzip) and its pictures, rounded up; `words` counts what is read.
    """

    kind: ClassVar[str] = "lesson"

    id: str
    title: LocalText
    minutes: int
    html: Mapping[str, str]
    terms: Mapping[str, tuple[LessonTerm, ...]]
    kilobytes: Mapping[str, int]
    words: Mapping[str, int]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """The rules of a quiz: a preset, with what the author changed.

    `feedback`: deferred (at the end), immediate (each question may be checked, once), interactive (checked, with hints
    and further tries), certainty (at the end, and each answer says how sure one is). `attempts` None means no limit.
    `pass_percent` is 0.0 .. 100.0 of the points. The total is always shown after handing in; `review` says what else.
    When time is up, `overdue` says whether the saved answers are handed in (submit), may still be handed in for a
    `grace` (grace), or count for nothing unless they were handed in (abandon). `delay` lies between the end of an
    attempt and the start of the next. `grading` says which attempt makes the quiz's grade, or the average of all.
    `navigation` sequential: questions come one after the other, and whoever goes on cannot come back.
    """

    preset: Preset
    feedback: Feedback
    attempts: int | None
    pass_percent: float
    shuffle_questions: bool
    shuffle_options: bool
    review: Review
    markers: int = 1  # people who mark an answer by hand before its mark stands: 1 or 2
    blind: bool = False  # True: who marks does not see whose answer it is
    time_limit: timedelta | None = None  # for one attempt; never in a practice
    opens: datetime | None = None  # wall times of the office, without a zone: which one that is, its settings say
    closes: datetime | None = None
    overdue: Overdue = "submit"
    grace: timedelta = DEFAULT_GRACE
    delay: timedelta = timedelta(0)
    grading: Grading = "highest"
    navigation: Navigation = "free"
    pages: Pages = "one"  # how many questions stand on a page
    redo: bool = False  # a question that was checked may be done again within the attempt


@dataclass(frozen=True, slots=True)
class FixedSlot:
    """One place in a quiz that always holds the same question.

    `points` is what it is worth; None: what its question says. `section`: the heading it stands under, as an index of
    the quiz's sections; None: it stands before the first.
    """

    address: str
    points: float | None = None
    section: int | None = None


@dataclass(frozen=True, slots=True)
class DrawSlot:
    """`count` places in a quiz filled by chance from `addresses`; never fewer addresses than places.

    `points` is what each place is worth; None: what its question says. `section` as in FixedSlot.
    """

    count: int
    addresses: tuple[str, ...]
    points: float | None = None
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading among a quiz's questions, with a text below it where there is one to read first."""

    title: LocalText
    text: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions to answer, in the author's order of slots."""

    kind: ClassVar[str] = "quiz"

    id: str
    title: LocalText
    settings: QuizSettings
    slots: tuple[FixedSlot | DrawSlot, ...]
    intro: LocalText | None = None
    overall: tuple[OverallBand, ...] = ()  # what is said to a result, the highest band first
    sections: tuple[Section, ...] = ()
    texts: frozenset[str] = frozenset()  # the addresses among its own that are no questions, only texts to read
    hidden: bool = False

    @property
    def question_count(self) -> int:
        """How many questions one attempt asks; texts to read are none. Of a draw: as many as it can ask."""
        return sum(
            min(slot.count, len(set(slot.addresses) - self.texts))
            if isinstance(slot, DrawSlot)
            else slot.address not in self.texts
            for slot in self.slots
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every question that may be drawn, each once, in the order of the files."""
        return addresses_of(self.slots)


def addresses_of(slots: Iterable[FixedSlot | DrawSlot]) -> tuple[str, ...]:
    """Every question that may stand in these slots, each once, in the order of the files."""
    found: dict[str, None] = {}
    for slot in slots:
        found.update(dict.fromkeys(slot.addresses if isinstance(slot, DrawSlot) else (slot.address,)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Survey:
    """Questions without right answers, once a person. `anonymous`: nobody can tell whose an answer is.

    Whether it is anonymous stays so under its id for ever: what was promised to those who answered holds.
    """

    id: str
    title: LocalText
    anonymous: bool
    questions: tuple[SurveyQuestion, ...]
    intro: LocalText | None = None
    hidden: bool = False

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Its questions without the texts between them."""
        return tuple(each for each in self.questions if not isinstance(each, Information))

    @property
    def question_count(self) -> int:
        """How many questions it has."""
        return len(self.asked)

    @property
    def kind(self) -> str:
        """What its address is for ever."""
        return "anonymous-survey" if self.anonymous else "survey"


@dataclass(frozen=True, slots=True)
class Accepts:
    """What is handed in for a task: a text, photos, documents, each where it is asked for; 0 asks for none.

    Too few or too many words are told and refuse nothing.
    """

    text: bool
    photos: int
    files: int
    min_words: int | None = None
    max_words: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do and to hand in, until it is accepted. `html` is what to do, clean, one entry per language.

    Marked by a trainer it is accepted from `pass_percent` (0.0 .. 100.0) of the rubric's points on; () leaves it to the
    trainer how many of 100 it is worth. Marked by oneself it is done once its learner has gone through the rubric.
    """

    kind: ClassVar[str] = "task"

    id: str
    title: LocalText
    html: Mapping[str, str]
    accepts: Accepts
    rubric: tuple[Criterion, ...]
    marked_by: MarkedBy
    pass_percent: float
    minutes: int | None = None  # the author's estimate
    hidden: bool = False


Activity = Lesson | Quiz | Task | Survey


@dataclass(frozen=True, slots=True)
class Module:
    """A chapter of the course; `name` is its file's name without `.yaml`."""

    name: str
    title: LocalText
    summary: LocalText | None
    activities: tuple[Activity, ...]

    @property
    def shown(self) -> Module:
        """The module as learners get it: without what is hidden."""
        shown = tuple(each for each in self.activities if not each.hidden)
        return self if len(shown) == len(self.activities) else replace(self, activities=shown)


@dataclass(frozen=True)
class Course:
    """A course, whole and without faults.

    `hours` are JP of 45 minutes. `open` courses are on everybody's shelf. `questions` holds, by address, every question
    of its quizzes and banks and of the shared banks it draws from. `sha256` is over its files' paths and bytes, in
    hexadecimal.

    Here alone is decided what a hidden activity is kept from: `modules`, `activities`, `activity` and `following` tell
    what learners get. Who keeps what was done there, or prepares it, asks `written` and `written_activity`.
    """

    slug: str
    code: str
    title: LocalText
    summary: LocalText
    track: Track
    hours: int
    completion: Completion
    open: bool
    written: tuple[Module, ...]
    banks: Mapping[str, Bank]
    questions: Mapping[str, Question]
    media: Mapping[str, Media]
    sha256: str
    warnings: tuple[Fault, ...] = ()
    modules: tuple[Module, ...] = field(init=False, repr=False, compare=False)
    activities: tuple[Activity, ...] = field(init=False, repr=False, compare=False)
    _activities: Mapping[str, Activity] = field(init=False, repr=False, compare=False)
    _modules: Mapping[str, Module] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("banks", "questions", "media"):
            _keep(self, name, getattr(self, name))
        modules = tuple(shown for module in self.written if (shown := module.shown).activities)
        object.__setattr__(self, "modules", modules)
        object.__setattr__(self, "activities", tuple(each for module in modules for each in module.activities))
        _keep(self, "_activities", {each.id: each for module in self.written for each in module.activities})
        _keep(self, "_modules", {each.id: module for module in self.written for each in module.activities})

    def activity(self, activity_id: str) -> Activity | None:
        """The activity of that id; None where the course has none, or hides it from its learners."""
        found = self._activities.get(activity_id)
        return None if found is None or found.hidden else found

    def written_activity(self, activity_id: str) -> Activity | None:
        """The activity of that id, hidden or not; None where the course has none."""
        return self._activities.get(activity_id)

    def following(self, activity_id: str) -> Activity | None:
        """The activity after one of this course's; None where it is the last."""
        place = self.activities.index(self._activities[activity_id]) + 1
        return self.activities[place] if place < len(self.activities) else None

    def module_of(self, activity_id: str) -> Module | None:
        """The module an activity stands in; None where the course has no such activity."""
        return self._modules.get(activity_id)

    @property
    def kinds(self) -> Mapping[str, str]:
        """What each address of this course is (of an activity or a kind of question): it must stay so for ever."""
        own = {address: each.type for address, each in self.questions.items() if address.startswith(f"{self.slug}/")}
        surveys = (each for each in self._activities.values() if isinstance(each, Survey))
        asked = {
            f"{self.slug}/{each.id}/{question.id}": question.type for each in surveys for question in each.questions
        }
        named = {f"{self.slug}/{each.id}": each.kind for each in self._activities.values()}
        return {**own, **asked, **named}

    def question(self, address: str) -> Question | None:
        """The question at an address (`course/quiz/question`, `course/bank/question` or shared `bank/question`)."""
        return self.questions.get(address)
