"""What a task's versions come to, and what may be saved or handed in now. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.content.activities import Task
from app.errors import N_, Refusal
from app.questions.file import Upload


class TaskState(StrEnum):
    """Where one version stands."""

    DRAFT = "draft"
    WAITING = "waiting"  # handed in, for a trainer to mark
    AGAIN = "again"  # to be put right and handed in again
    ACCEPTED = "accepted"
    CHECKED = "checked"  # by its learner alone


DONE = frozenset({TaskState.ACCEPTED, TaskState.CHECKED})


@dataclass(frozen=True, slots=True)
class VerdictFact:
    """What one trainer said of one version: `fraction` 0.0 .. 1.0, the level reached by criterion, a comment."""

    seq: int  # from 1 within the version
    marker_id: int
    accepted: bool
    fraction: float
    levels: Mapping[str, int]
    comment: str
    marked_at: datetime
    marker: str = ""  # the name, for pages


@dataclass(frozen=True, slots=True)
class VersionFact:
    """One version of a task. `own_levels` None: its learner has judged nothing of it. `verdicts` oldest first."""

    id: int
    number: int
    revision_id: int
    state: TaskState
    text: str
    files: tuple[Upload, ...]
    saves: int
    page_token: str
    saved_at: datetime
    handed_in_at: datetime | None
    own_levels: Mapping[str, int] | None
    verdicts: tuple[VerdictFact, ...] = ()

    @property
    def verdict(self) -> VerdictFact | None:
        """What stands: the newest thing said of it."""
        return self.verdicts[-1] if self.verdicts else None


@dataclass(frozen=True, slots=True)
class Work:
    """A person's versions of one task, the first first."""

    versions: tuple[VersionFact, ...] = ()

    @property
    def newest(self) -> VersionFact | None:
        """The version that counts; None: nothing was begun."""
        return self.versions[-1] if self.versions else None

    @property
    def draft(self) -> VersionFact | None:
        """What is being written; None where nothing is."""
        newest = self.newest
        return newest if newest is not None and newest.state is TaskState.DRAFT else None

    @property
    def handed_in(self) -> tuple[VersionFact, ...]:
        """Every version that was handed in, the first first."""
        return tuple(each for each in self.versions if each.state is not TaskState.DRAFT)

    @property
    def open(self) -> bool:
        """Whether something may be written: nothing waits, and nothing was accepted."""
        newest = self.newest
        return newest is None or newest.state in (TaskState.DRAFT, TaskState.AGAIN)

    @property
    def begun_with(self) -> VersionFact | None:
        """What the page's form begins with: the draft, else the version that is to be put right."""
        return self.newest if self.open else None


@dataclass(frozen=True, slots=True)
class Written:
    """What a page sends: who it is, how often it saw the draft saved (0: there was none), and what is in it.

    `levels` and `declared` are the learner's own judgement; they matter only where the task is marked by oneself.
    """

    text: str
    files: tuple[Upload, ...]
    page_token: str
    shown_saves: int
    levels: Mapping[str, int] = field(default_factory=dict)
    declared: bool = False

    def same_as(self, version: VersionFact) -> bool:
        """Whether that is what a version holds already."""
        here, there = ([each.id for each in files] for files in (self.files, version.files))
        return (self.text, here, dict(self.levels)) == (version.text, there, dict(version.own_levels or {}))


class TaskRefused(Refusal):
    """Something of a task that cannot be saved or handed in; its page says why, and loses nothing of what was typed."""


class TaskClosed(TaskRefused):
    """The newest version waits for a trainer, or was accepted."""

    def __init__(self) -> None:
        super().__init__(N_("Tugas ini sudah dikumpulkan, jadi tidak dapat diubah lagi."))


class NothingHandedIn(TaskRefused):
    """Handed in without anything that the task asks for."""

    def __init__(self) -> None:
        super().__init__(N_("Belum ada yang dikumpulkan. Isi dulu yang diminta."))


class DraftNewer(TaskRefused):
    """Another page saved the draft meanwhile: storing would hide it from who wrote it."""

    def __init__(self, draft: VersionFact) -> None:
        super().__init__(
            N_("Draf ini sudah diubah dari halaman lain. Isinya ada di bawah; gabungkan yang perlu, lalu simpan lagi.")
        )
        self.draft = draft


class NotChecked(TaskRefused):
    """A task marked by oneself that its learner did not go through."""

    def __init__(self) -> None:
        super().__init__(N_("Periksa dulu hasil kerja Anda: pilih satu tingkat untuk setiap kriteria."))


def knows(written: Written, draft: VersionFact) -> bool:
    """Whether the page saved the draft itself, or showed it."""
    return written.page_token == draft.page_token or written.shown_saves == draft.saves


def check_handed_in(task: Task, written: Written) -> TaskState:
    """The state of what is handed in. Raises NothingHandedIn, NotChecked."""
    if not (written.files or (task.accepts.text and written.text)):
        raise NothingHandedIn
    if task.marked_by == "trainer":
        return TaskState.WAITING
    chosen = all(criterion.id in written.levels for criterion in task.rubric)
    if not (chosen if task.rubric else written.declared):
        raise NotChecked
    return TaskState.CHECKED


def no_longer_used(written: Written, work: Work) -> set[str]:
    """Ids of the uploads that the draft had and neither this draft nor a version that was handed in has."""
    draft = work.draft
    left = {each.id for each in draft.files} if draft is not None else set()
    elsewhere = {each.id for version in work.handed_in for each in version.files}
    return left - {each.id for each in written.files} - elsewhere


def fitting(files: Sequence[Upload], task: Task) -> tuple[Upload, ...]:
    """Of some records, those that the task takes: at most so many photos, so many documents, each file once."""
    room = {True: task.accepts.photos, False: task.accepts.files}
    taken: dict[str, Upload] = {}
    for each in files:
        if each.id not in taken and room[each.is_photo] > 0:
            room[each.is_photo] -= 1
            taken[each.id] = each
    return tuple(taken.values())


def room_for(files: Collection[Upload], task: Task) -> dict[bool, int]:
    """How many more photos (True) and documents (False) may be added to these."""
    photos = sum(each.is_photo for each in files)
    return {True: task.accepts.photos - photos, False: task.accepts.files - (len(files) - photos)}
