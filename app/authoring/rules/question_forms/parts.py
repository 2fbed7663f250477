"""What the form of a question is made of, as data: fields, and lists of rows, by the keys they have in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from app.errors import Message

# What a form shows, or what was typed into it, by the keys of its parts: a text, a text by language, or rows.
Typed: TypeAlias = str | dict[str, "Typed"] | list[dict[str, "Typed"]]
Filled: TypeAlias = dict[str, Typed]

WAS: Final = "was"  # in a row: its place, from 0, in the list as it was saved; "" for a new one
BARE: Final = ""  # the key of the only field of a row that is a text by itself


class Widget(StrEnum):
    """How a field is filled."""

    PROSE = "prose"  # a text in both languages, of several lines
    WORDS = "words"  # a text in both languages, short
    LINE = "line"  # one line, the same in all languages
    NUMBER = "number"
    PERCENT = "percent"
    CHOICE = "choice"  # one of a few
    COMPETENCY = "competency"  # one of the framework's
    GROUP = "group"  # one of the groups in the same form, or none of them
    FLAG = "flag"
    KEY = "key"  # a flag that one row alone may have
    TAGS = "tags"  # names, with commas between them
    SLUG = "slug"  # a word that is made a name
    PLACE = "place"  # a number that tells where in a picture: per cent of its width or height
    CORNERS = "corners"  # points of a picture, each as x,y
    NAME = "name"  # what other parts call this row by; nobody types it


@dataclass(frozen=True, slots=True)
class Only:
    """A part that means something only where a choice of the form says so."""

    key: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill. `default` is what a missing key means; `needed`: left empty it is still written.

    `rare` parts are folded away. Of a NAME, `default` is what new names begin with.
    """

    key: str
    label: Message
    widget: Widget = Widget.WORDS
    hint: Message | None = None
    choices: Mapping[str, Message] = field(default_factory=dict)
    default: str = ""
    needed: bool = False
    only: Only | None = None
    rare: bool = False
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One of several kinds of rows in a list: the words on the button that adds one, the row's title, its parts."""

    add: Message
    title: Message
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list whose rows can be added, removed and moved.

    `shapes` by the word that stands under `by`; a list of one shape has it under "". `begins` rows stand in a new
    question. `marked`: the question's text names the rows by their numbers, so they stay in their order. `drawn`: the
    key of the picture on which the rows are places, "" where they are none.
    """

    key: str
    label: Message
    shapes: Mapping[str, Shape]
    by: str = ""
    hint: Message | None = None
    begins: int = 0
    needed: bool = False
    marked: bool = False
    drawn: str = ""
    rare: bool = False
    only: Only | None = None
    bare: bool = field(init=False)

    def __post_init__(self) -> None:
        first = next(iter(self.shapes.values()))
        object.__setattr__(self, "bare", [part.key for part in first.parts] == [BARE])

    def shape_of(self, row: Mapping[str, object]) -> Shape | None:
        """The shape of a row, typed or as it stands in a file; None where it has none that is known."""
        name = row.get(self.by, "") if self.by else ""
        return self.shapes.get(name) if isinstance(name, str) else None


Part: TypeAlias = Field | Rows
Parts: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The form of one kind: its name, when to use it, what stands first, and what is asked of every question."""

    type: str
    name: Message
    use: Message
    own: Parts
    common: Parts

    @property
    def parts(self) -> Parts:
        """Every part, in the order in which their keys are written."""
        return (*_before(self.common), *self.own, *_after(self.common))

    @property
    def keys(self) -> frozenset[str]:
        """The keys this form knows."""
        return frozenset({"id", "type", *(part.key for part in self.parts)})


LAST: Final = ("explanation", "hints", "penalty")


def _before(parts: Parts) -> Parts:
    return tuple(part for part in parts if part.key not in LAST)


def _after(parts: Parts) -> Parts:
    return tuple(part for part in parts if part.key in LAST)


def one(shape: Shape) -> Mapping[str, Shape]:
    """The shapes of a list whose rows are all alike."""
    return MappingProxyType({"": shape})
