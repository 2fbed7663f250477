"""Phones with bad networks against the rule for one answer: random traffic, judged by a plain model.

A phone keeps its answer until it is acknowledged. What was sent and not answered is in doubt: it is sent again,
unchanged, before a later answer, which then goes under the names of the reply (app/web/static/page.js does so).
Requests may get lost, arrive twice, or arrive at any later moment, long after the phone has given them up; replies may
get lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from app.quizzes.rules.answering import Action, AnswerRow, AsSaved, Decision, Refused, Said, Stored, decide
from tests.quizzes.content import minute

Response = dict[str, int] | None


@dataclass
class Server:
    """One slot, and how many pages were made."""

    rows: list[AnswerRow] = field(default_factory=list)
    pages: int = 0

    def new_page(self) -> str:
        self.pages += 1
        return f"page{self.pages}"

    def standing(self) -> Response:
        return self.rows[-1].response if self.rows else None  # type: ignore[return-value]

    def take(self, what: Said) -> Decision:
        decision = decide(self.rows[-1] if self.rows else None, what)
        if isinstance(decision, Stored):
            seq = decision.seq
            self.rows.append(AnswerRow(seq, what.action, what.response, what.page_token, minute(seq)))
        return decision


@dataclass
class Phone:
    """What one phone's open page says, and what it keeps. `given`: the answer last given on it."""

    number: int
    server: Server
    names: tuple[str, int]
    kept: Said | None = None
    doubt: Said | None = None
    refused: bool = False
    given: Response = None
    sent: list[Said] = field(default_factory=list)

    def answer(self, response: Response) -> None:
        self.given = response
        self.refused = False
        self.kept = Said(*self.names, Action.SAVE, response)

    def open(self, fate: str) -> None:
        """A page is rendered anew, after a reload or a kill; what was kept is filled in and sent at once."""
        names = (self.server.new_page(), len(self.server.rows))
        if self.doubt == self.kept:
            self.doubt = None  # whether what is kept was sent before is not written down
        if self.kept is None:
            self.names, self.doubt = names, None
        elif names[1] == self.kept.shown_seq and self.doubt is None:
            self.names, self.kept = names, replace(self.kept, page_token=names[0])
        else:
            self.names = (self.kept.page_token, self.kept.shown_seq)
        self.send(fate)

    def send(self, fate: str) -> None:
        """Try to send what is kept. `fate`: what the network does with each request."""
        if self.kept is None or self.refused:
            return
        if self.doubt is not None and self.doubt.response != self.kept.response:
            decision = self._post(self.doubt, fate)
            if decision is None:
                return
            if not isinstance(decision, Refused):
                self._rename()
            self.doubt = None
        decision = self._post(self.kept, fate)
        if decision is None:
            self.doubt = self.kept
        elif isinstance(decision, Refused):
            self.refused, self.doubt = True, None
        else:
            self.kept = self.doubt = None
            self._rename()

    def _rename(self) -> None:
        self.names = (self.server.new_page(), len(self.server.rows))
        if self.kept is not None:
            self.kept = replace(self.kept, page_token=self.names[0], shown_seq=self.names[1])

    def _post(self, what: Said, fate: str) -> Decision | None:
        """What the phone is told; None where no reply comes."""
        self.sent.append(what)
        if fate == "lost":
            return None
        decision = self.server.take(what)
        note(f"phone {self.number}: {what} -> {decision}")
        if isinstance(decision, Stored | AsSaved):
            assert self.server.standing() == what.response, "acknowledged is what stands"
        return None if fate == "mute" else decision


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "answer", "answer", "send", "send", "open", "late", "late"]),
        st.integers(0, 1),  # whose
        st.sampled_from(["there", "there", "mute", "lost"]),
        st.sampled_from([None, {"choice": 0}, {"choice": 1}, {"choice": 2}]),
        st.integers(0, 40),
    ),
    max_size=40,
)


def run(steps: list[Any], phones: list[Phone]) -> None:
    """Play the steps, then give every phone a good network."""
    server = phones[0].server
    for kind, whose, fate, response, which in steps:
        phone = phones[whose % len(phones)]
        if kind == "answer":
            phone.answer(response)
            phone.send(fate)
        elif kind == "send":
            phone.send(fate)
        elif kind == "open":
            phone.open(fate)
        elif phone.sent:  # an earlier request arrives now, for the first time or again; nobody waits for its reply
            what = phone.sent[which % len(phone.sent)]
            note(f"late from phone {phone.number}: {what} -> {server.take(what)}")
    for phone in phones:
        phone.send("there")
        assert phone.kept is None or phone.refused


def phones_at_one_slot(count: int) -> list[Phone]:
    server = Server()
    return [Phone(number, server, (server.new_page(), 0)) for number in range(count)]


@given(STEPS)
def test_on_one_phone_the_last_answer_stands_whatever_the_network_did(steps: list[Any]) -> None:
    (phone,) = phones_at_one_slot(1)
    run([step for step in steps if step[0] != "open"], [phone])
    assert not phone.refused
    assert phone.server.standing() == phone.given


@given(STEPS)
def test_after_a_reload_the_last_answer_stands_or_is_still_there_to_be_chosen(steps: list[Any]) -> None:
    (phone,) = phones_at_one_slot(1)
    run(steps, [phone])
    last = phone.kept.response if phone.refused and phone.kept else phone.server.standing()
    assert last == phone.given


@given(STEPS)
def test_with_two_phones_every_last_answer_is_stored_or_still_there_to_be_chosen(steps: list[Any]) -> None:
    phones = phones_at_one_slot(2)
    run(steps, phones)
    server = phones[0].server
    for phone in phones:
        if phone.refused:
            assert phone.kept is not None and phone.kept.response == phone.given
        elif phone.given is not None:
            assert phone.given in [row.response for row in server.rows]
    assert [row.seq for row in server.rows] == list(range(1, len(server.rows) + 1))
