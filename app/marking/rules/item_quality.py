"""What the figures of a question say in words: how hard it is, how well it tells people apart, what to look into. Pure.

Figures come from app.psychometrics; the words and the bands are those that Indonesian teachers know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import Message
from app.marking.rules.item_bands import Flag, Hardness, Power, Quality
from app.marking.rules.item_words import ADVICE
from app.psychometrics.intervals import FEW, INDICATIVE, Interval, correlation_interval, wilson

TOO_EASY: Final = 0.95  # facility from which on nearly everybody is right
TOO_HARD: Final = 0.10  # and up to which nearly nobody is
SELDOM: Final = 0.02  # of the people: a wrong option that fewer choose does no work


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """A question as one quiz shows it, by each person's first attempt. `discrimination` -1..1; None: undefined.

    `partly`: it can be partly right, so its facility is a mean and not a share of people.
    """

    quiz_id: str
    n: int
    facility: float
    discrimination: float | None
    partly: bool = False
    course_slug: str = ""


@dataclass(frozen=True, slots=True)
class OptionTally:
    """How one option of a question did. `mean`: what those who chose it came to on the whole; None: nobody chose it."""

    label: str  # the letter it is called by
    right: bool
    count: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One question as it is judged. `facility` 0..1 of its points; `discrimination` -1..1, corrected item-rest.

    `guess`: the share that guessing earns. None where a figure is undefined. `options` () where it has none.
    """

    n: int  # attempts that had it
    facility: float | None
    discrimination: float | None
    guess: float | None = None
    options: Sequence[OptionTally] = ()


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to look into: its short name, and what to do about it."""

    flag: Flag
    advice: Message


def hardness(facility: float) -> Hardness:
    """The band that the figure falls into as it is shown, with two decimals: up to 0.30, up to 0.70, above."""
    shown = round(facility, 2)
    return Hardness.HARD if shown <= 0.30 else Hardness.MEDIUM if shown <= 0.70 else Hardness.EASY


def power(discrimination: float) -> Power:
    """The same of the discrimination: below 0, up to 0.20, 0.40, 0.70, above. The bands were made for the upper-lower
    index D; for a correlation they are a guide.
    """
    shown = round(discrimination, 2)
    if shown < 0:
        return Power.NEGATIVE
    bands = ((0.20, Power.POOR), (0.40, Power.FAIR), (0.70, Power.GOOD))
    return next((band for most, band in bands if shown <= most), Power.VERY_GOOD)


def facility_interval(facility: float, n: int) -> Interval:
    """Within which the share behind it lies with a certainty of 90 %; what is below 0 counts as 0."""
    return wilson(min(1.0, max(0.0, facility)) * n, n)


def concerns(item: Judged) -> tuple[Concern, ...]:
    """What to look into, the gravest first; nothing where fewer than FEW people had the question."""
    if item.n < FEW or item.facility is None:
        return ()
    found: dict[Flag, dict[str, str]] = {flag: {} for flag in _plain_flags(item)} | dict(_option_flags(item))
    return tuple(Concern(flag, Message(ADVICE[flag].msgid, found[flag])) for flag in Flag if flag in found)


def _plain_flags(item: Judged) -> Iterator[Flag]:
    facility = item.facility or 0.0
    if item.guess and facility_interval(facility, item.n).high < item.guess:
        yield Flag.BELOW_GUESSING
    elif round(facility, 2) <= TOO_HARD:
        yield Flag.TOO_HARD
    elif round(facility, 2) >= TOO_EASY:
        yield Flag.TOO_EASY
        return  # who is nearly always right cannot be told apart: that is said already
    if item.discrimination is not None:
        interval = correlation_interval(item.discrimination, item.n)
        if interval is not None and interval.high < 0:
            yield Flag.NEGATIVE
        elif item.n >= INDICATIVE and power(item.discrimination) in (Power.NEGATIVE, Power.POOR):
            yield Flag.POOR


def _option_flags(item: Judged) -> Iterator[tuple[Flag, dict[str, str]]]:
    if item.n < INDICATIVE:  # a wrong option may well be unchosen among few
        return
    wrong = [each for each in item.options if not each.right]
    keys = [each.mean for each in item.options if each.right and each.mean is not None]
    able = [each for each in wrong if keys and each.count >= FEW and each.mean is not None and each.mean > max(keys)]
    if able:
        yield Flag.ABLE_CHOOSE_WRONG, _named(able)
    unchosen = [each for each in wrong if each.count < SELDOM * item.n]
    if unchosen and round(item.facility or 0.0, 2) < TOO_EASY:
        yield Flag.UNCHOSEN, _named(unchosen)


def _named(options: Sequence[OptionTally]) -> dict[str, str]:
    return {"options": ", ".join(each.label for each in options)}


def best_figures(of_quizzes: Iterable[Mapping[str, ItemFigure]]) -> dict[str, ItemFigure]:
    """For each question the figure of the quiz in which most people met it; the earlier quiz where as many did."""
    found: dict[str, ItemFigure] = {}
    for figures in of_quizzes:
        for address, figure in figures.items():
            if address not in found or figure.n > found[address].n:
                found[address] = figure
    return found


def fits_quality(figure: ItemFigure | None, wanted: str) -> bool:
    """Whether a question is of the quality that is looked for; "" asks nothing, what is no Quality finds nothing."""
    if wanted == "" or figure is None:
        return wanted in ("", Quality.UNKNOWN)
    if wanted == Quality.CHECK:
        return bool(concerns(Judged(figure.n, figure.facility, figure.discrimination)))
    if wanted == Quality.GOOD:
        return figure.discrimination is not None and power(figure.discrimination) in (Power.GOOD, Power.VERY_GOOD)
    return wanted == hardness(figure.facility).value
