"""A quiz whose grade is not its best attempt, through its pages."""

from __future__ import annotations

import pytest
from flask import Flask

from app.catalogue.queries import get_published
from app.progress.queries import facts_of, standing_in
from app.progress.rules import course_progress
from tests.ground.cast import Cast
from tests.ground.database import ATTEMPTS, Start
from tests.learn.walker import Walker

SLUG = "percobaan"


@pytest.fixture
def start() -> Start:
    """Quizzes that differ in what an attempt can be."""
    return ATTEMPTS


def take(siti: Walker, answers: str, quiz: str = "rerata") -> str:
    """One attempt at a quiz of true-false questions, `true` or `false` for each; the page of its result."""
    siti.open(f"/courses/{SLUG}/{quiz}")
    siti.send(f"/courses/{SLUG}/{quiz}/attempts")
    for slot, answer in enumerate(answers.split(), start=1):
        siti.answer(slot, {"choice": answer}, go="next")
    siti.send(siti.path.replace("/overview", "/finish"))
    return siti.main()


def test_the_average_decides_on_every_page_though_one_attempt_passed(app: Flask, cast: Cast) -> None:
    siti = Walker.of(app)
    take(siti, "false false")
    page = take(siti, "true true")
    assert "Nilai rata-rata: <strong>50</strong>" in page and "✓ Lulus" in page and "Belum lulus" in page
    assert "Pembahasan" not in page  # its keys stay shut until the grade passes, not an attempt alone
    start = siti.open(f"/courses/{SLUG}/rerata")
    assert "Nilai rata-rata: <strong>50</strong>" in start and 'class="tag leaf">✓ Lulus' not in start
    assert "belum lulus · nilai rata-rata 50" in siti.open(f"/courses/{SLUG}")
    with app.app_context():
        course = get_published(SLUG).course
        _, facts = standing_in(cast.siti, course)
        assert (facts.quizzes["rerata"].best, facts.quizzes["rerata"].passed) == (0.5, False)
        assert facts_of(cast.siti, [course])[SLUG].quizzes == facts.quizzes
    for _ in range(2):
        take(siti, "true true")
    assert "lulus · nilai rata-rata 75" in siti.open(f"/courses/{SLUG}")
    with app.app_context():
        _, facts = standing_in(cast.siti, course)
        assert facts.quizzes["rerata"].passed
        assert course_progress(course, facts).standings[0] == "done"
