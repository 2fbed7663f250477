"""Matching and categorising: every item gets one of the choices. Figures are worked by hand from the definitions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.questions.assignment import AssignmentResponse
from app.questions.base import Outcome, Part, Question
from app.questions.categorise import Categorise
from app.questions.matching import Matching
from tests.ground.html import valid_fragment
from tests.questions.cast import COLLECTIONS, TOOLS, question
from tests.questions.test_partials import EVERYTHING, MARKS_ONLY, NOTHING, shown, words

ASSIGNMENTS = (TOOLS, COLLECTIONS)
ALL_OR_NOTHING = question(
    "matching", scoring="all-or-nothing", pairs=[{"text": str(n), "match": f"Jawaban {n}"} for n in range(3)]
)


def test_the_choices_of_matching_are_the_partners_once_each_and_then_the_extra_ones() -> None:
    assert isinstance(TOOLS, Matching)
    assert [text.id for text in TOOLS.choices] == ["Mencari koleksi", "Mencatat koleksi baru", "Menghitung denda"]
    assert TOOLS.keys == (0, 1, 0)


def test_a_partner_written_twice_needs_its_translation_once() -> None:
    pairs = [{"text": "1", "match": "Kamus"}, {"text": "2", "match": {"id": "kamus", "en": "Dictionary"}}]
    asked = question("matching", pairs=pairs, extra=["Peta"])
    assert isinstance(asked, Matching)
    assert [text.in_("en") for text in asked.choices] == ["Dictionary", "Peta"]
    assert list(asked.faults()) == []


def test_no_group_at_all_is_offered_only_where_an_item_belongs_to_none() -> None:
    assert isinstance(COLLECTIONS, Categorise)
    assert COLLECTIONS.keys == (0, 1, 1, 2)
    assert [text.in_("en") for text in COLLECTIONS.choices] == ["General", "Rujukan", "None of these"]
    groups = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
    plain = question("categorise", groups=groups, items=[{"text": "1", "group": "a"}, {"text": "2", "group": "b"}])
    assert isinstance(plain, Categorise) and len(plain.choices) == 2


# (question, choices by item, fraction, outcome): `each` is right / all items (quiz-engine B 4.4: match)
GRADES: list[tuple[Question[Any], tuple[Any, ...], float, str]] = [
    (TOOLS, (0, 1, 0), 1.0, "right"),
    (TOOLS, (0, 1, 2), 2 / 3, "partial"),
    (TOOLS, (0, None, None), 1 / 3, "partial"),
    (TOOLS, (2, 0, 1), 0.0, "wrong"),
    (TOOLS, (2, None, None), 0.0, "wrong"),
    (TOOLS, (None, None, None), 0.0, "gave_up"),
    (TOOLS, (), 0.0, "gave_up"),
    (TOOLS, (0, 1), 2 / 3, "partial"),
    (TOOLS, (0, 1, 3), 0.0, "invalid"),
    (TOOLS, (0, 1, -1), 0.0, "invalid"),
    (TOOLS, (0, 1, "x"), 0.0, "invalid"),
    (TOOLS, (0, 1, 0, None), 1.0, "right"),
    (TOOLS, (0, 1, 0, "Rak"), 0.0, "invalid"),
    (COLLECTIONS, (0, 1, 1, 2), 1.0, "right"),
    (COLLECTIONS, (0, 1, 1, None), 0.75, "partial"),
    (COLLECTIONS, (1, 1, 1, 1), 0.5, "partial"),
    (ALL_OR_NOTHING, (0, 1, 2), 1.0, "right"),
    (ALL_OR_NOTHING, (0, 1, 1), 0.0, "wrong"),
    (ALL_OR_NOTHING, (0, 1, None), 0.0, "wrong"),
]


@pytest.mark.parametrize(("asked", "choices", "fraction", "outcome"), GRADES)
def test_an_answer_is_worth_the_share_of_the_items_that_are_right(
    asked: Question[Any], choices: tuple[Any, ...], fraction: float, outcome: str
) -> None:
    grade = asked.grade(asked.response_of({"choices": list(choices)}))
    assert (grade.fraction, grade.outcome) == (pytest.approx(fraction), outcome)


def test_each_item_is_a_part_unless_only_the_whole_counts() -> None:
    assert TOOLS.parts(TOOLS.response_of({"choices": [0, 0, None]})) == (Part(1, 1), Part(1, 0), Part(1, 0))
    assert ALL_OR_NOTHING.parts(ALL_OR_NOTHING.response_of({"choices": [0, 1, 2]})) == ()


def test_the_guess_score_is_that_of_choosing_anything_for_each_item() -> None:
    """Each: 1 / choices (quiz-engine B 4.4). All or nothing: 3 items with 3 choices each are all right once in 27."""
    assert TOOLS.guess_score() == pytest.approx(1 / 3)
    assert COLLECTIONS.guess_score() == pytest.approx(1 / 3)
    assert ALL_OR_NOTHING.guess_score() == pytest.approx(1 / 27)
    assert question("matching", pairs=[]).guess_score() is None


# the form


def test_fields_name_positions_and_the_response_names_the_question() -> None:
    order = (2, 0, 1, 1, 2, 0)  # items, then choices
    fields = {"choice-0": ["2"], "choice-1": ["1"], "choice-2": [""]}
    assert TOOLS.read(fields, order).model_dump(mode="json") == {"choices": [2, None, 0]}
    assert TOOLS.read({"choice-0": [""], "other": ["1"]}, order) is None
    assert TOOLS.read({"choice-0": ["1", "2"], "choice-1": ["7"]}, order).choices == ("7", None, "0, 2")


@pytest.mark.parametrize("asked", ASSIGNMENTS)
def test_what_is_posted_from_the_page_is_what_was_shown(asked: Question[Any]) -> None:
    order, stored = asked.order(Random(5)), {"choices": [2, None, 1] + [0] * (len(asked.stems) - 3)}
    html = shown(asked, stored, order=order)
    selects = re.findall(r'<select name="([^"]+)">(.*?)</select>', html, re.DOTALL)
    fields = {name: re.findall(r'value="(\d+)" selected', body) for name, body in selects}
    assert len(fields) == len(asked.stems)
    assert asked.read(fields, order) == asked.response_of(stored)


values = st.lists(st.one_of(st.text(max_size=90), st.sampled_from(["0", "1", "2", "3"])), max_size=3)
forms = st.dictionaries(st.sampled_from([f"choice-{n}" for n in range(6)]), values)


@pytest.mark.parametrize("asked", [*ASSIGNMENTS, ALL_OR_NOTHING])
@given(fields=forms, seed=st.integers(0, 99))
def test_whatever_is_sent_is_read_stored_read_back_and_graded(
    asked: Question[Any], fields: Mapping[str, Sequence[str]], seed: int
) -> None:
    response = asked.read(fields, asked.order(Random(seed)))
    if response is None:
        return
    assert asked.response_of(response.model_dump(mode="json")) == response
    grade = asked.grade(response)
    assert grade.fraction is not None and 0 <= grade.fraction <= 1
    assert asked.response_summary(response, "en") != ""
    assert all(0 <= part.fraction <= 1 for part in asked.parts(response))
    shown(asked, response.model_dump(mode="json"), state="locked", reveal=EVERYTHING)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=90),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
)


@pytest.mark.parametrize("asked", ASSIGNMENTS)
@given(value=json_values)
def test_any_json_is_graded_or_refused_with_a_value_error(asked: Question[Any], value: object) -> None:
    try:
        response = asked.response_from_json(value)
    except ValueError:
        return
    assert response is None or 0 <= (asked.grade(response).fraction or 0) <= 1


# the order


def test_the_order_of_the_choices_never_tells_the_order_of_the_items() -> None:
    """Whatever partner belongs to which item, the choices are arranged in the same way: nothing of it is the key."""
    texts, partners = ("Ikan", "Burung", "Ular"), ("Air", "Udara", "Tanah")

    def arrangement(order: Sequence[str], chance: Random | None) -> list[str]:
        pairs = [{"text": text, "match": match} for text, match in zip(texts, order, strict=True)]
        asked = question("matching", pairs=pairs)
        assert isinstance(asked, Matching)
        return [asked.choices[index].id for index in asked.cut(asked.order(chance))[1]]

    for seed in (None, 1, 2):
        drawn = {tuple(arrangement(order, None if seed is None else Random(seed))) for order in permutations(partners)}
        assert len(drawn) == 1


def test_items_keep_their_order_where_the_author_says_so_and_choices_never_do() -> None:
    pairs = [{"text": str(n), "match": f"Jawaban {n}"} for n in range(6)]
    fixed = question("matching", shuffle="false", pairs=pairs)
    assert {fixed.order(Random(seed))[:6] for seed in range(9)} == {tuple(range(6))}
    assert len({fixed.order(Random(seed))[6:] for seed in range(9)}) > 1
    assert fixed.order(None) == fixed.order(None) and fixed.order(None)[6:] != tuple(range(6))


def test_groups_stand_as_written_and_their_items_do_not() -> None:
    items = [{"text": f"Butir {n}", "group": "a" if n < 5 else "b"} for n in range(10)]
    groups = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
    asked = question("categorise", groups=groups, items=items)
    assert asked.order(Random(1))[10:] == asked.order(None)[10:] == (0, 1)
    assert asked.order(None)[:10] != tuple(range(10))
    assert question("categorise", groups=groups, items=items, shuffle="false").order(Random(1)) == (*range(10), 0, 1)


# JSON from outside

SAID: list[tuple[Question[Any], Any, tuple[Any, ...] | None]] = [
    (TOOLS, None, None),
    (TOOLS, {}, None),
    (TOOLS, [None, "", None], None),
    (TOOLS, {"choices": [0, None, 2]}, (0, None, 2)),
    (TOOLS, {"Katalog": "mencari KOLEKSI", "OPAC": "Counting fines"}, (0, None, 2)),
    (TOOLS, ["Finding items", "Recording new items", 0], (0, 1, 0)),
    (TOOLS, {"Katalog": "Menari"}, ("Menari", None, None)),
    (TOOLS, {"Rak": "Mencari koleksi"}, (None, None, None, "Rak")),
    (TOOLS, {"Katalog": "Finding items", "KATALOG": "Counting fines"}, (0, None, None, "KATALOG")),
    (TOOLS, {"OPAC": None, "Rak": None}, (None, None, None, "Rak")),
    (TOOLS, {"OPAC": True}, (None, None, "true")),
    (TOOLS, ["Mencari koleksi"] * 4, (0, 0, 0, 0)),
    (COLLECTIONS, {"Novel": "umum", "Kamus": "General", "Stempel": "none"}, (0, 0, None, 2)),
    (COLLECTIONS, {"Stempel": "Bukan salah satunya"}, (None, None, None, 2)),
]


@pytest.mark.parametrize(("asked", "said", "choices"), SAID)
def test_a_person_names_items_and_choices_by_their_texts(
    asked: Question[Any], said: Any, choices: tuple[Any, ...] | None
) -> None:
    assert asked.response_from_json(said) == (None if choices is None else AssignmentResponse(choices=choices))


@pytest.mark.parametrize("said", ["Katalog", 7, True, {"choices": [True]}, {"Katalog": ["a"]}, [{"a": 1}]])
def test_another_shape_is_refused(said: Any) -> None:
    with pytest.raises(ValueError, match=r"expected|valid"):
        TOOLS.response_from_json(said)


def test_an_answer_reads_as_one_line_in_the_readers_language() -> None:
    response = TOOLS.response_of({"choices": [0, None, "zzz"]})
    assert TOOLS.response_summary(response, "en") == "Katalog → Finding items; OPAC → zzz"
    assert COLLECTIONS.right_answer_summary("id") == (
        "Novel → Umum; Kamus → Rujukan; Ensiklopedia → Rujukan; Stempel → Bukan salah satunya"
    )
    beyond = TOOLS.response_of({"choices": [None, None, None, "Rak"]})
    assert TOOLS.response_summary(beyond, "id") == "? → Rak"


# the page


@pytest.mark.parametrize("state", ["open", "locked", "paper"])
def test_the_markup_is_the_same_whatever_belongs_to_what(state: str) -> None:
    partners = ("Air", "Udara", "Tanah")
    pages = set()
    for keys in permutations(partners):
        pairs = [{"text": f"Butir {n}", "match": key} for n, key in enumerate(keys)]
        asked = question("matching", pairs=pairs, explanation=f"{keys}")
        assert isinstance(asked, Matching)
        stored = {"choices": [[text.id for text in asked.choices].index("Udara"), None, None]}
        pages.add(shown(asked, stored, state=state))
    groups = [{"id": name, "text": name} for name in ("a", "b")]
    for keys in permutations(("a", "b", "none")):
        items = [{"text": f"Butir {n}", "group": key} for n, key in enumerate(keys)]
        pages.add(shown(question("categorise", groups=groups, items=items), {"choices": [1, None, 0]}, state=state))
    assert len(pages) == 2


@pytest.mark.parametrize("state", ["open", "locked", "key", "paper"])
@pytest.mark.parametrize("reveal", [NOTHING, MARKS_ONLY, EVERYTHING])
@pytest.mark.parametrize("choices", [None, [0, 2, None], ["<b>x", 0, 0]])
def test_the_page_is_good_html_in_every_state(state: str, reveal: Any, choices: Any) -> None:
    for asked in ASSIGNMENTS:
        html = shown(asked, choices and {"choices": choices}, state=state, reveal=reveal)
        valid_fragment(html)
        assert "<b>" not in html and " id=" not in html


def test_each_item_labels_its_own_list_and_the_blank_choice_comes_first() -> None:
    html = shown(TOOLS, order=(1, 0, 2, 2, 1, 0))
    assert html.count('<label class="assign">') == html.count("<select") == 3
    assert re.findall(r"<span>([^<]+)</span>", html) == ["Buku induk", "Katalog", "OPAC"]
    assert re.findall(r'<option value="(\d?)">([^<]+)', html)[:4] == [
        ("", "Pilih jawaban"), ("0", "Menghitung denda"), ("1", "Mencatat koleksi baru"), ("2", "Mencari koleksi"),
    ]  # fmt: skip


def test_choices_too_long_for_a_phone_are_told_above_and_named_by_letters() -> None:
    assert 'class="letters"' not in shown(TOOLS)
    long = question("matching", pairs=[{"text": "1", "match": "kata " * 9}, {"text": "2", "match": "Peta"}])
    html = shown(long, order=(0, 1, 1, 0))
    assert html.index('<ol class="letters" type="A">\n<li>Peta') < html.index("<select")
    assert '<option value="0">A. Peta</option>' in html


def test_the_letters_go_on_after_z() -> None:
    pairs = [{"text": str(n), "match": f"{'kata ' * 9}{n}"} for n in range(28)]
    html = shown(question("matching", pairs=pairs))
    assert re.findall(r'value="(?:25|26|27)">([A-Z]+)\.', html)[:3] == ["Z", "AA", "AB"]


def test_on_paper_there_are_boxes_and_letters_and_nothing_to_click() -> None:
    html = shown(TOOLS, state="paper", order=(1, 0, 2, 2, 1, 0))
    assert "1. Buku induk 2. Katalog 3. OPAC" in words(html)
    assert words(html).endswith("Menghitung denda Mencatat koleksi baru Mencari koleksi")
    assert html.count('<span class="box"></span>') == 3 and html.count("<li>") == 6
    assert "Tulis hurufnya di kotak." in html
    assert not re.search(r"<(input|select|button|textarea)", html)


REVIEWS = [
    (TOOLS, [0, 2, None], MARKS_ONLY,
     "Mencari koleksi Jawaban Anda · Benar Buku induk → Menghitung denda Jawaban Anda · Salah OPAC Tidak dijawab"),
    (TOOLS, [0, 2, None], EVERYTHING,
     "Salah Kunci jawaban: Mencatat koleksi baru OPAC Tidak dijawab Kunci jawaban: Mencari koleksi Pembahasan"),
    (TOOLS, [0, 1, "zzz"], MARKS_ONLY, "OPAC → zzz Jawaban Anda · Tidak dapat dibaca"),
    (COLLECTIONS, [1, 1, 1, 2], EVERYTHING, "Novel → Rujukan Jawaban Anda · Salah Kunci jawaban: Umum"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "choices", "reveal", "told"), REVIEWS)
def test_a_review_tells_each_item_what_may_be_told(
    asked: Question[Any], choices: list[Any], reveal: Any, told: str
) -> None:
    order = tuple(range(len(asked.stems) + len(asked.choices)))
    order = (*order[: len(asked.stems)], *range(len(asked.choices)))
    assert told in words(shown(asked, {"choices": choices}, state="locked", reveal=reveal, order=order))


def test_marks_without_the_key_do_not_tell_it() -> None:
    html = shown(TOOLS, {"choices": [2, 2, 2]}, state="locked", reveal=MARKS_ONLY)
    assert "Mencari koleksi" not in html and "Mencatat" not in html and "Kunci" not in html
    assert "Buku induk mencatat" not in shown(TOOLS, {"choices": [2, 2, 2]}, state="locked", reveal=NOTHING)


def test_the_trainer_sees_every_items_key() -> None:
    told = words(shown(COLLECTIONS, state="key", reveal=EVERYTHING))
    assert "Stempel Kunci jawaban: Bukan salah satunya" in told and "Novel Kunci jawaban: Umum" in told


def test_a_response_of_another_kind_is_refused() -> None:
    with pytest.raises(ValidationError):
        TOOLS.response_of({"choice": 1})


def test_an_item_that_a_later_revision_brought_is_unanswered() -> None:
    response = TOOLS.response_of({"choices": [0]})
    assert TOOLS.verdict(response, 2) is Outcome.GAVE_UP
    shown(TOOLS, {"choices": [0]})
