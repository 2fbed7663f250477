"""How well a person remembers the answer to a question: a card, folded from every answer they gave to it. Pure.

The arithmetic is FSRS (Free Spaced Repetition Scheduler, version 6) as the package `fsrs` ships it, with its published
parameters. Everything that would make two folds of the same answers differ is off: no fuzz, no steps of minutes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler, State

from app.questions.base import Grade, Outcome

RETENTION: Final = 0.9  # a question is due when the chance to remember its answer has fallen to this
LONGEST: Final = 365  # days until it is asked again at the latest, however well it is known

_SCHEDULER: Final = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),  # practice is daily: a step is a day at least
    relearning_steps=(),
    maximum_interval=LONGEST,
    enable_fuzzing=False,
)


class Review(NamedTuple):
    """One answer of a person to a question, as far as it tells how well it is remembered."""

    question: str  # its address
    at: datetime  # aware, UTC
    rating: int  # Rating: 1 again .. 4 easy


class Card(NamedTuple):
    """What is known of one person and question after the last answer.

    `stability`: days in which the chance to remember falls from 1 to 0.9; `difficulty` 1.0 .. 10.0.
    """

    question: str  # its address
    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime
    reviews: int  # answers it was folded from


def rating_of(fraction: float, *, sure: bool) -> int:
    """An answer's share of the points -> how well it was remembered. `sure`: the learner said to be very sure of it."""
    outcome = Grade.of(fraction).outcome
    if outcome is Outcome.RIGHT:
        return Rating.Easy.value if sure else Rating.Good.value
    return Rating.Hard.value if outcome is Outcome.PARTIAL else Rating.Again.value


def cards_from(reviews: Iterable[Review]) -> dict[str, Card]:
    """One person's answers, in any order -> the card of each question. Those of one moment count the worst first."""
    by_question: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        by_question[review.question].append(review)
    return {question: _folded(question, sorted(each)) for question, each in by_question.items()}


def retrievability(card: Card, now: datetime) -> float:
    """The chance, 0.0 .. 1.0, that the answer is still remembered; it falls by whole days since the last one."""
    return float(_SCHEDULER.get_card_retrievability(_as_fsrs(card), now))


def _folded(question: str, reviews: list[Review]) -> Card:
    first = reviews[0].at
    card = FsrsCard(card_id=0, due=first)
    for review in reviews:
        card, _ = _SCHEDULER.review_card(card, Rating(review.rating), review.at)
    assert card.stability is not None and card.difficulty is not None and card.last_review is not None  # noqa: S101
    return Card(question, card.stability, card.difficulty, card.last_review, card.due, len(reviews))


def _as_fsrs(card: Card) -> FsrsCard:
    return FsrsCard(
        card_id=0,
        state=State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due_at,
        last_review=card.reviewed_at,
    )
