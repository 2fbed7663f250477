"""Two forms of a test: who gets which, drawn once and balanced, and what learners and trainers see of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.catalogue.queries import get_published
from app.content.activities import Quiz
from app.gradebook.queries.people import first_forms
from app.marking.operations.finishing import finish_attempt
from app.marking.operations.granting import grant_override, withdraw_override
from app.people.operations import add_cohort, enrol, set_courses
from app.people.permissions import Scope
from app.people.queries import PeopleFilter
from app.progress.queries import facts_of_people, standing_in
from app.progress.rules import Standing, course_progress
from app.quizzes.granting import Whom
from app.quizzes.models import FormTaken
from app.quizzes.operations import start_attempt
from app.quizzes.overrides import limits_at
from app.quizzes.rules.drawing import Turn, next_turn
from app.quizzes.rules.limits import Grant
from app.quizzes.rules.windows import QuizClosed
from tests.competencies.histories import add_learners
from tests.ground.cast import Cast, sign_in
from tests.ground.html import valid_html
from tests.learn.walker import Walker
from tests.quizzes.cast import give_all, sheet
from tests.quizzes.content import START, minute
from tests.quizzes.test_operations import at_once
from tests.reports.pairs import AFTER, BEFORE, SLUG, publish_tests, took

EVERYTHING = Scope(0, everything=True)


@pytest.fixture
def forms(siti: int, courses_folder: Path, db: SQLAlchemy) -> int:
    """Four tests over two forms, open to everybody; Siti's id."""
    publish_tests(courses_folder, forms=True)
    return siti


def quiz(quiz_id: str) -> Quiz:
    found = get_published(SLUG).course.activity(quiz_id)
    assert isinstance(found, Quiz)
    return found


def start(person_id: int, quiz_id: str = BEFORE, at: int = 0) -> str:
    """Press start at a test; the quiz that comes."""
    attempt = start_attempt(person_id, get_published(SLUG), quiz(quiz_id), now=minute(at))
    return sheet(attempt, person_id).quiz.id


def drawn(db: SQLAlchemy, cohort_id: int) -> Counter[str]:
    return Counter(db.session.scalars(select(FormTaken.first_form).where(FormTaken.cohort_id == cohort_id)))


@given(st.lists(st.booleans(), max_size=60))
def test_after_any_number_of_draws_both_orders_were_given_as_often_or_one_of_them_once_more(coins: list[bool]) -> None:
    turns: list[Turn] = []
    for coin in coins:
        turns.append(next_turn(turns[-1] if turns else None, coin=coin))
        given_so_far = Counter(each.first for each in turns)
        assert abs(given_so_far["A"] - given_so_far["B"]) <= 1
    assert [each.number for each in turns] == list(range(1, len(coins) + 1))
    assert [each.first for each in turns[::2]] == ["A" if coin else "B" for coin in coins[::2]]  # half by the coin


def test_each_cohort_is_balanced_by_itself_also_as_people_join_later(forms: int, db: SQLAlchemy) -> None:
    older, newer = add_cohort("Angkatan I"), add_cohort("Angkatan II", START.date())
    for each in (older, newer):
        set_courses(each, [SLUG], has_path=False)
    people, alone = add_learners([f"Orang {number}" for number in range(9)]), add_learners(["Ani", "Beni", "Cici"])
    enrol(older, people), enrol(newer, people[5:])
    for person in (*people[:5], *alone, *people[5:]):
        start(person)
    assert sorted(drawn(db, older).values()) == [2, 3]
    assert sorted(drawn(db, newer).values()) == [2, 2], "the newest cohort is the one to be balanced"
    assert sorted(drawn(db, 0).values()) == [1, 2]
    late = add_learners(["Dewi"])
    enrol(older, late)
    start(late[0])
    assert sorted(drawn(db, older).values()) == [3, 3]


def test_a_form_is_drawn_once_and_the_other_one_comes_after(forms: int, db: SQLAlchemy) -> None:
    before = start(forms)
    other = {BEFORE: f"{BEFORE}-b", f"{BEFORE}-b": BEFORE}[before]
    assert [start(forms, each) for each in (BEFORE, other)] == [before, before], "either address leads to one's own"
    after = start(forms, AFTER, 9)
    assert after.endswith("-b") != before.endswith("-b")
    assert sum(drawn(db, 0).values()) == 1


def test_of_many_starts_at_once_everybody_gets_one_form_and_both_stay_balanced(
    app: Flask, forms: int, db: SQLAlchemy
) -> None:
    people = add_learners([f"Orang {number}" for number in range(3)])
    db.session.rollback()
    found = at_once(app, *[lambda person=person: start(person) for person in [forms, *people] * 2])
    assert all(isinstance(each, str) for each in found), found
    assert found[:4] == found[4:]
    assert drawn(db, 0) == {"A": 2, "B": 2}


def test_who_had_begun_before_there_were_two_forms_keeps_the_form_of_that_test(forms: int, db: SQLAlchemy) -> None:
    took(forms, f"{BEFORE}-b", 0.5, 0)
    course = get_published(SLUG).course
    assert standing_in(forms, course)[1].forms == {None: "B"}, "the attempt tells, before anything is kept"
    for _ in range(2):  # whether or not it is kept, it is counted
        (counted,) = first_forms(course, PeopleFilter(), EVERYTHING)
        assert (counted.a_first, counted.b_first) == (0, 1)
        assert start(forms, AFTER, 60) == AFTER
    row = db.session.execute(select(FormTaken.first_form, FormTaken.turn)).one()
    assert tuple(row) == ("B", None), "not by chance, so no draw is balanced against it"
    assert facts_of_people([forms], course) == {forms: standing_in(forms, course)[1]}


