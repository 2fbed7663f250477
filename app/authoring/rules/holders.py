"""What a course's files hold, as an author sees it: its quizzes, surveys and banks with their questions.

Read from values, never from compiled models, so that what has faults is shown too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from app.authoring.rules.quiz_settings import local_part
from app.content.banks import USUAL_DIFFICULTY, Pool
from app.content.editing import Path, Value
from app.content.editing.finding import activities_in, bank_names, find_bank
from app.questions.information import Information

HolderKind = Literal["quiz", "survey", "bank"]

TEXT_ONLY: Final = Information.model_fields["type"].default  # the kind that asks nothing
_WORD: Final = re.compile(r"[^\W_]+")
_MARKUP: Final = re.compile(r"(?<!\s)[*_`]+|[*_`]+(?!\s)")
# What two texts share that ask the same: words, signs, what joins numbers; not what quotes or ends a sentence.
_ASKING: Final = re.compile(r"[^\W_]+|[.,:](?=\d)|[-/*(](?=\s*\d)|[%&#@]|(?P<other>[^\w\s])")
_DASHES: Final = str.maketrans("‐‑‒–—−", "------")


@dataclass(frozen=True, slots=True)
class QuestionFact:
    """One question as a list tells it. Each is the text as written; "" where there is none."""

    id: str
    kind: str
    text: str
    competency: str
    difficulty: str
    tags: tuple[str, ...]
    points: str

    @property
    def folded(self) -> str:
        """The text as words are looked for in it: without capitals, accents, signs and markup."""
        return folded(self.text)

    @property
    def asking(self) -> str:
        """The text as it is compared with those of other questions."""
        return asking(self.text)


@dataclass(frozen=True, slots=True)
class Holder:
    """A quiz, survey or bank. `id` is the activity's, or `bank/<name>`; `path` and `at` say where it is written.

    `shared`: a bank of all courses, which is read here and not changed. `course`: the course that it stands in, where
    that is another than the one worked on; its id begins with that then. `data` is the file it is written in.
    """

    id: str
    kind: HolderKind
    title: str
    path: str
    at: Path
    value: Mapping[str, Value] = field(hash=False)
    shared: bool = False
    course: str = ""
    data: bytes = field(default=b"", repr=False, compare=False)

    @property
    def id_there(self) -> str:
        """What it is called in its own course."""
        return self.id.removeprefix(f"{self.course}/")

    @property
    def items(self) -> list[Value]:
        """Its list of questions; for a quiz, draws, uses and headings among them."""
        items = self.value.get("questions")
        return items if isinstance(items, list) else []

    @property
    def name(self) -> str:
        """What a bank is called where a quiz takes from it."""
        return self.id.removeprefix("bank/")

    @property
    def questions(self) -> tuple[tuple[int, QuestionFact], ...]:
        """The questions written here, each with its position in `items`."""
        return tuple((at, fact) for at, item in enumerate(self.items) if (fact := fact_of(item)) is not None)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its questions."""
        return frozenset(fact.id for _, fact in self.questions)


def fact_of(item: Value) -> QuestionFact | None:
    """An entry of a list as a question; None for a draw, a use, a heading, or what is no map."""
    if not isinstance(item, dict) or ("type" not in item and {"draw", "from", "use", "section"} & item.keys()):
        return None
    tags = item.get("tags")
    return QuestionFact(
        id=text_at(item, "id"),
        kind=text_at(item, "type"),
        text=local_part(item.get("text"), "id"),
        competency=text_at(item, "competency"),
        difficulty=text_at(item, "difficulty") or USUAL_DIFFICULTY,
        tags=tuple(each for each in tags if isinstance(each, str)) if isinstance(tags, list) else (),
        points=text_at(item, "points"),
    )


def text_at(value: Mapping[str, Value], key: str) -> str:
    """The text under a key; "" where there is none."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def folded(text: str) -> str:
    """A text as it is searched: only its words, without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORD.findall("".join(each for each in plain if not unicodedata.combining(each))))


def asking(text: str) -> str:
    """A text as it is compared: without blanks, capitals, markup and the punctuation of sentences.

    Signs and accents count: 7 + 2 is another question than 7 - 2, and 3.5 another number than 35.
    """
    plain = unicodedata.normalize("NFC", _MARKUP.sub(" ", text).casefold()).translate(_DASHES)
    return " ".join(each[0] for each in _ASKING.finditer(plain) if each["other"] is None or _is_sign(each["other"]))


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "SM"  # symbols; marks of letters that have no form with them


def holders_in(files: Mapping[str, bytes], shared_files: Mapping[str, bytes]) -> tuple[Holder, ...]:
    """The quizzes and surveys of a course in its order, its banks by name, and the shared banks that it may take from.

    What cannot be read is left out.
    """
    own = bank_names(files)
    shared = [name for name in bank_names(shared_files) if name not in own]
    return (*_activities(files), *_banks(files, own, shared=False), *_banks(shared_files, shared, shared=True))


def _activities(files: Mapping[str, bytes]) -> Iterator[Holder]:
    kinds: Mapping[str, HolderKind] = {"quiz": "quiz", "survey": "survey"}
    for module in activities_in(files):
        for each in module.activities:
            if each.kind in kinds:
                found, title = each.found, local_part(each.found.value.get("title"), "id")
                kind, data = kinds[each.kind], files[found.path]
                yield Holder(each.id, kind, title, found.path, found.at, found.value, data=data)


def _banks(files: Mapping[str, bytes], names: Iterable[str], *, shared: bool) -> Iterator[Holder]:
    for name in names:
        found = find_bank(files, name)
        if found is not None:
            title = local_part(found.value.get("title"), "id") or name
            yield Holder(f"bank/{name}", "bank", title, found.path, (), found.value, shared, data=files[found.path])


def pools_of(holders: Iterable[Holder]) -> dict[str, Pool]:
    """What a quiz may draw from, by the banks' names; the addresses in a pool are bank/question, as quizzes write."""
    return {each.name: _pool(each) for each in holders if each.kind == "bank"}


def _pool(bank: Holder) -> Pool:
    facts = [(f"{bank.name}/{fact.id}", fact) for _, fact in bank.questions if fact.id]
    items = tuple((address, frozenset(fact.tags), fact.difficulty) for address, fact in facts)
    return Pool(bank.name, items, frozenset(address for address, fact in facts if fact.kind == TEXT_ONLY))
