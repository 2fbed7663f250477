"""Advice keeps nothing from being published, and good questions get none."""

from __future__ import annotations

import pytest

from app.content.faults import Findings
from app.content.lint import needs_translation, untranslated
from app.content.nodes import Node
from app.content.reading import read_document
from tests.content.samples import BANK, MODULE, compiled, course_files, spoiled


def single(
    number: int, key: int = 0, options: tuple[str, str, str] = ("satu", "dua", "tiga"), text: str = "Mana?"
) -> str:
    lines = [
        f"  - id: s{number}\n    type: single\n    competency: F2.klasifikasi\n",
        f"    text: {{id: '{text}', en: '{text}'}}\n",
        "    explanation: Karena itu.\n    options:\n",
    ]
    for place, option in enumerate(options):
        mark = ", correct: true" if place == key else ""
        lines.append(f"      - {{text: '{option}'{mark}}}\n")
    return "".join(lines)


def warnings_with(*questions: str) -> list[str]:
    files = course_files({"bank/ddc.yaml": BANK + "".join(questions)})
    return [str(warning.message) for warning in compiled(files).warnings]


def test_good_questions_get_no_advice() -> None:
    assert compiled().warnings == ()
    assert warnings_with(*(single(number, number % 3) for number in range(6))) == []


ADVICE = [
    (single(1).replace("    competency: F2.klasifikasi\n", ""), "belum punya kompetensi"),
    (single(1).replace("    explanation: Karena itu.\n", ""), "belum punya pembahasan"),
    (single(1, text="Apa? " * 100), "sangat panjang"),
    (single(1, options=("satu", "dua", "Dua")), "sama dengan pilihan ke-2"),
    (single(1, options=("satu", "dua", "**dua**")), "sama dengan pilihan ke-2"),
    (single(1, options=("satu", "dua", "Semua benar")), "Semua benar"),
    (single(1, options=("satu", "dua", "Semua jawaban benar")), "Semua jawaban benar"),
    (single(1, options=("satu", "dua", "Tidak ada yang benar")), "Tidak ada yang benar"),
    (single(1, options=("satu", "dua", "All of the above")), "All of the above"),
    (single(1, options=("satu", "dua", "A dan B benar")), "A dan B benar"),
    (single(1, options=("satu jawaban yang sangat panjang sekali", "dua", "tiga")), "jauh lebih panjang"),
    (single(1, text="Manakah yang tidak termasuk layanan?"), 'kata ingkar "tidak"'),
    (single(1, text="Semua ini layanan, kecuali ...?"), 'kata ingkar "kecuali"'),
    (single(1, text="Andi datang. Mana yang bukan tugas katalog?"), 'kata ingkar "bukan"'),
    (single(1, text="Which of these is not a service?"), 'kata ingkar "not"'),
]  # fmt: skip


@pytest.mark.parametrize(("question", "words"), ADVICE)
def test_a_question_that_could_be_better_is_told(question: str, words: str) -> None:
    warnings = warnings_with(question)
    assert len(warnings) == 1, warnings
    assert words in warnings[0]


HURTING = "Tulis <script>a()</script>"  # in any text that is Markdown


def test_markup_that_could_hurt_is_told_wherever_it_is_written_with_its_reason() -> None:
    for where in ("    text: ", "    explanation: "):
        asked = single(1).replace("{id: 'Mana?', en: 'Mana?'}", "Mana?")
        line = next(each for each in asked.splitlines() if each.startswith(where))
        (told,) = warnings_with(asked.replace(line, f"{where}{HURTING}?"))
        assert told.startswith("<script> tidak dijalankan") and "mencuri isian pembaca" in told
    (told,) = warnings_with(single(1, options=("satu", "dua", '<b onclick="a()">tiga</b>')))
    assert told.startswith('"onclick" tidak dijalankan')
    (told,) = warnings_with(single(1).replace("'tiga'", "'tiga', feedback: '[x](javascript:a)'"))
    assert told.startswith('Tautan "javascript:a" tidak dipakai')
    spoilt = MODULE.replace("Setiap buku", f"{HURTING}. Setiap buku").replace(
        "preset:", f"intro: {HURTING}\n    preset:"
    )
    first, second = compiled(course_files({"01-kelas.yaml": spoilt})).warnings
    assert (first.line, second.line) == (8, 17) and first.message == second.message


