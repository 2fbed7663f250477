"""The gaps of a cloze: each asks a question of its own, and keeps the answer to it in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StrictInt, StrictStr, StringConstraints
from pydantic import WithJsonSchema as Editor

from app.questions.base import Question, Response
from app.questions.number import Number, NumberAnswer, NumberResponse, Unit
from app.questions.options import CHOICE_LIMIT, Option, label
from app.questions.short_text import TEXT_LIMIT, ShortText, ShortTextResponse, TextAnswer
from app.questions.single import Single, SingleResponse
from app.texts.local import Language, LocalText
from app.texts.scalars import Flag, Percent, read_number, within

_NAMELESS: Final[Mapping[str, Any]] = {"id": "rumpang", "text": LocalText.plain("")}  # of a question inside a gap

Weight = Annotated[
    float, PlainValidator(within(read_number, 0.1, 100.0)), Editor({"type": "number", "minimum": 0.1, "maximum": 100})
]


class TextGap(BaseModel):
    """A gap that takes a word or a few, as `short-text` does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["text"]
    weight: Weight = 1.0  # among the gaps
    answers: tuple[TextAnswer, ...]
    case_sensitive: Flag = False

    @cached_property
    def asked(self) -> Question[Any]:
        """The gap as a question of its own."""
        return ShortText(**_NAMELESS, answers=self.answers, case_sensitive=self.case_sensitive)


class NumberGap(BaseModel):
    """A gap that takes a number, as `number` does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["number"]
    weight: Weight = 1.0
    answers: tuple[NumberAnswer, ...]
    units: tuple[Unit, ...] = ()
    unit_penalty: Percent | None = None
    unit_position: Literal["after", "before", "either"] = "either"

    @cached_property
    def asked(self) -> Question[Any]:
        """The gap as a question of its own."""
        return Number(
            **_NAMELESS,
            answers=self.answers,
            units=self.units,
            unit_penalty=self.unit_penalty,
            unit_position=self.unit_position,
        )


class ChoiceGap(BaseModel):
    """A gap that takes one of several options, as `single` does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["choice"]
    weight: Weight = 1.0
    options: tuple[Option, ...]

    @cached_property
    def asked(self) -> Question[Any]:
        """The gap as a question of its own."""
        return Single(**_NAMELESS, options=self.options)

    def shown(self, index: int, language: str) -> str:
        """An option as one line of plain text, as a list to choose from needs it."""
        return label(self.options, index, language)


Gap: TypeAlias = Annotated[TextGap | NumberGap | ChoiceGap, Field(discriminator="type")]

# What was typed, the index of the chosen option (or what was sent instead), or None for a gap left empty.
GapAnswer: TypeAlias = StrictInt | Annotated[StrictStr, StringConstraints(max_length=TEXT_LIMIT)] | None


def option_count(gap: Gap) -> int:
    """How many options a gap offers; 0 where one types."""
    return len(gap.options) if isinstance(gap, ChoiceGap) else 0


def answer_of(inner: Any) -> GapAnswer:
    """What is kept of the response to a gap's own question."""
    if inner is None:
        return None
    answer: GapAnswer = inner.choice if isinstance(inner, SingleResponse) else inner.text
    return answer


def carried_answer(answer: GapAnswer, earlier: Gap, gap: Gap) -> GapAnswer:
    """What was typed stays; an option is looked for in the other version of its gap."""
    if not isinstance(answer, int):
        return answer
    carried: GapAnswer = gap.asked.carried(SingleResponse(choice=answer), earlier.asked).choice
    return carried


def response_of(gap: Gap, answer: GapAnswer, language: Language) -> Response | None:
    """What is kept of an answer -> the response to the gap's own question, whatever is kept."""
    if answer is None:
        return None
    if isinstance(gap, ChoiceGap):
        return SingleResponse(choice=answer if isinstance(answer, int) else answer[:CHOICE_LIMIT])
    if isinstance(gap, NumberGap):
        return NumberResponse(text=str(answer), language=language)
    return ShortTextResponse(text=str(answer))
