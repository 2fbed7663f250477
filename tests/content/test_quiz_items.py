"""What a quiz lists beside its own questions: questions used from banks, headings; and what is wrong with them."""

from __future__ import annotations

import pytest

from app.content.activities import FixedSlot, Quiz
from app.content.compile import compile_course, compile_shared
from app.content.course import Course
from app.content.faults import ContentFaults

COURSE = """title: Kursus
code: K-1
summary: Ringkas.
track: it
hours: 1
modules: [01-satu]
"""
MODULE = """title: Modul
activities:
  - quiz: kuis
    title: Kuis
    preset: test
    questions:
"""
TEXT = "{{id: {0}, type: information, text: Bacalah.}}"
QUESTION = "{{id: {0}, type: true-false, text: Benar?, answer: true, tags: [{1}]}}"


def bank(*entries: str) -> bytes:
    return ("title: Bank\nquestions:\n" + "".join(f"  - {each}\n" for each in entries)).encode()


SHARED = compile_shared({"bank/umum.yaml": bank(QUESTION.format("pintu", "a"), QUESTION.format("jendela", "a"))})
HOUSE = bank(*(QUESTION.format(name, "b") for name in ("atap", "lantai")), TEXT.format("baca"))


def course(*items: str) -> Course:
    listed = "".join(f"      - {each}\n" for each in items)
    files = {"course.yaml": COURSE.encode(), "01-satu.yaml": (MODULE + listed).encode(), "bank/rumah.yaml": HOUSE}
    return compile_course("k", files, SHARED)


def quiz(*items: str) -> Quiz:
    found = course(*items).activity("kuis")
    assert isinstance(found, Quiz)
    return found


def test_a_question_is_used_from_a_bank_of_the_course_or_of_all_courses() -> None:
    made = course("use: rumah/atap", "{use: umum/pintu, points: 2.5}", QUESTION.format("sendiri", "c"))
    found = made.activity("kuis")
    assert isinstance(found, Quiz)
    assert found.slots == (FixedSlot("k/rumah/atap"), FixedSlot("umum/pintu", 2.5), FixedSlot("k/kuis/sendiri"))
    assert made.question("umum/pintu") is not None and made.question("umum/jendela") is None


def test_a_heading_stands_above_what_follows_it_until_the_next() -> None:
    found = quiz(
        "use: rumah/atap", "section: Satu", "use: umum/pintu", "{section: Dua, text: Baca.}", "{draw: 1, from: rumah}"
    )
    assert [(each.title.in_("id"), each.text and each.text.in_("id")) for each in found.sections] == [
        ("Satu", None), ("Dua", "Baca."),
    ]  # fmt: skip
    assert [slot.section for slot in found.slots] == [None, 0, 1]


def test_texts_to_read_are_no_questions_to_whoever_counts_them() -> None:
    own = quiz(TEXT.format("teks"), "use: rumah/baca", "use: umum/pintu", QUESTION.format("sendiri", "c"))
    assert own.question_count == 2
    assert quiz("{draw: 3, from: rumah}").question_count == 2  # a draw takes the text among them as well
    assert quiz("{draw: 2, from: umum}").question_count == 2


@pytest.mark.parametrize(
    ("items", "line", "fault"),
    [
        (["use: rumh/atap"], 7, 'Bank soal "rumh" tidak ada. Mungkin maksud Anda: rumah.'),
        (["use: rumah/atapp"], 7, 'Soal "atapp" tidak ada di bank "rumah". Mungkin maksud Anda: atap.'),
        (["use: atap"], 7, "Di sini harus ada nama bank dan id soal, misalnya ddc/kelas-bahasa."),
        (["use: rumah/atap", "use: rumah/atap"], 8, 'Soal "rumah/atap" sudah dipakai di kuis ini.'),
        (["{use: rumah/atap, poin: 2}"], 7, 'Kunci "poin" tidak dikenal'),
        (["section: Satu", "section: Dua", "use: rumah/atap"], 7, "Bagian ini belum berisi soal."),
        (["use: rumah/atap", "section: Satu"], 8, "Bagian ini belum berisi soal."),
        (["section: ''", "use: rumah/atap"], 7, "Teks ini kosong."),
        (["{draw: 2, from: umum}", "use: umum/pintu"], 7, "mungkin hanya tersisa 1"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(items: list[str], line: int, fault: str) -> None:
    with pytest.raises(ContentFaults) as refused:
        course(*items)
    (told,) = refused.value.faults
    assert told.line == line
    assert fault in str(told)


def test_a_bank_holds_questions_alone() -> None:
    for entry, key in (("use: rumah/atap", "use"), ("section: Satu", "section")):
        with pytest.raises(ContentFaults, match=f'"{key}" hanya dipakai di dalam kuis'):
            compile_shared({"bank/umum.yaml": bank(entry)})
