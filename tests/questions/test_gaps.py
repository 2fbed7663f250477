"""Passages with gaps: what cloze and gap-select make of answers, and where their gaps stand."""

from __future__ import annotations

import re
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.base import Outcome, Part, Question
from app.questions.cloze import Cloze
from app.questions.gap_select import GapSelect
from app.questions.passages import marked
from app.texts.markdown import render_inline
from tests.questions.cast import GREETING, PASSAGE, options, question
from tests.questions.test_partials import EVERYTHING, MARKS_ONLY, assert_held, shown, words


def cloze(*gaps: dict[str, Any], **rest: Any) -> Question[Any]:
    marks = " ".join(f"[[{number}]]" for number in range(1, len(gaps) + 1))
    return question("cloze", text=marks, gaps=list(gaps), **rest)


def typed(answer: str) -> dict[str, Any]:
    return {"type": "text", "answers": [{"text": answer}]}


def chosen(*pairs: tuple[str, Any]) -> dict[str, Any]:
    return {"type": "choice", "options": options(*pairs)}


COSTLY = cloze(chosen(("A", "100"), ("B", "-50")), typed("a"))

CLOZE_GRADES = [
    (PASSAGE, [0, "pengarang", "7"], 1.0, Outcome.RIGHT),
    (PASSAGE, [0, "nama orang", None], (2 * 1 + 1 * 0.5 + 0) / 4, Outcome.PARTIAL),
    (PASSAGE, [2, None, "sepekan"], 2 * 0.25 / 4, Outcome.PARTIAL),
    (PASSAGE, [None, None, "8"], 1 / 4, Outcome.PARTIAL),
    (PASSAGE, [0], 2 / 4, Outcome.PARTIAL),
    (PASSAGE, [1, "tebal", "9"], 0.0, Outcome.WRONG),
    (PASSAGE, [1, None, "sepekan"], 0.0, Outcome.WRONG),
    (PASSAGE, [None, None, "sepekan"], 0.0, Outcome.INVALID),
    (PASSAGE, ["ZZZ", None, None], 0.0, Outcome.INVALID),
    (PASSAGE, [7, "pengarang", None], 1 / 4, Outcome.PARTIAL),
    (PASSAGE, [None, None, None], 0.0, Outcome.GAVE_UP),
    (PASSAGE, [], 0.0, Outcome.GAVE_UP),
    (PASSAGE, [0, "pengarang", "7", None], 0.0, Outcome.INVALID),
    (COSTLY, [1, "a"], (1 - 0.5) / 2, Outcome.PARTIAL),
    (COSTLY, [1, None], -0.5 / 2, Outcome.WRONG),
    (COSTLY, [0, "a"], 1.0, Outcome.RIGHT),
]


@pytest.mark.parametrize(("asked", "gaps", "fraction", "outcome"), CLOZE_GRADES)
def test_a_cloze_is_worth_the_weighted_mean_of_its_gaps(
    asked: Question[Any], gaps: list[Any], fraction: float, outcome: Outcome
) -> None:
    """By hand from the formula sum(w * f) / sum(w); PASSAGE has the weights 2, 1, 1.

    Source of the joined outcome: Moodle 4.1, qtype_multianswer, combine_states: right and wrong only where all gaps
    are, an empty gap counts as wrong beside others.
    """
    grade = asked.grade(asked.response_of({"gaps": gaps}))
    assert grade.fraction == pytest.approx(fraction)
    assert grade.outcome is outcome


def test_a_gap_worth_something_and_one_that_costs_as_much_are_partly_right() -> None:
    even = cloze(chosen(("A", "100"), ("B", "-100")), typed("a"))
    grade = even.grade(even.response_of({"gaps": [1, "a"]}))
    assert (grade.fraction, grade.outcome) == (0.0, Outcome.PARTIAL)


def test_a_number_in_a_gap_is_read_in_the_language_of_the_page() -> None:
    fields = {"gap-3": ["7.500"]}
    worth = {
        language: PASSAGE.grade(PASSAGE.read({**fields, "language": [language]}, PASSAGE.order(None))).fraction
        for language in ("id", "en")
    }
    assert worth == {"id": 0.0, "en": 0.25}


