"""What changed between two versions of a course, as people tell it: by activity, question and field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from app.content.differences.runs import Run, line_runs, word_runs
from app.errors import Message
from app.texts.local import Language, LocalText

SubjectKind = Literal["course", "module", "lesson", "quiz", "task", "survey", "bank", "media", "file"]
Said: TypeAlias = str | Message  # an author's own text, or words of ours


class Change(StrEnum):
    """What happened to something."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"
    KEY = "key"  # which answer is right, or what one is worth
    KIND = "kind"  # a question became one of another kind
    LINES = "lines"  # a file that cannot be read as YAML, or is none


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; None: it did not stand there. `label` from the outside in; () is the thing itself.

    `language` None: the same in all. In what was added or removed as a whole, the fields that stand in it.
    """

    change: Change
    label: tuple[Message, ...]
    before: Said | None
    after: Said | None
    language: Language | None = None

    @property
    def runs(self) -> tuple[Run, ...]:
        """Both texts word by word; () where one of them is no text of an author."""
        if self.change is Change.LINES:
            return line_runs(str(self.before or ""), str(self.after or ""))
        if isinstance(self.before, str) and isinstance(self.after, str):
            return word_runs(self.before, self.after)
        return ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose the change is. `name` is its id (of an activity), its file's name (of a module or bank) or its path."""

    kind: SubjectKind
    name: str
    title: LocalText


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or what stands among questions: a draw, a heading. `name` is its id; "" where it has none."""

    name: str
    title: LocalText


@dataclass(frozen=True, slots=True)
class Difference:
    """One change. `question` None: it concerns the subject itself. `path` is the file it is written in now.

    ADDED, REMOVED and MOVED of the subject or question as a whole have an empty `label`; `parts` are what stands in it.
    """

    path: str
    subject: Subject
    question: Asked | None
    field: FieldChange
    parts: tuple[FieldChange, ...] = ()

    @property
    def change(self) -> Change:
        """What happened."""
        return self.field.change
