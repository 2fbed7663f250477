"""What every kind of question shares, and what each must be able to do."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Annotated, Any, ClassVar, Generic, Literal, NamedTuple, Self, cast

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from typing_extensions import TypeVar

from app.texts.local import DEFAULT_LANGUAGE, Language, LocalText
from app.texts.scalars import Flag, Percent, PlainText, Slug, read_number, within

HINTS_LIMIT = 10
EPSILON = 1e-6  # a fraction nearer than this to 0 or 1 counts as wrong or right

Fields = Mapping[str, Sequence[str]]  # a form's fields: name -> every value given, in order


class Outcome(StrEnum):
    """How one answer came out, in words that staff and learners share."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    GAVE_UP = "gave_up"  # nothing was answered
    INVALID = "invalid"  # something was given that cannot be understood
    NEEDS_MARKING = "needs_marking"  # a person has to mark it
    NOT_MARKED = "not_marked"  # nobody ever will: a text, a survey
    CREDITED = "credited"  # a bad question that counts as right for everybody, whatever was answered
    LEFT_OUT = "left_out"  # a bad question that does not count


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth. `fraction` of the question's points: 1.0 is all, below 0 only with negative weights.

    None exactly where no program can tell: a person has to mark it, it is never marked, or it was left out.
    """

    fraction: float | None
    outcome: Outcome

    @classmethod
    def of(cls, fraction: float) -> Grade:
        """The grade of a fraction, its outcome told by the bounds EPSILON and 1 - EPSILON."""
        if fraction < EPSILON:
            return cls(fraction, Outcome.WRONG)
        if fraction > 1 - EPSILON:
            return cls(fraction, Outcome.RIGHT)
        return cls(fraction, Outcome.PARTIAL)


GAVE_UP = Grade(0.0, Outcome.GAVE_UP)
INVALID = Grade(0.0, Outcome.INVALID)
NEEDS_MARKING = Grade(None, Outcome.NEEDS_MARKING)
NOT_MARKED = Grade(None, Outcome.NOT_MARKED)


class Part(NamedTuple):
    """One part of an answer, as interactive mode counts it back: what it weighs among the parts, what it earns."""

    weight: float  # above 0; only its share of the sum counts
    fraction: float  # 0.0 .. 1.0 of the part


class Hint(BaseModel):
    """What interactive mode says after a try that was not right, before the next; frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: LocalText
    clear_wrong: Flag = False  # what is wrong is emptied for the next try
    show_number_correct: Flag = False


class Response(BaseModel):
    """What a person answered, frozen. Stored as JSON by `model_dump(mode="json")`, read back by `response_of`."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Flaw(NamedTuple):
    """What a question's parts do wrong together. `code` is one of `app.questions.flaws`, which has its sentence."""

    path: tuple[str | int, ...]  # into the question as written: keys and positions, from 0
    code: str
    values: Mapping[str, object]


Difficulty = Literal["easy", "medium", "hard"]
Points = Annotated[
    float,
    PlainValidator(within(read_number, 0.1, 100.0)),
    WithJsonSchema({"type": "number", "minimum": 0.1, "maximum": 100}),
]
AnyResponse = TypeVar("AnyResponse", bound=Response, default=Any)  # "Question" alone means a question of any kind


