"""What a question's parts do wrong together is told with its place; a sound question has nothing to tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import app.questions.flaws
from app.questions.flaws import SENTENCES, sentence
from app.questions.registry import KINDS, NOT_YET, template_of
from tests.questions.cast import ALL, options, question

TWO = options(("A", True), ("B", False))

FLAWS: list[tuple[str, dict[str, Any], list[tuple[tuple[str | int, ...], str]]]] = [
    ("single", {"options": options(("A", False), ("B", False))}, [(("options",), "none_correct")]),
    ("single", {"options": options(("A", True), ("B", True))}, [(("options", 1), "two_correct")]),
    ("single", {"options": options(("A", True), ("B", "100"))}, [(("options", 1), "two_correct")]),
    ("single", {"options": [{"text": "A", "correct": True, "weight": "60"}, {"text": "B"}]},
     [(("options", 0, "weight"), "key_weight")]),
    ("single", {"options": options(("A", "100"), ("B", "-20"))}, []),
    ("single", {"options": options(("A", True))}, [(("options",), "few_options")]),
    ("single", {"options": []}, [(("options",), "few_options"), (("options",), "none_correct")]),
    ("single", {"options": [{**option, "id": "x"} for option in TWO]}, [(("options", 1, "id"), "option_id_twice")]),
    ("multiple", {"options": options(("A", False), ("B", False))}, [(("options",), "none_correct")]),
    ("multiple", {"options": [*TWO, {"text": "C", "weight": "5"}]}, [(("options", 2, "weight"), "weight_unused")]),
    ("multiple", {"scoring": "weights", "options": options(("A", "60"), ("B", "39"))},
     [(("options",), "weights_below_full")]),
    ("multiple", {"scoring": "weights", "options": options(("A", "99.99"), ("B", "-5"))},
     [(("options",), "weights_below_full")]),
    ("multiple", {"scoring": "weights", "options": [{"text": "A", "weight": "100"},
                                                     {"text": "B", "weight": "-5", "correct": "true"}]},
     [(("options", 1), "weight_contradicts")]),
    ("multiple", {"scoring": "weights", "options": options(("A", "60"), ("B", "60"))}, []),
    ("short-text", {"answers": []}, [(("answers",), "answers_missing")]),
    ("short-text", {"answers": [{"text": "a", "fraction": "80"}]}, [(("answers",), "full_mark_missing")]),
    ("short-text", {"answers": [{"text": "a"}, {"text": " A "}]}, [(("answers", 1), "answer_twice")]),
    ("short-text", {"answers": [{"text": ""}]}, [(("answers", 0, "text"), "answer_empty")]),
    ("short-text", {"case_sensitive": "true", "answers": [{"text": "a"}, {"text": "A"}]}, []),
    ("number", {"answers": []}, [(("answers",), "answers_missing")]),
    ("number", {"answers": [{"value": "1", "fraction": "50"}]}, [(("answers",), "full_mark_missing")]),
    ("number", {"answers": [{"value": "1", "tolerance": "-1"}]}, [(("answers", 0, "tolerance"), "tolerance_negative")]),
    ("number", {"answers": [{"value": "1"}], "unit_penalty": "10"}, [(("unit_penalty",), "unit_penalty_unused")]),
    ("number", {"answers": [{"value": "1"}], "units": [{"unit": "m"}, {"unit": "m", "factor": "0"}]},
     [(("units", 1, "factor"), "unit_factor"), (("units", 1, "unit"), "unit_twice")]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "written", "expected"), FLAWS)
def test_a_flaw_is_told_with_its_place_and_a_sentence(
    kind: str, written: dict[str, Any], expected: list[tuple[tuple[str | int, ...], str]]
) -> None:
    flaws = list(question(kind, **written).faults())
    assert [(flaw.path, flaw.code) for flaw in flaws] == expected
    for flaw in flaws:
        told = str(sentence(flaw))
        assert told.endswith(".") and "%%" not in told and "%(" not in told


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_question_of_each_kind_has_no_flaws(kind: str) -> None:
    assert list(ALL[kind].faults()) == []


def test_every_sentence_has_a_case_above() -> None:
    assert {code for *_, expected in FLAWS for _, code in expected} == set(SENTENCES)


def test_each_kind_has_its_line_its_name_and_its_partial() -> None:
    folder = Path(app.questions.flaws.__file__).parent / "templates"
    for name, kind in KINDS.items():
        assert kind.model_fields["type"].default == name
        assert (folder / template_of(ALL[name])).is_file()
    assert not NOT_YET & KINDS.keys()


MALFORMED = [
    ("single", {"options": TWO, "colour": "x"}, "extra_forbidden"),
    ("single", {}, "missing"),
    ("single", {"options": [{"text": "A", "correct": "yes"}]}, "flag_expected"),
    ("single", {"options": TWO, "points": "0"}, "number_out_of_range"),
    ("single", {"options": TWO, "difficulty": "sulit"}, "literal_error"),
    ("single", {"options": TWO, "id": "Soal 1"}, "slug_expected"),
    ("multiple", {"options": TWO, "scoring": "some"}, "literal_error"),
    ("true-false", {"answer": "benar"}, "flag_expected"),
    ("number", {"answers": [{"value": "0,5"}]}, "number_expected"),
    ("number", {"answers": [{"value": "020"}]}, "number_expected"),
]


@pytest.mark.parametrize(("kind", "written", "code"), MALFORMED)
def test_a_field_that_is_not_as_it_must_be_is_refused(kind: str, written: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        question(kind, **written)
    assert [error["type"] for error in refused.value.errors()] == [code]
