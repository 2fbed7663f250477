"""What a made-up person puts into a form: right or wrong as asked, for every kind of question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final

from app.questions.assignment import Assignment
from app.questions.base import Outcome, Question
from app.questions.cloze import Cloze
from app.questions.essay import Essay
from app.questions.file import File
from app.questions.gap_select import GapSelect
from app.questions.hotspot import Hotspot
from app.questions.information import Information
from app.questions.likert import Likert
from app.questions.multiple import Multiple
from app.questions.number import Number
from app.questions.ordering import Ordering
from app.questions.short_text import ShortText, ShortTextResponse
from app.questions.single import Single
from app.questions.true_false import TrueFalse

FormFields = Mapping[str, list[str]]

_GUESSES: Final = ("belum tahu", "lupa", "mungkin katalog", "buku induk", "lihat daftar")
_SENTENCES: Final = (
    "Saya mendengarkan dulu sampai selesai, lalu menawarkan buku lain.",
    "Buku dicatat di buku induk, diberi nomor kelas, lalu ditaruh di rak.",
)
_SLIPS: Final = (1, 2, 10, 15)  # added to the right number


def made_up_fields(question: Question[Any], order: Sequence[int], *, right: bool, chance: Random) -> FormFields:
    """The fields a browser would send. `order` is the slot's (position -> option index; () for a kind without options).

    A wrong answer is one that earns less than all points; `right` earns all. Raises TypeError on an unknown kind.
    """
    match question:
        case Single():
            return _choices([_one_of(question, right=right, chance=chance)], order)
        case Multiple():
            return _choices(_some_of(question, right=right, chance=chance), order)
        case TrueFalse():
            return {"choice": ["true" if question.answer is right else "false"]}
        case ShortText():
            return {"text": [question.right_answer_summary("id") if right else _guessed(question, chance)]}
        case Number():
            typed = question.right_answer_summary("id") if right else _missed(question, chance)
            return {"text": [typed], "language": ["id"]}
        case Essay():
            return {"text": [chance.choice(_SENTENCES)]}
        case Likert():
            labels = range(len(question.points_of_scale))
            return {f"statement-{row}": [str(chance.choice(labels))] for row, _ in enumerate(question.statements)}
        case Assignment() | Ordering() | Cloze() | GapSelect() | Hotspot():
            return _of_parts(question, order, right=right, chance=chance)
        case File() | Information():
            return {}  # no photo is made up, and a text takes no answer
    raise TypeError(f"no made-up answer for the kind {question.type}")


def _one_of(question: Single, *, right: bool, chance: Random) -> int:
    return chance.choice([index for index in range(len(question.options)) if (index in question.keys) is right])


def _guessed(question: ShortText, chance: Random) -> str:
    """What somebody tries who does not know, but for guesses that would earn all points."""
    wrong = [each for each in _GUESSES if question.grade(ShortTextResponse(text=each)).outcome is not Outcome.RIGHT]
    return chance.choice(wrong or _GUESSES)


def _some_of(question: Multiple, *, right: bool, chance: Random) -> list[int]:
    keys = sorted(question.keys)
    if right:
        return keys
    others = sorted(set(range(len(question.options))) - question.keys)
    ticked = set(keys) - {chance.choice(keys)}  # one is forgotten …
    return sorted(ticked | ({chance.choice(others)} if others else set()))  # … and a wrong one taken instead


def _of_parts(question: Question[Any], order: Sequence[int], *, right: bool, chance: Random) -> FormFields:
    match question:
        case Cloze():
            return _typed_gaps(question, order, right=right, chance=chance)
        case GapSelect():
            return _chosen_gaps(question, order, right=right, chance=chance)
        case Hotspot():
            return _pointed(question, order, right=right, chance=chance)
        case Assignment() | Ordering():
            return _listed(question, order, right=right, chance=chance)
    raise TypeError(f"{question.type} has no parts")


def _listed(question: Assignment | Ordering, order: Sequence[int], *, right: bool, chance: Random) -> FormFields:
    """A choice from the list of each item."""
    if isinstance(question, Ordering):
        first = 0 if right else chance.randrange(1, len(order))  # a wrong order begins in the middle
        places = [(index - first) % len(order) + 1 for index in order]
        return {f"place-{position}": [str(place)] for position, place in enumerate(places)}
    items, choices = question.cut(order)
    slip = None if right else chance.choice(items)
    fields = {}
    for position, index in enumerate(items):
        fitting = [at for at, choice in enumerate(choices) if (choice == question.keys[index]) is (index != slip)]
        fields[f"choice-{position}"] = [str(chance.choice(fitting))]
    return fields


def _typed_gaps(question: Cloze, order: Sequence[int], *, right: bool, chance: Random) -> FormFields:
    """Each gap answered as the question it is; of a wrong answer one gap is wrong."""
    slip = None if right else chance.randrange(len(question.gaps))
    fields = {"language": ["id"]}
    for index, (gap, shown) in enumerate(zip(question.gaps, question.orders(order), strict=True)):
        given = made_up_fields(gap.asked, shown, right=index != slip, chance=chance)
        fields[f"gap-{index + 1}"] = given.get("choice") or given["text"]
    return fields


def _chosen_gaps(question: GapSelect, order: Sequence[int], *, right: bool, chance: Random) -> FormFields:
    """A word for each gap; of a wrong answer one gap has another of the words it offers."""
    slip = None if right else chance.randrange(len(question.keys))
    fields = {}
    for gap, key in enumerate(question.keys):
        fitting = [place for place, index in question.offered(gap, order) if (index == key) is (gap != slip)]
        fields[f"gap-{gap + 1}"] = [str(chance.choice(fitting))]
    return fields


def _pointed(question: Hotspot, order: Sequence[int], *, right: bool, chance: Random) -> FormFields:
    """An area, all right ones where several are asked for, or the cell of a point."""
    if question.mode == "point":
        grid = question.grid
        cells = [grid.name(*cell) for cell in grid.cells()]
        name = chance.choice([cell for cell in cells if (cell in question.right_cells) is right])
        return {"row": [name[0]], "column": [name[1:]]}
    fitting = [index for index in range(len(question.areas)) if (index in question.keys) is right]
    return _choices(fitting if right and question.several else [chance.choice(fitting)], order)


def _missed(question: Number, chance: Random) -> str:
    value = next((answer.value for answer in question.answers if isinstance(answer.value, float)), 0.0)
    return f"{value + chance.choice(_SLIPS) + 2 * abs(value):g}"


def _choices(indexes: Sequence[int], order: Sequence[int]) -> FormFields:
    positions = {index: position for position, index in enumerate(order)} or {index: index for index in indexes}
    return {"choice": [str(positions[index]) for index in sorted(indexes, key=positions.__getitem__)]}
