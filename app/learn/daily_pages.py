"""The daily practice as its learner sees it: the page that leads into a round and out of it, and each question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from app.content.review import ALL
from app.learn.access import open_courses
from app.learn.quiz_pages import Asked, asked_part
from app.questions.base import Outcome, Response
from app.questions.outcomes import OUTCOME_WORDS
from app.questions.registry import scripts_of
from app.quizzes.rules.review import WHILE_ANSWERING
from app.repetition.queries.askable import Askable, askable
from app.repetition.queries.cards import shown_cards, takes_part
from app.repetition.queries.rounds import Round, round_of
from app.repetition.rules.drawing import MOST, Today, due_ahead, due_cards
from app.web.frame import show_page


@dataclass(frozen=True, slots=True)
class Daily:
    """How one person stands with the daily practice today.

    `round`: today's, once it was begun; `due`: questions that one begun now would have; `ahead`: the next days with
    something to practise, and how many. `known`: whether there is anything that could ever be asked.
    """

    takes_part: bool
    round: Round | None = None
    due: int = 0
    ahead: tuple[tuple[date, int], ...] = ()
    known: bool = False

    @property
    def right(self) -> int:
        """How many of today's answers were right."""
        return sum(each.outcome is Outcome.RIGHT for each in self.round.answers.values()) if self.round else 0

    @property
    def done(self) -> bool:
        """Whether today's round is answered in full."""
        return self.round is not None and self.round.next_place is None


def daily_now(person_id: int, today: Today) -> Daily:
    """How somebody stands today."""
    if not takes_part(person_id):
        return Daily(takes_part=False)
    cards, asked = shown_cards(person_id, today.now), asked_of(person_id).practised
    return Daily(
        takes_part=True,
        round=round_of(person_id, today.day),
        due=min(len(due_cards(cards, asked, today)), MOST),
        ahead=due_ahead(cards, asked, today),
        known=any(card.question in asked for card in cards),
    )


def asked_of(person_id: int) -> Askable:
    """What may be asked of somebody."""
    return askable(open_courses(person_id))


def daily_page(daily: Daily, today: Today) -> str:
    """What there is to do today, or that it is done, and what comes when."""
    return show_page("learn/daily.html", daily=daily, today=today.day, most=MOST)


def item_page(practised: Round, place: int | None, *, typed: Response | None = None, reason: str = "") -> str:
    """One question of a round; `place` None: the one to go on with. Once answered it shows how it came out, and why.

    `typed`: an answer that could not be kept, shown again with the `reason`. Raises NotFound.
    """
    place = place or practised.next_place or len(practised.items)
    item, given = practised.item(place), practised.answers.get(place)
    asked = Asked(item.revision_id, item.address, item.question, item.order)
    if given is None:
        stored = None if typed is None else typed.model_dump(mode="json")
        shown = asked_part(asked, stored, "open", WHILE_ANSWERING)
    else:
        shown = asked_part(asked, given.response, "locked", ALL)
    return show_page(
        "learn/daily_question.html",
        address=url_for("learn.daily_question", round_id=practised.id),
        place=place,
        count=len(practised.items),
        following=practised.next_place,
        course=item.course,
        question=shown,
        verdict=None if given is None else OUTCOME_WORDS[given.outcome],
        reason=reason,
        scripts=scripts_of([item.question]) if given is None else (),
    )