def test_the_guess_score_of_a_cloze_is_weighted() -> None:
    """By hand: the choice is worth (1 + 0 + 0.25) / 3 at random, the typed gaps 0; weights 2, 1, 1."""
    assert PASSAGE.guess_score() == pytest.approx(2 * (1.25 / 3) / 4)
    assert cloze({**typed("*"), "weight": "3"}, typed("a")).guess_score() == pytest.approx(0.75)


def test_the_parts_of_an_answer_are_its_gaps() -> None:
    assert PASSAGE.parts(PASSAGE.response_of({"gaps": [2, "pengarang"]})) == (Part(2, 0.25), Part(1, 1), Part(1, 0))
    assert COSTLY.parts(COSTLY.response_of({"gaps": [1, None]}))[0] == Part(1, 0)  # a part costs nothing
    assert GREETING.parts(GREETING.response_of({"gaps": [0, 2, None, 3]})) == (
        Part(1, 1), Part(1, 0), Part(1, 0), Part(1, 1),
    )  # fmt: skip


GAP_SELECT_GRADES = [
    ([0, 1, 0, 3], 1.0, Outcome.RIGHT),
    ([0, 1, 2, 3], 0.75, Outcome.PARTIAL),
    ([0, None, None, None], 0.25, Outcome.PARTIAL),
    ([2, 2, 2, 4], 0.0, Outcome.WRONG),
    ([None, None, None, None], 0.0, Outcome.GAVE_UP),
    ([0, 1, 0, 1], 0.0, Outcome.INVALID),  # a word of another group is not offered there
    ([0, 1, 0, 9], 0.0, Outcome.INVALID),
    ([0, "ZZZ", 0, 3], 0.0, Outcome.INVALID),
    ([0, 1, 0, 3, None], 0.0, Outcome.INVALID),
]


@pytest.mark.parametrize(("gaps", "fraction", "outcome"), GAP_SELECT_GRADES)
def test_a_gap_select_is_worth_its_share_of_right_gaps(gaps: list[Any], fraction: float, outcome: Outcome) -> None:
    """Source: Moodle 4.1, qtype_gapselect: right gaps / all gaps."""
    grade = GREETING.grade(GREETING.response_of({"gaps": gaps}))
    assert grade.fraction == pytest.approx(fraction)
    assert grade.outcome is outcome


def test_the_guess_score_of_a_gap_select_is_the_mean_over_its_gaps() -> None:
    """By hand: three gaps offer three words, one offers two."""
    assert GREETING.guess_score() == pytest.approx((3 / 3 + 1 / 2) / 4)


NATURAL: list[tuple[Question[Any], object, list[Any] | None]] = [
    (PASSAGE, ["398.2", "Pengarang", 7.5], [0, "Pengarang", "7,5"]),
    (PASSAGE, {"1": "800", "3": "7,5"}, [2, None, "7,5"]),
    (PASSAGE, {"gaps": [1, None, "8"]}, [1, None, "8"]),
    (PASSAGE, ["398.2"], [0]),
    (PASSAGE, {"5": "x"}, [None, None, None, "?"]),
    (PASSAGE, ["zzz", "", None], ["zzz", None, None]),
    (PASSAGE, [None, "", None], None),
    (PASSAGE, [], None),
    (cloze(typed("a")), "a", ["a"]),
    (GREETING, ["Smile", "keperluannya", "senyum", "door"], [0, 1, 0, 3]),
    (GREETING, {"2": "perlu"}, [None, 1, None, None]),
    (GREETING, ["pintu"], [3, None, None, None]),
    (GREETING, ["zzz", None, None, None], ["zzz", None, None, None]),
    (GREETING, None, None),
]


@pytest.mark.parametrize(("asked", "given_", "gaps"), NATURAL)
def test_answers_are_taken_as_a_person_would_write_them(
    asked: Question[Any], given_: object, gaps: list[Any] | None
) -> None:
    response = asked.response_from_json(given_)
    kept = None if response is None else response.model_dump(mode="json")["gaps"]
    if kept is not None and gaps is not None:
        kept, gaps = kept + [None] * (len(gaps) - len(kept)), gaps + [None] * (len(kept) - len(gaps))
    assert kept == gaps


def test_a_word_that_stands_in_two_groups_is_the_one_that_the_gap_offers() -> None:
    words = [{"text": "baru", "group": group} for group in ("buku", "rak")] + [{"text": "lama", "group": "rak"}]
    asked = question("gap-select", text="[[2]]", choices=words)
    response = asked.response_from_json(["baru"])
    assert response is not None and response.gaps == (1,)


