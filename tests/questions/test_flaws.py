"""What a question's parts do wrong together is told with its place; a sound question has nothing to tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import app.questions.flaws
from app.questions.flaws import SENTENCES, sentence
from app.questions.registry import KINDS, template_of
from tests.questions.cast import ALL, options, question

LEVELS = [{"text": "Kurang", "points": "0"}, {"text": "Baik", "points": "2"}]
TWO = options(("A", True), ("B", False))
PAIRS = [{"text": "satu", "match": "A"}, {"text": "dua", "match": "B"}]
GROUPS = [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}]
MEMBERS = [{"text": "1", "group": "x"}, {"text": "2", "group": "none"}]
GAP = {"type": "text", "answers": [{"text": "a"}]}
WORDS = [{"text": "A"}, {"id": "b", "text": "B"}]
FIGURE = {"image": "media/denah.svg", "alt": "Denah."}
AREA = {"label": "A", "shape": "rectangle", "x": "10", "y": "10", "width": "30", "height": "30", "correct": "true"}

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
    ("matching", {"pairs": PAIRS[:1], "extra": ["Z"]}, [(("pairs",), "few_pairs")]),
    ("matching", {"pairs": [PAIRS[0], {**PAIRS[1], "match": "a"}]}, [(("pairs",), "one_partner")]),
    ("matching", {"pairs": [PAIRS[0], {**PAIRS[1], "match": "a"}], "extra": ["Z"]}, []),
    ("matching", {"pairs": [*PAIRS, {"text": " SATU ", "match": "C"}]}, [(("pairs", 2, "text"), "item_twice")]),
    ("matching", {"pairs": PAIRS, "extra": ["b", "Z", "**Z**"]},
     [(("extra", 0), "choice_twice"), (("extra", 2), "choice_twice")]),
    ("matching", {"pairs": [PAIRS[0], {"text": "dua", "match": {"id": "B", "en": "A"}}]},
     [(("pairs", 1, "match"), "choice_twice")]),
    ("matching", {"pairs": [{"text": each, "match": {"id": "A", "en": each}} for each in "xy"], "extra": ["Z"]},
     [(("pairs", 1, "match"), "two_translations")]),
    ("ordering", {"items": ["A", "B"]}, [(("items",), "few_items")]),
    ("ordering", {"items": ["A", "B", {"id": "C", "en": "a"}]}, [(("items", 2), "item_twice")]),
    ("categorise", {"groups": GROUPS[:1], "items": []}, [(("groups",), "few_groups"), (("items",), "few_items")]),
    ("categorise", {"groups": [*GROUPS, {"id": "none", "text": "N"}, {"id": "x", "text": "y"}], "items": MEMBERS},
     [(("groups", 2, "id"), "group_named_none"), (("groups", 3, "id"), "group_id_twice"),
      (("groups", 3, "text"), "choice_twice")]),
    ("categorise", {"groups": GROUPS, "items": [*MEMBERS, {"text": "1", "group": "z"}]},
     [(("items", 2, "text"), "item_twice"), (("items", 2, "group"), "group_unknown")]),
    ("essay", {"min_words": "9", "max_words": "8"}, [(("max_words",), "word_bounds")]),
    ("essay", {"min_words": "9", "max_words": "9"}, []),
    ("essay", {"rubric": [{"id": "a", "text": "A", "levels": LEVELS}, {"id": "a", "text": "B", "levels": LEVELS[:1]}]},
     [(("rubric", 1, "id"), "criterion_twice"), (("rubric", 1, "levels"), "few_levels")]),
    ("file", {"rubric": [{"id": "a", "text": "A", "levels": LEVELS[:1] * 2}]},
     [(("rubric", 0, "levels"), "level_points")]),
    ("likert", {"statements": []}, [(("statements",), "statements_missing")]),
    ("likert", {"statements": [{"id": "a", "text": "A"}, {"id": "a", "text": "B"}]},
     [(("statements", 1, "id"), "statement_twice")]),
    ("likert", {"statements": [{"text": "A"}], "scale": "agreement-5", "labels": ["ya"]},
     [(("scale",), "scale_unused"), (("labels",), "label_count")]),
    ("likert", {"statements": [{"text": "A"}], "labels": ["ya", "tidak"]}, []),
    ("cloze", {"text": "Tanpa.", "gaps": []}, [(("gaps",), "gaps_missing")]),
    ("cloze", {"text": "[[1]]", "gaps": [GAP] * 51}, [(("gaps",), "gaps_many")]),
    ("cloze", {"text": "[[1]] [[1]] [[3]]", "gaps": [GAP, GAP]},
     [(("text", "id"), "gap_twice"), (("text", "id"), "gap_unknown"), (("text", "id"), "gap_unplaced")]),
    ("cloze", {"text": {"id": "[[1]]", "en": "[a [[1]]](https://contoh.id/)"}, "gaps": [GAP]},
     [(("text", "en"), "gap_unplaced")]),
    ("cloze", {"text": "[[1]] [[2]]", "gaps": [{"type": "choice", "options": options(("A", True), ("B", True))},
                                                {"type": "text", "answers": [{"text": "a", "fraction": "80"}]}]},
     [(("gaps", 0, "options", 1), "gap_two_correct"), (("gaps", 1, "answers"), "full_mark_missing")]),
    ("gap-select", {"text": "Tanpa.", "choices": WORDS}, [(("text",), "passage_without_gaps")]),
    ("gap-select", {"text": "[[1]]" * 51, "choices": WORDS, "reuse": "true"}, [(("text",), "gaps_many")]),
    ("gap-select", {"text": "[[1]] [[3]] [[C]] [[0]]", "choices": WORDS},
     [(("text", "id"), "mark_unknown"), (("text", "id"), "mark_unknown"), (("text", "id"), "mark_unknown")]),
    ("gap-select", {"text": {"id": "[[1]] [[b]]", "en": "[[b]] [[2]]"}, "choices": WORDS},
     [(("text", "en"), "gaps_differ")]),
    ("gap-select", {"text": "[[1]] [[3]]", "choices": [*WORDS, {"text": "C", "group": "lain"}]},
     [(("choices", 2), "group_of_one")]),
    ("gap-select", {"text": "[[1]] [[1]]", "choices": WORDS}, [(("choices", 0), "choice_reused")]),
    ("gap-select", {"text": "[[1]]", "choices": [*WORDS, {"text": "a"}, {"id": "b", "text": "A", "group": "lain"}]},
     [(("choices", 2, "text"), "choice_twice"), (("choices", 3, "id"), "option_id_twice")]),
    ("hotspot", {**FIGURE, "areas": [AREA]}, [(("areas",), "few_areas")]),
    ("hotspot", {**FIGURE, "areas": [{**AREA, "correct": "false"}, AREA]}, []),
    ("hotspot", {**FIGURE, "areas": [{**AREA, "correct": "false"}] * 2}, [(("areas",), "no_right_area")]),
    ("hotspot", {**FIGURE, "areas": [AREA, {**AREA, "width": "90.1", "id": "x"}, {**AREA, "id": "x"}]},
     [(("areas", 1), "area_outside"), (("areas", 2, "id"), "option_id_twice")]),
    ("hotspot", {**FIGURE, "areas": [AREA, {"label": "P", "shape": "polygon", "corners": [["1", "1"], ["2", "2"]]}]},
     [(("areas", 1, "corners"), "few_corners")]),
    ("hotspot", {**FIGURE, "areas": [AREA, AREA], "grid": "8x6", "tolerance": "0"},
     [(("grid",), "other_mode"), (("tolerance",), "other_mode")]),
    ("hotspot", {**FIGURE, "areas": [AREA], "mode": "point", "several": "true"}, [(("several",), "other_mode")]),
    ("hotspot", {**FIGURE, "areas": [{**AREA, "width": "2"}], "mode": "point"}, [(("grid",), "grid_coarse")]),
    ("hotspot", {**FIGURE, "areas": [{**AREA, "width": "2"}], "mode": "point", "tolerance": "8"}, []),
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
    ("essay", {"min_words": "0"}, "number_out_of_range"),
    ("essay", {"lines": "41"}, "number_out_of_range"),
    ("file", {"max_files": "6"}, "number_out_of_range"),
    ("file", {"accept": "video"}, "literal_error"),
    ("likert", {"statements": [{"text": "A"}], "scale": "agreement-7"}, "literal_error"),
    ("information", {"answer": "true"}, "extra_forbidden"),
    ("matching", {"pairs": [{"text": "A"}]}, "missing"),
    ("matching", {"pairs": [], "scoring": "weights"}, "literal_error"),
    ("ordering", {"items": ["A"], "shuffle": "false"}, "extra_forbidden"),
    ("ordering", {"items": [["A"]]}, "text_expected"),
    ("categorise", {"groups": GROUPS, "items": [{"text": "1", "group": "Kelompok X"}]}, "slug_expected"),
    ("cloze", {"gaps": [{"answers": []}]}, "union_tag_not_found"),
    ("cloze", {"gaps": [{"type": "essay", "answers": []}]}, "union_tag_invalid"),
    ("cloze", {"gaps": [{**GAP, "weight": "0"}]}, "number_out_of_range"),
    ("cloze", {"gaps": [{**GAP, "options": []}]}, "extra_forbidden"),
    ("hotspot", {**FIGURE, "areas": [{**AREA, "x": "101"}]}, "number_out_of_range"),
    ("hotspot", {**FIGURE, "areas": [{**AREA, "width": "0"}]}, "number_out_of_range"),
    ("hotspot", {**FIGURE, "areas": [{**AREA, "radius": "5"}]}, "extra_forbidden"),
    ("hotspot", {**FIGURE, "areas": [AREA] * 51}, "too_long"),
    ("hotspot", {**FIGURE, "areas": [{"label": "P", "shape": "polygon", "corners": [["1"]]}]}, "point_expected"),
    ("hotspot", {**FIGURE, "areas": [{"label": "P", "shape": "polygon", "corners": ["1,2"]}]}, "point_expected"),
    ("hotspot", {**FIGURE, "areas": [AREA], "grid": "besar"}, "grid_expected"),
    ("hotspot", {**FIGURE, "areas": [AREA], "picture": "x"}, "extra_forbidden"),
    ("hotspot", {"image": "media/denah.svg", "areas": [AREA]}, "missing"),
]


@pytest.mark.parametrize(("kind", "written", "code"), MALFORMED)
def test_a_field_that_is_not_as_it_must_be_is_refused(kind: str, written: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        question(kind, **written)
    assert [error["type"] for error in refused.value.errors()] == [code]
