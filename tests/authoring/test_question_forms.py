"""The forms of questions: what they show is written back as it was, and what is changed is changed alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.authoring.rules.question_forms.kinds import FORMS, SURVEY_FORMS
from app.authoring.rules.question_forms.names import fields_of, filled_from, pressed, rearranged
from app.authoring.rules.question_forms.parts import Field, Part, QuestionForm, Rows
from app.authoring.rules.question_forms.showing import begun, shown
from app.authoring.rules.question_forms.writing import converted, written
from app.content.faults import Findings
from app.content.nodes import ListNode, MapNode, Node, child
from app.content.reading import read_document
from app.questions.registry import KINDS
from app.questions.survey import IN_SURVEYS
from tests.ground.folder import ROOT


def value_of(node: Node) -> Any:
    if isinstance(node, MapNode):
        return {str(key): value_of(each) for key, each in node.items()}
    return [value_of(each) for each in node] if isinstance(node, ListNode) else str(node)


def questions(data: str, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    root = read_document(data.encode(), Findings().of("x.yaml"))
    assert root is not None, where
    holders = [(child(root, "questions"), FORMS)]
    for activity in child(root, "activities") or ():
        holders.append((child(activity, "questions"), SURVEY_FORMS if child(activity, "survey") else FORMS))
    for listed, _ in holders:
        for each in listed or ():
            value = value_of(each)
            if isinstance(value, dict) and "type" in value:
                yield f"{where}: {value.get('id')}", value


def documented() -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in KINDS:
        text = (ROOT / "docs" / "questions" / f"{kind}.md").read_text("utf-8")
        block = re.search(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        assert block
        yield from questions("questions:\n" + "".join(f"  {line}\n" for line in block[1].splitlines()), kind)


def all_questions() -> list[tuple[str, dict[str, Any]]]:
    found = list(documented())
    for folder in (ROOT / "courses", *(ROOT / "tests").glob("courses*")):
        for path in folder.glob("*/**/*.yaml"):
            found += questions(path.read_text("utf-8"), str(path.relative_to(ROOT)))
    return found


QUESTIONS = all_questions()


def sent(form: QuestionForm, value: Any, language: str) -> dict[str, list[str]]:
    """What a browser sends of the form that shows a question, its lines ended as browsers do."""
    fields = fields_of(form.parts, shown(form.parts, value, language))
    return {name: [text.replace("\n", "\r\n") for text in texts] for name, texts in fields.items()}


def kept(form: QuestionForm, value: Any, language: str, **changes: str) -> Any:
    """The question after its form was sent with some fields changed: `q__text__id` is the field q.text.id."""
    fields = sent(form, value, language)
    fields |= {name.replace("__", "."): [text] for name, text in changes.items()}
    return written(form, filled_from(form.parts, fields), value, language)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_question_of_the_courses_and_the_documentation_is_sent_back_as_it_stands(language: str) -> None:
    assert len(QUESTIONS) > 100 and {value["type"] for _, value in QUESTIONS} >= set(KINDS)
    for where, value in QUESTIONS:
        back = kept(FORMS[value["type"]], value, language)
        assert back == value and repr(back) == repr(value), where


def test_every_part_of_every_documented_question_has_its_field() -> None:
    for where, value in documented():
        form = FORMS[value["type"]]
        assert set(value) <= form.keys, where
        assert set(shown(form.parts, value, "id")) == {part.key for part in form.parts}, where


TEXTS = st.sampled_from(["", " ", "a", "Satu\ndua\n", "true", "false", "50%", "2.5", "020", "hard", "area", "text"])
KEYS = sorted({key for form in FORMS.values() for key in form.keys} | {"id", "en", "text", "correct", "weight", "lain"})
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.sampled_from(sorted(FORMS)),
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6),
    st.sampled_from(["id", "en"]),
)
def test_whatever_stands_in_a_draft_is_sent_back_as_it_stands(kind: str, value: dict[str, Any], language: str) -> None:
    back = kept(FORMS[kind], value, language)
    assert back == value and repr(back) == repr(value)


def test_a_form_knows_only_keys_of_its_kind_and_all_that_its_kind_needs() -> None:
    for forms, kinds in ((FORMS, KINDS), (SURVEY_FORMS, IN_SURVEYS)):
        assert set(forms) == set(kinds)
        for form in forms.values():
            fields = kinds[form.type].model_fields
            assert form.keys <= set(fields), form.type
            assert {name for name, each in fields.items() if each.is_required()} <= form.keys, form.type


def test_a_choice_offers_exactly_what_its_key_may_hold() -> None:
    offered = {
        (form.type, part.key): set(part.choices)
        for form in FORMS.values()
        for part in form.parts
        if isinstance(part, Field) and part.choices
    }
    assert offered["multiple", "scoring"] == {"each", "weights", "all-or-nothing", "right-minus-excess"}
    assert offered["ordering", "scoring"] == {"next", "position", "longest", "all-or-nothing"}
    assert offered["single", "difficulty"] == {"easy", "medium", "hard"}
    assert offered["file", "accept"] == {"photo", "document", "any"}


SINGLE: dict[str, Any] = {
    "id": "cerita",
    "type": "single",
    "text": "Nomor kelas untuk cerita rakyat?",
    "options": [{"id": "a", "text": "398.2", "correct": "true", "lain": "x"}, {"text": "020"}, {"text": "899"}],
    "asing": "tetap",
}


def test_a_plain_text_stays_plain_until_english_is_given_and_a_map_stays_a_map() -> None:
    form = FORMS["single"]
    assert kept(form, SINGLE, "id", q__text__id="Baru")["text"] == "Baru"
    both = kept(form, SINGLE, "id", q__text__en="New")["text"]
    assert both == {"id": SINGLE["text"], "en": "New"}
    mapped = {**SINGLE, "text": {"en": "Old", "id": "Lama"}}
    assert kept(form, mapped, "id", q__text__en="")["text"] == {"id": "Lama"}
    assert list(kept(form, mapped, "id", q__text__en="New")["text"]) == ["en", "id"]


def test_another_right_option_takes_the_mark_from_every_other() -> None:
    two = {**SINGLE, "options": [*SINGLE["options"][:2], {"text": "899", "correct": "true"}]}
    assert kept(FORMS["single"], two, "id") == two
    changed = kept(FORMS["single"], two, "id", q__options__key="1")["options"]
    assert [each.get("correct") for each in changed] == [None, "true", None]


def test_what_a_row_holds_beside_its_fields_moves_with_it() -> None:
    form = FORMS["single"]
    filled = filled_from(form.parts, sent(form, SINGLE, "id"))
    for said in ("down q.options.0", "remove q.options.2", "add q.options "):
        press = pressed(said)
        assert press
        filled = rearranged(form.parts, filled, press, "id")
    filled = filled_from(form.parts, fields_of(form.parts, filled))
    back = written(form, filled, SINGLE, "id")
    assert back["options"] == [{"text": "020"}, SINGLE["options"][0]]
    assert back["asing"] == "tetap"


def test_new_keys_stand_where_an_author_would_write_them() -> None:
    back = kept(FORMS["single"], SINGLE, "id", q__competency="F2.klasifikasi", q__explanation__id="Sebab.")
    assert list(back) == ["id", "type", "competency", "text", "options", "explanation", "asing"]


@pytest.mark.parametrize(
    ("language", "typed", "kept_as"),
    [
        ("id", "2,5", "2.5"),
        ("en", "2.5", "2.5"),
        ("id", "1.234", "1234"),
        ("id", "kira-kira", "kira-kira"),
        ("id", "*", "*"),
    ],
)
def test_numbers_are_typed_as_the_page_writes_them(language: str, typed: str, kept_as: str) -> None:
    question = {"id": "a", "type": "number", "text": "Berapa?", "answers": [{"value": "7"}]}
    assert kept(FORMS["number"], question, language, q__answers__0__value=typed)["answers"] == [{"value": kept_as}]


def test_corners_are_typed_as_points_and_what_is_none_stays_to_be_put_right() -> None:
    area: Any = {"shape": "polygon", "label": "a", "corners": [["1", "2"], ["3", "4"]]}
    question = {"id": "a", "type": "hotspot", "text": "?", "image": "media/x.svg", "alt": "x", "areas": [area]}
    back = kept(FORMS["hotspot"], question, "id", q__areas__0__corners="1,2  3 4.5,6")
    assert back["areas"][0]["corners"] == [["1", "2"], ["3"], ["4.5", "6"]]
    assert shown(FORMS["hotspot"].parts, back, "id")["areas"][0]["corners"] == "1,2 3 4.5,6"  # type: ignore[index]


def test_a_weight_that_means_nothing_any_more_is_not_kept() -> None:
    options = [{"text": "a", "weight": "50%"}, {"text": "b", "weight": "50%"}, {"text": "c"}]
    question = {"id": "a", "type": "multiple", "text": "?", "options": options, "scoring": "weights"}
    back = kept(FORMS["multiple"], question, "id", q__scoring="each", q__options__0__correct="true")
    assert "scoring" not in back
    assert back["options"] == [{"text": "a", "correct": "true"}, {"text": "b"}, {"text": "c"}]


def test_removing_a_gap_renumbers_the_marks_behind_it() -> None:
    form = FORMS["cloze"]
    gaps: list[Any] = [{"type": "text", "answers": [{"text": word}]} for word in "abc"]
    question: Any = {
        "id": "a",
        "type": "cloze",
        "text": {"id": "[[1]] [[2]] [[3]]", "en": "[[3]] [[2]]"},
        "gaps": gaps,
    }
    press = pressed("remove q.gaps.1")
    assert press
    filled = rearranged(form.parts, shown(form.parts, question, "id"), press, "id")
    back = written(form, filled, question, "id")
    assert back["text"] == {"id": "[[1]]  [[2]]", "en": "[[2]]"} and back["gaps"] == [gaps[0], gaps[2]]


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_new_question_nobody_filled_writes_no_empty_rows(kind: str) -> None:
    form = FORMS[kind]
    fields = fields_of(form.parts, begun(form.parts, "id"))
    back = written(form, filled_from(form.parts, fields), {"id": "baru", "type": kind}, "id")
    assert back == {"id": "baru", "type": kind}


def test_of_words_that_a_passage_names_by_number_only_the_last_empty_ones_are_left_out() -> None:
    form = FORMS["gap-select"]
    fields = fields_of(form.parts, begun(form.parts, "id"))
    fields |= {"q.text.id": ["[[2]]"], "q.choices.1.text.id": ["rak"]}
    back = written(form, filled_from(form.parts, fields), {"id": "baru", "type": "gap-select"}, "id")
    assert back["choices"] == [{}, {"text": "rak"}]


def test_a_question_of_another_kind_keeps_what_both_kinds_know() -> None:
    back = converted({**SINGLE, "explanation": "Sebab."}, FORMS["single"], FORMS["essay"])
    assert back == {"id": "cerita", "type": "essay", "text": SINGLE["text"], "asing": "tetap", "explanation": "Sebab."}


def parts_of(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        if isinstance(part, Rows):
            for shape in part.shapes.values():
                yield from parts_of(shape.parts)


def test_no_word_of_a_form_is_a_key_of_a_file() -> None:
    for form in (*FORMS.values(), *SURVEY_FORMS.values()):
        for part in parts_of(form.parts):
            said = [part.label.msgid, part.hint.msgid if part.hint else ""]
            assert not any("_" in text or "yaml" in text.casefold() for text in said), part
