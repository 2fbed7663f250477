"""What people type: whatever they paste can stand in a file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.content.editing import new_file, value_in
from app.texts.typed import tidy_line, tidy_typed


def test_signs_that_no_file_may_hold_are_taken_out_of_what_was_pasted() -> None:
    assert tidy_typed("a\r\nb\x0bc\u2028d\ufeff\x07e\x85f") == "a\nb\nc\nde\nf"
    assert tidy_line(" Judul\x0bdari \ufeffWord\r\n") == "Judul dari Word"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_what_was_tidied_can_stand_in_a_file(text: str) -> None:
    value = {"title": tidy_line(text), "body": tidy_typed(text)}
    assert value_in(new_file(value)) == value


def test_what_people_mean_stays() -> None:
    for text in ("👩\u200d🏫 مرحبا\u200f", "a\tb", "  a  b", "\xa0", "<script>"):
        assert tidy_typed(text) == text
