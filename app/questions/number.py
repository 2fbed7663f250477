"""A number, with tolerance and units; the first answer whose interval holds it decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, PlainValidator, StringConstraints, WithJsonSchema

from app.questions.base import EPSILON, INVALID, Fields, Flaw, Grade, Question, Response, is_blank
from app.questions.natural import is_stored, scalar_text
from app.questions.numerals import STYLES, Numeral, read_numeral, written
from app.questions.short_text import TEXT_LIMIT, typed_text
from app.texts.local import DEFAULT_LANGUAGE, LANGUAGES, Language, LocalText
from app.texts.scalars import DecimalNumber, Percent, PlainText, read_number

ANY: Final = "*"
GUARD: Final = 1e-12  # relative; a bound that floats miss by less still holds: 7 - 10% is 6.3

ToleranceType = Literal["nominal", "relative", "geometric"]


def _read_value(value: object) -> float | Literal["*"]:
    return ANY if value == ANY else read_number(value)


class NumberAnswer(BaseModel):
    """A value, how far from it an answer may lie, and what that earns. The value `*` stands for any number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Annotated[
        float | Literal["*"],
        PlainValidator(_read_value),
        WithJsonSchema({"anyOf": [{"type": "number"}, {"const": "*"}]}),
    ]
    tolerance: DecimalNumber = 0.0
    tolerance_type: ToleranceType = "nominal"
    fraction: Percent = 100.0  # of the points
    feedback: LocalText | None = None

    def shown(self, language: str) -> str:
        """The number as a trainer reads it: with its bounds, where there is a tolerance."""
        if self.value == ANY:
            return ANY
        low, high = (written(round(bound, 10), language) for bound in self._interval(self.value))
        value = written(self.value, language)
        return value if low == high else f"{value} ({low} … {high})"

    def accepts(self, number: float) -> bool:
        """True within the bounds, which are included. Source of the intervals: Moodle 4.1, qtype_numerical."""
        if self.value == ANY:
            return True
        low, high = self._interval(self.value)
        slack = GUARD * max(abs(self.value), abs(self.tolerance))
        return low - slack <= number <= high + slack

    def _interval(self, value: float) -> tuple[float, float]:
        """nominal v±t; relative v±t·|v|; geometric v/(1+t) .. v·(1+t), whichever way round v's sign puts them."""
        tolerance = abs(self.tolerance)
        match self.tolerance_type:
            case "nominal":
                return value - tolerance, value + tolerance
            case "relative":
                return value - abs(value) * tolerance, value + abs(value) * tolerance
            case "geometric":
                low, high = sorted((value / (1 + tolerance), value * (1 + tolerance)))
                return low, high


