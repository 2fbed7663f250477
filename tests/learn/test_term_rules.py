"""The glossary's rules: what is found by a word, the order of the alphabet, which term is asked among which."""

from __future__ import annotations

from collections import Counter

import pytest

from app.content.course import GlossaryTerm
from app.learn.rules.terms import CHOICES, drawn, in_alphabet, looked_up
from app.texts.local import LocalText


def term(name: str, english: str, meaning: str, *also: str) -> GlossaryTerm:
    forms = {"id": (name, *also), "en": (english,)}
    return GlossaryTerm(name.replace(" ", "-"), LocalText(name, english), LocalText(meaning, f"({english})"), forms)


WEEDING = term("penyiangan", "weeding", "Mengeluarkan buku yang tidak layak dari koleksi.")
CATALOGUE = term("katalog", "catalogue", "Daftar yang menunjukkan letak buku.")
BOX = term("kotak buku bergilir", "rotating book box", "Peti bacaan yang berpindah sekolah.", "kotak bergilir")
READING = term("Membaca nyaring", "reading aloud", "Membacakan buku dengan suara.")
TERMS = [WEEDING, CATALOGUE, BOX, READING]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", TERMS),
        ("   ", TERMS),
        ("katalog", [CATALOGUE]),
        ("KATALOG", [CATALOGUE]),
        ("weed", [WEEDING]),  # English, and only its beginning
        ("kotak bergilir", [BOX]),  # another form of it
        ("bergilir kotak", [BOX]),  # the order of words does not matter
        ("letak", [CATALOGUE]),  # in the meaning alone
        ("buku", [BOX, WEEDING, CATALOGUE, READING]),  # who is named so comes first
        ("sekolah kotak", [BOX]),  # one word in the name, one in the meaning
        ("sasirangan", []),
    ],
)
def test_a_term_is_found_by_its_name_in_either_language_or_by_its_meaning(
    wanted: str, found: list[GlossaryTerm]
) -> None:
    assert looked_up(TERMS, wanted) == found


def test_terms_stand_under_their_first_letters_in_the_language_that_is_read() -> None:
    assert in_alphabet(TERMS, "id") == [("K", [CATALOGUE, BOX]), ("M", [READING]), ("P", [WEEDING])]
    assert [letter for letter, _ in in_alphabet(TERMS, "en")] == ["C", "R", "W"]
    assert in_alphabet([], "id") == []


@pytest.mark.parametrize("draw", [*range(-8, 8), 10**9])
def test_a_question_offers_the_asked_term_once_among_others(draw: int) -> None:
    found = drawn(TERMS, draw)
    assert found is not None and found == drawn(TERMS, draw)
    assert Counter(each.id for each in found.choices)[found.term.id] == 1
    assert len({each.id for each in found.choices}) == len(found.choices) == CHOICES


def test_every_term_is_asked_before_one_returns_and_both_ways_round() -> None:
    asked = [found for draw in range(4 * len(TERMS)) if (found := drawn(TERMS, draw))]
    for turn in range(4):
        of_turn = asked[turn * len(TERMS) : (turn + 1) * len(TERMS)]
        assert {each.term.id for each in of_turn} == {each.id for each in TERMS}
    assert {each.by_meaning for each in asked} == {True, False}
    assert len({tuple(each.id for each in found.choices).index(found.term.id) for found in asked}) == CHOICES


def test_a_term_is_never_set_against_another_of_the_same_meaning() -> None:
    twin = GlossaryTerm("catalog", CATALOGUE.label, CATALOGUE.definition, CATALOGUE.forms)
    for draw in range(20):
        found = drawn([*TERMS, twin], draw)
        assert found is not None
        offered = {each.id for each in found.choices}
        assert found.term.id not in (CATALOGUE.id, twin.id) or not {CATALOGUE.id, twin.id} <= offered


@pytest.mark.parametrize("terms", [[], [CATALOGUE]])
def test_where_there_are_no_two_terms_nothing_is_asked(terms: list[GlossaryTerm]) -> None:
    assert drawn(terms, 3) is None