class Question(BaseModel, Generic[AnyResponse]):
    """One question as its author wrote it; frozen. Texts are Markdown (inline), rendered by the page.

    Made valid by its fields alone; what its parts do wrong together (no right option …) is told by `faults`, so that a
    caller can place each of them. Grading is total even for a question with faults.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    response_model: ClassVar[type[Response]]
    unanswered: ClassVar[Grade] = GAVE_UP  # what giving no answer comes to
    asks: ClassVar[bool] = True  # False: a text alone, to which nothing can be answered
    by_hand: ClassVar[bool] = False  # True: an answer waits for a person's mark

    type: str  # the kind's name in `app.questions.registry.KINDS`
    id: Slug
    competency: PlainText | None = None
    difficulty: Difficulty = "medium"
    tags: tuple[Slug, ...] = ()
    points: Points = 1.0  # what a full answer is worth in the quiz
    text: LocalText
    explanation: LocalText | None = None
    hints: Annotated[tuple[Hint, ...], Field(max_length=HINTS_LIMIT)] = ()  # each allows one more try
    penalty: Percent | None = None  # of the points for each try before; None: a third

    @property
    def said_difficulty(self) -> Difficulty | None:
        """The difficulty that its author named; None where nothing was said and the usual one is shown."""
        return self.difficulty if "difficulty" in self.model_fields_set else None

    @property
    def checkable(self) -> bool:
        """Whether a program can tell at once what an answer is worth."""
        return not self.by_hand and self.unanswered is not NOT_MARKED

    def faults(self) -> Iterator[Flaw]:
        """What is wrong between the question's parts; nothing where it can be asked and answered in full."""
        return iter(())

    def order(self, chance: Random | None) -> tuple[int, ...]:
        """Positions -> option indexes, drawn once per attempt; None: as written; () for a kind without options."""
        return ()

    @abstractmethod
    def read(self, fields: Fields, order: Sequence[int]) -> AnyResponse | None:
        """A form's fields -> the response, or None where nothing was given. Never raises.

        Fields name what was shown (positions), the response names options of the question (indexes).
        Text that cannot be understood is kept as typed; grading calls it invalid.
        """

    @abstractmethod
    def grade(self, response: AnyResponse) -> Grade:
        """What the response is worth. Total: any response of this kind's model gets a grade."""

    @abstractmethod
    def guess_score(self) -> float | None:
        """The fraction expected from answering at random; None where it is not defined."""

    def blind_score(self) -> float:
        """What a blind guess earns on the average (0..1), as competency scores count it: the guess score, 0 where that
        is not defined. Overridden where blind guesses can be counted all the same.
        """
        return min(1.0, max(0.0, self.guess_score() or 0.0))

    @abstractmethod
    def response_summary(self, response: AnyResponse, language: str) -> str:
        """The answer in one line of plain text, as the learner gave it."""

    @abstractmethod
    def right_answer_summary(self, language: str) -> str:
        """The full-mark answer in one line of plain text."""

    def paper_key(self, order: Sequence[int], language: str) -> str:
        """The full-mark answer in the way a printed sheet with this order asks for it: a letter, a number in a box."""
        return self.right_answer_summary(language)

    @staticmethod
    def letter(position: int) -> str:
        """What a choice at a position, from 0, is called where choices go by letters: A .. Z, AA .. AZ, BA …"""
        first = chr(ord("A") + (position // 26 - 1) % 26) if position >= 26 else ""
        return first + chr(ord("A") + position % 26)

    def parts(self, response: AnyResponse) -> tuple[Part, ...]:
        """What each part of the answer earns, in the order of the question; () for a kind without parts."""
        return ()

    def parts_by_try(self, responses: Sequence[AnyResponse]) -> tuple[tuple[Part, ...], ...]:
        """The parts of the answers of several tries, first try first.

        Overridden where what a part earns in one try depends on the others.
        """
        return tuple(self.parts(response) for response in responses)

    def without_wrong(self, response: AnyResponse) -> AnyResponse | None:
        """The answer with what is wrong in it emptied, for another try; None: nothing of it is left."""
        return None

    def feedback(self, response: AnyResponse) -> tuple[LocalText, ...]:
        """What the author says to this answer, in the order of the parts it touches; often nothing."""
        return ()

    def carried(self, response: AnyResponse, earlier: Self) -> AnyResponse:
        """An answer to an `earlier` version of this question as an answer to this one: what was typed stays as it is.

        Overridden where a response names parts of the question. Raises carrying.NotCarried rather than guess.
        """
        return response

    def response_of(self, stored: Mapping[str, object] | None) -> AnyResponse | None:
        """A stored JSON response -> this kind's response; None stays None. Raises ValidationError on another kind's."""
        return None if stored is None else cast(AnyResponse, self.response_model.model_validate(stored))

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> AnyResponse | None:
        """JSON from outside -> this kind's response: the stored form, or what a person would write.

        None, "" and an empty list or map give None: nothing was answered. What names nothing of the question is kept
        and grades invalid, as from a form. Raises ValidationError or ValueError on a shape that this kind never takes.
        """
        if is_blank(value):
            return None
        return cast(AnyResponse, self.response_model.model_validate(value))


def is_blank(value: object) -> bool:
    """True where a value from JSON answers nothing: null, blanks, an empty list or map."""
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())
