"""An answer to one version of a question as an answer to another: parts are matched by id, else by their text.

Nothing is guessed. What cannot be matched is told by NotCarried, and the answer keeps the mark it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from app.errors import N_, Message
from app.questions.options import Choice
from app.texts.local import LocalText
from app.texts.markdown import plain

CHOICE_GONE: Final = N_("Pilihan yang dijawab peserta tidak ada di versi itu.")
KEY_NOT_OFFERED: Final = N_("Jawaban yang benar di versi itu belum ada waktu soal ini dijawab.")
PARTS_DIFFER: Final = N_("Pilihan atau butirnya tidak sama dengan waktu soal ini dijawab.")
GAPS_DIFFER: Final = N_("Rumpangnya tidak sama dengan waktu soal ini dijawab.")
FIGURE_DIFFERS: Final = N_("Gambarnya tidak sama dengan waktu soal ini dijawab.")


class NotCarried(Exception):
    """Why an answer cannot be read as an answer to the other version of its question."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class Named(NamedTuple):
    """A part that responses refer to. `id` None: its author gave it none."""

    id: str | None
    text: LocalText


def nameless(texts: Iterable[LocalText]) -> list[Named]:
    """Parts that have no ids."""
    return [Named(None, text) for text in texts]


def counterparts(earlier: Sequence[Named], now: Sequence[Named]) -> dict[int, int]:
    """Index of a part -> its index in the other version; no entry where there is none, or where it could be several.

    A part is matched by its id; one whose id is not there, by its Indonesian text without Markdown.
    """
    places = {each.id: index for index, each in enumerate(now) if each.id is not None}
    found = {index: places[each.id] for index, each in enumerate(earlier) if each.id in places}
    then = _by_text(earlier, leaving=found.keys())
    later = _by_text(now, leaving=set(found.values()))
    for text, indexes in then.items():
        if len(indexes) == len(later[text]) == 1:
            found[indexes[0]] = later[text][0]
    return found


def one_to_one(earlier: Sequence[Named], now: Sequence[Named]) -> dict[int, int]:
    """The same where every part must have its counterpart. Raises NotCarried."""
    found = counterparts(earlier, now)
    if not len(found) == len(earlier) == len(now):
        raise NotCarried(PARTS_DIFFER)
    return found


def carried_choice(choice: Choice, found: Mapping[int, int]) -> Choice:
    """A choice by its index in the other version; a text that named nothing stays. Raises NotCarried."""
    if isinstance(choice, str):
        return choice
    if choice not in found:
        raise NotCarried(CHOICE_GONE)
    return found[choice]


def check_offered(keys: Iterable[int | None], offered: Collection[int]) -> None:
    """Raise NotCarried where what is right now was not there to be chosen."""
    if not {key for key in keys if key is not None} <= set(offered):
        raise NotCarried(KEY_NOT_OFFERED)


def _by_text(parts: Sequence[Named], leaving: Collection[int]) -> defaultdict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(parts):
        if index not in leaving:
            found[" ".join(plain(each.text.id).split())].append(index)
    return found
