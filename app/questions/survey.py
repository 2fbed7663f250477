"""Questions of a survey: kinds that quizzes have too, without what marks need. No answer is right, none is marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from app.questions.base import NOT_MARKED, Fields, Flaw, Grade, Question
from app.questions.essay import Essay, EssayResponse, Lines
from app.questions.information import Information
from app.questions.likert import Likert, LikertResponse, Statement
from app.questions.multiple import Multiple, MultipleResponse
from app.questions.options import Option, option_at, option_flaws
from app.questions.single import Single, SingleResponse
from app.texts.local import LocalText
from app.texts.scalars import Flag

WORDS_LIMIT: Final = 2000  # characters of an open answer; the page's field says the same

# Keys of these kinds that mean nothing where nothing is marked, in a question and in its options: a fault in a survey.
UNUSED_KEYS: Final = frozenset(
    {
        "competency", "difficulty", "tags", "points", "explanation", "hints", "penalty", "shuffle", "scoring", "rubric",
        "min_words", "max_words", "correct", "weight", "feedback",
    }
)  # fmt: skip


class Part(NamedTuple):
    """A statement, label or option. `key` names it over revisions: its id, else its Indonesian text."""

    key: str
    text: LocalText


ALONE: Final = (Part("", LocalText.plain("")),)  # the only row of a question that has no statements


class SurveyLikert(Likert):
    """Statements judged on one scale."""

    required: Flag = False

    @property
    def rows(self) -> tuple[Part, ...]:
        """What is judged."""
        return _parts(self.statements)

    @property
    def columns(self) -> tuple[Part, ...]:
        """What it may be judged to be, from low to high."""
        return tuple(Part(label.id, label) for label in self.points_of_scale)

    def chosen(self, response: LikertResponse) -> tuple[tuple[int, ...], ...] | None:
        """For each row the columns that were chosen; None where something else was sent."""
        known = range(len(self.points_of_scale))
        answers = response.answers
        if len(answers) != len(self.statements) or any(each is not None and each not in known for each in answers):
            return None
        return tuple(() if each is None else (int(each),) for each in answers)


class SurveyEssay(Essay):
    """An open question."""

    by_hand = False
    unanswered = NOT_MARKED

    required: Flag = False
    lines: Lines = 4  # height of the field

    def read(self, fields: Fields, order: Sequence[int]) -> EssayResponse | None:
        """The field `text`, up to WORDS_LIMIT characters."""
        found = super().read(fields, order)
        return found and EssayResponse(text=found.text[:WORDS_LIMIT].strip())

    def grade(self, response: EssayResponse) -> Grade:
        return NOT_MARKED


class _HasOptions(Protocol):
    @property
    def options(self) -> Sequence[Option]: ...


class _AnyOption:
    """One row of options, none of which is right."""

    unanswered = NOT_MARKED

    @property
    def rows(self) -> tuple[Part, ...]:
        """One."""
        return ALONE

    @property
    def columns(self: _HasOptions) -> tuple[Part, ...]:
        """The options."""
        return _parts(self.options)

    def faults(self: _HasOptions) -> Iterator[Flaw]:
        yield from option_flaws(self.options)

    def grade(self, response: Any) -> Grade:
        return NOT_MARKED


class SurveySingle(_AnyOption, Single):
    """One of several options."""

    required: Flag = False

    def chosen(self, response: SingleResponse) -> tuple[tuple[int, ...], ...] | None:
        """The option that was chosen; None where something else was sent."""
        return _indexes(self.options, [response.choice])


class SurveyMultiple(_AnyOption, Multiple):
    """Any number of several options."""

    required: Flag = False

    def chosen(self, response: MultipleResponse) -> tuple[tuple[int, ...], ...] | None:
        """The options that were ticked; None where something else was sent."""
        return _indexes(self.options, response.choices)


Closed: TypeAlias = SurveyLikert | SurveySingle | SurveyMultiple
Asked: TypeAlias = Closed | SurveyEssay
SurveyQuestion: TypeAlias = Asked | Information

IN_SURVEYS: Final[Mapping[str, type[Question[Any]]]] = MappingProxyType(
    {
        "likert": SurveyLikert,
        "essay": SurveyEssay,
        "single": SurveySingle,
        "multiple": SurveyMultiple,
        "information": Information,
    }
)


def _parts(written: Iterable[Statement | Option]) -> tuple[Part, ...]:
    """Each with a key of its own, also where two texts are the same."""
    found: dict[str, LocalText] = {}
    for each in written:
        key = each.id or each.text.id
        while key in found:
            key += "'"
        found[key] = each.text
    return tuple(Part(*each) for each in found.items())


def _indexes(options: Sequence[Option], choices: Sequence[int | str]) -> tuple[tuple[int, ...], ...] | None:
    found = tuple(each for each in choices if isinstance(each, int) and option_at(options, each) is not None)
    return (found,) if len(found) == len(choices) else None
