"""What every learner sent and what the server acknowledged; afterwards compared with what the database holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.torture.paper import PAPER, Answer, question


@dataclass
class Sent:
    """One answer as its page sent it, however often that was tried. `at`: seconds of the run, once acknowledged."""

    slot: int
    number: int  # of the question
    answer: Answer
    page_token: str
    at: float | None = None


@dataclass
class Sheet:
    """One learner's attempt as the learner knows it."""

    person_id: int
    attempt_id: int | None = None
    sent: list[Sent] = field(default_factory=list)
    finished: bool = False  # handed in, and the server said so
    timed_out: bool = False  # the server said that the time was up

    def note(self, slot: int, number: int, answer: Answer, page_token: str) -> Sent:
        """The answer that is about to be sent; the same one where it is only tried again."""
        before = next((each for each in reversed(self.sent) if each.slot == slot), None)
        if before is not None and before.answer is answer and (before.page_token == page_token or before.at):
            return before
        made = Sent(slot, number, answer, page_token)
        self.sent.append(made)
        return made


class Row(NamedTuple):
    """A row of the table of answers."""

    slot: int
    seq: int
    response: Any
    page_token: str


class Stored(NamedTuple):
    """What the database holds of one attempt. `marks`: slot -> fraction."""

    person_id: int
    state: str
    fraction: float | None
    rows: Sequence[Row]
    marks: Mapping[int, float | None]


@dataclass(frozen=True)
class Verdict:
    """What became of all answers. `faults` says of each that is not as it must be; empty: nothing was lost."""

    acknowledged: int
    unacknowledged: int  # sent, and never heard of again
    rows: int
    finished: int
    faults: tuple[str, ...]


def verdict(sheets: Sequence[Sheet], stored: Mapping[int, Stored]) -> Verdict:
    """Compare the learners' journals with the attempts in the database, by attempt id."""
    faults = [fault for sheet in sheets for fault in _sheet_faults(sheet, stored)]
    known = {sheet.attempt_id for sheet in sheets}
    faults += [f"attempt {each}: nobody knows of it" for each in stored if each not in known]
    acknowledged = sum(each.at is not None for sheet in sheets for each in sheet.sent)
    return Verdict(
        acknowledged=acknowledged,
        unacknowledged=sum(len(sheet.sent) for sheet in sheets) - acknowledged,
        rows=sum(len(each.rows) for each in stored.values()),
        finished=sum(each.state == "finished" for each in stored.values()),
        faults=tuple(faults),
    )


def _sheet_faults(sheet: Sheet, stored: Mapping[int, Stored]) -> Iterator[str]:
    mine = stored.get(sheet.attempt_id or 0)
    if mine is None or mine.person_id != sheet.person_id:
        yield f"person {sheet.person_id}: attempt {sheet.attempt_id} is not there"
        return
    where = f"attempt {sheet.attempt_id}"
    sent: dict[int, list[Sent]] = defaultdict(list)
    rows: dict[int, list[Row]] = defaultdict(list)
    for each in sheet.sent:
        sent[each.slot].append(each)
    for row in mine.rows:
        rows[row.slot].append(row)
    for slot in sorted({*sent, *rows}):
        yield from (f"{where}, slot {slot}: {fault}" for fault in slot_faults(sent[slot], rows[slot]))
    if sheet.finished:
        yield from (f"{where}: {fault}" for fault in _mark_faults(sent, mine))
    elif mine.state != "in_progress" and not sheet.timed_out:
        yield f"{where}: {mine.state}, and nobody was told"


def slot_faults(sent: Iterable[Sent], rows: Sequence[Row]) -> Iterator[str]:
    """What is wrong with the rows of one slot.

    They must be the answers in the order sent: each acknowledged one once, each other one once or not at all. An answer
    that is what the slot holds already is acknowledged without a row of its own.
    """
    ordered = sorted(rows, key=lambda row: row.seq)
    if [row.seq for row in ordered] != list(range(1, len(ordered) + 1)):
        yield f"the rows are numbered {[row.seq for row in ordered]}"
    taken = {0}  # how many rows may be accounted for by now: the same answer may be sent twice and stored once
    for each in sent:
        after = set(_rows_after(each, ordered, taken))
        if not after:
            yield f"lost: {each.answer.stored}, acknowledged at {each.at:.1f} s"
        taken = after or taken
    yield from (f"nobody sent {row.response} a (further) time" for row in ordered[max(taken) :])


def _rows_after(each: Sent, rows: Sequence[Row], taken: Iterable[int]) -> Iterator[int]:
    for count in taken:
        held = rows[count - 1].response if count else None
        if each.at is None or held == each.answer.stored:
            yield count
        following = rows[count] if count < len(rows) else None
        if following and (following.response, following.page_token) == (each.answer.stored, each.page_token):
            yield count + 1


def _mark_faults(sent: Mapping[int, Sequence[Sent]], mine: Stored) -> Iterator[str]:
    if mine.state != "finished":
        yield f"handed in, but {mine.state}"
        return
    worth = {slot: each[-1].answer.worth for slot, each in sent.items()}
    points = {slot: question(each[-1].number).points for slot, each in sent.items()}
    for slot, fraction in mine.marks.items():
        if fraction is None or abs(fraction - worth.get(slot, 0.0)) > 1e-6:
            yield f"slot {slot} is marked {fraction}, not {worth.get(slot, 0.0)}"
    if len(mine.marks) != len(PAPER):
        yield f"{len(mine.marks)} marks"
    total = sum(worth[slot] * points[slot] for slot in worth) / sum(each.points for each in PAPER)
    if mine.fraction is None or abs(mine.fraction - total) > 1e-6:
        yield f"the result is {mine.fraction}, not {total}"
