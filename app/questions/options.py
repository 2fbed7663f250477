"""Options to choose from, as `single` and `multiple` share them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from math import comb, fsum
from random import Random
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, StrictInt, StrictStr, StringConstraints

from app.questions.base import Flaw, Question
from app.questions.natural import scalar_text
from app.questions.short_text import comparable
from app.texts.local import LocalText
from app.texts.markdown import plain
from app.texts.scalars import Flag, SignedPercent, Slug

CHOICE_LIMIT: Final = 80  # characters kept of a choice that names no option

# The index of an option in the question, or the text that was sent instead of a position.
Choice: TypeAlias = StrictInt | Annotated[StrictStr, StringConstraints(max_length=CHOICE_LIMIT)]


class Option(BaseModel):
    """One option as its author wrote it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug | None = None  # what a regrade against another revision matches by; without it, the text
    text: LocalText
    correct: Flag = False
    weight: SignedPercent | None = None  # per cent of the points that choosing it earns; None: from `correct`
    feedback: LocalText | None = None


def blind_ticks(right: int, wrong: int, worth: Callable[[int, int], float]) -> float:
    """The mean worth of all sets of ticks but the empty one; `worth` tells it from how many are right and wrong."""
    sets = 2 ** (right + wrong) - 1
    counts = ((i, j) for i in range(right + 1) for j in range(wrong + 1) if i or j)
    return fsum(comb(right, i) * comb(wrong, j) / sets * worth(i, j) for i, j in counts)


def blind_weights(weights: Sequence[int]) -> float:
    """The same in percent where each tick earns its weight (percent), together 0 to 100; 0 without any."""
    sums = Counter([0])
    for weight in weights:
        for total, sets in list(sums.items()):
            sums[total + weight] += sets
    earned = sum(sets * min(max(total, 0), 100) for total, sets in sums.items())
    return earned / (2 ** len(weights) - 1) if weights else 0.0


def shuffled(count: int, chance: Random | None) -> tuple[int, ...]:
    """Positions -> indexes of `count` options; as written where `chance` is None."""
    indexes = list(range(count))
    if chance is not None:
        chance.shuffle(indexes)
    return tuple(indexes)


def chosen(positions: Sequence[str], order: Sequence[int]) -> tuple[Choice, ...]:
    """The positions a form sent -> choices in the order of the question, each once; unreadable ones last, as typed."""
    indexes: set[int] = set()
    unreadable: list[str] = []
    for position in positions:
        if position.isascii() and position.isdigit() and len(position) <= 3 and int(position) < len(order):
            indexes.add(order[int(position)])
        else:
            unreadable.append(position.replace("\x00", "")[:CHOICE_LIMIT])
    return (*sorted(indexes), *unreadable[: len(order)])


def option_at(options: Sequence[Option], choice: Choice) -> Option | None:
    """The option a choice names; None where it names none."""
    return options[choice] if isinstance(choice, int) and 0 <= choice < len(options) else None


def option_named(options: Sequence[Option], value: object) -> Choice:
    """A JSON value -> the option whose text or id it is; else a whole number is an index, from 0.

    What names none is kept as text, which grades invalid. Raises ValueError on a list or map.
    """
    typed = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else scalar_text(value, "en")
    exact = [index for index, option in enumerate(options) if typed in dict(option.text.items()).values()]
    alike = [index for index, option in enumerate(options) if names(option.text, typed) or option.id == typed]
    if exact or alike:
        return (exact or alike)[0]
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(options):
        return value
    return typed[:CHOICE_LIMIT]


def names(text: LocalText, typed: str) -> bool:
    """True where `typed` is the text in one of its languages, with or without its Markdown; capitals do not count."""
    wanted = comparable(typed, case_sensitive=False)
    forms = {form for _, each in text.items() for form in (each, plain(each))}
    return any(comparable(form, case_sensitive=False) == wanted for form in forms)


def label(options: Sequence[Option], choice: Choice, language: str) -> str:
    """A choice as one line of plain text; one that names no option stays as it was sent."""
    option = option_at(options, choice)
    return str(choice) if option is None else plain(option.text.in_(language))


def lettered(options: Sequence[Option], indexes: Collection[int], order: Sequence[int], language: str) -> str:
    """Some of the options in one line, in the order shown, each with the letter it has on paper."""
    shown = ((position, index) for position, index in enumerate(order) if index in indexes)
    return "; ".join(f"{Question.letter(position)}. {label(options, index, language)}" for position, index in shown)


def option_flaws(options: Sequence[Option]) -> Iterator[Flaw]:
    """What is wrong with a list of options whatever the kind: too few, or one id twice."""
    if len(options) < 2:
        yield Flaw(("options",), "few_options", {"count": len(options)})
    seen: set[str] = set()
    for index, option in enumerate(options):
        if option.id in seen:
            yield Flaw(("options", index, "id"), "option_id_twice", {"id": option.id})
        elif option.id is not None:
            seen.add(option.id)
