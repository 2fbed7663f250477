"""What a course is once it has been read: frozen objects without a trace of YAML.

Every other package works on these. They are made only by `compile_course` and `compile_shared`, so whatever holds one
may rely on it: ids are unique, addresses resolve, draws fit their bank, media exist, every HTML text is clean.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from app.content.activities import Activity, Quiz, Survey, TestForm
from app.content.pairs import Forms, after_other_courses, forms_among
from app.questions.base import Question
from app.texts.local import LocalText

if TYPE_CHECKING:
    from app.content.faults import Fault

Track = Literal["it", "service"]
Completion = Literal["all", "quizzes"]


def _keep(target: object, name: str, items: Mapping[str, object]) -> None:
    """Give a frozen object a mapping that nobody can change."""
    object.__setattr__(target, name, MappingProxyType(dict(items)))


# What all courses share

USUAL_CUT: Final = 70.0  # the score from which a competency counts as mastered, where the framework says nothing


@dataclass(frozen=True, slots=True)
class Competency:
    """Something a learner can do, trained by lessons and measured by questions. `area` is its area's id.

    Whoever's score (0.0 .. 100.0) is at or above `cut` has mastered it.
    """

    id: str
    area: str
    title: LocalText
    summary: LocalText | None = None
    cut: float = USUAL_CUT


@dataclass(frozen=True, slots=True)
class Area:
    """A function area of the standard (F1 .. F7) with the competencies under it, in the framework's order."""

    id: str
    title: LocalText
    competencies: tuple[Competency, ...] = ()


@dataclass(frozen=True)
class Framework:
    """The competency framework. `source` tells which standard it follows; None where the file is silent.

    `cut` is that of every competency that has none of its own, also of those that are no longer in the framework.
    """

    title: LocalText
    source: LocalText | None = None
    areas: tuple[Area, ...] = ()
    cut: float = USUAL_CUT
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

    @property
    def kinds(self) -> Mapping[str, str]:
        """What kind each question is, by its address (`bank/question`): it must stay so for ever."""
        return {f"{bank.name}/{each.id}": each.type for bank in self.banks.values() for each in bank.questions}


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
        return self.shown_without(frozenset())

    def shown_without(self, ids: Collection[str]) -> Module:
        """The same without these activities."""
        shown = tuple(each for each in self.activities if not each.hidden and each.id not in ids)
        return self if len(shown) == len(self.activities) else replace(self, activities=shown)


@dataclass(frozen=True)
class Course:
    """A course, whole and without faults.

    `hours` are JP of 45 minutes. `open` courses are on everybody's shelf. `questions` holds, by address, every question
    of its quizzes and banks and of the shared banks it draws from. `sha256` is over its files' paths and bytes, in
    hexadecimal.

    Here alone is decided what a hidden activity is kept from: `modules`, `activities`, `activity` and `following` tell
    what learners get. Who keeps what was done there, or prepares it, asks `written` and `written_activity`.

    Of a test in two forms `modules` and `activities` list one, which stands for both (`listed_as`): whoever takes the
    other form does it there. `quizzes` has both. `after_others`: see `after_other_courses`.
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
    quizzes: tuple[Quiz, ...] = field(init=False, repr=False, compare=False)
    forms: Mapping[str, Forms] = field(init=False, repr=False, compare=False)
    after_others: int | None = field(init=False, repr=False, compare=False)
    _activities: Mapping[str, Activity] = field(init=False, repr=False, compare=False)
    _modules: Mapping[str, Module] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("banks", "questions", "media"):
            _keep(self, name, getattr(self, name))
        shown = [each for module in self.written for each in module.activities if not each.hidden]
        object.__setattr__(self, "quizzes", tuple(each for each in shown if isinstance(each, Quiz)))
        _keep(self, "forms", forms_among(shown))
        beside = frozenset(each for each, forms in self.forms.items() if each != forms.place)
        modules = tuple(part for module in self.written if (part := module.shown_without(beside)).activities)
        object.__setattr__(self, "modules", modules)
        object.__setattr__(self, "activities", tuple(each for module in modules for each in module.activities))
        object.__setattr__(self, "after_others", after_other_courses(self.activities))
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
        place = self.activities.index(self._activities[self.listed_as(activity_id)]) + 1
        return self.activities[place] if place < len(self.activities) else None

    def leads_elsewhere(self, activity_id: str) -> bool:
        """Whether behind one of this course's activities comes what is learnt in other courses."""
        return self.activities.index(self._activities[self.listed_as(activity_id)]) + 1 == self.after_others

    def listed_as(self, activity_id: str) -> str:
        """The id under which learners find an activity: its own, or that of the form that stands for both."""
        forms = self.forms.get(activity_id)
        return forms.place if forms else activity_id

    def all_forms(self, quiz: Quiz) -> tuple[Quiz, ...]:
        """A quiz with the other form of the same test where there is one; what holds for one of them holds for both."""
        place = self.listed_as(quiz.id)
        return (quiz, *(each for each in self.quizzes if each.id != quiz.id and self.listed_as(each.id) == place))

    def form_for(self, quiz: Quiz, firsts: Mapping[str | None, TestForm]) -> Quiz:
        """The form of a test that is theirs who meet these first (pair -> form); without one, what stands for both."""
        forms = self.forms.get(quiz.id)
        if forms is None:
            return quiz
        first = firsts.get(forms.pair)
        found = self._activities[forms.quiz_for(first) if first else forms.place]
        return found if isinstance(found, Quiz) else quiz

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
