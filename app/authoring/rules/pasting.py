"""Pasted questions on their way into a quiz or a bank: which are taken, with which key, and what they become."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, get_args

from app.authoring.rules.holders import Holder, asking
from app.content.banks import USUAL_DIFFICULTY
from app.content.editing import Insert
from app.content.editing.finding import fresh_id
from app.errors import N_, Message
from app.exchange.lines import PASTED_LIMIT
from app.exchange.pasted import Pasted, decided, read_pasted
from app.exchange.values import question_value
from app.questions.base import Difficulty
from app.texts.markdown import plain

Fields = Mapping[str, Sequence[str]]

TRUTHS: Final = {"true": True, "false": False}
NOT_AN_ID: Final = "new"  # an address of its own


@dataclass(frozen=True, slots=True)
class Offered:
    """A piece of the text as its page shows it. `twin`: it is asked already. `missing`: why it cannot be saved yet."""

    item: Pasted
    taken: bool
    twin: bool
    missing: Message | None = None


@dataclass(frozen=True, slots=True)
class Pasting:
    """A text with what its author decided so far. `problem` is what must be mended before anything is saved."""

    text: str
    offered: tuple[Offered, ...] = ()
    competency: str = ""
    difficulty: str = ""
    problem: Message | None = None

    @property
    def digest(self) -> str:
        """What tells whether the text is still the one that was looked at."""
        return sha256(self.text.encode()).hexdigest()[:16]

    @property
    def chosen(self) -> tuple[Pasted, ...]:
        """The questions that are taken."""
        return tuple(each.item for each in self.offered if each.taken)


def begun(text: str, holder: Holder) -> Pasting:
    """A text that was just pasted: all its questions are taken but for those that the holder already asks."""
    if not text.strip():
        return Pasting(text, problem=N_("Tempel dulu soalnya di kotak ini."))
    if len(text) > PASTED_LIMIT:
        return Pasting(text, problem=N_("Teks ini terlalu panjang. Tempel sebagian dulu, lalu sisanya."))
    known = {fact.asking for _, fact in holder.questions}
    offered = []
    for item in read_pasted(text):
        twin = item.kind is not None and asking(item.text) in known
        offered.append(Offered(item, item.kind is not None and not twin, twin))
        known.add(asking(item.text))
    return Pasting(text, tuple(offered))


def settled(pasting: Pasting, fields: Fields, competencies: Collection[str]) -> Pasting:
    """The same text with what was ticked, chosen and typed below it."""
    offered = tuple(_settled(number, each, fields) for number, each in enumerate(pasting.offered))
    competency, difficulty = (next(iter(fields.get(name, ())), "") for name in ("competency", "difficulty"))
    problem = pasting.problem
    if problem is None and any(each.missing for each in offered):
        problem = N_("Ada soal yang belum punya kunci. Pilih kuncinya, atau hilangkan centangnya.")
    elif problem is None and not any(each.taken for each in offered):
        problem = N_("Belum ada soal yang dicentang.")
    return Pasting(
        pasting.text,
        offered,
        competency if competency in competencies else "",
        difficulty if difficulty in get_args(Difficulty) and difficulty != USUAL_DIFFICULTY else "",
        problem,
    )


def _settled(number: int, offered: Offered, fields: Fields) -> Offered:
    taken = offered.item.kind is not None and any(fields.get(f"take-{number}", ()))
    item = decided(
        offered.item,
        keys=[int(each) for each in fields.get(f"key-{number}", ()) if each in "0123456789" and each],
        truth=TRUTHS.get(next(iter(fields.get(f"truth-{number}", ())), "")),
        answers=[part for each in fields.get(f"answer-{number}", ()) for part in each.split(";")],
    )
    return Offered(item, taken, offered.twin, item.missing if taken else None)


def inserts(pasting: Pasting, holder: Holder, used: Collection[str]) -> list[Insert]:
    """The chosen questions at the end of the holder's list. `used`: ids that were published here once."""
    taken = {*holder.ids, *used, NOT_AN_ID}
    made = []
    for at, item in enumerate(pasting.chosen, start=len(holder.items)):
        name = fresh_id(plain(item.text), taken)
        taken.add(name)
        value = question_value(item, name, competency=pasting.competency, difficulty=pasting.difficulty)
        made.append(Insert((*holder.at, "questions"), at, value))
    return made
