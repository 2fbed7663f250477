"""A checked question done again, through its pages."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.ground.cast import Cast
from tests.ground.database import ATTEMPTS, Start
from tests.learn.walker import Walker

QUIZ = "/courses/percobaan/urut-periksa"
AGAIN = "Kerjakan ulang soal ini"


@pytest.fixture
def start() -> Start:
    """Quizzes that differ in what an attempt can be."""
    return ATTEMPTS


def test_a_checked_question_opens_again_by_its_button_and_the_newest_answer_counts(app: Flask, cast: Cast) -> None:
    siti = Walker.of(app)
    siti.open(QUIZ)
    siti.send(f"{QUIZ}/attempts")
    attempt = siti.path
    for slot in (1, 2):
        assert AGAIN not in siti.main()
        assert AGAIN in siti.answer(slot, {"choice": "false"}, action="check") and "Salah" in siti.main()
        old = Walker(siti.client, siti.html, siti.path)
        for walker in (siti, old):  # pressed twice
            walker.answer(slot, {}, action="redo")
            assert AGAIN not in walker.main() and "checked" not in walker.main() and "Pembahasan" not in walker.main()
        if slot == 1:
            assert AGAIN in siti.answer(slot, {"choice": "true"}, action="check")
        siti.send(f"{attempt}/answers/{slot}/passed")
    assert "soal 2" in siti.main()  # opened again and not answered: the answer before it stands
    siti.send(f"{attempt}/finish")
    assert 'class="result">50<' in siti.main() and siti.main().count("Jawaban Anda") == 2


def test_where_a_key_is_kept_back_no_question_opens_again(app: Flask, cast: Cast) -> None:
    siti = Walker.of(app)
    siti.open("/courses/percobaan/rerata")
    siti.send("/courses/percobaan/rerata/attempts")
    siti.answer(1, {"choice": "true"}, go="stay")
    assert "checked" in siti.answer(1, {"choice": "true"}, action="redo", go="stay")