NO_ADVICE = [
    single(1, text="Manakah yang **tidak** termasuk layanan?"),
    single(1, text="Siswa tidak menemukan buku. Apa langkah pertama?"),
    single(1, text="Mengapa kata sandi tidak boleh dipakai dua kali?"),
    single(1, options=("Semua koleksi", "Seluruh anggota", "Benar dan lengkap")),
    single(1, options=("sedikit lebih", "dua saja", "tiga")),
]


@pytest.mark.parametrize("question", NO_ADVICE)
def test_what_only_looks_like_it_gets_no_advice(question: str) -> None:
    assert warnings_with(question) == []


def test_a_key_that_is_always_in_the_same_place_is_told_once() -> None:
    warnings = warnings_with(*(single(number, 1) for number in range(4)))
    assert len(warnings) == 1
    assert "pilihan ke-2" in warnings[0]


def test_a_list_whose_keys_are_mostly_the_longest_is_told_once() -> None:
    options = [("empat belas", "dua", "tiga"), ("dua", "sepuluh", "enam"), ("a", "b", "c"), ("d", "e", "f")]
    warnings = warnings_with(*(single(n, n % 3, options[n]) for n in range(4)))
    assert len(warnings) == 1
    assert "Di 2 dari 4" in warnings[0]


def test_a_long_lesson_is_told() -> None:
    files = spoiled("01-kelas.yaml", "Setiap buku punya", "kata " * 901 + "Setiap buku punya")
    assert ["panjang: 90" in str(warning) for warning in compiled(files).warnings] == [True]


def test_a_link_that_is_not_https_is_told() -> None:
    files = spoiled("01-kelas.yaml", "Setiap buku punya", "[Ini](http://contoh.id) punya")
    assert ["Pakai https://" in str(warning) for warning in compiled(files).warnings] == [True]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: {id: Kuis DDC, en: DDC quiz}", "title: Kuis #1", True),
        ("title: {id: Kuis DDC, en: DDC quiz}", "title: Kuis DDC # catatan", True),
        ("preset: test", "preset: test # tiga kali", False),
        ("- quiz: kuis-ddc", "- quiz: kuis-ddc # id", False),
        ("- {text: 398.20, correct: true}", "- text: 398.20 # cerita\n            correct: true", True),
    ],
)
def test_a_comment_that_may_have_swallowed_a_text_is_told(old: str, new: str, told: bool) -> None:
    warnings = compiled(spoiled("01-kelas.yaml", old, new)).warnings
    assert ["komentar" in str(warning) for warning in warnings] == ([True] if told else [])


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("Halaman judul", True), ("Salah", True), ("Itu ilmu perpustakaan.", True), ("020", False), ("398.20", False),
        ("MARC", False), ("ISBN 978", False), ("Hirata, Andrea", False), ("Andrea Hirata", False), ("", False),
        ("A", False),
    ],
)  # fmt: skip
def test_what_reads_the_same_in_any_language_needs_no_translation(text: str, needed: bool) -> None:
    assert needs_translation(text) is needed


def test_texts_without_english_are_found() -> None:
    def lines(text: str) -> list[int]:
        root: Node | None = read_document(text.encode(), Findings().of("x.yaml"))
        assert root is not None
        return [place.line for place in untranslated(root)]

    assert lines(MODULE) == []
    assert lines(MODULE.replace(", en: Why DDC?", "")) == [4]
    assert lines(MODULE.replace("title: {id: Kuis DDC, en: DDC quiz}", "title: Kuis kelas")) == [16]
    assert lines(BANK.replace("{text: 400}", "{text: bahasa}")) == []
    assert lines(BANK.replace("{text: 400}", "{text: bahasa, feedback: Bagus sekali}")) == [20]
    assert lines("activities:\n  - task: praktik\n    accept: {text: true}\n") == []
    assert lines("activities:\n  - quiz: tes\n    review:\n      closed: {feedback: true, explanation: true}\n") == []


def test_a_short_list_shows_no_habit() -> None:
    assert warnings_with(*(single(number) for number in range(3))) == []
