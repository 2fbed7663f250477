"""What Word and WhatsApp put on the clipboard beside the words."""

from __future__ import annotations

from app.texts.typed import tidy_line, tidy_text

PASTED = "a\r\nb\x0bc\u2028d\ufeff\x07e\x85f"


def test_signs_that_no_file_may_hold_are_taken_out_of_what_was_pasted() -> None:
    assert tidy_text(PASTED) == "a\nb\nc\nde\nf"
    assert tidy_line(f" {PASTED}\n") == "a b c de f"


def test_what_people_mean_stays() -> None:
    for text in ("👩\u200d🏫 مرحبا\u200f", "a\tb", "  a  b", "\xa0", "<script>"):
        assert tidy_text(text) == text
