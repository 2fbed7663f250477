"""Single choice: one of several options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Literal, Self

from app.questions.base import EPSILON, INVALID, Fields, Flaw, Grade, Outcome, Question, Response, is_blank
from app.questions.carrying import Named, carried_choice, check_offered, counterparts
from app.questions.natural import is_stored
from app.questions.options import (
    Choice,
    Option,
    chosen,
    label,
    lettered,
    option_at,
    option_flaws,
    option_named,
    shuffled,
)
from app.texts.local import DEFAULT_LANGUAGE, Language, LocalText
from app.texts.scalars import Flag


class SingleResponse(Response):
    """The option that was chosen, by its index in the question; a text where what was sent names no option."""

    choice: Choice


class Single(Question[SingleResponse]):
    """One option earns all points; another may earn a part by its `weight`, or cost points where that is below 0."""

    response_model = SingleResponse

    type: Literal["single"] = "single"
    options: tuple[Option, ...]
    shuffle: Flag = True

    @property
    def keys(self) -> frozenset[int]:
        """Indexes of the options that earn all points."""
        return frozenset(index for index, option in enumerate(self.options) if _fraction(option) > 1 - EPSILON)

    def faults(self) -> Iterator[Flaw]:
        yield from option_flaws(self.options)
        first: int | None = None
        for index, option in enumerate(self.options):
            if option.correct and _fraction(option) < 1 - EPSILON:
                yield Flaw(("options", index, "weight"), "key_weight", {"weight": f"{option.weight:g}"})
            if not option.correct and index not in self.keys:
                continue
            if first is not None:
                yield Flaw(("options", index), "two_correct", {"first": first + 1})
            else:
                first = index
        if first is None:
            yield Flaw(("options",), "none_correct", {})

    def order(self, chance: Random | None) -> tuple[int, ...]:
        return shuffled(len(self.options), chance if self.shuffle else None)

    def read(self, fields: Fields, order: Sequence[int]) -> SingleResponse | None:
        """The field `choice` holds the position of the chosen option; two of them cannot be understood."""
        choices = chosen([value for value in fields.get("choice", ()) if value], order)
        if not choices:
            return None
        return SingleResponse(choice=choices[0] if len(choices) == 1 else ", ".join(map(str, choices))[:80])

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> SingleResponse | None:
        """Also the option's text or id, or its index from 0."""
        if is_blank(value) or is_stored(value, "choice"):
            return super().response_from_json(value, language)
        return SingleResponse(choice=option_named(self.options, value))

    def grade(self, response: SingleResponse) -> Grade:
        option = option_at(self.options, response.choice)
        return INVALID if option is None else Grade.of(_fraction(option))

    def carried(self, response: SingleResponse, earlier: Self) -> SingleResponse:
        """What is right now must have been on offer; options that were added or went beside it change nothing."""
        found = counterparts(_named(earlier.options), _named(self.options))
        check_offered(self.keys, found.values())
        return SingleResponse(choice=carried_choice(response.choice, found))

    def verdict(self, index: int) -> Outcome:
        """How choosing this option comes out."""
        return Grade.of(_fraction(self.options[index])).outcome

    def guess_score(self) -> float | None:
        return sum(map(_fraction, self.options)) / len(self.options) if self.options else None

    def response_summary(self, response: SingleResponse, language: str) -> str:
        return label(self.options, response.choice, language)

    def right_answer_summary(self, language: str) -> str:
        return "; ".join(label(self.options, index, language) for index in sorted(self.keys))

    def paper_key(self, order: Sequence[int], language: str) -> str:
        return lettered(self.options, self.keys, order, language)

    def feedback(self, response: SingleResponse) -> tuple[LocalText, ...]:
        option = option_at(self.options, response.choice)
        return (option.feedback,) if option is not None and option.feedback is not None else ()


def _named(options: Sequence[Option]) -> list[Named]:
    return [Named(option.id, option.text) for option in options]


def _fraction(option: Option) -> float:
    if option.weight is not None:
        return option.weight / 100
    return 1.0 if option.correct else 0.0
