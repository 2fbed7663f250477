"""The questions of the courses that are there: what was drafted stands where it should, what is held back nowhere else.

A course is asked for as soon as its folder is in courses/; the names of the tests tell which are.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from app.content.compile import compile_course, compile_shared
from app.content.course import Course
from app.content.folders import read_tree
from app.content.lint import KEY_LONGEST_SHARE
from app.content.report import PRACTICE_LEAST, course_report
from app.questions.base import Question
from app.questions.single import Single
from app.texts.markdown import plain
from tests.content.curriculum import (
    BLUEPRINT,
    COURSES,
    DROPPED,
    FORMS,
    HELD_BACK,
    IN_RESERVE,
    QUESTIONS,
    TRAINING,
    drafted,
)
from tests.ground.folder import ROOT

FOLDER: Final = ROOT / "courses"
LEAST: Final = 50  # questions of a course to practise with: 400 of eight
THERE: Final = tuple(code for code, (slug, _) in COURSES.items() if (FOLDER / slug / "course.yaml").is_file())

_DRAFT: Final = re.compile(r"^ *# draf: (\S+)$", re.MULTILINE)
_ABOVE_A_QUESTION: Final = re.compile(r"^ *# draf: (\S+)\n *- id: (\S+)$", re.MULTILINE)

each_course = pytest.mark.parametrize("code", THERE)


@cache
def course_of(slug: str) -> Course:
    tree = read_tree(FOLDER)
    return compile_course(slug, tree.courses[slug], compile_shared(tree.shared_files))


def drafts_in(folder: Path) -> list[str]:
    """The codes of drafts told in the files of a folder, each of which must stand right above a question."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))]
    codes = [code for text in texts for code in _DRAFT.findall(text)]
    assert codes == [code for text in texts for code, _ in _ABOVE_A_QUESTION.findall(text)]
    return codes


def told(question: Question) -> str:
    return " ".join(plain(question.text.id).casefold().split())


def key_longest(questions: list[Single]) -> list[str]:
    """Those whose right option is the longest in Indonesian."""
    found = []
    for each in questions:
        lengths = [len(plain(option.text.id)) for option in each.options]
        (key,) = each.keys
        if all(lengths[key] > length for place, length in enumerate(lengths) if place != key):
            found.append(each.id)
    return found


def form(name: str) -> list[Question]:
    bank = course_of(TRAINING).banks[name]
    return list(bank.questions)


def test_the_table_of_drafts_is_the_curriculum_of_285() -> None:
    codes = [code for course in COURSES for code in drafted(course)]
    assert len(codes) == len(set(codes)) == 285
    assert set(codes) >= HELD_BACK | DROPPED | IN_RESERVE
    assert len(HELD_BACK) == 2 * QUESTIONS and IN_RESERVE < HELD_BACK - DROPPED


@each_course
def test_every_drafted_question_of_a_course_stands_in_its_practice_once_but_for_what_is_held_back(code: str) -> None:
    found = Counter(drafts_in(FOLDER / COURSES[code][0]))
    wanted = set(drafted(code)) - HELD_BACK - DROPPED
    assert set(found) == wanted, f"missing {sorted(wanted - set(found))}, too many {sorted(set(found) - wanted)}"
    assert not [each for each, times in found.items() if times > 1]


@each_course
def test_no_question_of_a_course_asks_in_the_words_of_one_that_is_held_back(code: str) -> None:
    held_back = {told(each) for name in FORMS for each in form(name)}
    questions = course_of(COURSES[code][0]).questions.values()
    assert not [each.id for each in questions if told(each) in held_back]


@each_course
def test_a_course_has_enough_to_practise_in_each_of_its_competencies(code: str) -> None:
    practice = course_report(course_of(COURSES[code][0])).practice
    assert practice.items >= LEAST
    assert not {name: count for name, count in practice.competencies.items() if count < PRACTICE_LEAST}
    assert sum(practice.competencies.values()) == practice.items


@each_course
def test_the_right_option_is_the_longest_in_a_quarter_of_the_questions_at_most(code: str) -> None:
    questions = course_of(COURSES[code][0]).questions.values()
    singles = [each for each in questions if isinstance(each, Single)]
    assert len(key_longest(singles)) <= KEY_LONGEST_SHARE * len(singles)


@each_course
def test_a_case_is_told_in_the_order_it_was_written(code: str) -> None:
    quizzes = course_of(COURSES[code][0]).quizzes
    shuffled = [each.id for each in quizzes if each.settings.shuffle_questions]
    cases = [each.id for each in quizzes if any(section.text for section in each.sections)]
    assert not set(cases) & set(shuffled)


# The tests before and after


def test_the_forms_hold_what_is_held_back_each_question_once() -> None:
    found = drafts_in(FOLDER / TRAINING)
    assert len(found) == len(set(found))
    assert set(found) == HELD_BACK - DROPPED - IN_RESERVE
    texts = [told(each) for name in FORMS for each in form(name)]
    assert len(texts) == len(set(texts)) == 2 * QUESTIONS


def test_the_forms_are_parallel_question_by_question() -> None:
    a, b = (form(name) for name in FORMS)
    assert len(a) == len(b) == QUESTIONS
    for one, other in zip(a, b, strict=True):
        assert (one.competency, one.difficulty, one.tags) == (other.competency, other.difficulty, other.tags), one.id
        assert isinstance(one, Single) and isinstance(other, Single) and len(one.options) == len(other.options)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_follows_the_blueprint(name: str) -> None:
    questions = form(name)
    areas = Counter(str(each.competency).partition(".")[0] for each in questions)
    assert all(areas[area] >= 3 for area in ("F1", "F4", "F5")), areas
    assert {level: sum(each.difficulty == level for each in questions) for level in ("easy", "medium", "hard")} == {
        "easy": 9, "medium": 15, "hard": 6,
    }  # fmt: skip
    assert {each.tags for each in questions} == {("situasi",), ("pengetahuan",)}
    assert len(key_longest([each for each in questions if isinstance(each, Single)])) <= KEY_LONGEST_SHARE * QUESTIONS


@pytest.mark.parametrize("name", FORMS)
def test_a_form_asks_each_course_as_often_as_the_blueprint_says(name: str) -> None:
    """Its questions stand in the order of the courses; those made from a draft tell which course they belong to."""
    courses = [course for course, count in BLUEPRINT.items() for _ in range(count)]
    asked = dict(zip((each.id for each in form(name)), courses, strict=True))
    text = (FOLDER / TRAINING / "bank" / f"{name}.yaml").read_text(encoding="utf-8")
    drafts = _ABOVE_A_QUESTION.findall(text)
    assert len(drafts) > QUESTIONS / 2
    assert all(draft.startswith(asked[question]) for draft, question in drafts)


def test_each_form_is_asked_whole_before_and_after() -> None:
    quizzes = course_of(TRAINING).quizzes
    assert {(each.settings.purpose, each.settings.form) for each in quizzes} == {
        ("pretest", "A"), ("pretest", "B"), ("posttest", "A"), ("posttest", "B"),
    }  # fmt: skip
    for each in quizzes:
        name = f"form-{str(each.settings.form).lower()}"
        assert each.addresses == tuple(f"{TRAINING}/{name}/{question.id}" for question in form(name))
