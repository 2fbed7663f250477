"""Modules: the activities of one file, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from app.content.activities import Activity
from app.content.banks import Surroundings, note_kind
from app.content.course import Module
from app.content.documents import open_document
from app.content.faults import Notes, near_name, shown
from app.content.lessons import Library, read_lesson
from app.content.nodes import ListNode, MapNode, Node, Place, TextNode, child, text_at
from app.content.problems import expected_map, read_as
from app.content.questions import AnyQuestion
from app.content.quizzes import read_quiz
from app.content.schema import ModuleFile
from app.content.slots import Pools
from app.content.surveys import read_survey
from app.content.tasks import read_task
from app.errors import N_

_WITH_QUESTIONS: Final = {"quiz": "kuis", "survey": "survei"}  # whose questions have addresses below theirs


@dataclass
class ModuleReader:
    """Reads a module of a course. `ids` tells where each activity id was first used, in this module or one before it,
    and grows; `questions` are those written in the quizzes; `clashes`: an id was used in a module before.
    """

    slug: str
    files: Mapping[str, bytes]
    pools: Pools
    around: Surroundings
    library: Library
    ids: dict[str, tuple[str, Place]] = field(default_factory=dict)
    questions: dict[str, AnyQuestion] = field(default_factory=dict)
    clashes: bool = False

    def read(self, data: bytes, notes: Notes) -> Module | None:
        """A module as far as it can be read, None where too little is; every fault goes into `notes`."""
        root = open_document(data, notes)
        if root is None:
            return None
        head = read_as(ModuleFile, root, notes)
        entries = child(root, "activities")
        read = [self._activity(each, notes) for each in (entries if isinstance(entries, ListNode) else ())]
        if head is None:
            return None
        activities = tuple(each for each in read if each is not None)
        return Module(PurePosixPath(notes.path).stem, head.title, head.summary, activities)

    def _activity(self, node: Node, notes: Notes) -> Activity | None:
        if not isinstance(node, MapNode):
            if not node.refused:
                notes.add(node.span.start, expected_map())
            return None
        kind = next((each for each in _ACTIVITY_KINDS if each in node), None)
        if kind is None:
            _note_unknown_activity(node, notes)
            return None
        self._note_id(kind, text_at(node, kind), notes)
        return _ACTIVITY_KINDS[kind](self, node, notes)

    def _note_id(self, kind: str, name: TextNode | None, notes: Notes) -> None:
        if name is None or name.refused:
            return
        place = name.span.start
        path, first = self.ids.setdefault(str(name), (notes.path, place))
        self.clashes |= path != notes.path
        if (path, first) != (notes.path, place):
            message = N_(
                'Id "%(id)s" sudah dipakai di %(first)s. Setiap id di satu kursus hanya boleh sekali.',
                id=shown(name),
                first=f"{path}:{first.line}",
            )
            notes.add(place, message)
        if kind in _WITH_QUESTIONS and f"bank/{name}.yaml" in self.files:
            near = f"{_WITH_QUESTIONS[kind]}-{name}"
            message = N_(
                'Id "%(id)s" sama dengan nama bank soal. Beri nama lain, misalnya %(near)s.', id=shown(name), near=near
            )
            notes.add(place, message)
        if kind != "survey":  # whose reader knows whether it is anonymous
            note_kind(name, f"{self.slug}/{name}", kind, self.around, notes)


def _lesson(reader: ModuleReader, node: MapNode, notes: Notes) -> Activity | None:
    return read_lesson(node, reader.library, notes)


def _quiz(reader: ModuleReader, node: MapNode, notes: Notes) -> Activity | None:
    reading = read_quiz(node, f"{reader.slug}/", reader.pools, reader.around, notes)
    reader.questions.update(reading.questions)
    return reading.quiz


def _task(reader: ModuleReader, node: MapNode, notes: Notes) -> Activity | None:
    return read_task(node, reader.library, notes)


def _survey(reader: ModuleReader, node: MapNode, notes: Notes) -> Activity | None:
    return read_survey(node, f"{reader.slug}/", reader.around, notes)


_ACTIVITY_KINDS: Final[Mapping[str, Callable[[ModuleReader, MapNode, Notes], Activity | None]]] = {
    "lesson": _lesson,
    "quiz": _quiz,
    "task": _task,
    "survey": _survey,
}
"""The key that names an activity -> what reads it."""


def _note_unknown_activity(node: MapNode, notes: Notes) -> None:
    first = next(iter(node), None)
    near = next((each for key in node if (each := near_name(key, _ACTIVITY_KINDS)) is not None), None)
    fault = N_("Kegiatan ini harus punya salah satu kunci dengan id-nya: %(kinds)s.", kinds=", ".join(_ACTIVITY_KINDS))
    if near is not None:
        fault = N_("%(fault)s Mungkin maksud Anda: %(near)s.", fault=fault, near=near)
    notes.add(first.span.start if first is not None else node.span.start, fault)
