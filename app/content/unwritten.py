"""A question as a form holds it, read as if it stood in a file: its faults and advice by path, not by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from app.content.banks import Surroundings
from app.content.editing.values import Path, Value
from app.content.faults import Findings
from app.content.figures import illustrated, note_figures
from app.content.lint import question_warnings
from app.content.nodes import ListNode, MapNode, Node, Place, Span, TextNode, maps_at
from app.content.questions import AnyQuestion, Kinds, note_competencies, read_question
from app.errors import N_, Message
from app.questions.registry import KINDS

_FILE = "soal.yaml"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a question, or advice on it, and where: keys and positions from the question down."""

    path: Path
    message: Message
    advice: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The question, None where it cannot be asked yet, and everything to be said of it."""

    question: AnyQuestion | None
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What must be put right before publishing."""
        return tuple(each for each in self.findings if not each.advice)


def check_question(
    value: Value, around: Surroundings, kinds: Kinds = KINDS, unused: frozenset[str] = frozenset()
) -> Checked:
    """Read one question against the course around it. `unused`: keys that mean nothing where it stands."""
    standing = _Standing()
    node = standing.node(value, ())
    findings = Findings()
    notes = findings.of(_FILE)
    written = read_question(node, notes, kinds)
    if isinstance(node, MapNode):
        note_figures([node], around.gallery, notes)
        note_competencies([node], around.competencies, notes)
        for key in (key for each in (node, *maps_at(node, "options")) for key in each if key in unused):
            notes.add(key.span.start, N_('Survei tidak memakai "%(key)s". Hapus di tampilan YAML.', key=str(key)))
    if written is not None:
        for place, message in question_warnings(written):
            notes.add(place, message, warning=True)
    found = {(each.line, str(each.message)): each for each in findings.faults}.values()
    told = tuple(Finding(standing.paths[each.line], each.message, each.warning) for each in found)
    return Checked(None if written is None else illustrated(written, around.gallery).question, told)


class _Standing:
    """Makes nodes of values. Each stands on a line of its own, so that a fault's line tells its path."""

    def __init__(self) -> None:
        self.paths: dict[int, Path] = {1: ()}
        self._lines = count(2)

    def node(self, value: Value, path: Path) -> Node:
        """A value with marks, and all that is in it."""
        if isinstance(value, str):
            return TextNode.made(value, self._span(path), '"')
        if isinstance(value, Mapping):
            return self._map(value, path)
        made = ListNode(self.node(each, (*path, index)) for index, each in enumerate(value))
        made.span = self._span(path)
        return made

    def _map(self, value: Mapping[str, Value], path: Path) -> MapNode:
        made = MapNode()
        made.span = self._span(path)
        for name, each in value.items():
            key = TextNode.made(name, self._span((*path, name)))
            made[key] = self.node(each, (*path, name))
            made[key].key = key
        return made

    def _span(self, path: Path) -> Span:
        line = next(self._lines)
        self.paths[line] = path
        place = Place(line, 1, line)
        return Span(place, place)
