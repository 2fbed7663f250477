"""What an answer is worth, kind by kind. Figures are worked out by hand from design/quiz-engine.md, A and B 4.4."""

from __future__ import annotations

from itertools import combinations
from statistics import mean
from typing import Any

import pytest

from app.questions.base import Grade, Outcome, Question
from tests.questions.cast import AUTHOR, DAYS, FOLKTALES, LOANS, STATEMENT, options, question


def graded(asked: Question[Any], stored: dict[str, Any]) -> Grade:
    return asked.grade(asked.response_of(stored))


SINGLE_WEIGHED = question("single", options=options(("A", True), ("B", "50"), ("C", "-25%"), ("D", False)))

SINGLE = [
    (FOLKTALES, 0, 1.0, Outcome.RIGHT),
    (FOLKTALES, 1, 0.0, Outcome.WRONG),
    (SINGLE_WEIGHED, 1, 0.5, Outcome.PARTIAL),
    (SINGLE_WEIGHED, 2, -0.25, Outcome.WRONG),  # below 0 is possible in single only (B 4.4)
    (SINGLE_WEIGHED, "9", 0.0, Outcome.INVALID),
    (SINGLE_WEIGHED, -1, 0.0, Outcome.INVALID),
]


@pytest.mark.parametrize(("asked", "choice", "fraction", "outcome"), SINGLE)
def test_a_single_choice_earns_its_options_weight(
    asked: Question[Any], choice: int | str, fraction: float, outcome: Outcome
) -> None:
    assert graded(asked, {"choice": choice}) == Grade(fraction, outcome)


THREE_OF_FIVE = options(("A", True), ("B", True), ("C", True), ("D", False), ("E", False))
WEIGHTS = options(("A", "60"), ("B", "40"), ("C", "-50"), ("D", "0"))

MULTIPLE = [
    ("each", THREE_OF_FIVE, (0, 1, 2), 1.0),
    ("each", THREE_OF_FIVE, (0, 1), 2 / 3),
    ("each", THREE_OF_FIVE, (0, 1, 2, 3), 1 - 1 / 2),
    ("each", THREE_OF_FIVE, (0, 3), 0.0),  # 1/3 - 1/2 is clipped
    ("each", THREE_OF_FIVE, (0, 1, 2, 3, 4), 0.0),  # ticking every box earns nothing
    ("each", THREE_OF_FIVE, (3,), 0.0),
    ("each", options(("A", True), ("B", True)), (0,), 0.5),  # no wrong option: nothing to take away
    ("all-or-nothing", THREE_OF_FIVE, (0, 1, 2), 1.0),
    ("all-or-nothing", THREE_OF_FIVE, (0, 1), 0.0),
    ("all-or-nothing", THREE_OF_FIVE, (0, 1, 2, 3), 0.0),
    ("right-minus-excess", THREE_OF_FIVE, (0, 1), 2 / 3),
    ("right-minus-excess", THREE_OF_FIVE, (0, 1, 3), 2 / 3),  # three ticks for three right ones: no excess
    ("right-minus-excess", THREE_OF_FIVE, (0, 1, 2, 3), 2 / 3),
    ("right-minus-excess", THREE_OF_FIVE, (0, 1, 2, 3, 4), 1 / 3),
    ("weights", WEIGHTS, (0,), 0.6),
    ("weights", WEIGHTS, (0, 1), 1.0),
    ("weights", WEIGHTS, (0, 2), 0.1),
    ("weights", WEIGHTS, (2,), 0.0),
    ("weights", options(("A", "80"), ("B", "80")), (0, 1), 1.0),
    ("weights", options(("A", "33.33333"), ("B", "33.33333"), ("C", "33.33333")), (0, 1, 2), 1.0),
]


@pytest.mark.parametrize(("scoring", "written", "ticked", "fraction"), MULTIPLE)
def test_a_set_of_ticks_is_worth_what_its_scoring_says(
    scoring: str, written: list[dict[str, Any]], ticked: tuple[int, ...], fraction: float
) -> None:
    grade = graded(question("multiple", scoring=scoring, options=written), {"choices": ticked})
    assert grade.fraction == pytest.approx(fraction, abs=1e-6)
    assert grade.outcome is Grade.of(fraction).outcome


