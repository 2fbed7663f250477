"""Headings among a quiz's questions, wherever its questions are listed or shown."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.ground.cast import Cast
from tests.ground.database import ATTEMPTS, Start
from tests.learn.walker import Walker

QUIZ = "/courses/percobaan/bagian"
HEADINGS = ("Pintu dan jendela", "Atap")


@pytest.fixture
def start() -> Start:
    """Quizzes that differ in what an attempt can be."""
    return ATTEMPTS


def test_headings_stand_in_the_list_above_the_first_question_in_the_overview_and_in_the_result(
    app: Flask, cast: Cast
) -> None:
    siti = Walker.of(app)
    assert "3 soal" in siti.open(QUIZ)  # the text among them asks nothing
    siti.send(f"{QUIZ}/attempts")
    attempt = siti.path
    for slot, heading in enumerate((HEADINGS[0], None, HEADINGS[1], None), start=1):
        siti.open(f"{attempt}?slot={slot}")
        assert re.findall(r'<h2 class="section">([^<]*)', siti.main()) == ([heading] if heading else [])
        folded = re.findall(r"<details><summary>([^<]*)</summary><p>([^<]*)</p>", siti.main())
        assert folded == ([(HEADINGS[0], "Dua soal dari bank.")] if slot == 2 else [])
        assert ("Dua soal dari bank." in siti.main()) is (slot in (1, 2))
        assert re.findall(r'<p class="meta">([^<]*)</p>\s*<ol', siti.main()) == list(HEADINGS)
        assert '<ol class="slots" start="3">' in siti.main()
    siti.open(f"{attempt}/overview")
    assert re.findall(r"<h2>([^<]*)", siti.main()) == list(HEADINGS)
    siti.open(f"{attempt}?slot=1")
    for slot in range(1, 5):
        siti.answer(slot, {"choice": "true"} if slot != 3 else {}, go="next")
    siti.send(f"{attempt}/finish")
    assert re.findall(r'<h3 class="section">([^<]*)', siti.main()) == list(HEADINGS)
    assert re.findall(r"([0-9,]+) dari [0-9,]+ poin", siti.main()).count("3,0") == 1
