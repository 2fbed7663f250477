"""Which slot a quiz opens with, where texts stand between its questions."""

from __future__ import annotations

import pytest

from app.learn.quiz_pages import first_unanswered
from app.quizzes.rules.answering import UNASKED, UNTOUCHED, Action, AnswerRow, SlotState
from tests.quizzes.content import minute

_ROW = AnswerRow(1, Action.SAVE, {"choice": 0}, "p", minute(1))
DONE = SlotState(_ROW, _ROW)


@pytest.mark.parametrize(
    ("states", "slot"),
    [
        ([UNTOUCHED, UNTOUCHED], 1),
        ([DONE, UNTOUCHED], 2),
        ([DONE, DONE], None),
        ([UNASKED, UNTOUCHED], 1),
        ([DONE, UNASKED, UNASKED, UNTOUCHED], 2),
        ([UNASKED, DONE, UNTOUCHED], 3),
        ([DONE, UNASKED], None),
    ],
)
def test_it_opens_at_the_first_question_without_an_answer_or_the_text_before_it(
    states: list[SlotState], slot: int | None
) -> None:
    assert first_unanswered(states) == slot
    assert UNASKED.open is False and UNTOUCHED.open is True
