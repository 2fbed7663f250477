"""Who is compared between a test before and one after, in which groups, and how it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.content.activities import TestForm
from app.errors import N_, Message
from app.people.rules.organisations import KIND_LABELS, OrganisationKind

if TYPE_CHECKING:  # what reckons needs numpy, which a web worker loads only when somebody asks for this
    from app.psychometrics.gain import GroupGain, ItemGain

GAIN_WORDS: Final[Mapping[str | None, Message]] = {
    "high": N_("tinggi"),
    "medium": N_("sedang"),
    "low": N_("rendah"),
    "negative": N_("menurun"),
    None: N_("tes awal sudah penuh, tidak ada yang dapat ditambah"),
}
FEW_WORDS: Final = N_("Kurang dari 5 orang: baca dengan hati-hati")
INDICATIVE_WORDS: Final = N_("Kurang dari 30 orang: masih indikatif")


@dataclass(frozen=True, slots=True)
class TookBoth:
    """A person's first attempts before and after, in percent of the points (0.0 .. 100.0), and their tests' forms."""

    person_id: int
    name: str
    organisation: str | None
    kind: OrganisationKind | None
    district: str | None
    before: float
    after: float
    form_before: TestForm | None = None
    form_after: TestForm | None = None

    @property
    def difference(self) -> float:
        """In points of a hundred; less than 0 where the test after went worse."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class AskedTwice:
    """A question met before and after: how many people each time, and the sum of their shares of its points."""

    question: str  # its address
    before_right: float
    before_people: int
    after_right: float
    after_people: int


@dataclass(frozen=True, slots=True)
class NamedGain:
    """A group, by name, and what it gained; `fell`: how many of its people went down."""

    name: Message
    gain: GroupGain
    fell: int

    @property
    def words(self) -> Message:
        """The class of its gain."""
        return GAIN_WORDS[self.gain.gain_class]

    @property
    def care(self) -> Message | None:
        """What its size asks of a reader; None: nothing."""
        return FEW_WORDS if self.gain.few else INDICATIVE_WORDS if self.gain.indicative else None


def gain_of(name: Message, both: Sequence[TookBoth]) -> NamedGain | None:
    """What these people gained together; None of nobody."""
    from app.psychometrics.gain import Taken, group_gain

    found = group_gain([Taken(each.before, each.after, each.form_before, each.form_after) for each in both])
    return NamedGain(name, found, sum(each.difference < 0 for each in both)) if found else None


def gains_of(both: Sequence[TookBoth], *, by_district: bool = False) -> tuple[NamedGain, ...]:
    """Of everybody, and of each part where they come from several; those without an organisation last.

    The parts are kinds of organisation, or sub-districts by name.
    """
    parts: dict[OrganisationKind | str | None, list[TookBoth]] = defaultdict(list)
    for each in both:
        parts[each.district if by_district else each.kind].append(each)
    named = sorted(filter(None, {each.district for each in both}), key=str.lower) if by_district else KIND_LABELS
    groups: list[tuple[Message, Sequence[TookBoth]]] = [(N_("Semua"), both)]
    if len(parts) > 1:
        groups += [(_called(each), parts[each]) for each in named if each in parts]
        groups += [(N_("Tanpa lembaga"), parts[None])] if None in parts else []
    return tuple(found for name, people in groups if (found := gain_of(name, people)))


def _called(part: OrganisationKind | str) -> Message:
    return KIND_LABELS[part] if isinstance(part, OrganisationKind) else Message(part)  # a place's own name


def item_gains(asked: Iterable[AskedTwice]) -> tuple[tuple[AskedTwice, ItemGain], ...]:
    """What each question gained, the least first: there a course is to be mended."""
    from app.psychometrics.gain import item_gain

    found = [
        (each, gain)
        for each in asked
        if (gain := item_gain(each.before_right, each.before_people, each.after_right, each.after_people))
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1].difference, pair[0].question)))
