"""Essay: a longer text, marked by a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Annotated, Final, Literal

from pydantic import PlainValidator, StringConstraints, WithJsonSchema

from app.questions.base import NEEDS_MARKING, Fields, Flaw, Grade, Question, Response, is_blank
from app.questions.natural import is_stored, scalar_text
from app.questions.rubric import Criterion, rubric_flaws
from app.texts.local import DEFAULT_LANGUAGE, Language
from app.texts.scalars import read_whole, within

TEXT_LIMIT: Final = 20_000  # characters of a response; the page's field says the same
WORDS_LIMIT: Final = 2_500  # that surely fit into it
LINES_LIMIT: Final = 40  # about one sheet of paper
WORDS_A_LINE: Final = 10  # by hand, across a sheet
SUMMARY_LIMIT: Final = 300  # characters

Length = Literal["short", "fitting", "long"]
Words = Annotated[
    int,
    PlainValidator(within(read_whole, 1, WORDS_LIMIT)),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": WORDS_LIMIT}),
]
Lines = Annotated[
    int,
    PlainValidator(within(read_whole, 1, LINES_LIMIT)),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": LINES_LIMIT}),
]


def count_words(text: str) -> int:
    """How many words a text has: runs without blanks that hold a letter or digit."""
    return sum(any(sign.isalnum() for sign in run) for run in text.split())


def fit(words: int, least: int | None, most: int | None) -> Length:
    """How a number of words compares with its bounds; None is no bound."""
    if least is not None and words < least:
        return "short"
    return "long" if most is not None and words > most else "fitting"


def tidy_typed(text: str) -> str:
    """A longer text as it is kept: line feeds alone, no blanks around it, at most TEXT_LIMIT characters."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()[:TEXT_LIMIT].strip()


class EssayResponse(Response):
    """What was written, without the blanks around it; its lines end in a line feed."""

    text: Annotated[str, StringConstraints(max_length=TEXT_LIMIT)]


class Essay(Question[EssayResponse]):
    """A text of some sentences. Too few or too many words are told to learner and marker, and refuse nothing."""

    response_model = EssayResponse
    by_hand = True

    type: Literal["essay"] = "essay"
    min_words: Words | None = None
    max_words: Words | None = None
    lines: Lines = 8  # height of the field, and ruled lines on paper
    rubric: tuple[Criterion, ...] = ()

    @property
    def ruled_lines(self) -> int:
        """Lines to write on on paper: as the author says; else enough for the most words as well."""
        if "lines" in self.model_fields_set or self.max_words is None:
            return self.lines
        return min(max(self.lines, ceil(self.max_words / WORDS_A_LINE)), LINES_LIMIT)

    def faults(self) -> Iterator[Flaw]:
        if self.min_words is not None and self.max_words is not None and self.min_words > self.max_words:
            yield Flaw(("max_words",), "word_bounds", {"least": self.min_words, "most": self.max_words})
        yield from rubric_flaws(self.rubric)

    def read(self, fields: Fields, order: Sequence[int]) -> EssayResponse | None:
        """The field `text` holds what was written; blanks alone are no answer."""
        values = fields.get("text", ())
        return _written(values[0]) if values else None

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> EssayResponse | None:
        """Also the text alone."""
        if is_blank(value) or is_stored(value, "text"):
            return super().response_from_json(value, language)
        return _written(scalar_text(value, language))

    def grade(self, response: EssayResponse) -> Grade:
        return NEEDS_MARKING

    def word_count(self, response: EssayResponse) -> int:
        """How many words it has."""
        return count_words(response.text)

    def length(self, response: EssayResponse) -> Length:
        """How its number of words compares with the bounds."""
        return fit(self.word_count(response), self.min_words, self.max_words)

    def guess_score(self) -> float | None:
        return None

    def response_summary(self, response: EssayResponse, language: str) -> str:
        line = " ".join(response.text.split())
        return line if len(line) <= SUMMARY_LIMIT else line[: SUMMARY_LIMIT - 1].rstrip() + "…"

    def right_answer_summary(self, language: str) -> str:
        """Nothing: what is right, a person decides."""
        return ""


def _written(text: str) -> EssayResponse | None:
    tidy = tidy_typed(text)
    return EssayResponse(text=tidy) if tidy else None
