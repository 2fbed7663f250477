"""Multiple choice: any number of several options, four ways of scoring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, Literal, Self

from app.questions.base import EPSILON, INVALID, Fields, Flaw, Grade, Outcome, Part, Question, Response, is_blank
from app.questions.carrying import Named, carried_choice, one_to_one
from app.questions.natural import is_stored
from app.questions.options import (
    Choice,
    Option,
    blind_ticks,
    blind_weights,
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

CHOICES_LIMIT: Final = 200  # of a response from outside

Scoring = Literal["each", "weights", "all-or-nothing", "right-minus-excess"]


class MultipleResponse(Response):
    """The options that were ticked, by their indexes in the question; texts where something else was sent."""

    choices: tuple[Choice, ...]


class Multiple(Question[MultipleResponse]):
    """k options are right and m wrong. `scoring` says what a set of ticks is worth, always within 0..1:

    each: +1/k for a right one, -1/m for a wrong one, so that ticking every box earns nothing;
    weights: the sum of the ticked options' weights;
    all-or-nothing: 1 for exactly the right ones;
    right-minus-excess: (right ones - ticks beyond k) / k.
    """

    response_model = MultipleResponse

    type: Literal["multiple"] = "multiple"
    options: tuple[Option, ...]
    scoring: Scoring = "each"
    shuffle: Flag = True

    @property
    def keys(self) -> frozenset[int]:
        """Indexes of the right options: marked `correct`, or with a weight above 0 where weights decide."""
        weighed = self.scoring == "weights"
        return frozenset(
            index
            for index, option in enumerate(self.options)
            if ((option.weight or 0) > 0 if weighed else option.correct)
        )

    def faults(self) -> Iterator[Flaw]:
        yield from option_flaws(self.options)
        if self.scoring == "weights":
            yield from self._weight_flaws()
            return
        if not self.keys:
            yield Flaw(("options",), "none_correct", {})
        for index, option in enumerate(self.options):
            if option.weight is not None:
                yield Flaw(("options", index, "weight"), "weight_unused", {"scoring": self.scoring})

    def _weight_flaws(self) -> Iterator[Flaw]:
        for index, option in enumerate(self.options):
            # `correct` may be left out beside weights; written, it must not say something else.
            if "correct" in option.model_fields_set and option.correct != (index in self.keys):
                yield Flaw(("options", index), "weight_contradicts", {"weight": f"{option.weight or 0:g}"})
        total = sum(option.weight for option in self.options if option.weight is not None and option.weight > 0)
        if total < 100 * (1 - EPSILON):
            yield Flaw(("options",), "weights_below_full", {"sum": f"{total:g}"})

    def order(self, chance: Random | None) -> tuple[int, ...]:
        return shuffled(len(self.options), chance if self.shuffle else None)

    def read(self, fields: Fields, order: Sequence[int]) -> MultipleResponse | None:
        """The field `choice` holds the positions of all ticked options."""
        choices = chosen([value for value in fields.get("choice", ()) if value], order)
        return MultipleResponse(choices=choices) if choices else None

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> MultipleResponse | None:
        """Also a list of option texts, ids or indexes from 0, or one of them alone."""
        if is_blank(value) or is_stored(value, "choices"):
            return super().response_from_json(value, language)
        wanted = [each for each in (value if isinstance(value, list) else [value]) if not is_blank(each)]
        named = [option_named(self.options, each) for each in wanted[:CHOICES_LIMIT]]
        indexes = sorted({each for each in named if isinstance(each, int)})
        choices = (*indexes, *(each for each in named if isinstance(each, str)))
        return MultipleResponse(choices=choices) if choices else None

    def grade(self, response: MultipleResponse) -> Grade:
        if any(option_at(self.options, choice) is None for choice in response.choices):
            return INVALID
        ticked = frozenset(choice for choice in response.choices if isinstance(choice, int))
        keys = self.keys
        if self.scoring == "weights" and keys:
            return Grade.of(_within(sum(self.options[index].weight or 0.0 for index in ticked) / 100))
        return Grade.of(self._worth(len(ticked & keys), len(ticked - keys)))

    def _worth(self, right: int, wrong: int) -> float:
        """What so many right and wrong ticks earn where all weigh the same."""
        keys = len(self.keys)
        if not keys:
            return 0.0
        if self.scoring == "all-or-nothing":
            return 1.0 if right == keys and not wrong else 0.0
        if self.scoring == "right-minus-excess":
            return _within((right - max(0, right + wrong - keys)) / keys)
        return _within(right / keys - (wrong / (len(self.options) - keys) if wrong else 0.0))

    def parts(self, response: MultipleResponse) -> tuple[Part, ...]:
        """One for each right option, where ticks beyond their number take right ones away; else no parts."""
        return self.parts_by_try([response])[0]

    def parts_by_try(self, responses: Sequence[MultipleResponse]) -> tuple[tuple[Part, ...], ...]:
        """With `right-minus-excess`, a try with too many ticks loses as many right ones: those that the learner needs
        least, because they were ticked for the shortest time up to the last try. Source: OU multiple response.
        """
        if self.scoring != "right-minus-excess":
            return tuple(() for _ in responses)
        ticked = [frozenset(each for each in response.choices if isinstance(each, int)) for response in responses]
        keys = sorted(self.keys)
        least_needed = sorted(keys, key=lambda key: [key in each for each in reversed(ticked)])
        return tuple(
            tuple(Part(1.0, float(key in each - _excess(each, least_needed))) for key in keys) for each in ticked
        )

    def without_wrong(self, response: MultipleResponse) -> MultipleResponse | None:
        kept = tuple(each for each in response.choices if each in self.keys)
        return MultipleResponse(choices=kept) if kept else None

    def carried(self, response: MultipleResponse, earlier: Self) -> MultipleResponse:
        """Not to tick an option is an answer too, so all of them must be the same."""
        sides = ([Named(each.id, each.text) for each in question.options] for question in (earlier, self))
        found = one_to_one(*sides)
        choices = [carried_choice(choice, found) for choice in response.choices]
        return MultipleResponse(choices=tuple(sorted(choices, key=lambda each: (isinstance(each, str), each))))

    def verdict(self, index: int) -> Outcome:
        """How ticking this option comes out by itself."""
        return Outcome.RIGHT if index in self.keys else Outcome.WRONG

    def guess_score(self) -> float | None:
        return None

    def blind_score(self) -> float:
        """The mean over all sets of ticks but the empty one."""
        keys = len(self.keys)
        if self.scoring == "weights" and keys:
            return _within(blind_weights([round(option.weight or 0.0) for option in self.options]) / 100)
        return blind_ticks(keys, len(self.options) - keys, self._worth)

    def response_summary(self, response: MultipleResponse, language: str) -> str:
        return "; ".join(label(self.options, choice, language) for choice in response.choices)

    def right_answer_summary(self, language: str) -> str:
        return "; ".join(label(self.options, index, language) for index in sorted(self.keys))

    def paper_key(self, order: Sequence[int], language: str) -> str:
        return lettered(self.options, self.keys, order, language)

    def feedback(self, response: MultipleResponse) -> tuple[LocalText, ...]:
        ticked = (option_at(self.options, choice) for choice in response.choices)
        return tuple(option.feedback for option in ticked if option is not None and option.feedback is not None)


def _within(worth: float) -> float:
    return min(max(worth, 0.0), 1.0)


def _excess(ticked: frozenset[int], least_needed: Sequence[int]) -> frozenset[int]:
    """The right ticks that go because there are more ticks than right options."""
    right = [key for key in least_needed if key in ticked]
    return frozenset(right[: max(0, len(ticked) - len(least_needed))])
