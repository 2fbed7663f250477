"""A card is the fold of the answers to a question: what each says, what follows, and what never does. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import isclose, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.repetition.rules.cards import LONGEST, RETENTION, Card, Review, cards_from, rating_of, retrievability

EIGHT = datetime(2026, 11, 22, 0, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
DECAY = 0.1542  # FSRS-6's published w20


def after(days: float) -> datetime:
    return EIGHT + timedelta(days=days)


def card_of(*answers: tuple[float, int]) -> Card:
    """The card of one question answered on these days, so well."""
    return cards_from(Review("a", after(day), rating) for day, rating in answers)["a"]


@pytest.mark.parametrize(
    ("fraction", "sure", "rating"),
    [(0.0, False, AGAIN), (-0.5, False, AGAIN), (0.0, True, AGAIN), (0.25, False, HARD), (0.99, True, HARD),
     (1.0, False, GOOD), (1 - 1e-9, False, GOOD), (1.0, True, EASY)],
)  # fmt: skip
def test_an_answer_says_how_well_it_was_remembered(fraction: float, sure: bool, rating: int) -> None:
    assert rating_of(fraction, sure=sure) == rating


@pytest.mark.parametrize(
    ("rating", "stability", "days"),
    [(AGAIN, 0.212, 1), (HARD, 1.2931, 1), (GOOD, 2.3065, 2), (EASY, 8.2956, 8)],  # FSRS-6's published w0 .. w3
)
def test_the_first_answer_sets_when_the_question_comes_again(rating: int, stability: float, days: int) -> None:
    card = card_of((0, rating))
    assert card.stability == stability and card.reviews == 1
    assert card.due_at == after(days)


def test_what_is_remembered_falls_as_the_published_curve_says() -> None:
    card = card_of((0, GOOD))
    factor = 0.9 ** (-1 / DECAY) - 1
    for days in (0, 1, 2, 10, 300):
        expected = (1 + factor * days / 2.3065) ** -DECAY
        assert isclose(retrievability(card, after(days)), expected, rel_tol=1e-9)
    assert retrievability(card, after(-5)) == 1.0, "a clock that was put back"


def test_a_question_known_again_and_again_comes_more_and_more_rarely_and_a_missed_one_soon() -> None:
    known = [card_of(*((day, GOOD) for day in days)) for days in ((0,), (0, 2), (0, 2, 13), (0, 2, 13, 60))]
    pauses = [(each.due_at - each.reviewed_at).days for each in known]
    assert pauses == sorted(set(pauses)) and pauses[-1] > 60
    years = card_of(*((day, EASY) for day in (0, 8, 100, 500, 1500)))
    assert years.due_at - years.reviewed_at == timedelta(days=LONGEST), "at the latest after a year"
    missed = card_of((0, GOOD), (2, GOOD), (13, GOOD), (60, AGAIN))
    assert (missed.due_at - missed.reviewed_at).days < 10
    assert missed.difficulty > known[-1].difficulty


def test_questions_are_told_apart_and_those_without_an_answer_have_no_card() -> None:
    cards = cards_from([Review("a", EIGHT, GOOD), Review("b", EIGHT, AGAIN), Review("a", after(2), AGAIN)])
    assert {name: card.reviews for name, card in cards.items()} == {"a": 2, "b": 1}
    assert cards_from([]) == {}


ANSWERS = st.lists(
    st.tuples(st.integers(0, 5_000_000), st.integers(AGAIN, EASY)),  # minutes: within ten years, often close together
    min_size=1,
    max_size=40,
)


@given(ANSWERS, st.randoms(use_true_random=False), st.integers(0, 100_000))
def test_whatever_was_answered_in_whatever_order_the_card_is_the_same_and_can_be_used(
    answers: list[tuple[int, int]], chance: object, later: int
) -> None:
    reviews = [Review("a", EIGHT + timedelta(minutes=at), rating) for at, rating in answers]
    card = cards_from(reviews)["a"]
    chance.shuffle(reviews)  # type: ignore[attr-defined]
    assert cards_from(reviews)["a"] == card
    assert isfinite(card.stability) and card.stability > 0 and 1 <= card.difficulty <= 10
    assert card.reviews == len(answers) and card.reviewed_at == EIGHT + timedelta(minutes=max(answers)[0])
    assert 1 <= (card.due_at - card.reviewed_at).days <= LONGEST
    assert 0 < retrievability(card, card.reviewed_at + timedelta(minutes=later)) <= 1


@given(ANSWERS)
def test_a_question_is_due_when_its_chance_has_fallen_to_the_wanted_one(answers: list[tuple[int, int]]) -> None:
    card = cards_from(Review("a", EIGHT + timedelta(minutes=at), rating) for at, rating in answers)["a"]
    pause = card.due_at - card.reviewed_at
    if timedelta(days=1) < pause < timedelta(days=LONGEST):  # whole days: half a day either way
        assert retrievability(card, card.due_at + timedelta(days=1)) < RETENTION
        assert retrievability(card, card.due_at - timedelta(days=1)) > RETENTION
