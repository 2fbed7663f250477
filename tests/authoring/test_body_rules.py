"""A lesson's form: what is read from a file and written back says the same, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.authoring.rules.bodies import lesson_fields, lesson_with
from app.content.editing import Value, new_file, value_in

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]) | st.just("\n"), max_size=60)
LOCAL = st.one_of(TEXTS, st.fixed_dictionaries({"id": TEXTS}, optional={"en": TEXTS.filter(str.strip)}))


@given(
    st.fixed_dictionaries({"lesson": st.just("a"), "title": LOCAL, "body": LOCAL}, optional={"minutes": st.just("7")})
)
def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(value: dict[str, Value]) -> None:
    assert lesson_with(value, lesson_fields(value)) == value


@given(TEXTS)
def test_what_is_typed_can_stand_in_a_file(text: str) -> None:
    value = lesson_with({"lesson": "a", "title": "", "body": ""}, {"title_id": "Judul", "body_id": f"{text}\r\nakhir"})
    assert value_in(new_file({"activities": [value]})) == {"activities": [value]}


@pytest.mark.parametrize(
    ("old", "typed", "new"),
    [
        ("Lama", ("Baru", ""), "Baru"),
        ("Lama", ("Baru", "New"), {"id": "Baru", "en": "New"}),
        ("Satu\ndua\n", ("Satu\ntiga", ""), "Satu\ntiga\n"),
        ({"id": "Lama", "en": "Old"}, ("Lama", ""), {"id": "Lama"}),
        ({"id": "Lama", "en": "Old"}, ("A\nb", "C\nd"), {"id": "A\nb\n", "en": "C\nd\n"}),
    ],
)
def test_a_text_keeps_the_shape_it_had(old: Value, typed: tuple[str, str], new: Value) -> None:
    value = lesson_with({"title": "x", "body": old}, {"title_id": "x", "body_id": typed[0], "body_en": typed[1]})
    assert value["body"] == new


def test_keys_that_the_form_does_not_know_stay() -> None:
    value: dict[str, Value] = {"lesson": "a", "catatan": ["x"], "title": "T", "minutes": "3", "body": "B"}
    changed = lesson_with(value, {**lesson_fields(value), "minutes": "4"})
    assert changed == {**value, "minutes": "4"} and list(changed) == list(value)
