"""True or false: one statement to judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from pydantic import StrictBool

from app.questions.base import INVALID, Fields, Grade, Question, Response, is_blank
from app.questions.natural import is_stored, scalar_text
from app.questions.options import CHOICE_LIMIT
from app.texts.local import DEFAULT_LANGUAGE, Language, LocalText
from app.texts.scalars import Flag

WORDS: Final = {True: LocalText("Benar", "True"), False: LocalText("Salah", "False")}


class TrueFalseResponse(Response):
    """The judgement; a text where something else was sent."""

    choice: StrictBool | str


class TrueFalse(Question[TrueFalseResponse]):
    """The statement is `text`, and `answer` says whether it holds."""

    response_model = TrueFalseResponse

    type: Literal["true-false"] = "true-false"
    answer: Flag
    feedback_true: LocalText | None = None  # for who chose "true", right or not
    feedback_false: LocalText | None = None

    def word(self, choice: bool, language: str) -> str:
        """What the option says."""
        return WORDS[choice].in_(language)

    def read(self, fields: Fields, order: Sequence[int]) -> TrueFalseResponse | None:
        """The field `choice` holds `true` or `false`."""
        values = [value for value in fields.get("choice", ()) if value]
        if not values:
            return None
        if values in (["true"], ["false"]):
            return TrueFalseResponse(choice=values == ["true"])
        return TrueFalseResponse(choice=", ".join(values).replace("\x00", "")[:CHOICE_LIMIT])

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> TrueFalseResponse | None:
        """Also true or false, or the word for it in either language."""
        if is_blank(value) or is_stored(value, "choice"):
            return super().response_from_json(value, language)
        if isinstance(value, bool):
            return TrueFalseResponse(choice=value)
        typed = scalar_text(value, language)
        for choice, word in WORDS.items():
            if typed.casefold() in {word.id.casefold(), word.in_("en").casefold()}:
                return TrueFalseResponse(choice=choice)
        return TrueFalseResponse(choice=typed[:CHOICE_LIMIT])

    def grade(self, response: TrueFalseResponse) -> Grade:
        if isinstance(response.choice, str):
            return INVALID
        return Grade.of(1.0 if response.choice == self.answer else 0.0)

    def guess_score(self) -> float | None:
        return 0.5

    def response_summary(self, response: TrueFalseResponse, language: str) -> str:
        return response.choice if isinstance(response.choice, str) else WORDS[response.choice].in_(language)

    def right_answer_summary(self, language: str) -> str:
        return WORDS[self.answer].in_(language)

    def feedback(self, response: TrueFalseResponse) -> tuple[LocalText, ...]:
        if isinstance(response.choice, str):
            return ()
        said = self.feedback_true if response.choice else self.feedback_false
        return () if said is None else (said,)
