"""The comparison that decides over a torture run: it must see each way in which an answer can go astray."""

from __future__ import annotations

import pytest

from tests.torture.journal import Row, Sent, Sheet, Stored, slot_faults, verdict
from tests.torture.paper import PAPER, Answer

A, B, C = (Answer({"choice": each}, {"choice": each}, 0.0) for each in "abc")


def sent(answer: Answer, page: str = "p", *, kept: bool = True) -> Sent:
    return Sent(1, 1, answer, page, at=1.0 if kept else None)


def rows(*stored: tuple[Answer, str]) -> list[Row]:
    return [Row(1, seq, answer.stored, page) for seq, (answer, page) in enumerate(stored, start=1)]


@pytest.mark.parametrize(
    ("journal", "stored"),
    [
        ([], []),
        ([sent(A)], rows((A, "p"))),
        ([sent(A), sent(B, "q")], rows((A, "p"), (B, "q"))),
        ([sent(A, kept=False)], []),
        ([sent(A, kept=False)], rows((A, "p"))),  # stored, and the reply was lost
        ([sent(A, kept=False), sent(A, "q")], rows((A, "p"))),  # after a reload: it was there already
        ([sent(A, kept=False), sent(B, kept=False), sent(A)], rows((A, "p"))),
        ([sent(A, kept=False), sent(B, kept=False), sent(A)], rows((A, "p"), (B, "p"), (A, "p"))),
        ([sent(A, kept=False), sent(B, kept=False), sent(A), sent(B), sent(C)], rows((A, "p"), (B, "p"), (C, "p"))),
    ],
)
def test_what_was_acknowledged_is_there_and_what_was_not_is_there_once_or_not_at_all(
    journal: list[Sent], stored: list[Row]
) -> None:
    assert list(slot_faults(journal, stored)) == []


@pytest.mark.parametrize(
    ("journal", "stored", "told"),
    [
        ([sent(A)], [], "lost"),
        ([sent(A), sent(B, "q")], rows((A, "p")), "lost"),
        ([sent(A), sent(B, "q")], rows((B, "q"), (A, "p")), "lost"),  # in the wrong order
        ([sent(A)], rows((A, "q")), "lost"),  # from a page that never sent it
        ([sent(A)], rows((A, "p"), (A, "p")), "nobody sent"),  # doubled
        ([sent(A, kept=False)], rows((A, "p"), (A, "p")), "nobody sent"),
        ([], rows((A, "p")), "nobody sent"),
        ([sent(A)], [Row(1, 2, A.stored, "p")], "numbered"),
    ],
)
def test_an_answer_that_went_astray_is_told(journal: list[Sent], stored: list[Row], told: str) -> None:
    assert told in "\n".join(slot_faults(journal, stored))


def whole(worth: float = 1.0) -> tuple[Sheet, Stored]:
    """An exam in which everything was answered with the first answer of its question, and its rows."""
    sheet = Sheet(person_id=7, attempt_id=3, finished=True)
    sheet.sent = [Sent(slot, slot, each.answers[0], "p", at=1.0) for slot, each in enumerate(PAPER, start=1)]
    marks = {slot: each.answers[0].worth for slot, each in enumerate(PAPER, start=1)}
    total = sum(each.answers[0].worth * each.points for each in PAPER) / sum(each.points for each in PAPER)
    found = [Row(each.slot, 1, each.answer.stored, "p") for each in sheet.sent]
    return sheet, Stored(7, "finished", total * worth, found, marks)


def test_a_whole_exam_is_compared_with_marks_that_the_app_did_not_make() -> None:
    sheet, stored = whole()
    told = verdict([sheet], {3: stored})
    assert (told.acknowledged, told.unacknowledged, told.rows, told.finished, told.faults) == (20, 0, 20, 1, ())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"fraction": 0.123}, "the result is 0.123"),
        ({"marks": {1: 0.7}}, "slot 1 is marked 0.7"),
        ({"state": "in_progress"}, "handed in, but in_progress"),
        ({"person_id": 8}, "is not there"),
    ],
)
def test_a_wrong_mark_an_unfinished_attempt_and_anothers_are_told(change: dict[str, object], told: str) -> None:
    sheet, stored = whole()
    assert told in "\n".join(verdict([sheet], {3: stored._replace(**change)}).faults)


def test_an_attempt_that_nobody_began_is_told() -> None:
    sheet, stored = whole()
    assert "nobody knows" in "\n".join(verdict([sheet], {3: stored, 4: stored}).faults)