@pytest.mark.parametrize("asked", [PASSAGE, GREETING])
@pytest.mark.parametrize("value", ["senyum", 7, {"x": "a"}, {"0": "a"}, {"999": "a"}, [["a"]], [{"a": 1}]])
def test_a_shape_that_no_gap_takes_is_refused(asked: Question[Any], value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        asked.response_from_json(value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["1", "2", "5", "gaps", "x"]), inner),
    max_leaves=6,
)


@pytest.mark.parametrize("asked", [PASSAGE, GREETING])
@given(value=json_values)
def test_any_json_is_graded_or_refused_with_a_value_error(asked: Question[Any], value: object) -> None:
    try:
        response = asked.response_from_json(value)
    except ValueError:
        return
    if response is not None:
        assert 0 <= (asked.grade(response).fraction or 0) <= 1


field_values = st.lists(st.text(max_size=12) | st.sampled_from(["0", "1", "2", "5", "7,5", "en"]), max_size=3)


@pytest.mark.parametrize("asked", [PASSAGE, GREETING])
@given(
    fields=st.dictionaries(st.sampled_from(["gap-1", "gap-2", "gap-3", "gap-4", "language"]), field_values),
    seed=st.integers(0, 99),
)
def test_whatever_a_page_sends_is_read_kept_and_graded(
    asked: Question[Any], fields: dict[str, list[str]], seed: int
) -> None:
    assert_held(asked, fields, seed)


def test_an_answer_is_told_in_one_line_with_the_numbers_of_its_gaps() -> None:
    assert PASSAGE.right_answer_summary("en") == "1. 398.2; 2. pengarang; 3. 7.5"
    assert PASSAGE.response_summary(PASSAGE.response_of({"gaps": [2, None, "8"]}), "id") == "1. 800; 2. –; 3. 8"
    assert GREETING.right_answer_summary("en") == "1. smile; 2. need; 3. smile; 4. door"


def test_feedback_comes_in_the_order_of_the_gaps() -> None:
    said = PASSAGE.feedback(PASSAGE.response_of({"gaps": [1, "x", "8"]}))
    assert [each.id for each in said] == ["Itu ilmu perpustakaan.", "Hampir."]


# Where gaps stand


def test_a_mark_inside_a_link_or_a_tag_is_no_gap() -> None:
    html = render_inline("a [[1]] [b [[2]]](https://contoh.id/) `[[3]]` **[[x y]]**")
    assert [each.name for each in marked(html)] == ["1", "3", "x y", None]
    assert "".join(each.html for each in marked('<a href="#x">[[1]]</a>')) == '<a href="#x">[[1]]</a>'


def test_each_language_has_its_gaps_where_its_sentence_wants_them() -> None:
    html = shown(PASSAGE, language="en")
    assert re.findall(r'name="(gap-\d)"', html) == ["gap-3", "gap-1", "gap-2"]
    html = shown(GREETING, language="en")
    assert re.findall(r'name="(gap-\d)"', html) == ["gap-1", "gap-4", "gap-2", "gap-3"]


def test_what_the_page_sends_is_what_it_showed() -> None:
    for asked, stored in ((PASSAGE, {"gaps": [2, "a", "7,5"]}), (GREETING, {"gaps": [2, 0, None, 4]})):
        order = asked.order(Random(3))
        html = shown(asked, stored, order=order)
        fields = {f"gap-{gap}": [value] for gap, value in re.findall(r'name="gap-(\d)"[^>]*? value="([^"]*)"', html)}
        for gap, inside in re.findall(r'<select name="gap-(\d)"[^>]*>(.*?)</select>', html):
            fields[f"gap-{gap}"] = re.findall(r'value="(\d)" selected', inside) or [""]
        assert asked.read({**fields, "language": ["id"]}, order) == asked.response_of(stored)


def test_the_options_of_each_choice_are_shuffled_by_themselves() -> None:
    two = cloze(chosen(("A", True), ("B", False)), typed("x"), chosen(("C", True), ("D", False), ("E", False)))
    assert isinstance(two, Cloze)
    drawn = {tuple(two.orders(two.order(Random(seed)))) for seed in range(200)}
    assert drawn == {(a, (), b) for a in permutations(range(2)) for b in permutations(range(3))}
    assert two.orders(two.order(None)) == [(0, 1), (), (0, 1, 2)]


