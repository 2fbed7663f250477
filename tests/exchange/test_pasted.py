"""What trainers paste becomes questions with a verdict each, and no line of it is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.lines import tidy
from app.exchange.pasted import Pasted, decided, read_pasted
from app.exchange.values import question_value
from app.questions.registry import KINDS as QUESTIONS
from tests.exchange.samples import SAMPLES, Expected


def in_short(item: Pasted) -> Expected:
    answer = ",".join("ABCDEFGH"[key] for key in sorted(item.keys)) or "|".join(item.answers)
    if item.truth is not None:
        answer = "benar" if item.truth else "salah"
    return Expected(item.kind, answer, len(item.options), item.verdict)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*each[1:], id=each[0]) for each in SAMPLES])
def test_what_trainers_paste_is_understood(text: str, expected: list[Expected]) -> None:
    assert [in_short(item) for item in read_pasted(text)] == expected


def test_what_stands_beside_a_question_comes_with_it() -> None:
    (item,) = read_pasted(
        "1. Apa itu katalog?\nA. Rak\nB. Daftar koleksi\nKunci: B\nPembahasan: Katalog mendaftar koleksi.\n"
        "Bisa berupa kartu.\nTingkat: mudah"
    )
    assert (item.explanation, item.difficulty) == ("Katalog mendaftar koleksi.\n\nBisa berupa kartu.", "easy")


def test_statements_stay_apart_and_broken_lines_go_on() -> None:
    (item,) = read_pasted(
        "1. Perhatikan\npernyataan ini.\n1) Buku dicap.\n2) Buku diberi\nlabel.\nA. 1\nB. 2\nKunci: A"
    )
    assert item.text == "Perhatikan pernyataan ini.\n\n1) Buku dicap.\n\n2) Buku diberi label."


def test_signs_that_nobody_sees_do_not_reach_a_question() -> None:
    (item,) = read_pasted("1.\u00a0Arti \u201ckata\u00adlog\u201d\u200b?\nA.\u00a0Rak\nB.\tDaftar\nKunci\u00a0:\u00a0B")
    assert (item.text, item.options) == ('Arti "katalog"?', ("Rak", "Daftar"))


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*each[1:], id=each[0]) for each in SAMPLES])
def test_whatever_is_ready_can_be_asked(text: str, expected: list[Expected]) -> None:
    for item in read_pasted(text):
        if item.verdict != "ready":
            continue
        assert item.missing is None
        value = question_value(item, "soal", competency="F2.klasifikasi", difficulty="hard")
        question = QUESTIONS[value["type"]].model_validate(value)
        assert [flaw.code for flaw in question.faults()] == []


LETTERED = [f"{before}{letter}{after}" for letter in "ABCD" for before, after in (("", ". "), ("(", ") "), ("*", ". "))]
BEGINNINGS = [
    *("o ", "✅ ", "1️⃣ ", "B、", "Kunci ialah B. "),
    *("", "1. ", "2. ", "3) ", "Soal 4: ", "**5. ", "- ", "• ", "☑ ", "Kunci: ", "Jawaban: B. ", "Kunci jawaban", "**"),
    *("Pembahasan: ", "Tingkat: mudah ", "(B/S) ", "Jawaban: ", "(Uraian) ", "[10.21, 22/11/2026] Nur: ", "a) "),
    *LETTERED,
]
LINES = st.builds("{}{}{}".format, st.sampled_from(BEGINNINGS), st.just("%"), st.sampled_from(
    ["", "", "?", "*", " (B/S)", " Kunci: B", "   B. lain%", " A. a% B. b% C. c%", "\tC. %", " (benar)", " (S)", "?\t%"]
))  # fmt: skip
ROWS = ["Soal\tJawaban", "No\tSoal\tA\tB\tKunci", "Soal\tKunci\tJawaban", "%?\t%", "1\t%\t%\t%\tB", "Kunci:", "•\t%"]
PASTED = st.lists(
    st.one_of(LINES, st.sampled_from(["", "1. B 2. C", "Kunci: A", "Jawaban: Benar", *ROWS])), max_size=14
)


@given(PASTED)
def test_no_word_of_a_pasted_text_is_lost(lines: list[str]) -> None:
    text = "\n".join(line.replace("%", f"kata{place}") for place, line in enumerate(lines))
    pieces = read_pasted(text)
    for line in filter(tidy, text.splitlines()):
        assert any(line.strip() in piece.lines for piece in pieces), line
    for piece in pieces:
        told = piece.lines if piece.kind is None else (piece.text, *piece.options, *piece.answers, piece.explanation)
        shown = " ".join([*told, *map(str, piece.notes)])
        own = {word for line in piece.lines for word in re.findall("kata[0-9]+", line)}
        assert own <= set(re.findall("kata[0-9]+", shown)) | (own & elsewhere(pieces, piece)), (piece, text)


def elsewhere(pieces: tuple[Pasted, ...], this: Pasted) -> set[str]:
    """The words of the other pieces: a line of keys belongs to several."""
    told = (
        word
        for each in pieces
        if each is not this
        for word in re.findall("kata[0-9]+", " ".join([*each.lines, *each.answers, *map(str, each.notes)]))
    )
    return set(told)


@given(st.text(max_size=80))
def test_any_text_is_read_and_all_its_lines_are_somewhere(text: str) -> None:
    pieces = read_pasted(text)
    for line in text.splitlines():
        if tidy(line):
            assert any(line.strip() in piece.lines for piece in pieces)


WORDS = st.lists(
    st.sampled_from(["buku", "rak", "katalog", "label", "anak", "desa", "warga", "kartu"]), min_size=2, max_size=6
).map(" ".join)


@given(st.lists(st.tuples(WORDS, st.lists(WORDS, min_size=2, max_size=5, unique=True), st.integers(0, 4)), min_size=1))
def test_what_is_written_the_usual_way_is_read_back(questions: list[tuple[str, list[str], int]]) -> None:
    text = "\n\n".join(
        "\n".join(
            [
                f"{number}. {stem} …",
                *(f"{letter}. {option}" for letter, option in zip("ABCDE", options, strict=False)),
                f"Kunci: {'ABCDE'[key % len(options)]}",
            ]
        )
        for number, (stem, options, key) in enumerate(questions, start=1)
    )
    read = [(item.text, list(item.options), item.keys) for item in read_pasted(text)]
    assert read == [(f"{stem} …", options, {key % len(options)}) for stem, options, key in questions]


def test_the_key_that_a_person_chooses_is_the_questions() -> None:
    single, statement = read_pasted("1. Apa itu katalog?\nA. Rak\nB. Daftar\n2. Rak itu meja. (B/S)")
    assert single.missing and statement.missing
    assert decided(single, keys=[1]).missing is None and decided(single, keys=[0, 1]).kind == "multiple"
    assert decided(statement, truth=False).missing is None
    assert decided(single, keys=[7]).missing  # from a forged form


def test_a_long_text_of_marks_is_read_in_time() -> None:
    for flood in (
        "A. " * 60_000,
        "1. B " * 40_000,
        "*" * 200_000,
        "(benar) " * 25_000,
        " \t" * 100_000,
        "A.  " * 40_000,
        f"1. Apa{' ' * 190_000}ini?",
        f"1. Apa ini?\nA. satu{' ' * 190_000}dua\nB. tiga",
        "1. Apa ini?\nA. satu\n" + "kata\n" * 30_000,
        "1. Apa ini?\n" + "• satu\n" * 20_000,
        "1. Apa ini?\n" + "1) satu\n" * 20_000,
    ):
        assert len(read_pasted(flood)) <= 2
