"""Short text: a word or a few, compared with patterns; the first that matches decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.questions.base import EPSILON, Fields, Flaw, Grade, Question, Response, is_blank
from app.questions.natural import is_stored, scalar_text
from app.texts.local import DEFAULT_LANGUAGE, Language, LocalText
from app.texts.scalars import Flag, Percent

TEXT_LIMIT: Final = 500  # characters of a response; the page's field says the same

_STAR = re.compile(r"(?<!\\)\*")  # `\*` is a star, `*` stands for any text


class TextAnswer(BaseModel):
    """A pattern and what it earns. A pattern in two languages matches in either, whatever the page's language was."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: LocalText
    fraction: Percent = 100.0  # of the points
    feedback: LocalText | None = None

    def shown(self, language: str) -> str:
        """The pattern as a trainer reads it."""
        return self.text.in_(language)

    def matches(self, typed: str, *, case_sensitive: bool) -> bool:
        """True where one of the pattern's languages covers the whole of `typed`."""
        return any(matches(pattern, typed, case_sensitive=case_sensitive) for _, pattern in self.text.items())


class ShortTextResponse(Response):
    """What was typed, without the blanks around it."""

    text: Annotated[str, StringConstraints(max_length=TEXT_LIMIT)]


class ShortText(Question[ShortTextResponse]):
    """One or more accepted answers, in the order in which they are tried."""

    response_model = ShortTextResponse

    type: Literal["short-text"] = "short-text"
    answers: tuple[TextAnswer, ...]
    case_sensitive: Flag = False

    def faults(self) -> Iterator[Flaw]:
        if not self.answers:
            yield Flaw(("answers",), "answers_missing", {})
            return
        seen: set[tuple[str, str | None]] = set()
        for index, answer in enumerate(self.answers):
            if any(not pattern.strip() for _, pattern in answer.text.items()):
                yield Flaw(("answers", index, "text"), "answer_empty", {})
            forms = (self._form(answer.text.id), answer.text.en and self._form(answer.text.en))
            if forms in seen:
                yield Flaw(("answers", index), "answer_twice", {"text": answer.text.id})
            seen.add(forms)
        best = max(answer.fraction for answer in self.answers)
        if best < 100 * (1 - EPSILON):
            yield Flaw(("answers",), "full_mark_missing", {"best": f"{best:g}"})

    def _form(self, text: str) -> str:
        return comparable(text, case_sensitive=self.case_sensitive)

    def read(self, fields: Fields, order: Sequence[int]) -> ShortTextResponse | None:
        """The field `text` holds what was typed; blanks alone are no answer."""
        text = typed_text(fields)
        return ShortTextResponse(text=text) if text else None

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> ShortTextResponse | None:
        """Also what was typed, as a text or a number."""
        if is_blank(value) or is_stored(value, "text"):
            return super().response_from_json(value, language)
        text = scalar_text(value, "en")[:TEXT_LIMIT].strip()
        return ShortTextResponse(text=text) if text else None

    def _matching(self, typed: str) -> TextAnswer | None:
        for answer in self.answers:
            if answer.matches(typed, case_sensitive=self.case_sensitive):
                return answer
        return None

    def grade(self, response: ShortTextResponse) -> Grade:
        answer = self._matching(response.text)
        return Grade.of(0.0 if answer is None else answer.fraction / 100)

    def guess_score(self) -> float | None:
        """The worth of a pattern that takes anything, else 0."""
        return next((answer.fraction / 100 for answer in self.answers if answer.text.id.strip() == "*"), 0.0)

    def response_summary(self, response: ShortTextResponse, language: str) -> str:
        return response.text

    def right_answer_summary(self, language: str) -> str:
        """The first answer worth all points, one without a wildcard if there is any."""
        full = [answer.text.in_(language) for answer in self.answers if answer.fraction > 100 * (1 - EPSILON)]
        plain_ones = [text for text in full if not _STAR.search(text)]
        return next((_STAR.sub("…", text).replace(r"\*", "*") for text in plain_ones or full), "")

    def feedback(self, response: ShortTextResponse) -> tuple[LocalText, ...]:
        answer = self._matching(response.text)
        return () if answer is None or answer.feedback is None else (answer.feedback,)


def typed_text(fields: Fields) -> str:
    """The field `text` without the blanks around it, at most TEXT_LIMIT characters; '' where nothing was typed."""
    values = fields.get("text", ())
    return values[0].replace("\x00", "").strip()[:TEXT_LIMIT].strip() if values else ""


def comparable(text: str, *, case_sensitive: bool) -> str:
    """The form in which texts are compared: NFC, trimmed, runs of blanks one space, case folded unless it counts."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return text if case_sensitive else unicodedata.normalize("NFC", text.casefold())


def matches(pattern: str, typed: str, *, case_sensitive: bool) -> bool:
    """True where `pattern` covers the whole of `typed`: `*` stands for any text, also none; `\\*` is a star.

    Takes the pieces between the stars from left to right, each at its first place: no backtracking, so the time is
    bounded by the product of the lengths whatever the pattern.
    """
    text = comparable(typed, case_sensitive=case_sensitive)
    form = comparable(pattern, case_sensitive=case_sensitive)
    head, *middle = (piece.replace(r"\*", "*") for piece in _STAR.split(form))
    if not middle:
        return text == head
    tail = middle.pop()
    if len(text) < len(head) + len(tail) or not text.startswith(head) or not text.endswith(tail):
        return False
    place, end = len(head), len(text) - len(tail)
    for piece in middle:
        found = text.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True