def test_a_tick_that_names_no_option_makes_the_whole_answer_invalid() -> None:
    assert graded(LOANS, {"choices": [0, "x"]}).outcome is Outcome.INVALID
    assert graded(LOANS, {"choices": [0, 9]}).outcome is Outcome.INVALID


def test_no_tick_at_all_is_worth_nothing_in_every_scoring() -> None:
    for scoring in ("each", "all-or-nothing", "right-minus-excess"):
        assert graded(question("multiple", scoring=scoring, options=THREE_OF_FIVE), {"choices": []}).fraction == 0


def test_a_statement_is_judged_right_or_wrong() -> None:
    assert graded(STATEMENT, {"choice": True}) == Grade(1.0, Outcome.RIGHT)
    assert graded(STATEMENT, {"choice": False}) == Grade(0.0, Outcome.WRONG)
    assert graded(STATEMENT, {"choice": "ya"}).outcome is Outcome.INVALID


SHORT = [
    ("Hirata, Andrea", 1.0),
    ("  hirata,  ANDREA ", 1.0),  # blanks and capitals do not count
    ("Andrea Hirata", 0.5),  # by the pattern with wildcards
    ("Hirata", 0.5),
    ("Andrea", 0.0),
]


@pytest.mark.parametrize(("typed", "fraction"), SHORT)
def test_the_first_pattern_that_matches_decides(typed: str, fraction: float) -> None:
    assert graded(AUTHOR, {"text": typed}).fraction == fraction


PATTERNS = [
    ("perpus*", "perpustakaan", True),
    ("perpus*", "perpus", True),
    ("*pustaka*", "kepustakaan", True),
    ("*pustaka*", "pusaka", False),
    ("a*b*a", "aba", True),
    ("a*b*a", "ab", False),
    ("ab*ba", "aba", False),  # head and tail may not share a letter
    ("*a*a*", "a", False),
    (r"5 \* 2", "5 * 2", True),
    (r"5 \* 2", "5 x 2", False),
    ("a.c", "abc", False),  # a point is a point
    ("[ab]", "a", False),
    ("e\u0301tude", "\u00e9tude", True),  # the same letter composed and decomposed
    ("stra\u00dfe", "STRASSE", True),
    ("\U0001f4da*", "\U0001f4da buku", True),
    ("*", "apa saja", True),
    ("", "x", False),
]


@pytest.mark.parametrize(("pattern", "typed", "fits"), PATTERNS)
def test_a_star_stands_for_any_text_and_everything_else_for_itself(pattern: str, typed: str, fits: bool) -> None:
    asked = question("short-text", answers=[{"text": pattern}])
    assert (graded(asked, {"text": typed}).fraction == 1) is fits


def test_capitals_count_where_the_author_says_so() -> None:
    asked = question("short-text", case_sensitive="true", answers=[{"text": "DDC"}])
    assert graded(asked, {"text": "DDC"}).fraction == 1
    assert graded(asked, {"text": "ddc"}).fraction == 0


def test_a_letter_is_the_same_composed_or_not_where_capitals_count_too() -> None:
    asked = question("short-text", case_sensitive="true", answers=[{"text": "e\u0301tude"}])
    assert graded(asked, {"text": "\u00e9tude"}).fraction == 1


def test_an_answer_in_either_language_counts() -> None:
    asked = question("short-text", answers=[{"text": {"id": "katalog", "en": "catalogue"}}])
    assert graded(asked, {"text": "Catalogue"}).fraction == graded(asked, {"text": "katalog"}).fraction == 1


def test_a_pattern_of_stars_alone_is_compared_in_bounded_steps() -> None:
    asked = question("short-text", answers=[{"text": "*a" * 20_000 + "b"}])
    assert graded(asked, {"text": "a" * 500}).fraction == 0


