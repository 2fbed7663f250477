"""One question opened: what was answered, by the weak and by the able, and the picture of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.marking.queries.item_answers import answers_to
from app.marking.queries.item_figures import Analysed
from app.marking.queries.item_marks import Asked
from app.psychometrics.intervals import INDICATIVE
from app.questions.base import Outcome
from app.teaching.item_picture import Curve
from app.teaching.item_rows import ItemRow, Versions
from app.teaching.rules.choices import Choosable, choosable, chosen_in, response_now
from app.web.languages import language

if TYPE_CHECKING:
    import numpy as np

    from app.psychometrics.distractors import OptionAnalysis, OptionStatistics

COMMON: Final = 12  # answers that are shown of a question without options
_LONG: Final = 200  # characters of one of them


@dataclass(frozen=True, slots=True)
class CommonAnswer:
    """What several people answered alike, and how it comes out."""

    text: str
    count: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Group:
    """People of like strength in the rest of the quiz: how many, and their mean share of this question's points."""

    people: int
    mean: float | None  # None: nobody is in it


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """What a question's page shows. `analysis` is None for a question without options, `groups` the weakest first.

    `foreign`: answers to earlier versions whose choice is not there any more; they stand in no table of options.
    """

    groups: tuple[Group, ...]
    options: tuple[Choosable, ...]
    analysis: OptionAnalysis | None
    common: tuple[CommonAnswer, ...]
    foreign: int

    @property
    def rows(self) -> list[tuple[Choosable, OptionStatistics]]:
        """Each option with what it did."""
        return list(zip(self.options, self.analysis.options, strict=True)) if self.analysis else []

    @property
    def curves(self) -> list[Curve]:
        """The lines of its picture; without options one, of what was earned."""
        if self.analysis is None:
            return [Curve("", True, tuple(each.mean for each in self.groups))]
        return [Curve(option.letter, option.right, figures.by_group) for option, figures in self.rows]


@dataclass(slots=True)
class _Answers:
    """What the attempts answered, by their ids."""

    chosen: dict[int, frozenset[int]] = field(default_factory=dict)
    foreign: set[int] = field(default_factory=set)
    common: Counter[tuple[str, Outcome]] = field(default_factory=Counter)


def opened(asked: Asked, found: Analysed, row: ItemRow, versions: Versions) -> OpenedItem:
    """The answers of the attempts that were analysed."""
    import numpy as np  # not at start: most processes never analyse

    from app.psychometrics.distractors import FIFTHS, THIRDS, Chosen, ability_groups, analyse_options

    column = found.marks.marks[:, row.index]
    held = np.flatnonzero(~np.isnan(column))
    rests = _rests(found, row.index)[held]
    count = FIFTHS if len(held) >= FIFTHS * INDICATIVE else THIRDS
    options, answers = choosable(row.question), _answers(asked, row, versions)
    ids = [found.marks.attempts[each] for each in held]
    told = [
        Chosen(answers.chosen.get(attempt_id, ()), float(rest))
        for attempt_id, rest in zip(ids, rests, strict=True)
        if attempt_id not in answers.foreign
    ]
    shares = column[held] / (found.marks.max_marks[row.index] or 1.0)
    belongs = ability_groups(rests, count)
    return OpenedItem(
        groups=tuple(_group(shares[belongs == group]) for group in range(count)),
        options=options,
        analysis=analyse_options(told, len(options), count) if options else None,
        common=tuple(CommonAnswer(text, many, outcome) for (text, outcome), many in answers.common.most_common(COMMON)),
        foreign=len(answers.foreign),
    )


def _answers(asked: Asked, row: ItemRow, versions: Versions) -> _Answers:
    found = _Answers()
    for given in answers_to(asked, row.address):
        response = response_now(row.question, given.response, versions.at(given.revision_id, row.address))
        if response is None:
            found.foreign.add(given.attempt_id)
        elif choosable(row.question):
            found.chosen[given.attempt_id] = chosen_in(row.question, response)
        else:
            text = row.question.response_summary(response, language())[:_LONG]
            found.common[text, row.question.grade(response).outcome] += 1
    return found


def _rests(found: Analysed, index: int) -> np.ndarray:
    """What each attempt earned of the points of all its other questions; 0 where it has no other."""
    import numpy as np

    marks, worth = found.marks.marks, np.array(found.marks.max_marks)
    others = np.delete(marks, index, axis=1)
    possible = (~np.isnan(others)) @ np.delete(worth, index)
    earned: np.ndarray = np.nansum(others, axis=1)
    return np.divide(earned, possible, out=np.zeros_like(earned), where=possible > 0)


def _group(shares: np.ndarray) -> Group:
    return Group(len(shares), float(shares.mean()) if len(shares) else None)
