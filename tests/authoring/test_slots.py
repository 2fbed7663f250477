"""The list of a quiz: its cards, what draws find, and what each change of it writes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.authoring.rules.holders import pools_of
from app.authoring.rules.slot_changes import ChangeRefused, put_back, slot_edits
from app.authoring.rules.slots import Card, Draw, Fit, cards_of, short_draws
from app.content.editing import Remove, edit_file, value_in
from app.errors import NotFound
from tests.authoring.questions import FILES, MODULE, holders

PATH = "01-kelas.yaml"


def cards(quiz: str = "kuis-ddc", files: dict[str, bytes] | None = None) -> tuple[Card, ...]:
    there = holders(files)
    banks = {each.name: each for each in there.values() if each.kind == "bank"}
    return cards_of(there[quiz].items, banks, pools_of(there.values()))


def changed(do: str, quiz: str = "kuis-ddc", /, **fields: str | list[str]) -> str:
    """The module's text after a change of a quiz."""
    there = holders()
    form: Mapping[str, list[str]] = {name: [each] if isinstance(each, str) else each for name, each in fields.items()}
    edits = slot_edits(there[quiz], do, form, pools_of(there.values()))
    return edit_file(FILES[PATH], edits).decode()


def kinds(text: str, quiz: str = "kuis-ddc") -> list[str]:
    return [each.kind for each in cards(quiz, {**FILES, PATH: text.encode()})]


def test_each_card_tells_what_stands_in_its_place() -> None:
    first, heading, used, drawn = cards()
    assert (first.kind, first.first, first.last) == ("question", 1, 1)
    assert first.fact is not None and first.fact.text == "Cerita rakyat bernomor 398.2."
    assert (heading.kind, heading.named, heading.first) == ("section", "Bagian kedua", 0)
    assert (used.kind, used.named, used.first) == ("use", "ddc/jumlah", 2)
    assert used.fact is not None and used.fact.text == "Ada sepuluh kelas."
    assert (drawn.kind, drawn.first, drawn.last) == ("draw", 3, 4)
    assert (drawn.draw, drawn.fit) == (Draw(2, "ddc", ("dasar",)), Fit(total=4, matching=3, left=2))


def test_a_text_has_no_number_and_a_shared_bank_is_found() -> None:
    text, used = cards("kuis-umum")
    assert (text.first, used.first) == (0, 1)
    assert used.bank is not None and used.bank.shared


FAULTY = [
    ("      - use: ddc/jumlah   # dari bank\n", "      - use: ddc/tidak-ada\n", 2, "use"),
    ("      - use: ddc/jumlah   # dari bank\n", "      - use: hilang/jumlah\n", 2, "use"),
    ("draw: 2", "draw: banyak", 3, "draw"),
    ("from: ddc", "from: hilang", 3, "draw"),
    ("      - section: Bagian kedua\n", "      - hanya teks\n", 1, "unknown"),
    ("      - section: Bagian kedua\n", "      - {}\n", 1, "question"),
]


@pytest.mark.parametrize(("old", "new", "at", "kind"), FAULTY)
def test_what_is_faulty_has_its_card_too(old: str, new: str, at: int, kind: str) -> None:
    assert old in MODULE
    found = cards(files={**FILES, PATH: MODULE.replace(old, new).encode()})
    assert found[at].kind == kind
    assert len(found) == 4


def test_a_draw_that_wants_more_than_is_left_is_known() -> None:
    there = holders()
    items = there["kuis-ddc"].items
    assert short_draws(items, pools_of(there.values())) == frozenset()
    assert short_draws([*items, {"draw": "2", "from": "ddc"}], pools_of(there.values())) == {4}


def test_cards_move_up_and_down_and_to_a_place() -> None:
    assert kinds(changed("down", at="0")) == ["section", "question", "use", "draw"]
    assert kinds(changed("up", at="3")) == ["question", "section", "draw", "use"]
    assert kinds(changed("move", at="3", to="0")) == ["draw", "question", "section", "use"]
    assert changed("up", at="0") == MODULE
    assert changed("down", at="3") == MODULE
    assert "# dari bank" in changed("move", at="2", to="0")


