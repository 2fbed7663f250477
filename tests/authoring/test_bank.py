"""The bank: questions found and filtered, the same ones told, moved, copied, taken away and used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.authoring.rules.bank import (
    Filter,
    Row,
    choices_of,
    draws_from,
    found_in,
    page_of,
    picked,
    rows_of,
    takers_of,
    twins,
)
from app.authoring.rules.bank_changes import BankChangeRefused, Edits, copied, deleted, moved, short, used_in
from app.authoring.rules.banks import new_bank
from app.authoring.rules.borrowing import borrowers_in
from app.authoring.rules.holders import asking, folded, holders_in
from app.catalogue.rules import SHARED as SHARED_SLUG
from app.catalogue.rules import way_to_schema
from app.content.editing import edit_file
from tests.authoring.questions import DDC, FILES, LAIN, SHARED, SHARED_FILES, holders

HERE = holders()
ROWS = rows_of(tuple(HERE.values()))


def rows(*keys: str) -> tuple[Row, ...]:
    return picked(ROWS, keys)


def after(edits: Edits) -> dict[str, bytes]:
    """The files after some edits."""
    return {**FILES, **{path: edit_file(FILES[path], each) for path, each in edits.items()}}


def keys(found: tuple[Row, ...]) -> list[str]:
    return [row.key for row in found]


FILTERS = [
    (Filter(), ["kuis-ddc|dongeng", "kuis-umum|pengantar", "bank/ddc|jumlah", "bank/ddc|bahasa", "bank/ddc|sastra",
                "bank/ddc|peta", "bank/lain|bahasa", "bank/umum|tamu"]),
    (Filter(words="KELAS bahasa"), ["bank/ddc|bahasa", "bank/lain|bahasa"]),
    (Filter(words="khusus"), ["bank/ddc|peta"]),
    (Filter(words="zzz"), []),
    (Filter(where="bank/lain"), ["bank/lain|bahasa"]),
    (Filter(where="quizzes"), ["kuis-ddc|dongeng", "kuis-umum|pengantar"]),
    (Filter(where="banks", difficulty="hard"), ["bank/ddc|sastra"]),
    (Filter(kind="information"), ["kuis-umum|pengantar"]),
    (Filter(tag="khusus"), ["bank/ddc|peta"]),
    (Filter(difficulty="easy"), ["kuis-ddc|dongeng"]),
    (Filter(use="used"), ["kuis-ddc|dongeng", "kuis-umum|pengantar", "bank/ddc|jumlah", "bank/ddc|bahasa",
                          "bank/ddc|sastra", "bank/umum|tamu"]),
    (Filter(use="unused"), ["bank/ddc|peta", "bank/lain|bahasa"]),
    (Filter(use="kuis-ddc", difficulty="easy"), ["kuis-ddc|dongeng"]),
    (Filter(use="kuis-umum"), ["kuis-umum|pengantar", "bank/umum|tamu"]),
    (Filter(competency="-", where="bank/lain"), ["bank/lain|bahasa"]),
    (Filter(competency="F2.klasifikasi"), []),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "found"), FILTERS)
def test_questions_are_found(wanted: Filter, found: list[str]) -> None:
    assert keys(found_in(ROWS, wanted)) == found


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Ada  **sepuluh**\nkelas!", "ada sepuluh kelas"), ("Café?", "cafe"), ("398.2", "398 2"), ("…", ""), ("", "")],
)
def test_texts_are_searched_by_their_words_alone(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada  **sepuluh**\nkelas!", "ada sepuluh kelas"),
        ("Berapa 7+2?", "berapa **7** + 2 …"),
        ("Kelas 100–199", "kelas 100 - 199"),
        ("Menurut Dewey, 500 itu …", 'Menurut "Dewey" 500 itu'),
        ("Cafe\u0301", "caf\u00e9"),  # written in two ways
    ],
)
def test_questions_ask_the_same_but_for_blanks_capitals_markup_and_punctuation(one: str, other: str) -> None:
    assert asking(one) == asking(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Berapa 7 + 2?", "Berapa 7 - 2?"),
        ("Berapa 7 × 2?", "Berapa 7 : 2?"),
        ("Berapa 7 * 2?", "Berapa 7/2?"),
        ("Berapa (2 + 3) × 4?", "Berapa 2 + (3 × 4)?"),
        ("Suhu -5°", "Suhu 5°"),
        ("Suhu 5 °C", "Suhu 5 C"),
        ("Kelas 398.2", "Kelas 3982"),
        ("Denda 3,5", "Denda 3.5"),
        ("x > 3", "x < 3"),
        ("Diskon 5%", "Diskon 5"),
        ("Bahasa C#", "Bahasa C++"),
        ("téras", "teras"),
    ],
)
def test_signs_numbers_and_accents_make_another_question(one: str, other: str) -> None:
    assert asking(one) != asking(other)


def test_a_sum_is_no_twin_of_a_difference() -> None:
    row = ROWS[0]
    sums = [replace(row, fact=replace(row.fact, text=text)) for text in ("7 + 2 = …", "7 - 2 = …", "7+2=")]
    assert twins(sums) == ((sums[0], sums[2]),)


def test_the_same_question_in_two_places_is_told() -> None:
    assert [keys(group) for group in twins(ROWS)] == [["bank/ddc|bahasa", "bank/lain|bahasa"]]


def test_filters_offer_only_what_occurs() -> None:
    choices = choices_of(ROWS)
    assert choices.tags == ("dasar", "khusus", "lain", "umum")
    assert choices.difficulties == ("easy", "medium", "hard")
    assert choices.competencies == ()


def test_who_takes_and_who_draws_is_known() -> None:
    assert [each.id for row in rows("bank/ddc|jumlah") for each in row.used_in] == ["kuis-ddc"]
    assert [each.id for row in rows("bank/ddc|bahasa") for each in row.drawn_in] == ["kuis-ddc"]
    assert [each.id for each in draws_from(HERE.values(), HERE["bank/ddc"])] == ["kuis-ddc"]
    assert draws_from(HERE.values(), HERE["bank/lain"]) == ()


def test_a_page_that_is_not_there_is_the_nearest() -> None:
    assert page_of(ROWS * 10, 9)[1:] == (2, 2)
    assert len(page_of(ROWS * 10, 2)[0]) == 30
    assert page_of((), 1) == ((), 1, 1)


def test_a_question_moves_with_its_id_and_quizzes_follow() -> None:
    files = after(moved(rows("bank/ddc|peta"), HERE["bank/lain"], tuple(HERE.values())))
    there = holders(files)
    assert there["bank/lain"].ids == {"bahasa", "peta"}
    assert there["bank/ddc"].ids == {"jumlah", "bahasa", "sastra"}
    assert b"# yang sukar" in files["bank/ddc.yaml"]


def test_a_question_is_moved_and_copied_with_its_comments() -> None:
    commented = DDC.replace("  - id: peta", "  # dari Ibu Sri\n  - id: peta", 1).encode()
    there = holders({**FILES, "bank/ddc.yaml": commented})
    every = tuple(there.values())
    chosen = picked(rows_of(every), ["bank/ddc|peta"])
    for edits in (moved(chosen, there["bank/lain"], every), copied(chosen, there["bank/lain"])):
        written = edit_file(FILES["bank/lain.yaml"], edits["bank/lain.yaml"])
        assert b"  # dari Ibu Sri\n  - id: peta" in written


def test_a_quiz_goes_on_using_what_was_moved() -> None:
    holder = HERE["bank/ddc"]
    assert b"use: ddc/jumlah" in FILES["01-kelas.yaml"]
    more = DDC + "  - {id: tambahan, type: true-false, tags: [dasar], text: Satu lagi., answer: true}\n"
    there = holders({**FILES, "bank/ddc.yaml": more.encode()})
    edits = moved(
        picked(rows_of(tuple(there.values())), [f"{holder.id}|jumlah"]), there["bank/lain"], tuple(there.values())
    )
    assert b"use: lain/jumlah" in edit_file(FILES["01-kelas.yaml"], edits["01-kelas.yaml"])


def test_an_id_that_is_taken_is_made_anew() -> None:
    files = after(copied(rows("bank/ddc|bahasa"), HERE["bank/lain"]))
    assert holders(files)["bank/lain"].ids == {"bahasa", "bahasa-ada-di-kelas-400"}
    assert files["bank/ddc.yaml"] == FILES["bank/ddc.yaml"]


def test_questions_of_quizzes_and_shared_banks_are_copied() -> None:
    files = after(copied(rows("kuis-ddc|dongeng", "bank/umum|tamu"), HERE["bank/lain"]))
    assert holders(files)["bank/lain"].ids == {"bahasa", "dongeng", "tamu"}


def test_what_no_quiz_needs_is_deleted() -> None:
    files = after(deleted(rows("bank/ddc|peta", "bank/lain|bahasa"), tuple(HERE.values())))
    there = holders(files)
    assert there["bank/lain"].items == []
    assert there["bank/ddc"].ids == {"jumlah", "bahasa", "sastra"}


def test_a_question_of_a_bank_is_used_in_a_quiz_once() -> None:
    files = after(used_in(rows("bank/ddc|jumlah", "bank/ddc|peta", "bank/umum|tamu"), HERE["kuis-ddc"]))
    assert holders(files)["kuis-ddc"].items[4:] == [{"use": "ddc/peta"}, {"use": "umum/tamu"}]


ALL = tuple(HERE.values())
REFUSED = [
    (lambda: deleted((), ALL), "Pilih dulu soalnya"),
    (lambda: deleted(rows("bank/ddc|jumlah"), ALL), 'masih dipakai di kuis "Kuis DDC"'),
    (lambda: deleted(rows("bank/ddc|bahasa", "bank/ddc|sastra"), ALL), "tidak akan cukup lagi"),
    (lambda: moved(rows("bank/ddc|bahasa"), HERE["bank/lain"], ALL), "tidak akan cukup lagi"),
    (lambda: deleted(rows("kuis-ddc|dongeng"), ALL), "ada di kuis Kuis DDC"),
    (lambda: deleted(rows("bank/umum|tamu"), ALL), "bank bersama"),
    (lambda: used_in(rows("kuis-ddc|dongeng"), HERE["kuis-umum"]), "Hanya soal bank"),
    (lambda: used_in(rows("bank/ddc|jumlah"), HERE["kuis-ddc"]), "sudah ada di kuis ini"),
]


@pytest.mark.parametrize(("change", "words"), REFUSED)
def test_what_would_leave_a_quiz_short_is_refused_in_words(change, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BankChangeRefused) as refused:
        change()
    assert words in str(refused.value.message)


def test_a_long_text_is_told_by_its_first_words() -> None:
    assert short("Satu  dua\ntiga") == "Satu dua tiga"
    assert short("kata " * 30) == "kata " * 11 + "kata …"


# What all courses share


SHARED_SIDE = {
    each.id: each
    for each in (
        *holders_in(SHARED_FILES, {}),
        *borrowers_in("klas", "Klasifikasi", {**FILES, "bank/lain.yaml": SHARED.replace("Umum", "Lain").encode()}),
        *borrowers_in("lain", "Lain", {**FILES, "bank/umum.yaml": LAIN.encode()}),
    )
}
SHARED_ROWS = rows_of(tuple(SHARED_SIDE.values()))


def test_a_shared_question_tells_the_quizzes_of_every_course_that_take_it() -> None:
    (row,) = [each for each in SHARED_ROWS if not each.holder.course]
    assert [(quiz.id, quiz.title, quiz.course, quiz.id_there) for quiz in row.used_in] == [
        ("klas/kuis-umum", "Kuis Umum (Klasifikasi)", "klas", "kuis-umum")
    ]  # the other course has a bank of its own by that name
    assert takers_of([row]) == row.used_in


def test_the_same_question_in_a_course_is_found_from_the_shared_side_too() -> None:
    groups = [{each.key for each in group} for group in twins(SHARED_ROWS)]
    assert {"bank/umum|tamu", "klas/bank/lain|tamu"} in groups


@pytest.mark.parametrize("change", ["moved", "deleted"])
def test_a_shared_question_that_a_course_takes_stays_where_it_is(change: str) -> None:
    rows, every = picked(SHARED_ROWS, ["bank/umum|tamu"]), tuple(SHARED_SIDE.values())
    other = replace(SHARED_SIDE["bank/umum"], id="bank/baru", path="bank/baru.yaml")
    with pytest.raises(BankChangeRefused) as refused:
        moved(rows, other, every) if change == "moved" else deleted(rows, every)
    assert "Kuis Umum (Klasifikasi)" in str(refused.value.message)


@pytest.mark.parametrize("slug", ["ddc", SHARED_SLUG])
def test_a_new_bank_knows_the_way_to_the_schema_and_takes_no_name_that_is_taken(slug: str) -> None:
    name, data = new_bank(SHARED_FILES, SHARED_SIDE, "Klas", way_to_schema(slug))
    assert name == "klas-2"  # addresses of that course begin so
    assert data.startswith(f"# yaml-language-server: $schema={'../' if slug == SHARED_SLUG else '../../'}".encode())
