"""Items that each get one of the same choices, as `matching` and `categorise` share them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import Final, Literal, Self

from app.questions.base import GAVE_UP, INVALID, Fields, Grade, Outcome, Part, Question, Response, is_blank
from app.questions.carrying import Named, carried_choice, check_offered, counterparts, nameless, one_to_one
from app.questions.naming import form_of, indexes_by_form, part_named
from app.questions.natural import is_stored
from app.questions.options import CHOICE_LIMIT, Choice, chosen
from app.texts.local import DEFAULT_LANGUAGE, Language, LocalText
from app.texts.markdown import plain
from app.texts.scalars import Flag

LONG_CHOICE: Final = 25  # characters that a closed list shows in full on a phone 360 px wide


class AssignmentResponse(Response):
    """What was chosen for each item, in the order of the question: a choice's index, or None where nothing was.

    A text where something else was sent; behind the last item, what was said of items that the question lacks.
    """

    choices: tuple[Choice | None, ...]


class Assignment(Question[AssignmentResponse]):
    """Every item has one right choice, and a choice may be right for several items. `scoring`:

    each: the share of the items that have their right choice; a blank earns nothing and costs nothing;
    all-or-nothing: 1 where every item has it.
    """

    response_model = AssignmentResponse

    scoring: Literal["each", "all-or-nothing"] = "each"
    shuffle: Flag = True

    @property
    @abstractmethod
    def stems(self) -> tuple[LocalText, ...]:
        """The items' texts, as written."""

    @property
    @abstractmethod
    def choices(self) -> tuple[LocalText, ...]:
        """The choices' texts, each once, as written."""

    @property
    @abstractmethod
    def keys(self) -> tuple[int | None, ...]:
        """The index of each item's right choice; None where the question has no such choice (a flaw)."""

    # Asking

    def cut(self, order: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The stored order, one flat tuple, in two: item indexes by position, then choice indexes by position."""
        count = len(self.stems)
        return tuple(order[:count]), tuple(order[count:])

    def read(self, fields: Fields, order: Sequence[int]) -> AssignmentResponse | None:
        """The field `choice-<position of the item>` holds the position of what was chosen for it."""
        items, choices = self.cut(order)
        picked: list[Choice | None] = [None] * len(self.stems)
        for position, index in enumerate(items):
            picked[index] = _one(fields.get(f"choice-{position}", ()), choices)
        return _response(picked)

    # Grading

    def verdict(self, response: AssignmentResponse | None, index: int) -> Outcome:
        """How one item came out."""
        given = response.choices[index] if response is not None and index < len(response.choices) else None
        if given is None:
            return Outcome.GAVE_UP
        if self.choice_at(given) is None:
            return Outcome.INVALID
        return Outcome.RIGHT if given == self.keys[index] else Outcome.WRONG

    def grade(self, response: AssignmentResponse) -> Grade:
        beyond = response.choices[len(self.stems) :]
        verdicts = [self.verdict(response, index) for index in range(len(self.stems))]
        if Outcome.INVALID in verdicts or any(choice is not None for choice in beyond):
            return INVALID
        if all(verdict is Outcome.GAVE_UP for verdict in verdicts):
            return GAVE_UP
        share = verdicts.count(Outcome.RIGHT) / len(verdicts)
        return Grade.of(share if self.scoring == "each" or share == 1 else 0.0)

    def parts(self, response: AssignmentResponse) -> tuple[Part, ...]:
        """One for each item, all of one weight; none where only the whole counts."""
        if self.scoring != "each":
            return ()
        return tuple(
            Part(1.0, 1.0 if self.verdict(response, index) is Outcome.RIGHT else 0.0)
            for index in range(len(self.stems))
        )

    def without_wrong(self, response: AssignmentResponse) -> AssignmentResponse | None:
        right = (self.verdict(response, index) is Outcome.RIGHT for index in range(len(self.stems)))
        return _response([given if kept else None for given, kept in zip(response.choices, right, strict=False)])

    def guess_score(self) -> float | None:
        """Each of n items gets one of c choices at random: 1/c of them right on average, all of them once in c^n."""
        if not self.stems or not self.choices:
            return None
        one = 1 / len(self.choices)
        return one if self.scoring == "each" else one ** len(self.stems)

    # Another version

    @property
    def named_choices(self) -> list[Named]:
        """The choices as another version of the question knows them."""
        return nameless(self.choices)

    def carried(self, response: AssignmentResponse, earlier: Self) -> AssignmentResponse:
        """The items must be the same; a choice that nobody took and that is right nowhere may come and go."""
        items = one_to_one(nameless(earlier.stems), nameless(self.stems))
        found = counterparts(earlier.named_choices, self.named_choices)
        check_offered(self.keys, found.values())
        choices = [None if each is None else carried_choice(each, found) for each in response.choices]
        picked: list[Choice | None] = [None] * len(items)
        for index, choice in enumerate(choices[: len(items)]):
            picked[items[index]] = choice
        return AssignmentResponse(choices=(*picked, *choices[len(items) :]))

    # Telling

    def choice_at(self, choice: Choice) -> LocalText | None:
        """The text of the choice that a response names; None where it names none."""
        return self.choices[choice] if isinstance(choice, int) and 0 <= choice < len(self.choices) else None

    def choice_label(self, choice: Choice, language: str) -> str:
        """A choice as one line of plain text; one that names none stays as it was sent."""
        text = self.choice_at(choice)
        return str(choice) if text is None else plain(text.in_(language))

    def has_long_choices(self, language: str) -> bool:
        """True where a phone would cut a choice off in a list: then the choices are also told above it, by letters."""
        return any(len(plain(choice.in_(language))) > LONG_CHOICE for choice in self.choices)

    def response_summary(self, response: AssignmentResponse, language: str) -> str:
        told = [
            f"{plain(stem.in_(language)) if stem else '?'} → {self.choice_label(choice, language)}"
            for stem, choice in zip_longest(self.stems, response.choices)
            if choice is not None
        ]
        return "; ".join(told)

    def right_answer_summary(self, language: str) -> str:
        keys = tuple(key if key is not None else "?" for key in self.keys)
        return self.response_summary(AssignmentResponse(choices=keys), language)

    def paper_key(self, order: Sequence[int], language: str) -> str:
        """The items by their numbers on paper, each with the letter of its choice."""
        items, choices = self.cut(order)
        letters = {index: self.letter(position) for position, index in enumerate(choices)}
        keys = (self.keys[index] for index in items)
        told = ("?" if key is None else letters[key] for key in keys)
        return "; ".join(f"{number}. {letter}" for number, letter in enumerate(told, 1))

    # JSON from outside

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> AssignmentResponse | None:
        """Also a map {item: choice}, or a list of choices in the order of the items; each named by its text."""
        if is_blank(value) or is_stored(value, "choices"):
            return super().response_from_json(value, language)
        if isinstance(value, Mapping):
            return _response(self._by_item(value))
        if isinstance(value, list):
            return _response([self._named(each) for each in value])
        raise ValueError("a map {item: choice} or a list of choices is expected")

    def _by_item(self, said: Mapping[object, object]) -> list[Choice | None]:
        """The choices by item; behind them the names of items that the question lacks, or that were named before."""
        indexes = indexes_by_form(self.stems)
        picked: dict[int, Choice | None] = {}
        beyond: list[Choice | None] = []
        for name, choice in said.items():
            index = indexes.get(form_of(str(name)))
            if index is None or index in picked:
                beyond.append(str(name)[:CHOICE_LIMIT])
            else:
                picked[index] = self._named(choice)
        return [*(picked.get(index) for index in range(len(self.stems))), *beyond]

    def _named(self, said: object) -> Choice | None:
        return None if is_blank(said) else part_named(said, self._choice_indexes)

    @cached_property
    def _choice_indexes(self) -> Mapping[str, int]:
        return self._named_choices()

    def _named_choices(self) -> dict[str, int]:
        """Every name of a choice, with its index."""
        return indexes_by_form(self.choices)


def _one(values: Sequence[str], order: Sequence[int]) -> Choice | None:
    """The one choice among a field's values; several cannot be understood."""
    found = chosen([value for value in values if value], order)
    if not found:
        return None
    return found[0] if len(found) == 1 else ", ".join(map(str, found))[:CHOICE_LIMIT]


def _response(picked: Sequence[Choice | None]) -> AssignmentResponse | None:
    return None if all(each is None for each in picked) else AssignmentResponse(choices=tuple(picked))