def test_what_is_taken_away_comes_back_as_it_was_written() -> None:
    gone = changed("remove", at="0")
    assert kinds(gone) == ["section", "use", "draw"]
    assert "yang pertama mudah" not in gone
    there = holders({**FILES, PATH: gone.encode()})
    assert put_back(FILES[PATH], gone.encode(), there["kuis-ddc"], 0) == FILES[PATH]


def test_what_is_taken_away_comes_back_though_more_was_changed_since() -> None:
    gone = changed("remove", at="0").replace("Kuis Umum", "Kuis Lain").encode()
    back = put_back(FILES[PATH], gone, holders({**FILES, PATH: gone})["kuis-ddc"], 0)
    assert back == FILES[PATH].replace(b"Kuis Umum", b"Kuis Lain")


def test_points_are_written_changed_and_left_to_the_question() -> None:
    two = changed("points", at="2", points="2,5")
    assert cards(files={**FILES, PATH: two.encode()})[2].points == "2.5"
    assert len([line for line in two.splitlines() if line not in MODULE.splitlines()]) == 1
    assert changed("points", at="2", points="") == MODULE


def test_a_draw_is_added_and_changed() -> None:
    added = changed("draw", draw="1", **{"from": "lain"})
    assert cards(files={**FILES, PATH: added.encode()})[4].draw == Draw(1, "lain")
    fewer = changed("draw", at="3", draw="1", **{"from": "ddc", "tags": ["dasar"], "difficulty": "hard"})
    assert cards(files={**FILES, PATH: fewer.encode()})[3].draw == Draw(1, "ddc", ("dasar",), "hard")


def test_a_heading_is_added_and_changed() -> None:
    added = changed("section", section="Akhir", section_en="End", text="Bacalah.")
    card = cards(files={**FILES, PATH: added.encode()})[4]
    assert (card.named, card.title_en, card.text) == ("Akhir", "End", "Bacalah.")
    assert changed("section", at="1", section="Bagian kedua") == MODULE


def test_the_texts_of_a_quiz_are_changed_where_they_stand() -> None:
    assert changed("texts", title="Kuis DDC") == MODULE
    new = changed("texts", title="Kuis kelas", title_en="Class quiz", intro="Kerjakan sendiri.")
    value = value_in(new.encode())
    assert isinstance(value, dict) and isinstance(value["activities"], list)
    quiz = value["activities"][1]
    assert isinstance(quiz, dict)
    assert quiz["title"] == {"id": "Kuis kelas", "en": "Class quiz"}
    assert list(quiz) == ["quiz", "title", "intro", "preset", "questions"]


REFUSED = [
    ("draw", {"draw": "5", "from": "ddc"}, "Hanya 4 soal yang cocok"),
    ("draw", {"draw": "4", "from": "ddc"}, "dapat menyisakan hanya"),
    ("draw", {"draw": "banyak", "from": "ddc"}, "angka dari 1 sampai 100"),
    ("draw", {"draw": "0", "from": "ddc"}, "angka dari 1 sampai 100"),
    ("draw", {"draw": "1", "from": ""}, "Pilih bank soalnya"),
    ("draw", {"draw": "1", "from": "ddc", "points": "x"}, "Poin harus angka"),
    ("section", {"section": " "}, "Tulis judul bagiannya"),
    ("points", {"at": "0", "points": "-1"}, "Poin harus angka"),
    ("texts", {"title": ""}, "Tulis judulnya"),
]


@pytest.mark.parametrize(("do", "fields", "words"), REFUSED)
def test_what_would_make_no_quiz_is_refused_in_words(do: str, fields: dict[str, str], words: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        changed(do, **fields)
    assert words in str(refused.value.message)


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("hapus-semua", {}),
        ("up", {"at": "9"}),
        ("remove", {"at": "-1"}),
        ("points", {"at": "1"}),
        ("draw", {"at": "0"}),
    ],
)
def test_what_is_no_change_of_this_list_is_not_found(do: str, fields: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        changed(do, **fields)


def test_taking_away_touches_nothing_else() -> None:
    gone = edit_file(FILES[PATH], [Remove(("activities", 1, "questions", 3))]).decode()
    assert gone == MODULE.replace("      - draw: 2\n        from: ddc\n        tags: [dasar]\n", "")