def test_a_gap_offers_the_words_of_its_group_alone() -> None:
    assert isinstance(GREETING, GapSelect)
    assert [index for _, index in GREETING.offered(3, (4, 0, 3, 1, 2))] == [4, 3]
    assert GREETING.offered(0, (4, 0, 3, 1, 2)) == [(1, 0), (3, 1), (4, 2)]


# Nothing tells the key


@pytest.mark.parametrize("state", ["open", "locked", "paper"])
def test_the_page_is_the_same_whichever_words_are_right(state: str) -> None:
    pages = set()
    for keys in permutations((1, 2, 3)):
        text = "Satu [[{}]] dua [[{}]] tiga [[{}]].".format(*keys)
        asked = question("gap-select", text=text, choices=[{"text": each} for each in "ABC"], explanation=text)
        pages |= {shown(asked, stored, state=state) for stored in (None,)}
        pages |= {shown(asked, {"gaps": [0, 1, 2]}, state=state).replace(" selected", "")}
    assert len(pages) == 1
    pages = set()
    for key in range(3):
        gaps = [chosen(*((each, place == key) for place, each in enumerate("ABC"))), typed(str(key))]
        pages.add(shown(cloze(*gaps, explanation=str(key)), {"gaps": [1, "1"]}, state=state))
    assert len(pages) == 1


def test_words_that_are_not_shuffled_do_not_stand_in_the_order_of_the_gaps() -> None:
    def first(*written: str) -> list[str]:
        asked = question("gap-select", text="[[1]] [[2]]", choices=[{"text": each} for each in written])
        assert isinstance(asked, GapSelect)
        return [asked.word(index, "id") for index in asked.order(None)]

    assert len({tuple(first(*written)) for written in permutations("ABCD")}) == 1
    fixed = question("gap-select", text="[[1]]", shuffle="false", choices=[{"text": each} for each in "BA"])
    assert fixed.order(None) == fixed.order(Random(1)) == (0, 1)


def test_a_review_tells_of_each_gap_what_may_be_told() -> None:
    html = words(shown(PASSAGE, {"gaps": [1, None, "7"]}, state="locked", reveal=EVERYTHING))
    assert "1. 020 Jawaban Anda · Salah Itu ilmu perpustakaan. 1. 398.2 Kunci jawaban" in html
    assert "2. Tidak dijawab 2. pengarang Kunci jawaban 3. 7 Jawaban Anda · Benar Hampir. Pembahasan" in html
    html = words(shown(GREETING, {"gaps": [2, 1, None, None]}, state="locked", reveal=EVERYTHING))
    assert "1. keluhan Jawaban Anda · Salah 1. senyum Kunci jawaban 2. keperluannya Jawaban Anda · Benar" in html


def test_marks_without_the_key_do_not_point_at_it() -> None:
    for asked, stored in ((PASSAGE, {"gaps": [1, None, "1"]}), (GREETING, {"gaps": [2, 2, None, 4]})):
        html = words(shown(asked, stored, state="locked", reveal=MARKS_ONLY))
        assert "Salah" in html and "Tidak dijawab" in html and "Kunci" not in html
        assert not {"398.2", "pengarang", "7,5", "senyum", "pintu"} & set(re.findall(r"[\w.,]+", html))


def test_a_trainer_sees_the_key_of_every_gap() -> None:
    html = words(shown(PASSAGE, state="key", reveal=EVERYTHING))
    assert "Rumpang 1 · bobot 2 " in html and "398.2 Kunci jawaban 020" in html and "50% dari nilai soal" in html
    assert "3. senyum Kunci jawaban 4. pintu Kunci jawaban" in words(shown(GREETING, state="key", reveal=EVERYTHING))


def test_on_paper_there_are_lines_and_boxes_and_no_fields() -> None:
    for asked in (PASSAGE, GREETING):
        html = shown(asked, state="paper")
        assert not re.search(r"<(input|select|button|fieldset)", html)
        assert html.count('class="ruled"') == len(asked.right_answer_summary("id").split("; "))
    assert shown(PASSAGE, state="paper").count('class="square"') == 3
