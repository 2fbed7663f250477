"""The course as its trainers see it: modules and their activities in order, also where a file has faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.content.editing import Value, value_in
from app.content.editing.finding import FoundActivity, FoundModule, activities_in
from app.content.faults import Fault
from app.content.folders import COURSE_FILE
from app.content.placing import Entry
from app.errors import N_, Message
from app.texts.local import DEFAULT_LANGUAGE

KIND_WORDS: Final[Mapping[str, Message]] = {
    "lesson": N_("Materi"),
    "quiz": N_("Kuis"),
    "task": N_("Tugas praktik"),
    "survey": N_("Survei"),
}
"""Kind of activity -> its name on pages, in the order in which they are offered."""

Notes = Mapping[Entry, tuple[Fault, ...]]
NO_NOTES: Final[Notes] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """How much is said about a place: `faults` keep the course from being published, `advice` does not."""

    faults: int = 0
    advice: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """One activity of the outline. `id` is "" where its file names none, `title` where it has none yet, `form` where it
    is no form of a test.
    """

    kind: str
    id: str
    title: str
    hidden: bool
    path: str  # the file of its module
    told: Told = Told()
    form: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One module. `broken`: why its file cannot be read, None where it can; only its YAML side opens it then."""

    name: str
    title: str
    works: tuple[Work, ...] = ()
    told: Told = Told()  # of the module's own head
    broken: Fault | None = None

    @property
    def path(self) -> str:
        """Its file within the course's folder."""
        return f"{self.name}.yaml"


@dataclass(frozen=True, slots=True)
class Outline:
    """A course: its title and modules in order. `told` counts what concerns course.yaml and other files."""

    title: str
    chapters: tuple[Chapter, ...]
    told: Told
    broken: Fault | None = None  # why course.yaml cannot be read

    @property
    def works(self) -> tuple[Work, ...]:
        """Every activity, in order."""
        return tuple(work for chapter in self.chapters for work in chapter.works)

    @property
    def steps(self) -> tuple[bool, bool, bool]:
        """How far a new course has come: it has a module, a lesson, a quiz."""
        kinds = {work.kind for work in self.works}
        return bool(self.chapters), "lesson" in kinds, "quiz" in kinds

    @property
    def begun(self) -> bool:
        """Whether all three steps are done."""
        return all(self.steps)


def outline(files: Mapping[str, bytes], faults: Notes = NO_NOTES, advice: Notes = NO_NOTES) -> Outline:
    """The outline of a course from its files, each entry with what is said about it."""
    course = value_in(files[COURSE_FILE]) if COURSE_FILE in files else None
    modules = activities_in(files)
    paths = {f"{module.name}.yaml" for module in modules}
    elsewhere = {each for notes in (faults, advice) for each in notes if each.path not in paths}
    return Outline(
        title=text_of(course.get("title", "")) if isinstance(course, dict) else "",
        chapters=tuple(_chapter(module, faults, advice) for module in modules),
        told=_told(faults, advice, elsewhere),
        broken=None if isinstance(course, dict) else _first(faults, COURSE_FILE),
    )


def text_of(value: Value, language: str = DEFAULT_LANGUAGE) -> str:
    """A text as written, plain or by language; "" where there is none."""
    if isinstance(value, dict):
        value = value.get(language, "")
    return value if isinstance(value, str) else ""


def _chapter(module: FoundModule, faults: Notes, advice: Notes) -> Chapter:
    path = f"{module.name}.yaml"
    if module.found is None:
        return Chapter(module.name, module.name, broken=_first(faults, path))
    title = text_of(module.found.value.get("title", ""))
    works = tuple(_work(each, faults, advice) for each in module.activities)
    return Chapter(module.name, title, works, _told(faults, advice, {Entry(path)}))


def _work(activity: FoundActivity, faults: Notes, advice: Notes) -> Work:
    written, path = activity.found.value, activity.found.path
    about = {each for notes in (faults, advice) for each in notes if (each.path, each.holder) == (path, activity.id)}
    hidden = written.get("hidden") == "true"
    title, form = text_of(written.get("title", "")), text_of(written.get("form", ""))
    return Work(activity.kind, activity.id, title, hidden, path, _told(faults, advice, about), form)


def _told(faults: Notes, advice: Notes, about: Iterable[Entry]) -> Told:
    entries = list(about)
    return Told(sum(len(faults.get(each, ())) for each in entries), sum(len(advice.get(each, ())) for each in entries))


def _first(faults: Notes, path: str) -> Fault:
    """Why a file cannot be read: its first fault; what little can be said where none is told."""
    found: Iterator[Fault] = (fault for entry, each in faults.items() if entry.path == path for fault in each)
    return next(found, Fault(path, 1, 1, N_("File ini tidak ada atau tidak dapat dibaca.")))
