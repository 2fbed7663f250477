"""The one partial of each kind: what it shows when, and that it tells nothing before its time."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import app.questions.registry
from app.questions.base import Question
from app.questions.registry import template_of
from app.texts.local import LocalText
from app.texts.markdown import render_inline
from tests.ground.html import valid_fragment
from tests.questions.cast import ALL, AUTHOR, DAYS, FOLKTALES, LOANS, STATEMENT, WELCOME, question

FOLDER = Path(app.questions.registry.__file__).parent / "templates"
ENGLISH = {"Benar": "Right", "Salah": "Wrong", "Jawaban Anda": "Your answer", "Kunci jawaban": "Correct answer"}


@dataclass(frozen=True)
class Reveal:
    answers: bool = True
    correctness: bool = False
    feedback: bool = False
    key: bool = False
    explanation: bool = False


NOTHING, EVERYTHING = Reveal(), Reveal(True, True, True, True, True)
MARKS_ONLY = replace(NOTHING, correctness=True)

ANSWERS: list[tuple[Question[Any], dict[str, Any] | None]] = [
    *((asked, None) for asked in ALL.values()),
    (FOLKTALES, {"choice": 0}),
    (FOLKTALES, {"choice": 1}),
    (FOLKTALES, {"choice": "zzz"}),
    (LOANS, {"choices": [0, 2]}),
    (STATEMENT, {"choice": True}),
    (STATEMENT, {"choice": False}),
    (STATEMENT, {"choice": "zzz"}),
    (AUTHOR, {"text": '<b>"Hirata"</b>'}),
    (AUTHOR, {"text": "Hirata, Andrea"}),
    (DAYS, {"text": "14 hari"}),
    (DAYS, {"text": "empat belas"}),
]


@cache
def partials(language: str) -> Environment:
    def inline(text: LocalText, language: str) -> Markup:
        return Markup(render_inline(text.in_(language)))  # noqa: S704 (as the web's filter does)

    made = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    made.filters["inline"] = inline
    words = ENGLISH if language == "en" else {}
    made.globals["_"] = lambda word, **values: words.get(word, word) % values  # as Flask-Babel fills them in
    return made


def shown(
    asked: Question[Any],
    stored: dict[str, Any] | None = None,
    *,
    state: str = "open",
    reveal: Reveal = NOTHING,
    order: Sequence[int] | None = None,
    language: str = "id",
) -> str:
    return (
        partials(language)
        .get_template(template_of(asked))
        .render(
            question=asked,
            order=asked.order(None) if order is None else order,
            response=asked.response_of(stored),
            state=state,
            reveal=reveal,
            language=language,
        )
    )


def assert_held(asked: Question[Any], fields: dict[str, list[str]], seed: int) -> None:
    """Whatever these fields say is read, kept as JSON, graded within 0..1, told in both languages and shown."""
    response = asked.read(fields, asked.order(Random(seed)))
    if response is None:
        return
    stored = response.model_dump(mode="json")
    assert asked.response_of(json.loads(json.dumps(stored))) == response
    assert 0 <= (asked.grade(response).fraction or 0) <= 1
    for language in ("id", "en"):
        assert asked.response_summary(response, language)
    shown(asked, stored)
    shown(asked, stored, state="locked", reveal=EVERYTHING)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(("asked", "stored"), ANSWERS)
@pytest.mark.parametrize("state", ["open", "locked"])
@pytest.mark.parametrize("reveal", [NOTHING, MARKS_ONLY, EVERYTHING])
def test_every_partial_is_good_html_in_every_state(
    asked: Question[Any], stored: dict[str, Any] | None, state: str, reveal: Reveal
) -> None:
    html = shown(asked, stored, state=state, reveal=reveal)
    valid_fragment(html)
    assert "autofocus" not in html and "<b>" not in html


@pytest.mark.parametrize("state", ["open", "locked"])
def test_the_markup_is_the_same_whichever_option_is_the_key(state: str) -> None:
    """The law: before the reveal nothing may depend on what is right, chosen or not."""
    for kind, stored in product(("single", "multiple"), (None, {"choice": 1}, {"choice": 2})):
        pages = set()
        for key in range(3):
            options = [{"text": f"Pilihan {n}", "feedback": f"Kata {n}", "correct": n == key} for n in range(3)]
            asked = question(kind, options=options, explanation=f"Kuncinya {key}.")
            chosen = stored if kind == "single" or stored is None else {"choices": [stored["choice"]]}
            pages.add(shown(asked, chosen, state=state, order=(2, 0, 1)))
        assert len(pages) == 1
    for choice in (None, True, False):
        judged = None if choice is None else {"choice": choice}
        assert len({shown(question("true-false", answer=key), judged, state=state) for key in (True, False)}) == 1
    for (kind, field), typed in product((("short-text", "text"), ("number", "value")), (None, {"text": "7"})):
        keys = [question(kind, answers=[{field: key, "feedback": key}], explanation=key) for key in ("7", "-1234.5")]
        assert len({shown(asked, typed, state=state) for asked in keys}) == 1


def test_weights_and_scoring_change_nothing_that_is_shown() -> None:
    def weighed(*weights: str, scoring: str = "weights") -> str:
        return shown(question("multiple", scoring=scoring, options=[{"text": "A", "weight": each} for each in weights]))

    assert weighed("100", "-50") == weighed("0", "100") == weighed("50", "50")


def test_no_feedback_explanation_or_answer_is_in_the_page_before_its_time() -> None:
    for asked in ALL.values():
        for state in ("open", "locked"):
            html = shown(asked, state=state)
            for secret in ("Itu ilmu perpustakaan", "adalah cerita rakyat", "memang", "Nama keluarga", "Hampir"):
                assert secret not in html
    assert "Hirata" not in shown(AUTHOR) and "15" not in re.sub(r"\d{3}", "", shown(DAYS))


def test_options_are_labels_in_the_order_drawn_and_their_values_are_positions() -> None:
    html = shown(FOLKTALES, {"choice": 0}, order=(2, 0, 1))
    assert re.findall(r'name="choice" value="(\d)"( checked)?', html) == [("0", ""), ("1", " checked"), ("2", "")]
    assert words(html).endswith("899.221 (sastra) 398.2 020")
    assert html.count('<label class="option">') == 3 and "<legend>" in html


def test_what_is_posted_from_the_page_is_what_was_shown() -> None:
    order = (3, 1, 0, 2)
    html = shown(LOANS, {"choices": [1, 2]}, order=order)
    ticked = re.findall(r'value="(\d)" checked', html)
    assert LOANS.read({"choice": ticked}, order) == LOANS.response_of({"choices": [1, 2]})


def test_true_stands_before_false_always() -> None:
    html = shown(STATEMENT, language="en")
    assert re.findall(r'value="(\w+)"', html) == ["true", "false"]
    assert words(html).endswith("True False")


def test_a_text_field_is_labelled_bounded_and_keeps_what_was_typed() -> None:
    html = shown(AUTHOR, {"text": 'a "b" <c>'})
    assert 'maxlength="500"' in html and 'name="text"' in html
    assert 'value="a &#34;b&#34; &lt;c&gt;"' in html


def test_a_number_field_asks_for_the_number_keys_and_tells_its_language() -> None:
    html = shown(DAYS, language="en")
    assert 'inputmode="decimal"' in html and '<input type="hidden" name="language" value="en">' in html
    with_units = question("number", answers=[{"value": "15"}], units=[{"unit": "hari"}])
    assert 'inputmode="text"' in shown(with_units)  # number keys alone cannot type a unit


def test_a_locked_question_cannot_be_answered_and_groups_with_no_other() -> None:
    for asked in ALL.values():
        html = shown(asked, state="locked")
        assert "disabled" in html or asked is WELCOME  # which asks nothing
        assert " name=" not in html  # radios of one name on one page would undo each other


REVIEWS: list[tuple[Question[Any], dict[str, Any] | None, Reveal, str]] = [
    (FOLKTALES, {"choice": 1}, EVERYTHING, "398.2 Kunci jawaban 020 Jawaban Anda · Salah Itu ilmu perpustakaan."),
    (FOLKTALES, {"choice": 0}, EVERYTHING, "398.2 Jawaban Anda · Benar · Kunci jawaban 020"),
    (FOLKTALES, {"choice": 1}, MARKS_ONLY, "398.2 020 Jawaban Anda · Salah 899"),
    (FOLKTALES, None, EVERYTHING, "398.2 Kunci jawaban 020 899.221 (sastra) Tidak dijawab Pembahasan"),
    (LOANS, {"choices": [0, 2]}, MARKS_ONLY, "Nama Jawaban Anda · Benar Tanggal kembali Agama Jawaban Anda · Salah"),
    (LOANS, {"choices": [0, 2]}, EVERYTHING, "Tanggal kembali Kunci jawaban Agama Jawaban Anda · Salah"),
    (STATEMENT, {"choice": False}, EVERYTHING, "Benar Kunci jawaban Salah Jawaban Anda · Salah Katalog memang daftar"),
    (AUTHOR, {"text": "Andrea Hirata"}, EVERYTHING,
     "Andrea Hirata Jawaban Anda · Sebagian benar Nama keluarga lebih dulu. Hirata, Andrea Kunci jawaban"),
    (AUTHOR, {"text": "Hirata, Andrea"}, EVERYTHING, "Hirata, Andrea Jawaban Anda · Benar"),
    (AUTHOR, None, EVERYTHING, "Tidak dijawab Hirata, Andrea Kunci jawaban"),
    (DAYS, {"text": "empat belas"}, MARKS_ONLY, "empat belas Jawaban Anda · Tidak dapat dibaca"),
    (DAYS, {"text": "20"}, MARKS_ONLY, "20 Jawaban Anda · Salah"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "stored", "reveal", "told"), REVIEWS)
def test_a_review_tells_in_words_what_may_be_told(
    asked: Question[Any], stored: dict[str, Any] | None, reveal: Reveal, told: str
) -> None:
    assert told in words(shown(asked, stored, state="locked", reveal=reveal))


def test_marks_without_the_key_do_not_point_at_it() -> None:
    html = shown(FOLKTALES, {"choice": 1}, state="locked", reveal=MARKS_ONLY)
    assert html.count(" right") == 0 and html.count(" wrong") == 1
    assert "15" not in words(shown(DAYS, {"text": "20"}, state="locked", reveal=MARKS_ONLY))


def test_an_option_that_earns_a_part_is_called_partly_right() -> None:
    asked = question("single", options=[{"text": "A", "correct": True}, {"text": "B", "weight": "50"}])
    html = shown(asked, {"choice": 1}, state="locked", reveal=MARKS_ONLY)
    assert "Jawaban Anda · Sebagian benar" in words(html) and " wrong" not in html and " right" not in html


def test_an_answer_that_may_not_be_shown_is_not_called_missing() -> None:
    for asked in ALL.values():
        html = shown(asked, state="locked", reveal=replace(EVERYTHING, answers=False))
        assert "Tidak dijawab" not in html


def test_a_review_marks_right_and_wrong_by_class_as_well() -> None:
    html = shown(FOLKTALES, {"choice": 1}, state="locked", reveal=EVERYTHING)
    assert re.findall(r'class="option ?(\w*)"', html) == ["right", "wrong", ""]
    assert 'class="why"' in html and "398.2 adalah cerita rakyat." in html


def test_a_review_speaks_the_readers_language() -> None:
    html = shown(STATEMENT, {"choice": False}, state="locked", reveal=EVERYTHING, language="en")
    assert "False Your answer · Wrong A catalogue does list the collection." in words(html)