class Unit(BaseModel):
    """A unit an answer may carry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: PlainText
    factor: DecimalNumber = (
        1.0  # how many of it make one of the unit the answers are given in: cm 100 where those are m
    )


class NumberResponse(Response):
    """What was typed, without the blanks around it, and the language of the page it was typed on."""

    text: Annotated[str, StringConstraints(max_length=TEXT_LIMIT)]
    language: Language = DEFAULT_LANGUAGE


class Number(Question[NumberResponse]):
    """One or more accepted numbers, in the order in which they are tried.

    With `units` the number is also compared after conversion. Without `unit_penalty` a unit may be left out or unknown;
    with it a wrong or missing unit costs that share of what the number earns.
    """

    response_model = NumberResponse

    type: Literal["number"] = "number"
    answers: tuple[NumberAnswer, ...]
    units: tuple[Unit, ...] = ()
    unit_penalty: Percent | None = None
    unit_position: Literal["after", "before", "either"] = "either"

    def faults(self) -> Iterator[Flaw]:
        if not self.answers:
            yield Flaw(("answers",), "answers_missing", {})
            return
        for index, answer in enumerate(self.answers):
            if answer.tolerance < 0:
                yield Flaw(
                    ("answers", index, "tolerance"), "tolerance_negative", {"tolerance": f"{answer.tolerance:g}"}
                )
        best = max(answer.fraction for answer in self.answers)
        if best < 100 * (1 - EPSILON):
            yield Flaw(("answers",), "full_mark_missing", {"best": f"{best:g}"})
        yield from self._unit_flaws()

    def _unit_flaws(self) -> Iterator[Flaw]:
        names = [unit.unit for unit in self.units]
        for index, unit in enumerate(self.units):
            if unit.factor <= 0:
                yield Flaw(("units", index, "factor"), "unit_factor", {"unit": unit.unit})
            if unit.unit in names[:index]:
                yield Flaw(("units", index, "unit"), "unit_twice", {"unit": unit.unit})
        if self.unit_penalty is not None and not self.units:
            yield Flaw(("unit_penalty",), "unit_penalty_unused", {})

    def read(self, fields: Fields, order: Sequence[int]) -> NumberResponse | None:
        """The field `text` holds what was typed, `language` the page's language; blanks alone are no answer."""
        text = typed_text(fields)
        if not text:
            return None
        said = fields.get("language", ())
        language = next((known for known in LANGUAGES if said and known == said[0]), DEFAULT_LANGUAGE)
        return NumberResponse(text=text, language=language)

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> NumberResponse | None:
        """Also what was typed, as a text or a number, or a map of `value` and `unit`; read as `language` writes it."""
        if is_blank(value) or is_stored(value, "text", "language"):
            return super().response_from_json(value, language)
        if is_stored(value, "value", "unit"):
            pieces = ["" if value[key] is None else scalar_text(value[key], language) for key in ("value", "unit")]
            typed = " ".join(reversed(pieces) if self.unit_position == "before" else pieces).strip()
        else:
            alone = value["text"] if is_stored(value, "text") else value
            typed = scalar_text(alone, language)
        text = typed[:TEXT_LIMIT].strip()
        return NumberResponse(text=text, language=language) if text else None

    def grade(self, response: NumberResponse) -> Grade:
        numeral = self.understood(response)
        if numeral is None:
            return INVALID
        answer, unit_right = self._matching(numeral)
        fraction = 0.0 if answer is None else answer.fraction / 100
        if self.units and not unit_right:
            fraction *= 1 - (self.unit_penalty or 0.0) / 100
        return Grade.of(fraction)

    def understood(self, response: NumberResponse) -> Numeral | None:
        """The number as read, with a unit before or after it; None where what was typed says something else."""
        numeral = read_numeral(response.text, STYLES[response.language])
        if numeral is None or (numeral.before and numeral.after):
            return None
        if numeral.before:
            fits = self.unit_position == "before" or (self.unit_position == "either" and self._factor(numeral.before))
        else:
            fits = not numeral.after or (self.unit_position != "before" and self._may_be_unit(numeral.after))
        return numeral if fits else None

    def _may_be_unit(self, text: str) -> bool:
        # "15 buku" is 15, whatever the units; "10:30", "1/2" and "15 - 20" are no number.
        return self._factor(text) is not None or (
            not any(sign.isdigit() for sign in text) and (text[0].isalpha() or text[0] in "%°$€£¥'\"")
        )

    def _factor(self, text: str) -> float | None:
        """The factor of a known unit: written the same, else the only one that differs in capitals alone."""
        exact = [unit.factor for unit in self.units if unit.unit == text]
        alike = [unit.factor for unit in self.units if _loosely(unit.unit) == _loosely(text)]
        found = exact or (alike if len(alike) == 1 else [])
        return found[0] if found and found[0] > 0 else None

    def _matching(self, numeral: Numeral) -> tuple[NumberAnswer | None, bool]:
        """The first answer that holds the number, converted or as it stands, and whether its unit is right."""
        factor = self._factor(numeral.before or numeral.after)
        for answer in self.answers:
            if factor is not None and answer.accepts(numeral.value / factor):
                return answer, True
            if answer.accepts(numeral.value):
                return answer, False
        return None, factor is not None

    def guess_score(self) -> float | None:
        """The worth of the value `*`, else 0."""
        return next((answer.fraction / 100 for answer in self.answers if answer.value == ANY), 0.0)

    def response_summary(self, response: NumberResponse, language: str) -> str:
        return response.text

    def right_answer_summary(self, language: str) -> str:
        """The first value worth all points, with the unit it is given in."""
        unit = next((unit.unit for unit in self.units if unit.factor == 1), "")
        for answer in self.answers:
            if answer.fraction > 100 * (1 - EPSILON) and answer.value != ANY:
                number = written(answer.value, language)
                gap = "" if unit == "%" else " "  # Indonesian and English write 75%
                return (f"{unit} {number}" if self.unit_position == "before" else f"{number}{gap}{unit}").strip()
        return ""

    def feedback(self, response: NumberResponse) -> tuple[LocalText, ...]:
        numeral = self.understood(response)
        answer = None if numeral is None else self._matching(numeral)[0]
        return () if answer is None or answer.feedback is None else (answer.feedback,)


def _loosely(unit: str) -> str:
    return unit.rstrip(".").casefold()
