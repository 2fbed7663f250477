"""What is wrong with a question is told beside its field, in words of its form."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.authoring.rules.question_forms.kinds import FORMS
from app.authoring.rules.question_forms.showing import shown
from app.authoring.rules.question_words import _BY_FLAW, told_at_fields
from app.content.banks import Surroundings
from app.content.unwritten import check_question
from app.questions.flaws import SENTENCES

AROUND = Surroundings({"F2.klasifikasi": None}, {})
TWO = [{"text": "a"}, {"text": "b"}]


def told(value: dict[str, Any]) -> dict[str, list[str]]:
    """The faults of a question by field, as its form tells them; advice left out."""
    form = FORMS[value["type"]]
    value = {"id": "soal", "text": "Apa?", **value}
    found = told_at_fields(form.parts, shown(form.parts, value, "id"), check_question(value, AROUND).findings)
    return {
        name: texts
        for name, each in found.items()
        if (texts := [str(said.message) for said in each if not said.advice])
    }


@pytest.mark.parametrize(
    ("value", "name", "sentence"),
    [
        ({"type": "single"}, "q.options", "Tulis paling sedikit dua pilihan."),
        ({"type": "single", "options": TWO}, "q.options", "Pilih jawaban yang benar."),
        ({"type": "single", "options": [{"correct": "true"}, *TWO]}, "q.options.0.text", "Bagian ini belum diisi."),
        ({"type": "single", "options": [*TWO, {"text": ""}]}, "q.options.2.text", "Bagian ini masih kosong."),
        ({"type": "single", "text": "", "options": TWO}, "q.text", "Bagian ini masih kosong."),
        ({"type": "single", "text": {"en": "What?"}, "options": TWO}, "q.text", "Teks Indonesianya belum ditulis."),
        ({"type": "true-false"}, "q.answer", "Pilih jawaban yang benar."),
        ({"type": "number", "answers": [{"value": "?"}]}, "q.answers.0.value", "Tulis bilangan saja."),
        ({"type": "ordering", "items": ["a", "b", "a"]}, "q.items.2", "Butir"),
        ({"type": "essay", "competency": "F2.klasifikas"}, "q.competency", 'Kompetensi "F2.klasifikas" tidak dikenal.'),
        ({"type": "essay", "min_words": "x"}, "q.min_words", "Tulis bilangan bulat, misalnya 10."),
        (
            {"type": "categorise", "groups": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}], "items": TWO},
            "q.items.0.group",
            "Pilih kelompok untuk butir ini.",
        ),
        (
            {"type": "cloze", "text": "[[2]]", "gaps": [{"type": "text", "answers": [{"text": "x"}]}]},
            "q.text",
            'Tanda "[[2]]" tidak punya isian: di bawah ada 1 rumpang.',
        ),
        (
            {"type": "cloze", "text": "[[1]]", "gaps": [{"type": "choice", "options": TWO}]},
            "q.gaps.0.options",
            "Pilih jawaban yang benar.",
        ),
        ({"type": "single", "options": TWO, "asing": "x"}, "", "asing"),
        ({"type": "short-text", "answers": [{"text": "a", "fraction": "200"}]}, "q.answers.0.fraction", "0 sampai 100"),
        ({"type": "short-text", "answers": []}, "q.answers", "Tulis paling sedikit satu jawaban yang diterima."),
        ({"type": "hotspot", "areas": [{"shape": "circle", "x": "?"}]}, "q.areas.0.x", "Tulis bilangan dari 0"),
        ({"type": "hotspot", "grid": "8"}, "q.grid", "Tulis kolom x baris"),
        (
            {"type": "hotspot", "areas": [{"shape": "polygon", "label": "a", "corners": [["60"], ["80"]]}]},
            "q.areas.0.corners",
            "Setiap titik ditulis kiri,atas",
        ),
    ],
)
def test_a_fault_stands_beside_its_field(value: dict[str, Any], name: str, sentence: str) -> None:
    assert any(sentence in each for each in told(value).get(name, [])), told(value)


def test_advice_stands_beside_the_field_it_asks_for() -> None:
    value = {"id": "a", "type": "true-false", "text": "Benar?", "answer": "true"}
    form = FORMS["true-false"]
    found = told_at_fields(form.parts, shown(form.parts, value, "id"), check_question(value, AROUND).findings)
    assert set(found) == {"q.competency", "q.explanation"} and all(
        each.advice for said in found.values() for each in said
    )


def test_no_flaw_is_told_to_a_trainer_with_a_key_of_the_file() -> None:
    keys = {key for form in FORMS.values() for key in form.keys} | {"correct", "weight"}
    for code, sentence in SENTENCES.items():
        said = _BY_FLAW.get(code, sentence).msgid
        named = set(re.findall(r'"([a-z_]+)[:"]', said)) | set(re.findall(r"\b[a-z]+_[a-z]+\b", said))
        assert not named & keys and "true" not in said, f"{code}: {said}"