NUMBERS = [
    ({"value": "15"}, "15", 1.0),
    ({"value": "15"}, "15,0", 1.0),
    ({"value": "15"}, "15 hari", 1.0),  # a unit nobody asked for is harmless
    ({"value": "15"}, "16", 0.0),
    ({"value": "1500"}, "1.500", 1.0),
    ({"value": "1500"}, "1 500", 1.0),
    ({"value": "0.59"}, "0,59", 1.0),
    ({"value": "0.59"}, "0.59", 1.0),
    ({"value": "10", "tolerance": "0.5"}, "10,5", 1.0),
    ({"value": "10", "tolerance": "0.5"}, "10,51", 0.0),
    ({"value": "0.7", "tolerance": "0.1"}, "0.8", 1.0),  # floats make it 0.7999…
    ({"value": "200", "tolerance": "0.05", "tolerance_type": "relative"}, "190", 1.0),
    ({"value": "200", "tolerance": "0.05", "tolerance_type": "relative"}, "189", 0.0),
    ({"value": "-200", "tolerance": "0.05", "tolerance_type": "relative"}, "-210", 1.0),
    ({"value": "8", "tolerance": "1", "tolerance_type": "geometric"}, "4", 1.0),
    ({"value": "8", "tolerance": "1", "tolerance_type": "geometric"}, "16,1", 0.0),
    ({"value": "-8", "tolerance": "1", "tolerance_type": "geometric"}, "-4", 1.0),
    ({"value": "-8", "tolerance": "1", "tolerance_type": "geometric"}, "-3,9", 0.0),
    ({"value": "*"}, "12", 1.0),
]


@pytest.mark.parametrize(("answer", "typed", "fraction"), NUMBERS)
def test_a_number_counts_within_its_tolerance_bounds_included(
    answer: dict[str, Any], typed: str, fraction: float
) -> None:
    assert graded(question("number", answers=[answer]), {"text": typed}).fraction == fraction


@pytest.mark.parametrize("typed", ["lima belas", "15 16", "10:30", "1/2", "15 - 20", "22.11.2026", "Rp 15", "15 m2 3"])
def test_what_is_not_one_number_is_invalid(typed: str) -> None:
    assert graded(DAYS, {"text": typed}) == Grade(0.0, Outcome.INVALID)


PRICE = {
    "answers": [{"value": "15000"}, {"value": "15", "fraction": "50"}],
    "units": [{"unit": "Rp"}, {"unit": "rupiah"}, {"unit": "ribu", "factor": "0.001"}],
}

UNITS = [
    (None, "Rp15.000", 1.0),
    (None, "Rp. 15.000,-", 1.0),
    (None, "15000 RUPIAH", 1.0),
    (None, "15 ribu", 1.0),  # 15 / 0.001
    (None, "15.000", 1.0),
    (None, "15", 0.5),
    ("20", "Rp 15.000", 1.0),
    ("20", "15.000", 0.8),
    ("20", "15.000 dolar", 0.8),
    ("20", "15", 0.4),
    ("100", "15.000", 0.0),
]


@pytest.mark.parametrize(("penalty", "typed", "fraction"), UNITS)
def test_a_unit_converts_and_a_wrong_one_costs_its_penalty(penalty: str | None, typed: str, fraction: float) -> None:
    asked = question("number", **PRICE, **({} if penalty is None else {"unit_penalty": penalty}))
    assert graded(asked, {"text": typed}).fraction == pytest.approx(fraction)


def test_a_penalty_without_units_costs_nothing() -> None:
    asked = question("number", answers=[{"value": "15"}], unit_penalty="20")
    assert graded(asked, {"text": "15"}).fraction == 1


POSITIONS = [
    ("after", "15 Rp", Outcome.RIGHT),
    ("after", "Rp 15", Outcome.INVALID),
    ("before", "Rp 15", Outcome.RIGHT),
    ("before", "15 Rp", Outcome.INVALID),
    ("either", "Rp 15 Rp", Outcome.INVALID),
]


@pytest.mark.parametrize(("position", "typed", "outcome"), POSITIONS)
def test_a_unit_stands_where_the_author_wants_it(position: str, typed: str, outcome: Outcome) -> None:
    asked = question("number", answers=[{"value": "15"}], units=[{"unit": "Rp"}], unit_position=position)
    assert graded(asked, {"text": typed}).outcome is outcome


def test_the_same_digits_mean_what_the_pages_language_says() -> None:
    asked = question("number", answers=[{"value": "1.234"}, {"value": "1234", "fraction": "10"}])
    assert graded(asked, {"text": "1.234", "language": "en"}).fraction == 1
    assert graded(asked, {"text": "1.234", "language": "id"}).fraction == 0.1
    assert graded(asked, {"text": "1,234", "language": "id"}).fraction == 1


