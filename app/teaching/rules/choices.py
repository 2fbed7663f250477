"""Questions whose answers are options to choose from, as item analysis counts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.questions.base import Question, Response
from app.questions.carrying import NotCarried
from app.questions.multiple import Multiple, MultipleResponse
from app.questions.options import option_at
from app.questions.single import Single, SingleResponse
from app.questions.true_false import WORDS, TrueFalse, TrueFalseResponse
from app.texts.local import LocalText

_JUDGEMENTS = (True, False)  # of a true or false question, in the order shown


@dataclass(frozen=True, slots=True)
class Choosable:
    """An option. `letter` names it in tables and pictures: A is the first that its author wrote."""

    letter: str
    text: LocalText
    right: bool


def choosable(question: Question) -> tuple[Choosable, ...]:
    """The options of a question, in its author's order; () for a kind without any."""
    match question:
        case Single() | Multiple():
            texts = [(option.text, index in question.keys) for index, option in enumerate(question.options)]
        case TrueFalse():
            texts = [(WORDS[each], each == question.answer) for each in _JUDGEMENTS]
        case _:
            texts = []
    return tuple(Choosable(Question.letter(place), text, right) for place, (text, right) in enumerate(texts))


def chosen_in(question: Question, response: Response) -> frozenset[int]:
    """The indexes of the options that an answer chose; none where it named no option."""
    match question, response:
        case Single(), SingleResponse():
            picked: tuple[Any, ...] = (response.choice,)
        case Multiple(), MultipleResponse():
            picked = response.choices
        case TrueFalse(), TrueFalseResponse():
            return frozenset({_JUDGEMENTS.index(response.choice)} if isinstance(response.choice, bool) else ())
        case _:
            return frozenset()
    return frozenset(each for each in picked if option_at(question.options, each) is not None)


def response_now(question: Question, stored: Mapping[str, Any], earlier: Question | None) -> Response | None:
    """An answer to an `earlier` version of the question (None: to this one) as an answer to this one.

    None where it cannot be: what was chosen then is not there any more.
    """
    if earlier is None or earlier == question:
        return question.response_of(stored)
    if type(earlier) is not type(question):
        return None
    response = earlier.response_of(stored)
    try:
        return None if response is None else question.carried(response, earlier)
    except NotCarried:
        return None
