"""What one posted answer leads to: a table, and random traffic against a plain model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from app.questions.base import NEEDS_MARKING, Grade, Outcome
from app.quizzes.rules.answering import (
    Action,
    AnswerRow,
    AsSaved,
    Closed,
    Decision,
    Refused,
    Said,
    Stored,
    action_for,
    decide,
    fold,
)
from app.quizzes.rules.certainty import Certainty
from tests.quizzes.content import minute

SAVE, CHECK = Action.SAVE, Action.CHECK
A, B = {"choice": 0}, {"choice": 1}


def row(seq: int, response: dict[str, int] | None, page: str = "p", action: Action = SAVE) -> AnswerRow:
    return AnswerRow(seq, action, response, page, minute(seq))


def sure(what: AnswerRow | Said, certainty: Certainty | None) -> Any:
    return replace(what, certainty=certainty)


def said(response: dict[str, int] | None, page: str = "p", shown: int = 0, action: Action = SAVE) -> Said:
    return Said(page, shown, action, response)


@pytest.mark.parametrize(
    ("newest", "what", "decision"),
    [
        pytest.param(None, said(A), Stored(1), id="a first answer"),
        pytest.param(None, said(None), AsSaved(None), id="nothing on a slot that holds nothing"),
        pytest.param(None, said(A, shown=4), Stored(1), id="a page that claims rows nobody wrote"),
        pytest.param(row(1, A), said(A), AsSaved(row(1, A)), id="the same post again"),
        pytest.param(row(1, A), said(A, "q", 0), AsSaved(row(1, A)), id="the same answer from another tab"),
        pytest.param(row(1, A), said(B), Stored(2), id="a changed answer after a lost reply"),
        pytest.param(row(1, A), said(B, "q", 1), Stored(2), id="another answer on the page that shows the first"),
        pytest.param(row(1, A), said(B, "q", 0), Refused(row(1, A)), id="a tab that does not know of it"),
        pytest.param(row(2, A, "q"), said(B, "p", 1), Refused(row(2, A, "q")), id="a tab one answer behind"),
        pytest.param(row(1, A), said(None, "p", 1), Stored(2), id="the answer emptied"),
        pytest.param(row(2, None), said(None), AsSaved(row(2, None)), id="emptied again"),
        pytest.param(
            row(2, None, "q"), said(A, "p", 0), Refused(row(2, None, "q")), id="filled while emptied elsewhere"
        ),
        pytest.param(row(1, A), said(A, "p", 1, CHECK), Stored(2), id="what was saved is checked"),
        pytest.param(
            row(1, A), said(A, "q", 0, CHECK), Refused(row(1, A)), id="checked by a page that did not show it"
        ),
    ],
)
def test_what_becomes_of_an_answer(newest: AnswerRow | None, what: Said, decision: Decision) -> None:
    assert decide(newest, what) == decision


@pytest.mark.parametrize(
    ("newest", "what", "decision"),
    [
        (row(1, A, action=CHECK), said(A, action=CHECK), AsSaved(row(1, A, action=CHECK))),
        (row(1, A, action=CHECK), said(A, "q", 7), AsSaved(row(1, A, action=CHECK))),  # a late save of what was checked
        (row(1, A, action=CHECK), said(B), Closed()),
        (row(1, A, action=CHECK), said(B, "q", 1, CHECK), Closed()),
        (row(1, A, action=CHECK), said(None), Closed()),
        (None, said(A), Closed()),
        (None, said(None), AsSaved(None)),
    ],
)
def test_a_closed_slot_takes_nothing_new(newest: AnswerRow | None, what: Said, decision: Decision) -> None:
    assert decide(newest, what, closed=True) == decision


LOW, HIGH = Certainty.LOW, Certainty.HIGH


@pytest.mark.parametrize(
    ("newest", "what", "decision"),
    [
        (sure(row(1, A), LOW), sure(said(A), LOW), AsSaved(sure(row(1, A), LOW))),
        (sure(row(1, A), LOW), sure(said(A), HIGH), Stored(2)),
        (row(1, A), sure(said(A, "q", 1), LOW), Stored(2)),
        (sure(row(1, A), LOW), sure(said(A, "q", 0), HIGH), Refused(sure(row(1, A), LOW))),
    ],
)
def test_the_same_answer_with_another_certainty_is_another_answer(
    newest: AnswerRow, what: Said, decision: Decision
) -> None:
    assert decide(newest, what) == decision


def test_after_the_end_even_another_certainty_is_refused() -> None:
    assert decide(sure(row(1, A), LOW), sure(said(A), HIGH), closed=True) == Closed()


AGAIN = Action.TRY_AGAIN


@pytest.mark.parametrize(
    ("newest", "what", "decision"),
    [
        pytest.param(row(1, A, action=CHECK), said(A, "p", 1, AGAIN), Stored(2), id="another try"),
        pytest.param(row(1, A, action=CHECK), said(None, "q", 1, AGAIN), Stored(2), id="another try, emptied"),
        pytest.param(
            row(3, A, "q", CHECK), said(A, "p", 1, AGAIN), AsSaved(row(3, A, "q", CHECK)), id="from a page out of date"
        ),
        pytest.param(row(1, A, action=CHECK), said(A, "q", 0), AsSaved(row(1, A, action=CHECK)), id="a late save"),
        pytest.param(
            row(1, A, action=CHECK), said(A, "q", 0, CHECK), AsSaved(row(1, A, action=CHECK)), id="checked twice"
        ),
        pytest.param(row(1, A, action=CHECK), said(B, "p", 1), Closed(), id="changed without another try"),
        pytest.param(row(1, A, action=CHECK), said(B, "p", 1, CHECK), Closed(), id="checked without another try"),
        pytest.param(row(1, A, action=CHECK), said(None, "p", 1), Closed(), id="emptied without another try"),
    ],
)
def test_while_a_hint_is_shown_only_another_try_may_follow(newest: AnswerRow, what: Said, decision: Decision) -> None:
    assert decide(newest, what, hinted=True) == decision


@pytest.mark.parametrize(
    "newest", [None, row(1, A), row(2, A, action=AGAIN), row(3, None, action=AGAIN), row(3, B, "q")]
)
def test_another_try_where_none_is_due_changes_nothing(newest: AnswerRow | None) -> None:
    assert decide(newest, said(None, action=AGAIN)) == AsSaved(newest)


def test_another_try_after_the_end_is_refused() -> None:
    assert decide(row(1, A, action=CHECK), said(None, "p", 1, AGAIN), closed=True, hinted=True) == Closed()


RIGHT, UNREADABLE = Grade.of(1.0), Grade(0.0, Outcome.INVALID)


@pytest.mark.parametrize(
    ("wanted", "feedback", "grade", "action"),
    [
        ("check", "immediate", RIGHT, CHECK),
        ("check", "immediate", Grade.of(0.0), CHECK),
        ("check", "immediate", None, SAVE),
        ("check", "immediate", UNREADABLE, SAVE),
        ("check", "deferred", RIGHT, SAVE),
        ("check", "certainty", RIGHT, SAVE),
        ("check", "interactive", RIGHT, CHECK),
        ("check", "interactive", UNREADABLE, SAVE),
        ("check", "interactive", NEEDS_MARKING, SAVE),
        ("check", "immediate", NEEDS_MARKING, SAVE),
        ("save", "immediate", RIGHT, SAVE),
        ("", "immediate", RIGHT, SAVE),
        ("try_again", "immediate", RIGHT, SAVE),
    ],
)
def test_only_an_answer_in_an_immediate_quiz_is_checked(
    wanted: str, feedback: str, grade: Grade | None, action: Action
) -> None:
    assert action_for(wanted, feedback, grade) is action  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "feedback", "counted", "final"),
    [
        ([], "deferred", None, False),
        ([row(1, A), row(2, B)], "deferred", 2, False),
        ([row(1, A), row(2, None)], "deferred", 2, False),
        ([row(1, A), row(2, B)], "immediate", 2, False),
        ([row(1, A), row(2, A, action=CHECK)], "immediate", 2, True),
        ([row(1, A, action=CHECK), row(2, B)], "immediate", 1, True),
        ([row(1, A, action=CHECK), row(2, B)], "deferred", 2, False),
    ],
)
def test_a_slot_is_the_fold_of_its_rows(rows: list[AnswerRow], feedback: str, counted: int | None, final: bool) -> None:
    state = fold(rows, feedback)  # type: ignore[arg-type]
    assert (state.counted.seq if state.counted else None) == counted
    assert state.final is final
    assert state.seq == len(rows)
    assert state.answered is (counted is not None and rows[counted - 1].response is not None)


# Random traffic. Tabs open pages, people answer, replies get lost, posts arrive twice and late.


@dataclass
class Tab:
    """A page as it stands in a browser: its name, and the newest row it knows of."""

    page: str
    shown: int


@dataclass
class Traffic:
    """A slot on the server, tabs that show it, and every post that was ever sent."""

    rows: list[AnswerRow] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)
    sent: list[Said] = field(default_factory=list)

    def open(self) -> None:
        self.tabs.append(Tab(f"page{len(self.tabs)}", len(self.rows)))

    def arrive(self, what: Said) -> Decision:
        newest = self.rows[-1] if self.rows else None
        decision = decide(newest, what)
        if isinstance(decision, Stored):
            assert decision.seq == len(self.rows) + 1, "numbers have no gaps"
            self.rows.append(AnswerRow(decision.seq, what.action, what.response, what.page_token, minute(decision.seq)))
        return decision

    def standing(self) -> dict[str, int] | None:
        return self.rows[-1].response if self.rows else None  # type: ignore[return-value]


def keeps_the_law(decision: Decision, what: Said, newest: AnswerRow | None) -> None:
    """What each decision claims of the post and of the newest row before it."""
    match decision:
        case AsSaved(saved):
            assert saved == newest
            assert (saved.response if saved else None) == what.response
        case Stored():
            assert newest is None or newest.page_token == what.page_token or newest.seq == what.shown_seq
        case Refused(other):
            assert other == newest
            assert other.page_token != what.page_token
            assert other.seq != what.shown_seq
            assert other.response != what.response
        case Closed():
            pytest.fail("nothing closes this slot")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["open", "answer", "answer", "lost", "lost", "again", "late"]),
        st.integers(0, 3),
        st.sampled_from([None, A, B, {"choice": 2}]),
    ),
    max_size=30,
)


@given(STEPS)
def test_no_traffic_overwrites_what_a_page_did_not_know_of_and_no_answer_is_stored_twice(
    steps: list[tuple[str, int, dict[str, int] | None]],
) -> None:
    traffic = Traffic()
    traffic.open()
    for kind, index, response in steps:
        tab = traffic.tabs[index % len(traffic.tabs)]
        before = list(traffic.rows)
        if kind == "open":
            traffic.open()
            continue
        if kind == "again" and traffic.sent:  # the last post arrives once more, at once
            what = traffic.sent[-1]
        elif kind == "late" and traffic.sent:  # any earlier post arrives once more
            what = traffic.sent[index % len(traffic.sent)]
        else:
            what = Said(tab.page, tab.shown, SAVE, response)
            traffic.sent.append(what)
        decision = traffic.arrive(what)
        note(f"{kind} {what} -> {decision}")
        assert traffic.rows[: len(before)] == before, "rows are only added"
        keeps_the_law(decision, what, before[-1] if before else None)
        if isinstance(decision, Stored | AsSaved):
            assert traffic.standing() == what.response, "acknowledged is what stands"
            assert traffic.arrive(what) == AsSaved(traffic.rows[-1] if traffic.rows else None), "and again is harmless"
        if kind == "answer" and isinstance(decision, Stored | AsSaved):  # the reply came: the page is renewed
            tab.page, tab.shown = f"{tab.page}+", len(traffic.rows)
    for one, following in zip(traffic.rows, traffic.rows[1:], strict=False):
        assert one.response != following.response, "no answer stands twice in a row"


@given(st.lists(st.sampled_from([A, B, None, {"choice": 2}]), min_size=1, max_size=12), st.data())
def test_one_tab_with_lost_replies_always_ends_with_its_last_answer(
    answers: list[dict[str, int] | None], data: st.DataObject
) -> None:
    traffic = Traffic()
    traffic.open()
    (tab,) = traffic.tabs
    for answer in answers:
        what = Said(tab.page, tab.shown, SAVE, answer)
        for _ in range(data.draw(st.integers(1, 3), label="times it arrives")):
            assert not isinstance(traffic.arrive(what), Refused)
        if data.draw(st.booleans(), label="the reply came"):
            tab.page, tab.shown = f"{tab.page}+", len(traffic.rows)
    assert traffic.standing() == answers[-1]