GUESSES = [
    (FOLKTALES, 1 / 3),
    (SINGLE_WEIGHED, (1 + 0.5 - 0.25) / 4),
    (LOANS, None),
    (STATEMENT, 0.5),
    (AUTHOR, 0.0),
    (DAYS, 0.0),
    (question("short-text", answers=[{"text": "a"}, {"text": "*", "fraction": "20"}]), 0.2),
    (question("number", answers=[{"value": "1"}, {"value": "*", "fraction": "20"}]), 0.2),
]


@pytest.mark.parametrize(("asked", "expected"), GUESSES)
def test_a_blind_guess_earns_what_chance_gives(asked: Question[Any], expected: float | None) -> None:
    assert asked.guess_score() == (None if expected is None else pytest.approx(expected))


def every_set_of_ticks(asked: Question[Any]) -> list[float]:
    indexes = range(len(asked.options))
    sets = [ticks for count in range(1, len(asked.options) + 1) for ticks in combinations(indexes, count)]
    return [graded(asked, {"choices": ticks}).fraction or 0.0 for ticks in sets]


@pytest.mark.parametrize("scoring", ["each", "all-or-nothing", "right-minus-excess", "weights"])
@pytest.mark.parametrize("right", [1, 2, 3])
def test_blind_ticks_earn_the_mean_over_every_set_of_them(scoring: str, right: int) -> None:
    earned = [{"correct": index < right} for index in range(5)]
    if scoring == "weights":
        earned = [{"weight": str(100 // right) if index < right else "-25"} for index in range(5)]
    options = [{"text": f"pilihan {index}", **each} for index, each in enumerate(earned)]
    asked = question("multiple", options=options, scoring=scoring)
    assert asked.guess_score() is None
    assert asked.blind_score() == pytest.approx(mean(every_set_of_ticks(asked)))


@pytest.mark.parametrize(("asked", "expected"), GUESSES)
def test_scores_count_the_guess_score_where_there_is_one(asked: Question[Any], expected: float | None) -> None:
    if expected is not None:
        assert asked.blind_score() == pytest.approx(max(0.0, expected))


SUMMARIES: list[tuple[Question[Any], dict[str, Any], str, str, str]] = [
    (FOLKTALES, {"choice": 2}, "en", "899.221 (literature)", "398.2"),
    (LOANS, {"choices": [0, 2]}, "id", "Nama; Agama", "Nama; Tanggal kembali"),
    (STATEMENT, {"choice": False}, "en", "False", "True"),
    (STATEMENT, {"choice": False}, "id", "Salah", "Benar"),
    (AUTHOR, {"text": "Hirata"}, "id", "Hirata", "Hirata, Andrea"),
    (DAYS, {"text": "14 hari"}, "id", "14 hari", "15"),
    (question("number", answers=[{"value": "1234.5"}], units=[{"unit": "cm"}]), {"text": "1"}, "id", "1", "1.234,5 cm"),
    (question("number", answers=[{"value": "7.5"}], units=[{"unit": "%"}]), {"text": "1"}, "id", "1", "7,5%"),
    (question("short-text", answers=[{"text": r"dinas\* *"}]), {"text": "x"}, "id", "x", "dinas* …"),
]


@pytest.mark.parametrize(("asked", "stored", "language", "given", "right"), SUMMARIES)
def test_answers_are_told_in_one_line_of_the_readers_language(
    asked: Question[Any], stored: dict[str, Any], language: str, given: str, right: str
) -> None:
    assert asked.response_summary(asked.response_of(stored), language) == given
    assert asked.right_answer_summary(language) == right


def test_feedback_is_what_the_author_said_to_this_answer() -> None:
    def said(asked: Question[Any], stored: dict[str, Any]) -> list[str]:
        return [text.id for text in asked.feedback(asked.response_of(stored))]

    assert said(FOLKTALES, {"choice": 1}) == ["Itu ilmu perpustakaan."]
    assert said(FOLKTALES, {"choice": 0}) == []
    assert said(STATEMENT, {"choice": False}) == ["Katalog memang daftar koleksi."]
    assert said(STATEMENT, {"choice": True}) == said(STATEMENT, {"choice": "ya"}) == []
    assert said(AUTHOR, {"text": "Andrea Hirata"}) == ["Nama keluarga lebih dulu."]
    assert said(DAYS, {"text": "13"}) == ["Hampir."]
    assert said(DAYS, {"text": "tiga belas"}) == []
