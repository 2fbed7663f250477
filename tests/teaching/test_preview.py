"""A course as its learners see it, and below each question what only trainers see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.catalogue.operations import sync
from app.catalogue.queries import get_published
from app.content.activities import Quiz
from app.content.course import Course
from app.questions.base import Question
from tests.catalogue.writing import NOW
from tests.ground.cast import make_cast, sign_in
from tests.ground.html import valid_html


@pytest.fixture
def course(app: Flask, courses_folder: Path) -> Course:
    with app.app_context():
        sync(courses_folder, now=NOW)
        return get_published("contoh").course


@pytest.fixture
def rahmat(app: Flask, client: FlaskClient, course: Course) -> FlaskClient:
    """Rahmat, a trainer, at his browser."""
    make_cast(app)
    sign_in(client, "rahmat")
    return client


def read(client: FlaskClient, activity_id: str) -> str:
    answer = client.get(f"/teaching/courses/contoh/preview/{activity_id}")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200, text
    valid_html(text)
    return text


def quizzes(course: Course) -> list[Quiz]:
    return [each for each in course.activities if isinstance(each, Quiz)]


def feedback_of(question: Question) -> list[str]:
    """Every feedback text written under a question."""
    parts = [question, *getattr(question, "options", ()), *getattr(question, "answers", ())]
    names = ("feedback", "feedback_true", "feedback_false")
    found = [getattr(part, name, None) for part in parts for name in names]
    return [each.id for each in found if each is not None and not callable(each)]


def test_a_lesson_is_shown_as_its_readers_see_it(rahmat: FlaskClient, course: Course) -> None:
    page = read(rahmat, "pengantar")
    assert course.activities[0].html["id"].strip() in page  # type: ignore[union-attr]
    assert "Pratinjau (seperti dilihat peserta)" in page
    assert "Selesai membaca" not in page  # nothing a trainer does here counts as a learner's


def test_every_question_that_may_be_drawn_is_shown_with_key_feedback_and_explanation_folded_below(
    rahmat: FlaskClient, course: Course
) -> None:
    kinds = set()
    for quiz in quizzes(course):
        page = read(rahmat, quiz.id)
        asked = page.split("<section ")[1:]
        assert len(asked) == len(quiz.addresses)
        for address, section in zip(quiz.addresses, asked, strict=True):
            question = course.questions[address]
            kinds.add(question.type)
            seen, _, folded = section.partition("<details>")
            assert f"<code>{address}</code>" in seen
            assert "Kunci jawaban" in folded
            if question.explanation is not None:
                assert question.explanation.id not in seen
                assert question.explanation.id in folded
            for said in feedback_of(question):
                assert said not in seen
                assert said in folded
    assert len(kinds) == 5


def test_each_question_has_a_form_of_its_own_so_that_trying_one_leaves_the_others(
    rahmat: FlaskClient, course: Course
) -> None:
    (quiz, *_) = quizzes(course)
    page = read(rahmat, quiz.id)
    forms = re.findall(r'<form autocomplete="off">(.*?)</form>', page, re.DOTALL)
    assert len(forms) == len(quiz.addresses)
    assert all("name=" in each for each in forms)


def test_what_is_not_in_the_course_is_not_found(rahmat: FlaskClient) -> None:
    for path in ("contoh/preview/tidak-ada", "tidak-ada/preview/pengantar", "@shared/preview/pengantar"):
        assert rahmat.get(f"/teaching/courses/{path}").status_code == 404
