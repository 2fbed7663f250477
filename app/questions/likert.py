"""Likert: how far a person agrees with statements, or how often or how well. A survey: never marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.questions.base import NOT_MARKED, Fields, Flaw, Grade, Question, Response, is_blank
from app.questions.natural import is_stored, scalar_text
from app.questions.options import CHOICE_LIMIT, Choice, names
from app.texts.local import DEFAULT_LANGUAGE, Language, LocalText
from app.texts.markdown import plain
from app.texts.scalars import Slug

STATEMENTS_LIMIT: Final = 200  # of a response
LABELS: Final = range(2, 12)  # how many labels a scale may have

Scale = Literal["agreement-5", "frequency-5", "satisfaction-5"]

SCALES: Final[Mapping[Scale, tuple[LocalText, ...]]] = MappingProxyType(
    {
        "agreement-5": (
            LocalText("Sangat tidak setuju", "Strongly disagree"),
            LocalText("Tidak setuju", "Disagree"),
            LocalText("Netral", "Neutral"),
            LocalText("Setuju", "Agree"),
            LocalText("Sangat setuju", "Strongly agree"),
        ),
        "frequency-5": (
            LocalText("Tidak pernah", "Never"),
            LocalText("Jarang", "Rarely"),
            LocalText("Kadang-kadang", "Sometimes"),
            LocalText("Sering", "Often"),
            LocalText("Selalu", "Always"),
        ),
        "satisfaction-5": (
            LocalText("Sangat tidak puas", "Very dissatisfied"),
            LocalText("Tidak puas", "Dissatisfied"),
            LocalText("Netral", "Neutral"),
            LocalText("Puas", "Satisfied"),
            LocalText("Sangat puas", "Very satisfied"),
        ),
    }
)


class Statement(BaseModel):
    """One line to judge."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug | None = None  # what reports over several revisions match by; without it, the text
    text: LocalText


class LikertResponse(Response):
    """For each statement the index of the label chosen; None where none was; a text where what was sent names none."""

    answers: Annotated[tuple[Choice | None, ...], Field(max_length=STATEMENTS_LIMIT)]


class Likert(Question[LikertResponse]):
    """Statements, each judged on one scale: a known one, or the author's own `labels` from low to high."""

    response_model = LikertResponse
    unanswered = NOT_MARKED

    type: Literal["likert"] = "likert"
    statements: tuple[Statement, ...]
    scale: Scale | None = None  # without it and without labels: agreement-5
    labels: tuple[LocalText, ...] = ()

    @property
    def points_of_scale(self) -> tuple[LocalText, ...]:
        """The labels that are offered, from low to high."""
        return self.labels or SCALES[self.scale or "agreement-5"]

    def faults(self) -> Iterator[Flaw]:
        if not self.statements:
            yield Flaw(("statements",), "statements_missing", {})
        seen: set[str] = set()
        for index, statement in enumerate(self.statements):
            if statement.id in seen:
                yield Flaw(("statements", index, "id"), "statement_twice", {"id": statement.id})
            elif statement.id is not None:
                seen.add(statement.id)
        if self.labels and self.scale is not None:
            yield Flaw(("scale",), "scale_unused", {})
        if self.labels and len(self.labels) not in LABELS:
            yield Flaw(("labels",), "label_count", {"least": LABELS.start, "most": LABELS.stop - 1})

    def read(self, fields: Fields, order: Sequence[int]) -> LikertResponse | None:
        """The fields `statement-0`, `statement-1` … hold the position of the label, both from 0."""
        given = (fields.get(f"statement-{index}", ()) for index in range(len(self.statements)))
        return self._response([self._label_at(values[0]) if values and values[0] else None for values in given])

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> LikertResponse | None:
        """Also a list of labels, or of their numbers from 1, in the order of the statements; or a map of them by the
        statement's text, id or number from 1. Raises ValueError on a label or statement that there is not.
        """
        if is_blank(value) or is_stored(value, "answers"):
            return super().response_from_json(value, language)
        answers: list[Choice | None] = [None] * len(self.statements)
        if isinstance(value, Mapping):
            for name, label in value.items():
                answers[self._statement_named(str(name))] = self._label_named(label)
        elif isinstance(value, list) and len(value) <= len(answers):
            answers[: len(value)] = [self._label_named(each) for each in value]
        else:
            raise ValueError("a map of statements and labels, or a list of labels, is expected")
        return self._response(answers)

    def _response(self, answers: Sequence[Choice | None]) -> LikertResponse | None:
        if all(each is None for each in answers):
            return None
        return LikertResponse(answers=tuple(answers[:STATEMENTS_LIMIT]))

    def _label_at(self, position: str) -> Choice:
        known = {str(index): index for index in range(len(self.points_of_scale))}
        return known.get(position, position.replace("\x00", "")[:CHOICE_LIMIT])

    def _label_named(self, value: object) -> int | None:
        if is_blank(value):
            return None
        typed = scalar_text(value, "en")
        for index, label in enumerate(self.points_of_scale):
            if names(label, typed) or str(index + 1) == typed:
                return index
        raise ValueError(f"no such label: {typed[:CHOICE_LIMIT]}")

    def _statement_named(self, typed: str) -> int:
        for index, statement in enumerate(self.statements):
            if names(statement.text, typed) or typed in (statement.id, str(index + 1)):
                return index
        raise ValueError(f"no such statement: {typed[:CHOICE_LIMIT]}")

    def grade(self, response: LikertResponse) -> Grade:
        """Never marked, also where something else was sent: an opinion costs no points."""
        return NOT_MARKED

    def guess_score(self) -> float | None:
        return None

    def response_summary(self, response: LikertResponse, language: str) -> str:
        """Each statement that was judged, with the label."""
        told = [
            f"{plain(statement.text.in_(language))}: {self._label(answer, language)}"
            for statement, answer in zip(self.statements, response.answers, strict=False)
            if answer is not None
        ]
        return "; ".join(told)

    def _label(self, answer: Choice, language: str) -> str:
        labels = self.points_of_scale
        known = isinstance(answer, int) and 0 <= answer < len(labels)
        return plain(labels[int(answer)].in_(language)) if known else str(answer)

    def right_answer_summary(self, language: str) -> str:
        """Nothing: there is no right opinion."""
        return ""
