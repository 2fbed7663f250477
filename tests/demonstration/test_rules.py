"""Made-up lives: plausible, repeatable, and told by the rules of real ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from random import Random
from statistics import fmean
from zoneinfo import ZoneInfo

import pytest

from app.competencies.rules import Yardstick
from app.content.compile import compile_course, compile_shared
from app.content.course import Course
from app.content.folders import read_tree
from app.demonstration.rules.answers import made_up_fields
from app.demonstration.rules.attempts import PathCourse
from app.demonstration.rules.histories import History, Luck, make_history
from app.demonstration.rules.people import KIND_SHARES, SHARES, MadeUpPerson, Way, make_people
from app.demonstration.rules.places import DISTRICTS, places
from app.questions.base import Outcome, Question
from app.questions.short_text import ShortText, TextAnswer
from app.quizzes.rules.answering import Action
from app.quizzes.rules.review import opens_earlier_keys
from app.texts.local import LocalText
from tests.content.paired import paired
from tests.content.samples import shared
from tests.ground.database import DEMONSTRATION, SAMPLE_COURSES
from tests.questions.cast import (
    COLLECTIONS,
    FLOOR_PLAN,
    GREETING,
    OPINION,
    PASSAGE,
    POINTED,
    REPORT,
    ROUTINE,
    SHELF_PHOTO,
    TOOLS,
    WELCOME,
)

LISTED = [TOOLS, ROUTINE, COLLECTIONS, PASSAGE, GREETING, FLOOR_PLAN, POINTED]

NOW = datetime(2026, 11, 22, 2, 24, tzinfo=UTC)
WITA = ZoneInfo("Asia/Makassar")


@cache
def courses(real: bool) -> tuple[Course, ...]:
    tree = read_tree(DEMONSTRATION.courses if real else SAMPLE_COURSES)
    shared = compile_shared(tree.shared_files)
    return tuple(compile_course(slug, files, shared) for slug, files in sorted(tree.courses.items()))


@cache
def lives(seed: int, count: int = 200) -> tuple[tuple[MadeUpPerson, History], ...]:
    chance = Random(seed)
    path = [PathCourse(course, number) for number, course in enumerate(courses(real=False), start=1)]
    people, luck = make_people(count, places(), chance), Luck(chance)
    return tuple((each, make_history(each, path, now=NOW, zone=WITA, luck=luck)) for each in people)


def test_the_same_seed_tells_the_same_lives() -> None:
    first = lives(3)
    lives.cache_clear()
    assert lives(3) == first
    assert lives(4) != first


def test_of_a_test_in_two_forms_people_take_one_before_and_the_other_after() -> None:
    chance, path = Random(1), [PathCourse(compile_course("bimtek", paired(), shared()), 1)]
    people, luck = make_people(60, places(), chance), Luck(chance)
    lived = [make_history(each, path, now=NOW, zone=WITA, luck=luck) for each in people]
    orders = Counter(tuple(dict.fromkeys(attempt.quiz_id for attempt in each.attempts)) for each in lived)
    whole = {("awal-a", "akhir-b"), ("awal-b", "akhir-a")}
    assert whole < set(orders) <= {(), ("awal-a",), ("awal-b",), *whole}
    begun = Counter(order[0] for order in orders.elements() if order)
    assert abs(begun["awal-a"] - begun["awal-b"]) <= 1, "dealt out as among real people"


@cache
def finished() -> tuple[History, ...]:
    """What those did over the real courses who finished all of them."""
    chance, path = Random(2), [PathCourse(course, number) for number, course in enumerate(courses(real=True), start=1)]
    people = [replace(each, way=Way.FINISHED) for each in make_people(24, places(), chance)]
    luck = Luck(chance)
    return tuple(make_history(each, path, now=NOW, zone=WITA, luck=luck) for each in people)


def test_what_is_learnt_lies_between_the_test_before_and_the_test_after() -> None:
    before, after = [], []
    for history in finished():
        tests = [each for each in history.attempts if each.course_slug == "bimtek"]
        assert history.attempts[0] is tests[0]
        assert history.attempts[-len(tests) + 1 :] == tests[1:]
        before.append(tests[0].fraction)
        after.append(tests[1].fraction)
    assert 0.4 < fmean(before) < 0.8, "nobody prepares for a test that decides nothing"
    assert fmean(before) + 0.03 < fmean(after), "and who learns in between gains"


def test_however_long_the_path_is_people_learn_while_they_are_awake() -> None:
    for history in finished():
        moments = [*(each.at for each in history.lessons), *(each.started_at for each in history.attempts)]
        local = [moment.astimezone(WITA) for moment in moments]
        assert all(7 <= each.hour < 23 for each in local)
        assert max(Counter(each.date() for each in local).values()) < 20


def test_people_come_in_the_shares_that_are_told() -> None:
    people = make_people(100, places(), Random(1))
    assert Counter(each.way for each in people) == SHARES
    assert Counter(each.place.kind for each in people) == KIND_SHARES
    assert len({each.user_name for each in people}) == 100


def test_a_wrong_guess_is_not_one_that_happens_to_be_accepted() -> None:
    accepted = [TextAnswer(text=LocalText.plain(each)) for each in ("lihat*", "Buku induk", "*katalog")]
    asked = ShortText(id="acuan", text=LocalText.plain("Lengkapi."), answers=tuple(accepted))
    guesses = {made_up_fields(asked, (), right=False, chance=Random(seed))["text"][0] for seed in range(30)}
    assert guesses == {"belum tahu", "lupa"}


def test_every_place_is_named_once_and_lies_in_an_invented_sub_district() -> None:
    everywhere = places()
    assert len({each.name for each in everywhere}) == len(everywhere)
    assert {each.district for each in everywhere} == set(DISTRICTS)


@pytest.mark.parametrize("real", [False, True], ids=["sample courses", "real courses"])
@pytest.mark.parametrize("right", [True, False])
def test_every_question_can_be_answered_right_and_wrong_as_asked(real: bool, right: bool) -> None:
    chance = Random(5)
    for course in courses(real):
        for address, question in course.questions.items():
            order = question.order(chance)
            response = question.read(made_up_fields(question, order, right=right, chance=chance), order)
            assert response is not None, address
            assert (question.grade(response).fraction == pytest.approx(1)) is right, address


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("asked", LISTED, ids=lambda asked: asked.type)
def test_questions_of_several_parts_are_answered_as_asked(asked: Question, right: bool) -> None:
    for seed in range(20):
        order = asked.order(Random(seed))
        response = asked.read(made_up_fields(asked, order, right=right, chance=Random(seed)), order)
        grade = asked.grade(response)
        assert (grade.outcome is Outcome.RIGHT) is right and grade.outcome is not Outcome.INVALID


def test_what_nobody_can_be_right_about_is_answered_as_well() -> None:
    for asked in (REPORT, OPINION):
        response = asked.read(made_up_fields(asked, (), right=True, chance=Random(1)), ())
        assert response is not None and asked.grade(response).fraction is None
    for asked in (SHELF_PHOTO, WELCOME):
        assert made_up_fields(asked, (), right=False, chance=Random(1)) == {}


def test_nobody_does_anything_before_their_first_visit_or_after_now() -> None:
    for _, history in lives(3):
        moments = [each.at for each in (*history.lessons, *history.completed)]
        for attempt in history.attempts:
            moments += [attempt.started_at, attempt.last_at, *(row.saved_at for _, row in attempt.answers)]
        if history.first_seen is None or history.last_seen is None:
            assert not moments
        else:
            assert all(history.first_seen <= moment <= history.last_seen < NOW for moment in moments)


def test_what_a_person_does_is_done_in_order_and_one_thing_at_a_time() -> None:
    for _, history in lives(3):
        reads = [each.at for each in history.lessons]
        assert reads == sorted(reads)
        for earlier, later in zip(history.attempts, history.attempts[1:], strict=False):
            assert earlier.finished_at is not None
            assert earlier.finished_at < later.started_at
        for attempt in history.attempts:
            given = [row.saved_at for _, row in attempt.answers]
            assert given == sorted(given)


def test_who_never_came_did_nothing_and_who_finished_completed_every_course() -> None:
    for person, history in lives(3):
        if person.way is Way.NEVER_CAME:
            assert history == History()
        if person.way is Way.FINISHED:
            assert [each.course_slug for each in history.completed] == [each.slug for each in courses(real=False)]


def test_an_open_attempt_has_no_result() -> None:
    still_open = [each for _, history in lives(3) for each in history.attempts if each.finished_at is None]
    assert any(each.answers for each in still_open)
    assert all(not each.marks and each.fraction is None and each.passed is None for each in still_open)


def test_practice_is_checked_question_by_question_and_a_test_is_saved() -> None:
    feedback = {
        (course.slug, each.id): each.settings.feedback
        for course in courses(real=False)
        for each in course.activities
        if hasattr(each, "settings")
    }
    seen = set()
    for _, history in lives(3):
        for attempt in history.attempts:
            mode = feedback[attempt.course_slug, attempt.quiz_id]
            last = {slot: row.action for slot, row in attempt.answers}
            seen.add(mode)
            assert set(last.values()) <= {Action.CHECK if mode == "immediate" else Action.SAVE}
    assert seen == {"immediate", "deferred"}


def test_keys_that_were_kept_back_open_once_the_quiz_is_settled() -> None:
    """In a test the key comes when it is passed or all attempts are used: then for the earlier attempts too."""
    quizzes = {
        (course.slug, each.id) for course in courses(real=False) for each in course.activities
        if hasattr(each, "settings") and opens_earlier_keys(each.settings)
    }  # fmt: skip
    retried = 0
    for _, history in lives(3):
        for quiz in quizzes:
            attempts = [each for each in history.attempts if (each.course_slug, each.quiz_id) == quiz]
            if attempts and attempts[-1].passed:
                retried += len(attempts) - 1
                assert all(mark.key_opened_at for each in attempts for mark in each.marks)
    assert retried


def test_abler_people_score_higher() -> None:
    def mean(people: list[History]) -> float:
        scores = [score.score for history in people for score in history.scores(Yardstick(), now=NOW).values()]
        return sum(scores) / len(scores)

    begun = sorted((pair for pair in lives(3) if pair[1].attempts), key=lambda pair: pair[0].ability)
    third = len(begun) // 3
    weak, strong = [pair[1] for pair in begun[:third]], [pair[1] for pair in begun[-third:]]
    assert mean(weak) + 10 < mean(strong)