def test_a_start_that_is_refused_draws_nothing(forms: int, db: SQLAlchemy) -> None:
    whom = Whom(person_id=forms)
    grant_override(SLUG, quiz(BEFORE), whom, Grant(closes=START), now=START)
    with pytest.raises(QuizClosed):
        start(forms, at=1)
    assert drawn(db, 0) == {}
    for each in (BEFORE, f"{BEFORE}-b"):  # whichever form it will be: what was granted at one holds at both
        assert limits_at(forms, SLUG, quiz(each)).closes == START
    assert limits_at(forms, SLUG, quiz(AFTER)).closes is None
    assert withdraw_override(SLUG, quiz(f"{BEFORE}-b"), whom, now=START)
    assert limits_at(forms, SLUG, quiz(BEFORE)).closes is None


def test_a_test_before_asks_to_be_taken_and_nobody_waits_for_the_other_form(forms: int, db: SQLAlchemy) -> None:
    course = get_published(SLUG).course
    for each, at in ((BEFORE, 0), (AFTER, 20)):
        attempt = start_attempt(forms, get_published(SLUG), quiz(each), now=minute(at))
        give_all(sheet(attempt, forms), right=at > 0, now=minute(at))
        finish_attempt(attempt, within=Scope(forms), now=minute(at + 5))
        _, facts = standing_in(forms, course)
        found = course_progress(course, facts)
        assert (found.total, found.done) == (2, 1 + (at > 0))
        assert sorted(facts.quizzes) == sorted([AFTER, BEFORE] if at else [BEFORE])
    assert (found.standing, found.best, facts.completed_at) == (Standing.DONE, 1.0, minute(25))


def test_siti_sees_one_test_before_and_one_after_and_never_hears_of_forms(app: Flask, forms: int) -> None:
    walker = Walker.of(app)
    listed = walker.open(f"/courses/{SLUG}")
    assert listed.count(f'href="/courses/{SLUG}/{BEFORE}') == 2  # its row, and the button to begin
    assert f"{BEFORE}-b" not in listed and f"{AFTER}-b" not in listed
    for test in (BEFORE, AFTER):
        walker.open(f"/courses/{SLUG}/{test}")
        walker.send(f"/courses/{SLUG}/{test}/attempts")
        walker.send(f"{walker.path.partition('?')[0]}/finish")
        walker.open(f"/courses/{SLUG}/{test}")
        assert "Percobaan ke-1" in walker.html
        assert "Percobaan ke-1" in walker.open(f"/courses/{SLUG}/{test}-b"), "both addresses are one test"
    walker.open("/"), walker.open("/competencies")
    assert not any("bentuk" in each.lower() for each in walker.seen)


def test_after_the_test_before_siti_is_led_to_the_other_courses_and_not_to_the_test_after(
    app: Flask, forms: int
) -> None:
    walker = Walker.of(app)
    walker.open(f"/courses/{SLUG}/{BEFORE}")
    walker.send(f"/courses/{SLUG}/{BEFORE}/attempts")
    result = walker.send(f"{walker.path.partition('?')[0]}/finish")
    assert AFTER not in result and ">Ke rak saya</a>" in result
    assert f'role="button" href="/courses/{SLUG}' not in walker.open("/"), "there is something else to learn"
    walker.open(f"/courses/{SLUG}/{AFTER}"), walker.send(f"/courses/{SLUG}/{AFTER}/attempts")
    assert f'href="/courses/{SLUG}/{AFTER}"' in walker.open("/"), "who has begun it goes on with it"


def test_a_trainer_sees_who_has_which_form_in_the_gradebook(app: Flask, cast: Cast, forms: int) -> None:
    (other,) = add_learners(["Budi"])
    first = {each: start(each) for each in (forms, other)}
    found = first_forms(get_published(SLUG).course, PeopleFilter(), EVERYTHING)
    assert [(each.pair, each.a_first, each.b_first) for each in found] == [(None, 1, 1)]
    client = app.test_client()
    sign_in(client, "rahmat")
    page = read(client, f"/teaching/courses/{SLUG}/gradebook")
    assert "1 orang mengerjakan bentuk A dulu, 1 orang bentuk B dulu." in page
    assert page.count("bobot 0") == 1 and "Tes awal tidak ikut dihitung, kecuali diberi bobot." in page
    for person, name in ((forms, "Siti Aminah"), (other, "Budi")):
        row = page.partition(f'<th scope="row">{name}</th>')[2].partition("</tr>")[0]
        before, after = ("B", "A") if first[person].endswith("-b") else ("A", "B")
        assert row.index(f"bentuk {before}") < row.index(f"bentuk {after}"), row
    table = client.get(f"/teaching/courses/{SLUG}/gradebook.csv").get_data(as_text=True)
    assert table.count("bentuk A") == 2 == table.count("bentuk B")
    page = read(client, f"/teaching/courses/{SLUG}/attempts/{BEFORE}")
    assert f'href="/teaching/courses/{SLUG}/attempts/{BEFORE}-b">Bentuk B</a>' in page
    page = read(client, f"/teaching/courses/{SLUG}/overrides/{BEFORE}-b")
    assert "Tes ini punya dua bentuk: kelonggaran berlaku di keduanya." in page


def read(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.get_data(as_text=True)
    valid_html(html)
    return " ".join(html.split())
