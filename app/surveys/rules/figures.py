"""What a survey's tallies come to, and how many answers it takes before anything is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.content.activities import Survey
from app.errors import N_, Refusal
from app.surveys.rules.tallies import Row, Tallies, Tally, blank

MINIMUM: Final = 5  # people


class TooFewAnswers(Refusal):
    """Results were asked for before enough people had answered."""

    def __init__(self) -> None:
        super().__init__(N_("Hasil survei ini tampil mulai %(least)s jawaban.", least=MINIMUM))


@dataclass(frozen=True, slots=True)
class Spread:
    """What a row of a scale comes to. Labels count 1, 2, 3 … from low to high.

    `mean` takes the steps between labels for equal. `middle` are the labels (from 0) of the person in the middle when
    all stand in order, or of the two in the middle: the median.
    """

    mean: float
    middle: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Results:
    """A survey's answers added up. `people` handed it in; `tallies` in the order of the survey as it is asked now.

    Behind a question's present form stand those it had earlier, and last what is asked no more.
    """

    people: int
    tallies: Tallies

    @property
    def enough(self) -> bool:
        """Whether they may be shown at all."""
        return self.people >= MINIMUM


def spread(counts: Sequence[int]) -> Spread | None:
    """Of how often each label was chosen; None where none was."""
    total = sum(counts)
    if not total:
        return None
    mean = sum((index + 1) * count for index, count in enumerate(counts)) / total
    return Spread(mean, (_label_of(counts, (total - 1) // 2), _label_of(counts, total // 2)))


def _label_of(counts: Sequence[int], place: int) -> int:
    """The label of the person who stands at a place, from 0, when all stand in order."""
    for index, count in enumerate(counts):
        if place < count:
            return index
        place -= count
    raise IndexError(place)


def tells(row: Row) -> bool:
    """Whether a row may be shown: enough people answered it, as a question may have been added or changed later."""
    return row.people >= MINIMUM


def standing(tally: Tally, survey: Survey | None) -> Literal["now", "earlier", "gone"]:
    """Whether it is a question as it is asked now, an earlier form of one, or one that is asked no more."""
    asked = [blank(question) for question in survey.asked] if survey else []
    if any(tally.form == each.form for each in asked):
        return "now"
    return "earlier" if any(tally.question == each.question for each in asked) else "gone"


def in_order(tallies: Tallies, survey: Survey | None) -> Tallies:
    """The tallies as the survey asks them now (None: it is not served), with blank ones for what nobody answered."""
    asked = [blank(question) for question in survey.asked] if survey else []
    now = {tally.form: tally for tally in asked}
    places = {tally.question: place for place, tally in enumerate(asked)}

    def place(tally: Tally) -> tuple[int, bool]:
        return places.get(tally.question, len(places)), tally.form not in now

    found = {**now, **{tally.form: tally for tally in tallies}}
    return tuple(sorted(found.values(), key=place))
