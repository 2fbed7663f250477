"""Take part, practise, leave: what is kept, what counts, and that cards follow every answer, on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, update

from app.competencies.queries.answers import competency_record
from app.errors import NotFound
from app.marking.rules.decisions import Decision
from app.people.permissions import Scope
from app.quizzes.models import Mark
from app.repetition.models import PracticeAnswer, PracticeRound, ReviewCard
from app.repetition.operations import NothingDue, NothingToCheck, answer_item, begin_round, join, leave, rebuild_cards
from app.repetition.queries.cards import practising as practising_among
from app.repetition.queries.cards import shown_cards, takes_part
from app.repetition.queries.rounds import get_round
from app.repetition.rules.drawing import MOST
from tests.competencies.histories import stored_scores
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start
from tests.ground.statements import statements
from tests.marking.essays import PLAIN, handed_in, publish_essays
from tests.marking.regrades import regrade, wanted
from tests.marking.test_by_hand import mark
from tests.marking.test_changing import DELETED, REOPENED, RESTORED, change
from tests.marking.test_operations import hand_in
from tests.quizzes.cast import begin, give, sheet
from tests.quizzes.content import minute
from tests.quizzes.test_operations import at_once
from tests.repetition.practice import answer, asked, begun, check_cards, day, practising, taken, today


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


@pytest.fixture
def rahmat(cast: Cast) -> Scope:
    """A trainer of every course."""
    return Scope(cast.rahmat, everything=True)


def count(db: SQLAlchemy, model: type) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_of_who_does_not_take_part_no_card_is_kept_and_joining_makes_them_of_all_earlier_answers(
    siti: int, cast: Cast
) -> None:
    taken(siti, right=3)
    assert check_cards(siti) == {} and not takes_part(siti)
    join(siti, now=day(0))
    join(siti, now=day(1))
    cards = check_cards(siti)
    assert len(cards) == 5 and {each.reviews for each in cards.values()} == {1}
    assert sorted((each.due_at - each.reviewed_at).days for each in cards.values()) == [1, 1, 2, 2, 2]
    assert practising_among([siti, cast.rahmat], day(0))[siti].joined_at == day(0), "the second press changes nothing"
    leave(siti)
    leave(siti)
    assert check_cards(siti) == {} and practising_among([siti], day(0)) == {}


def test_each_hand_in_moves_the_cards_and_a_question_left_blank_moves_none(siti: int) -> None:
    practising(siti)
    work = begin(siti, "latihan", now=day(3))
    give(work, 1, right=False, now=day(3))
    taken(siti, 0, days=0, quiz="tes")
    hand_in(work, 3 * 24 * 60)
    cards = check_cards(siti)
    assert cards[work.places[0].question].reviews == 2
    assert sum(each.reviews for each in cards.values()) == 5 + 1 + 5


def test_cards_follow_whatever_is_done_to_an_attempt_afterwards(siti: int, rahmat: Scope) -> None:
    practising(siti)
    attempt = sheet(taken(siti, right=0, quiz="tes"), siti)
    all_of_them = check_cards(siti)
    change(attempt, DELETED, rahmat, minute(9))
    assert len(check_cards(siti)) == 5
    change(attempt, RESTORED, rahmat, minute(10))
    assert check_cards(siti) == all_of_them and len(all_of_them) == 10
    change(attempt, REOPENED, rahmat, minute(11))
    assert len(check_cards(siti)) == 5


def test_cards_follow_a_regrade_and_a_mark_by_hand(siti: int, cast: Cast, courses_folder: Path) -> None:
    publish_essays(courses_folder)
    practising(siti)
    taken(siti, right=0, quiz="ujian")
    decided = "contoh/ujian/sandi"
    assert decided in check_cards(siti)
    regrade(wanted(decisions={decided: Decision.LEFT_OUT}))
    assert decided not in check_cards(siti), "it measures nothing any more"
    work = handed_in(siti)
    before = check_cards(siti)
    mark(work, PLAIN, 1.0, cast.rahmat)
    after = check_cards(siti)
    assert len(after) == len(before) + 1


def test_a_round_asks_what_is_most_likely_forgotten_and_there_is_one_a_day(siti: int, db: SQLAlchemy) -> None:
    practising(siti, right=3)
    tomorrow = begun(siti, 1)
    missed = {item.address for item in tomorrow.items}
    assert missed == {each.question for each in check_cards(siti).values() if each.stability < 1}
    assert begun(siti, 1) == tomorrow, "the button pressed again"
    later = begun(siti, 3)
    assert len(later.items) == MOST and {item.address for item in later.items[:2]} == missed
    assert count(db, PracticeRound) == 2


def test_two_presses_at_once_begin_one_round(app: Flask, siti: int, db: SQLAlchemy) -> None:
    practising(siti)
    given_asked = asked()
    made = at_once(app, *[lambda: begin_round(siti, given_asked, today(2))] * 3)
    assert len(set(made)) == 1 and count(db, PracticeRound) == 1


def test_who_takes_no_part_or_has_nothing_due_begins_nothing(siti: int, db: SQLAlchemy) -> None:
    taken(siti)
    with pytest.raises(NothingDue):
        begun(siti, 9)
    join(siti, now=day(0))
    with pytest.raises(NothingDue):
        begun(siti, 1)
    assert count(db, PracticeRound) == 0


def test_only_questions_whose_key_was_shown_are_asked_and_no_held_back_one(siti: int, db: SQLAlchemy) -> None:
    practising(siti)
    taken(siti, right=0, quiz="ujian")
    hidden = sorted(check_cards(siti))[0]
    db.session.execute(update(Mark).where(Mark.question == hidden).values(key_opened_at=day(40)))
    db.session.commit()
    assert {each.question for each in shown_cards(siti, day(9))} == {
        each for each in check_cards(siti) if each.startswith("contoh/latihan/") and each != hidden
    }, "an exam never shows its keys"
    assert hidden not in {item.address for item in begun(siti, 9).items}
    assert hidden in {each.question for each in shown_cards(siti, day(40))}


def test_the_first_answer_counts_and_a_second_changes_nothing(siti: int, db: SQLAlchemy) -> None:
    practising(siti)
    practised = begun(siti, 2)
    assert answer(practised, 1, 2, right=False)
    assert answer(practised, 1, 2, right=False), "a double click"
    assert not answer(practised, 1, 2, right=True), "the way back, or a second tab"
    assert count(db, PracticeAnswer) == 1
    card = check_cards(siti)[practised.item(1).address]
    assert card.reviews == 2 and card.reviewed_at == day(2) and card.due_at == day(3)
    assert get_round(practised.id, within=Scope(siti)).next_place == 2


def test_answers_sent_at_once_are_one_answer(app: Flask, siti: int, db: SQLAlchemy) -> None:
    practising(siti)
    practised = begun(siti, 2)
    counted = at_once(app, *(lambda right=right: answer(practised, 1, 2, right=right) for right in (True, False)))
    assert sorted(counted) == [False, True] and count(db, PracticeAnswer) == 1
    check_cards(siti)


def test_an_answer_and_a_hand_in_at_once_both_reach_the_card(app: Flask, siti: int) -> None:
    practising(siti)
    practised = begun(siti, 2)
    at_once(app, lambda: answer(practised, 1, 2), lambda: taken(siti, days=2))
    assert check_cards(siti)[practised.item(1).address].reviews == 3


def test_nothing_is_kept_of_an_answer_that_says_nothing_or_cannot_be_read(siti: int, db: SQLAlchemy) -> None:
    practising(siti)
    practised = begun(siti, 2)
    number = next(place for place, item in enumerate(practised.items, 1) if item.address.endswith("/angka"))
    for fields, typed in (({}, False), ({"text": ["seratus"]}, True)):
        with pytest.raises(NothingToCheck) as refused:
            answer_item(practised.id, number, fields, within=Scope(siti), now=day(2))
        assert (refused.value.response is not None) is typed
    assert count(db, PracticeAnswer) == 0


def test_somebody_elses_round_and_a_place_that_is_not_there_are_not_found(siti: int, cast: Cast) -> None:
    practising(siti)
    practised = begun(siti, 2)
    for round_id, place, person_id in (
        (practised.id, 1, cast.rahmat), (practised.id, 6, siti), (practised.id, 0, siti), (2**40, 1, siti)
    ):  # fmt: skip
        with pytest.raises(NotFound):
            answer_item(round_id, place, {"choice": ["0"]}, within=Scope(person_id), now=day(2))


def test_what_is_practised_moves_no_score(siti: int, db: SQLAlchemy) -> None:
    practising(siti, right=0)
    before = stored_scores(siti), competency_record(siti, now=day(9))
    practised = begun(siti, 9)
    for place in range(1, 6):
        answer(practised, place, 9)
    db.session.rollback()
    assert (stored_scores(siti), competency_record(siti, now=day(9))) == before


def test_a_hand_in_of_who_takes_no_part_pays_one_look(app: Flask, siti: int) -> None:
    work = begin(siti, "latihan")
    with statements(app) as sent:
        hand_in(work, 5)
    assert sum("practice_participant" in each or "review_card" in each for each in sent) == 1, sent


def test_rebuilding_puts_right_what_is_wrong_missing_or_left_over(
    app: Flask, siti: int, cast: Cast, db: SQLAlchemy
) -> None:
    practising(siti)
    kept = check_cards(siti)
    some = sorted(kept)
    db.session.execute(update(ReviewCard).where(ReviewCard.question == some[0]).values(stability=99.0))
    db.session.execute(delete(ReviewCard).where(ReviewCard.question == some[1]))
    gone = {**kept[some[2]]._asdict(), "question": "contoh/latihan/hilang", "person_id": siti}
    db.session.execute(insert(ReviewCard), [gone])
    db.session.commit()
    assert rebuild_cards() == 1
    assert check_cards(siti) == kept
    told = app.test_cli_runner().invoke(args=["practice", "rebuild"])
    assert told.output == "kartu dihitung ulang untuk 1 orang\n"


STEPS = st.lists(st.sampled_from(["quiz", "daily", "join", "leave", "take out", "put back"]), min_size=4, max_size=9)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS, right=st.integers(0, 5))
def test_after_any_history_the_cards_are_what_the_answers_fold_to(
    db: SQLAlchemy, siti: int, rahmat: Scope, steps: list[str], right: int
) -> None:
    now, out = 0, []
    db.session.rollback()
    join(siti, now=day(0))
    attempts = [taken(siti, right)]
    for step in steps:
        now += 3
        db.session.rollback()
        if step == "quiz":
            attempts.append(taken(siti, right, days=now))
        elif step == "daily" and takes_part(siti):
            try:
                practised = begun(siti, now)
            except NothingDue:
                continue
            for place in range(1, len(practised.items) + 1):
                answer(practised, place, now, right=place <= right)
        elif step == "join":
            join(siti, now=day(now))
        elif step == "leave":
            leave(siti)
        elif step == "take out" and attempts:
            out.append(attempts.pop())
            change(sheet(out[-1], siti), DELETED, rahmat, day(now) + timedelta(minutes=5))
        elif step == "put back" and out:
            attempts.append(out.pop())
            change(sheet(attempts[-1], siti), RESTORED, rahmat, day(now) + timedelta(minutes=5))
        check_cards(siti)
    before = check_cards(siti)
    rebuild_cards()
    assert check_cards(siti) == before
