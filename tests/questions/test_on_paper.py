"""Questions on paper, and the key of a printed sheet: it names the letters, numbers and boxes of that sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from app.questions.base import Question
from tests.questions.cast import (
    ALL,
    AUTHOR,
    COLLECTIONS,
    DAYS,
    FLOOR_PLAN,
    FOLKTALES,
    GREETING,
    LOANS,
    PASSAGE,
    POINTED,
    ROUTINE,
    STATEMENT,
    TOOLS,
    question,
)
from tests.questions.test_partials import shown, words

KEYS: list[tuple[Question[Any], Sequence[int], str]] = [
    (FOLKTALES, (2, 0, 1), "B. 398.2"),
    (LOANS, (3, 1, 0, 2), "B. Tanggal kembali; C. Nama"),
    (STATEMENT, (), "Benar"),
    (AUTHOR, (), "Hirata, Andrea"),
    (DAYS, (), "15"),
    (TOOLS, (1, 0, 2, 2, 1, 0), "1. B; 2. C; 3. C"),
    (ROUTINE, (3, 2, 1, 0, 4), "4. Beri label; 3. Klasifikasi; 2. Catat; 1. Terima; 5. Taruh di rak"),
    (COLLECTIONS, (3, 1, 2, 0, 0, 1, 2), "1. C; 2. B; 3. B; 4. A"),
    (PASSAGE, (), "1. 398.2; 2. pengarang; 3. 7,5"),
    (GREETING, (4, 3, 2, 1, 0), "1. senyum; 2. keperluannya; 3. senyum; 4. pintu"),
    (FLOOR_PLAN, (1, 2, 0), "3. Dekat pintu"),
    (POINTED, (), POINTED.right_answer_summary("id")),
]


@pytest.mark.parametrize(("asked", "order", "key"), KEYS)
def test_a_key_names_what_the_sheet_shows(asked: Question[Any], order: Sequence[int], key: str) -> None:
    assert asked.paper_key(order, "id") == key


def test_what_a_person_marks_or_nobody_has_no_key() -> None:
    keyless = [kind for kind, asked in ALL.items() if not asked.paper_key(asked.order(None), "id")]
    assert keyless == ["essay", "file", "likert", "information"]


@pytest.mark.parametrize(("position", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_choices_go_by_letters_beyond_the_alphabet_too(position: int, letter: str) -> None:
    assert FOLKTALES.letter(position) == letter


def test_options_stand_on_paper_with_the_letters_of_the_key() -> None:
    assert words(shown(FOLKTALES, state="paper", order=(2, 0, 1))).endswith("A. 899.221 (sastra) B. 398.2 C. 020")


def test_items_are_ticked_in_a_table_of_their_groups() -> None:
    html = shown(COLLECTIONS, state="paper", order=(3, 1, 2, 0, 0, 1, 2))
    assert "A. Umum B. Rujukan C. Bukan salah satunya 1. Stempel 2. Kamus" in words(html)
    assert html.count('<span class="box tick">') == 4 * 3


def test_a_number_with_units_has_a_line_for_each_and_names_no_unit() -> None:
    with_units = DAYS.model_copy(update={"units": ({"unit": "hari", "factor": 1},)})
    assert words(shown(with_units, state="paper")) == "Berapa hari? Jawaban: Satuan:"
    assert words(shown(DAYS, state="paper")) == "Berapa hari? Jawaban:"


@pytest.mark.parametrize(
    ("essay", "lines"),
    [({}, 8), ({"max_words": "150"}, 15), ({"max_words": "151"}, 16), ({"max_words": "30"}, 8),
     ({"max_words": "2000"}, 40), ({"max_words": "300", "lines": "5"}, 5)],
)  # fmt: skip
def test_an_essay_has_lines_for_its_words_unless_its_author_says_how_many(essay: dict[str, str], lines: int) -> None:
    assert shown(question("essay", **essay), state="paper").count("<div></div>") == lines
