"""What stands in a module: lessons, quizzes, tasks and surveys, as frozen objects. Made only by `compile_course`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal, NamedTuple

from app.content.review import OverallBand, Preset, Review
from app.questions.information import Information
from app.questions.rubric import Criterion
from app.questions.survey import Asked, SurveyQuestion
from app.texts.local import LocalText

Feedback = Literal["deferred", "immediate", "interactive", "certainty"]
Overdue = Literal["submit", "grace", "abandon"]
Pages = Literal["one", "all"]
Navigation = Literal["free", "sequential"]
Grading = Literal["highest", "average", "first", "last"]
Purpose = Literal["practice", "pretest", "posttest"]
TestForm = Literal["A", "B"]
MarkedBy = Literal["trainer", "self"]

DEFAULT_GRACE: Final = timedelta(days=1)  # where overdue attempts have a period of grace


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
    What people gained is the difference between the tests before and after (`purpose`) of one `pair`; None is a pair
    like any other. `form` tells which of two forms of the test this is: people who met A before meet B after.
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
    purpose: Purpose = "practice"
    pair: str | None = None  # of a test before or after: which of the course's pairs it belongs to
    form: TestForm | None = None


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
