"""How far somebody is: tables of what was done and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.content.activities import Activity, Lesson, Purpose, Quiz, QuizSettings, Survey
from app.content.course import Course, Module
from app.content.review import REVIEWS
from app.progress.rules import (
    NEVER,
    CourseFacts,
    CourseProgress,
    QuizFact,
    Standing,
    course_progress,
    is_open_to,
    meets_completion,
    next_on_path,
    place_to_continue,
    waits_for_others,
)
from app.texts.local import LocalText

T0 = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
TEXT = LocalText.plain("x")


def lesson(name: str) -> Lesson:
    return Lesson(name, TEXT, 5, {}, {}, {}, {})


def quiz(name: str, purpose: Purpose = "practice") -> Quiz:
    settings = QuizSettings("practice", "immediate", None, 70.0, True, True, REVIEWS["practice"], purpose=purpose)
    return Quiz(name, TEXT, settings, ())


def course(completion: str = "all", activities: Sequence[Activity] = ()) -> Course:
    modules = (
        Module("01", TEXT, None, (lesson("a"), lesson("b"), quiz("q1"))),
        Module("02", TEXT, None, (lesson("c"), quiz("q2"))),
    )
    modules = (Module("01", TEXT, None, tuple(activities)),) if activities else modules
    return Course("contoh", "C-1", TEXT, TEXT, "it", 4, cast("Any", completion), False, modules, {}, {}, {}, "0" * 64)


def at(minutes: int) -> datetime:
    return T0 + timedelta(minutes=minutes)


def facts(lessons: dict[str, int], quizzes: dict[str, tuple[float | None, bool, int]] | None = None) -> CourseFacts:
    return CourseFacts(
        {name: at(when) for name, when in lessons.items()},
        {name: QuizFact(best, passed, None, at(when)) for name, (best, passed, when) in (quizzes or {}).items()},
    )


@pytest.mark.parametrize(
    ("done", "here"),
    [
        (facts({}), "a"),
        (facts({"a": 1}), "b"),
        (facts({"b": 1}), "q1"),  # after what was touched last, not back at the lesson left out
        (facts({"a": 1, "b": 2}, {"q1": (0.4, False, 3)}), "q1"),  # not passed: here again
        (facts({"a": 1, "b": 2}, {"q1": (0.9, True, 3)}), "c"),
        (facts({"c": 9}, {"q2": (1.0, True, 10)}), "a"),  # nothing after it is left: back to the first gap
        (facts({"a": 1, "b": 2, "c": 4}, {"q1": (0.9, True, 3), "q2": (0.8, True, 5)}), None),
    ],
)
def test_learning_goes_on_where_it_was_left(done: CourseFacts, here: str | None) -> None:
    progress = course_progress(course(), done)
    assert here == (None if progress.here is None else course().activities[progress.here].id)


def test_a_quiz_opened_but_not_passed_is_in_progress_and_a_lesson_unread_is_not_started() -> None:
    progress = course_progress(course(), facts({"a": 1}, {"q1": (None, False, 2)}))
    assert progress.standings == (
        Standing.DONE,
        Standing.NOT_STARTED,
        Standing.IN_PROGRESS,
        Standing.NOT_STARTED,
        Standing.NOT_STARTED,
    )
    assert (progress.done, progress.total, progress.standing) == (1, 5, Standing.IN_PROGRESS)


def test_what_was_read_of_an_older_revision_counts_nothing_when_it_is_gone() -> None:
    progress = course_progress(course(), facts({"removed": 1}, {"old-quiz": (1.0, True, 2)}))
    assert progress.done == 0
    assert progress.touched_at == NEVER


@pytest.mark.parametrize(
    ("rule", "done", "met"),
    [
        ("all", facts({"a": 1, "b": 1, "c": 1}, {"q1": (1, True, 1), "q2": (1, True, 1)}), True),
        ("all", facts({"a": 1, "b": 1}, {"q1": (1, True, 1), "q2": (1, True, 1)}), False),
        ("quizzes", facts({}, {"q1": (1, True, 1), "q2": (1, True, 1)}), True),
        ("quizzes", facts({"a": 1, "b": 1, "c": 1}, {"q1": (1, True, 1), "q2": (0.6, False, 1)}), False),
    ],
)
def test_a_course_is_completed_by_its_own_rule(rule: str, done: CourseFacts, met: bool) -> None:
    assert meets_completion(course(rule), course_progress(course(rule), done)) is met


def test_a_completed_course_stays_completed_when_a_lesson_is_added() -> None:
    done = CourseFacts({"a": at(1)}, {}, completed_at=at(2))
    assert course_progress(course(), done).standing is Standing.DONE


def test_the_best_mean_is_told_only_when_every_quiz_is_passed() -> None:
    assert course_progress(course(), facts({}, {"q1": (0.8, True, 1)})).best is None
    both = course_progress(course(), facts({}, {"q1": (0.8, True, 1), "q2": (1.0, True, 1)}))
    assert both.best == pytest.approx(0.9)


def progress_at(here: int | None, touched: datetime) -> CourseProgress:
    return CourseProgress((Standing.NOT_STARTED,), here, touched, None, None)


def test_the_shelf_goes_on_with_what_was_touched_last_else_with_its_first_course() -> None:
    fresh, older, newer = progress_at(0, NEVER), progress_at(0, at(1)), progress_at(0, at(2))
    finished = progress_at(None, at(9))
    assert place_to_continue([("a", fresh), ("b", older), ("c", newer), ("d", finished)]) == "c"
    assert place_to_continue([("a", finished), ("b", fresh), ("c", fresh)]) == "b"
    assert place_to_continue([("a", finished)]) is None
    assert place_to_continue([]) is None


def test_the_test_after_comes_once_nothing_is_left_to_learn_in_other_courses() -> None:
    tests = [quiz("awal", "pretest"), lesson("rtl"), quiz("akhir", "posttest"), lesson("penutup")]
    around = course(activities=tests)
    read = facts({"rtl": 2}, {"awal": (0.4, False, 1)})
    taken = replace(read, quizzes={name: replace(each, handed_in=True) for name, each in read.quizzes.items()})
    begun = replace(taken, quizzes={**taken.quizzes, "akhir": QuizFact(0.3, False, None, at(3))})
    practised = course(activities=[*tests, quiz("latihan")])
    assert waits_for_others(around, course_progress(around, taken))
    assert not waits_for_others(around, course_progress(around, facts({}, {}))), "first the test before"
    assert not waits_for_others(around, course_progress(around, begun))
    assert not waits_for_others(practised, course_progress(practised, taken)), "what is asked was learnt here"

    first, fresh = course_progress(around, taken), progress_at(0, NEVER)
    assert place_to_continue([("bimtek", first), ("satu", fresh)], {"bimtek"}) == "satu"
    assert place_to_continue([("bimtek", first), ("satu", progress_at(None, at(9)))], {"bimtek"}) == "bimtek"


def test_a_course_is_open_to_the_enrolled_and_to_all_where_it_says_so() -> None:
    closed, free = cast("Any", SimpleNamespace(open=False)), cast("Any", SimpleNamespace(open=True))
    assert is_open_to(closed, enrolled=True)
    assert not is_open_to(closed, enrolled=False)
    assert is_open_to(free, enrolled=False)


def test_a_path_points_to_its_first_course_that_is_not_begun() -> None:
    fresh, begun = progress_at(0, NEVER), progress_at(0, at(1))
    assert next_on_path([("a", begun), ("b", fresh), ("c", fresh)]) == "b"
    assert next_on_path([("a", begun)]) is None


def test_a_course_waits_while_an_attempt_at_one_of_its_quizzes_does() -> None:
    handed_in = QuizFact(None, False, None, at(1), waiting=True)
    assert course_progress(course(), CourseFacts({}, {"q1": handed_in})).waiting
    assert not course_progress(course(), CourseFacts({}, {"gone": handed_in})).waiting
    assert not course_progress(course(), facts({}, {"q1": (0.8, True, 1)})).waiting


@pytest.mark.parametrize(
    ("told", "done"),
    [
        (QuizFact(None, False, None, at(1)), False),  # begun, or never handed in
        (QuizFact(None, False, None, at(1), waiting=True, handed_in=True), True),
        (QuizFact(-0.1, False, None, at(1), handed_in=True), True),  # wrong answers may take points away
    ],
)
def test_a_test_before_the_course_asks_to_be_taken_and_not_to_be_passed(told: QuizFact, done: bool) -> None:
    before = quiz("sebelum")
    before = replace(before, settings=replace(before.settings, purpose="pretest"))
    module = Module("01", TEXT, None, (before, quiz("q1")))
    tested = Course("c", "C-1", TEXT, TEXT, "it", 4, "quizzes", False, (module,), {}, {}, {}, "0" * 64)
    progress = course_progress(tested, CourseFacts({}, {"sebelum": told, "q1": QuizFact(0.8, True, None, at(2))}))
    assert (progress.standings[0] is Standing.DONE) is done is meets_completion(tested, progress)
    assert progress.best == (0.8 if done else None), "it counts in no mean"


def reviewed(completion: str = "all", *, anonymous: bool = True) -> Course:
    """A lesson, a quiz and a survey."""
    survey = Survey("s", TEXT, anonymous, ())
    module = Module("01", TEXT, None, (lesson("a"), quiz("q1"), survey, lesson("b")))
    return Course("c", "C-1", TEXT, TEXT, "it", 4, cast("Any", completion), False, (module,), {}, {}, {}, "0" * 64)


def test_a_survey_is_done_when_it_was_handed_in_though_nothing_tells_when() -> None:
    done = CourseFacts(surveys={"s": None})
    progress = course_progress(reviewed(), done)
    assert progress.standings[2] is Standing.DONE and progress.touched_at == NEVER
    assert progress.standing is Standing.IN_PROGRESS, "something is done"
    named = course_progress(reviewed(anonymous=False), CourseFacts({"a": at(1)}, surveys={"s": at(9)}))
    assert named.touched_at == at(9) and named.here == 3, "learning goes on behind it"


@pytest.mark.parametrize(("completion", "without", "with_survey"), [("all", False, True), ("quizzes", True, True)])
def test_a_course_of_all_activities_asks_for_its_surveys_and_one_of_quizzes_does_not(
    completion: str, without: bool, with_survey: bool
) -> None:
    lessons, quizzes = {"a": at(1), "b": at(2)}, {"q1": QuizFact(0.9, True, None, at(3))}
    for surveys, met in (({}, without), ({"s": None}, with_survey)):
        progress = course_progress(reviewed(completion), CourseFacts(lessons, quizzes, surveys=surveys))
        assert meets_completion(reviewed(completion), progress) is met
        assert progress.best == 0.9, "a survey has no result to wait for"
