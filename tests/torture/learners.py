"""Learners who take the exam as the page's script does: saving at each change, turning pages, trying again."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from app.web.tokens import FIELD
from benchmarks.client import Reply, Unexpected, get, post
from benchmarks.visitors import Visitor, form_to, location
from tests.torture.crowd import Ask, Crowd, Pause, Person
from tests.torture.journal import Sheet
from tests.torture.paper import COURSE, MARK, QUESTIONS, QUIZ, Answer, question

SAVE: Final = "save"
TURN: Final = "save and next page"
LOOK: Final = "look"
SAVES: Final = frozenset({SAVE, TURN})
OVER: Final = 409  # the attempt was handed in meanwhile
_SCRIPT: Final = "HX-Request: true\r\n"
_WANTS_PAGE: Final = "X-Wants: page\r\n"
_NUMBER: Final = re.compile(rf"{MARK} (\d\d)\.")
_HIDDEN: Final = re.compile(r'<input type="hidden" name="(page|seen)"[^>]* value="([^"]*)"')

Steps = Generator[Ask | Pause, "Reply | None", None]


@dataclass(frozen=True)
class Pace:
    """All begin within `rush` seconds, think so long at each question, and hand in within `rush` after the bell."""

    rush: float
    think: tuple[float, float]
    bell: float  # seconds of the run

    @classmethod
    def over(cls, seconds: float, rush: float) -> Pace:
        """A pace at which most have answered all questions after so many seconds."""
        each = (seconds - rush) / (QUESTIONS + 1)
        return cls(rush, (0.4 * each, 1.6 * each), seconds)


@dataclass
class Learner:
    """One learner at one phone."""

    who: Visitor
    sheet: Sheet
    crowd: Crowd
    chance: Random
    quiz: str = QUIZ
    path: str = ""
    slot: int = 0
    number: int = 0
    action: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    told: list[Reply] = field(default_factory=list)  # what was said where an answer could not be saved

    def exam(self, pace: Pace) -> Person:
        """From the start to the result."""
        yield Pause(self.chance.uniform(0, pace.rush))
        yield from self.start()
        for slot in range(1, QUESTIONS + 1):
            think = self.chance.uniform(*pace.think)
            answers = self.chance.sample(question(self.number).answers, self.chance.choice((1, 1, 2)))
            for answer in answers:
                yield Pause(think / len(answers))
                yield from self.save(answer)
            yield from self.turn(slot)
        yield Pause(max(0.0, pace.bell - self.crowd.now()) + self.chance.uniform(0, pace.rush))
        yield from self.finish()

    def practise(self, going: Callable[[], bool], *, scripts: bool, pause: float = 0.25) -> Person:
        """Answer the first question, otherwise each time, and open its page, as long as it is going."""
        yield from self.start()
        turn = 0
        while going() and not self.sheet.timed_out:
            answers = question(self.number).answers
            turn += 1
            yield from self.try_to_save(answers[turn % len(answers)], scripts=scripts)
            yield Pause(pause)
            yield Ask(get(f"{self.path}?slot={self.slot}", self.who.cookie), LOOK)
            yield Pause(pause)

    def try_to_save(self, answer: Answer, *, scripts: bool) -> Steps:
        """Save once; what is said where that fails is looked at. Without scripts a page says it."""
        sent = self.sheet.note(self.slot, self.number, answer, self.hidden["page"])
        reply = yield self._post(self.action, answer.fields, _SCRIPT if scripts else "", SAVE)
        if reply is None:
            return
        leads_to = reply.header("hx-redirect") or reply.header("location") or ""
        if reply.status == OVER or leads_to.endswith("/result"):
            self.sheet.timed_out = True
        elif not _well(reply):
            self.told.append(reply)
        else:
            sent.at = self.crowd.now()
            self.hidden.update(_HIDDEN.findall(reply.body.decode()))

    def start(self) -> Steps:
        """Press the button, and open the first question."""
        address = f"/courses/{COURSE}/{self.quiz}/attempts"
        reply = yield from self._insist(Ask(post(address, {FIELD: self.who.token}, self.who.cookie), "start"))
        self.path = location(reply).partition("?")[0]
        self.sheet.attempt_id = int(self.path.rpartition("/")[2])
        yield from self.open(1)

    def open(self, slot: int) -> Steps:
        """Open a question's page, or open it again."""
        reply = yield from self._insist(Ask(get(f"{self.path}?slot={slot}", self.who.cookie), "page"))
        self._read(reply.body.decode(), slot)

    def save(self, answer: Answer) -> Steps:
        """Choose or type an answer, which the page's script sends. What fails is tried again, or after a reload."""
        while True:
            sent = self.sheet.note(self.slot, self.number, answer, self.hidden["page"])
            reply = yield self._post(self.action, answer.fields, _SCRIPT, SAVE)
            if _well(reply):
                sent.at = self.crowd.now()
                self.hidden.update(_HIDDEN.findall(reply.body.decode()))
                return
            yield Pause(self.chance.uniform(0.3, 1.5))
            answer = yield from self._think_again(answer)

    def turn(self, slot: int) -> Steps:
        """Press "next": the answer goes along once more, and the next page, or the overview, comes back."""
        answer = self.sheet.sent[-1].answer
        while True:
            sent = self.sheet.note(self.slot, self.number, answer, self.hidden["page"])
            reply = yield self._post(self.action, {**answer.fields, "go": "next"}, _WANTS_PAGE, TURN)
            if _well(reply):
                sent.at = self.crowd.now()
                if slot < QUESTIONS:
                    self._read(reply.body.decode(), slot + 1)
                return
            yield Pause(self.chance.uniform(0.3, 1.5))
            answer = yield from self._think_again(answer)

    def finish(self) -> Steps:
        """Hand in."""
        yield from self._insist(self._post(f"{self.path}/finish", {}, _WANTS_PAGE, "finish"))
        self.sheet.finished = True

    def _think_again(self, answer: Answer) -> Generator[Ask | Pause, Reply | None, Answer]:
        what = self.chance.random()
        if what < 0.3:
            yield from self.open(self.slot)
        elif what < 0.5:
            return self.chance.choice(question(self.number).answers)
        return answer

    def _insist(self, ask: Ask) -> Generator[Ask | Pause, Reply | None, Reply]:
        while True:
            reply = yield ask
            if _well(reply):
                return reply
            yield Pause(self.chance.uniform(0.3, 1.5))

    def _post(self, path: str, fields: Mapping[str, str | Sequence[str]], more: str, label: str) -> Ask:
        hidden = self.hidden if path == self.action else {FIELD: self.who.token}
        return Ask(post(path, {**hidden, **fields}, self.who.cookie, more=more), label)

    def _read(self, page: str, slot: int) -> None:
        form, found = form_to(page, f"{self.path}/answers/{slot}"), _NUMBER.search(page)
        if found is None:
            raise Unexpected(f"no question on the page:\n{page[:3000]}")
        self.slot, self.number, self.action, self.hidden = slot, int(found[1]), form.action, dict(form.hidden)


def _well(reply: Reply | None) -> bool:
    """Whether it was done; False where the server could not, and trying again is right. Raises Unexpected."""
    if reply is None or reply.status >= 500:
        return False
    if reply.status >= 400:
        raise Unexpected(f"{reply.head.decode()}{reply.body[:3000].decode(errors='replace')}")
    return True
