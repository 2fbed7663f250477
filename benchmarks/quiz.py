"""Learners in a quiz of ten questions, step by step or all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from app.web.tokens import FIELD
from benchmarks.client import Ask, Tally, Visit, drive, get, post
from benchmarks.content import COURSE, QUESTIONS, QUIZ
from benchmarks.visitors import SAVED, Form, Visitor, form_to, location

WANTS_PAGE: Final = "X-Wants: page\r\n"  # how the page's own script asks
START: Final = f"/courses/{COURSE}/{QUIZ}/attempts"


@dataclass(slots=True)
class Taken:
    """One attempt that is under way: whose, where it is, and the form of each question as its page showed it."""

    who: Visitor
    path: str = ""
    pages: dict[int, bytes] = field(default_factory=dict)
    forms: dict[int, Form] = field(default_factory=dict)

    def read_forms(self) -> None:
        """Read the pages' forms: outside the measured time."""
        self.forms = {slot: form_to(page.decode(), f"{self.path}/answers/{slot}") for slot, page in self.pages.items()}


def start(taken: Taken, *, follow: bool = False) -> Visit:
    """Press "start"; with `follow` also wait for the first question."""
    reply = yield Ask(post(START, {FIELD: taken.who.token}, taken.who.cookie), "start", SAVED)
    taken.path = location(reply).partition("?")[0]
    if follow:
        yield Ask(get(location(reply), taken.who.cookie), "first question")


def look(taken: Taken, encoding: str = "identity") -> Visit:
    """Open every question."""
    for slot in range(1, QUESTIONS + 1):
        reply = yield Ask(get(f"{taken.path}?slot={slot}", taken.who.cookie, encoding), "quiz page")
        taken.pages[slot] = reply.body


def save(taken: Taken, turns: Iterable[int] = (0, 1)) -> Visit:
    """Answer every question; each further turn changes the answer, so that nothing is sent twice."""
    for turn in turns:
        for slot, form in taken.forms.items():
            fields = form.filled(turn, ("go", "next"))
            yield Ask(post(f"{taken.path}/answers/{slot}", fields, taken.who.cookie), "answer save", SAVED)


def finish(taken: Taken, *, follow: bool = False) -> Visit:
    """Hand in; with `follow` as the page's script does it, which is answered with the result."""
    if follow:
        yield Ask(post(f"{taken.path}/finish", {FIELD: taken.who.token}, taken.who.cookie, more=WANTS_PAGE), "finish")
    else:
        yield Ask(post(f"{taken.path}/finish", {FIELD: taken.who.token}, taken.who.cookie), "finish", SAVED)


def review(taken: Taken) -> Visit:
    """Look at the result."""
    yield Ask(get(f"{taken.path}/result", taken.who.cookie), "result")


def whole_quiz(who: Visitor, *, scripts: bool) -> Visit:
    """A quiz as a learner takes it: every save is answered with the next page; without scripts by way of a redirect."""
    reply = yield Ask(post(START, {FIELD: who.token}, who.cookie), "start", SAVED)
    path = location(reply).partition("?")[0]
    reply = yield Ask(get(location(reply), who.cookie), "first question")
    for slot in range(1, QUESTIONS + 1):
        form = form_to(reply.body.decode(), f"{path}/answers/{slot}")
        fields, label = form.filled(0, ("go", "next")), "next question" if slot < QUESTIONS else "overview"
        if scripts:
            reply = yield Ask(post(form.action, fields, who.cookie, more=WANTS_PAGE), label)
        else:
            saved = yield Ask(post(form.action, fields, who.cookie), "answer save", SAVED)
            reply = yield Ask(get(location(saved), who.cookie), label)
    if scripts:
        yield Ask(post(f"{path}/finish", {FIELD: who.token}, who.cookie, more=WANTS_PAGE), "finish")
    else:
        done = yield Ask(post(f"{path}/finish", {FIELD: who.token}, who.cookie), "finish", SAVED)
        yield Ask(get(location(done), who.cookie), "result")


def hall(port: int, people: Sequence[Visitor]) -> tuple[Tally, Tally]:
    """Everybody starts at the same moment, answers, and hands in at the same moment; the two rushes."""
    taken = [Taken(who) for who in people]
    started = drive(port, map(partial(start, follow=True), taken), len(taken))
    drive(port, map(look, taken), 8)
    for each in taken:
        each.read_forms()
    drive(port, (save(each, (0,)) for each in taken), 8)
    return started, drive(port, map(partial(finish, follow=True), taken), len(taken))
