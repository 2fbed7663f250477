"""Lists of questions, banks of them, and what a quiz may draw from a bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from app.content.course import Bank
from app.content.documents import open_document
from app.content.faults import Notes, shown
from app.content.figures import Gallery, illustrated, note_figures
from app.content.lint import list_warnings
from app.content.nodes import ListNode, MapNode, Node, TextNode, child, maps_at, text_at
from app.content.problems import read_as
from app.content.questions import Kinds, Written, note_competencies, note_ids, read_question
from app.content.schema import BankFile
from app.errors import N_
from app.questions.base import Question
from app.questions.information import Information
from app.questions.registry import KINDS
from app.texts.scalars import SLUG_PATTERN

USUAL_DIFFICULTY: Final[str] = Question.model_fields["difficulty"].default
BANK_PATTERN: Final = rf"bank/{SLUG_PATTERN.strip('^$')}\.yaml"


@dataclass(frozen=True, slots=True)
class Pool:
    """What can be drawn from a bank, as its file tells it even where some of its questions have faults."""

    name: str
    items: tuple[tuple[str, frozenset[str], str], ...]  # address, tags and difficulty of each question
    texts: frozenset[str] = frozenset()  # the addresses that ask nothing

    def addresses(self, tags: frozenset[str], difficulty: str | None = None) -> tuple[str, ...]:
        """The questions that have all of `tags` and the difficulty (None: any), in the order of the file."""
        return tuple(address for address, own, level in self.items if tags <= own and difficulty in (None, level))

    @property
    def tags(self) -> frozenset[str]:
        """Every tag in the bank."""
        return frozenset().union(*(own for _, own, _ in self.items))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a list of questions is checked against.

    `competencies` None: the framework could not be read, so they are not checked. `earlier` tells the kind each address
    had in earlier revisions. `gallery` None: there is no course whose pictures could be shown. `asked` grows by each
    address that is looked up and what it is.
    """

    competencies: Mapping[str, object] | None
    earlier: Mapping[str, str]
    gallery: Gallery | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)


def read_bank(data: bytes, prefix: str, around: Surroundings, notes: Notes) -> tuple[Bank | None, Pool | None]:
    """A bank file whose questions have addresses `<prefix><bank>/<question>`; None for what could not be read."""
    root = open_document(data, notes)
    if root is None:
        return None, None
    name = PurePosixPath(notes.path).stem
    head = read_as(BankFile, root, notes)
    entries = child(root, "questions")
    written = read_list(entries if isinstance(entries, ListNode) else (), f"{prefix}{name}/", around, notes)
    bank = Bank(name, head.title, tuple(each.question for each in written)) if head else None
    return bank, _pool(root, name, prefix)


def read_list(
    entries: Iterable[Node], prefix: str, around: Surroundings, notes: Notes, kinds: Kinds = KINDS
) -> list[Written]:
    """The questions of one list, those that can be read; every fault and warning goes into `notes`."""
    maps = [each for each in entries if isinstance(each, MapNode)]
    read = [found for each in entries if (found := read_question(each, notes, kinds)) is not None]
    written = [illustrated(each, around.gallery) for each in read]
    note_figures(maps, around.gallery, notes)
    note_ids(maps, notes)
    note_competencies(maps, around.competencies, notes)
    for found in written:
        note_kind(text_at(found.node, "id"), prefix + found.question.id, found.question.type, around, notes)
    for place, message in list_warnings(written):
        notes.add(place, message, warning=True)
    return written


def note_kind(node: TextNode | None, address: str, kind: str, around: Surroundings, notes: Notes) -> None:
    """An id that returns with another kind is a fault: answers hang on ids."""
    around.asked.append((address, kind))
    before = around.earlier.get(address, kind)
    if node is not None and before != kind:
        message = N_(
            'Id "%(id)s" dulu dipakai untuk jenis lain (%(before)s), dan jawaban lama masih terikat padanya. '
            "Pakai id baru.",
            id=shown(node),
            before=before,
        )
        notes.add(node.span.start, message)


def _pool(root: MapNode, name: str, prefix: str) -> Pool:
    items: dict[str, tuple[frozenset[str], str]] = {}
    texts = set()
    for node in maps_at(root, "questions"):
        question, tags = text_at(node, "id"), child(node, "tags")
        named = tags if isinstance(tags, ListNode) else ()
        if question is not None:
            told = frozenset(str(tag) for tag in named if isinstance(tag, TextNode))
            address = f"{prefix}{name}/{question}"
            items[address] = (told, str(text_at(node, "difficulty") or USUAL_DIFFICULTY))
            if text_at(node, "type") == Information.model_fields["type"].default:
                texts.add(address)
    return Pool(name, tuple((address, *told) for address, told in items.items()), frozenset(texts))
