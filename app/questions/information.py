"""Information: a text between questions. It asks nothing and is never marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from app.questions.base import NOT_MARKED, Fields, Grade, Question, Response
from app.texts.local import DEFAULT_LANGUAGE, Language


class InformationResponse(Response):
    """Nothing: there is none to give."""


class Information(Question[InformationResponse]):
    """The text alone."""

    response_model = InformationResponse
    unanswered = NOT_MARKED
    asks = False

    type: Literal["information"] = "information"

    def read(self, fields: Fields, order: Sequence[int]) -> InformationResponse | None:
        """None, whatever is sent."""
        return None

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> InformationResponse | None:
        """None, whatever it is."""
        return None

    def grade(self, response: InformationResponse) -> Grade:
        return NOT_MARKED

    def guess_score(self) -> float | None:
        return None

    def response_summary(self, response: InformationResponse, language: str) -> str:
        return ""

    def right_answer_summary(self, language: str) -> str:
        return ""
