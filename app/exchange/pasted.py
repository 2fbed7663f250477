"""Text pasted from Word or WhatsApp -> questions, each with a verdict before anything is saved.

Understood are numbers `1.` `1)` `Soal 1` (or none, with a blank line between questions, as Aiken has it); options
`A.` `a)` `(A)` `A -`, side by side too, or behind bullets; keys as `Kunci: B`, as a list at the end, as an asterisk, a
tick or bold letters; `(B/S)` and `(S)`; tables with a head, or of questions and their answers; `Pembahasan:`,
`Tingkat:`; the English words for all of them. The rest is shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from app.errors import N_, Message
from app.exchange import marks
from app.exchange.drafts import Draft, gather
from app.questions.base import Difficulty
from app.questions.numerals import STYLES, read_numeral
from app.questions.short_text import comparable

Kind = Literal["single", "multiple", "true-false", "short-text", "number", "essay"]
Verdict = Literal["ready", "look", "unread"]

ANSWER_WORDS: Final = 12  # a longer answer is what an essay should say
NUMBER_LIMIT: Final = 40  # characters

_ESSAY: Final = re.compile(
    r"\b(?:jelaskan|uraikan|sebutkan|tuliskan|ceritakan|bandingkan|mengapa|bagaimana|berikan|susunlah|buatlah|apa yang"
    r" dimaksud|explain|describe|discuss|compare|why|how)\b",
    re.IGNORECASE,
)
_ESSAY_SIGN: Final = re.compile(r"\s*[(\[]\s*(?:uraian|esai|essay)\s*[)\]]", re.IGNORECASE)
_CLASS_NUMBER: Final = re.compile(r"0[0-9].*|[0-9]+\.(?![0-9]{3}(?![0-9]))[0-9]+.*")  # of the DDC: it stays as typed
_ITEM: Final = re.compile(r"(?:[0-9]{1,2}|[ivx]{1,4}|[a-z])?[.)•-]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """One piece of the text: a question, or (`kind` None) what is not understood. Indexes of `options` are `keys`.

    `lines` are those of the text it was read from. `notes` say what to look at; () where it is ready.
    """

    lines: tuple[str, ...]
    kind: Kind | None = None
    text: str = ""
    options: tuple[str, ...] = ()
    keys: frozenset[int] = frozenset()
    truth: bool | None = None
    answers: tuple[str, ...] = ()
    explanation: str = ""
    difficulty: Difficulty | None = None
    notes: tuple[Message, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """ready: can be taken as it is; look: somebody should look at it first; unread: it is no question."""
        if self.kind is None:
            return "unread"
        return "look" if self.notes else "ready"

    @property
    def missing(self) -> Message | None:
        """What must be there before it can be asked; None where nothing is missing."""
        if self.kind in ("single", "multiple"):
            return None if self.keys else N_("Kuncinya belum ada. Centang jawaban yang benar.")
        if self.kind == "true-false":
            return None if self.truth is not None else N_("Kuncinya belum ada. Pilih Benar atau Salah.")
        if self.kind == "number":
            return None if self.answers and _as_number(self.answers[0]) else N_("Tulis satu angka sebagai jawaban.")
        if self.kind == "short-text":
            return None if self.answers else N_("Jawabannya belum ada.")
        return None


def read_pasted(text: str) -> tuple[Pasted, ...]:
    """Everything the text holds, in its order: each line that is not blank is among the `lines` of some piece."""
    return tuple(_judged(draft) for draft in gather(text))


def decided(
    item: Pasted, *, keys: Sequence[int] = (), truth: bool | None = None, answers: Sequence[str] = ()
) -> Pasted:
    """The question with the key a person chose for it."""
    if item.kind in ("single", "multiple"):
        known = frozenset(index for index in keys if 0 <= index < len(item.options))
        return replace(item, keys=known, kind="multiple" if len(known) > 1 else "single")
    if item.kind == "true-false":
        return replace(item, truth=truth)
    if item.kind in ("short-text", "number"):
        return replace(item, answers=tuple(filter(None, map(str.strip, answers))))
    return item


def _judged(draft: Draft) -> Pasted:
    text = paragraphs(draft.text)
    base = Pasted(
        lines=tuple(draft.lines),
        text=_plain(text),
        explanation=paragraphs(draft.explanation or ()),
        difficulty=draft.difficulty,
    )
    if not base.text:
        return replace(base, notes=(N_("Pertanyaannya tidak ditemukan."),))
    statement = marks.without_truth_sign(text)
    if draft.options and not _are_truths(draft):
        return _choice(base, draft)
    if statement is not None or _are_truths(draft) or (marks.truth_in(draft.key) is not None and len(draft.key) > 1):
        return _true_false(replace(base, text=_plain(statement or text)), draft)
    said = marks.truth_at_end(text) if draft.number is not None and not draft.key else None
    if said is not None:
        return replace(base, kind="true-false", text=_plain(said[0]), truth=said[1])
    return _answered(base, draft.key.strip()) if draft.key else _unanswered(base, draft)


def _plain(text: str) -> str:
    """A question without the bold letters around the whole of it, and without what only Word shows."""
    bare = re.fullmatch(r"(\*{1,2})([^*]+)\1", text)
    return bare[2] if bare else text


def paragraphs(lines: Sequence[str]) -> str:
    """Lines as one text: a broken line goes on, one that begins an item or follows a sentence stands apart."""
    joined = ""
    for line in filter(None, (" ".join(each.split()) for each in lines)):
        apart = joined and (_ITEM.match(line) or joined[-1] in ".:;?!")
        joined += ("\n\n" if apart else " " if joined else "") + line
    return joined


# choices


def _choice(base: Pasted, draft: Draft) -> Pasted:
    options = sorted(draft.options, key=lambda each: each.letter) if _sortable(draft) else draft.options
    texts = tuple(" ".join(each.text.split()) for each in options)
    keys, notes = _keys(draft, [each.letter for each in options], texts)
    marked = frozenset(index for index, each in enumerate(options) if each.marked)
    if marked and len(marked) < len(options):
        if keys and keys != marked:
            notes = [*notes, N_("Ada dua kunci yang berbeda: yang ditulis dan yang ditandai.")]
        keys = keys or marked
    notes = [*notes, *_option_notes(draft, texts, keys)]
    kind: Kind = "multiple" if len(keys) > 1 else "single"
    return replace(base, kind=kind, options=texts, keys=keys, notes=tuple(notes))


def _sortable(draft: Draft) -> bool:
    return all(each.letter for each in draft.options) and not draft.doubtful


def _keys(draft: Draft, letters: Sequence[str], texts: Sequence[str]) -> tuple[frozenset[int], list[Message]]:
    """The indexes that the written key names, and what to look at."""
    if not draft.key:
        return frozenset(), []
    named = marks.letters_in(draft.key)
    places = letters if all(letters) else marks.LETTERS[: len(texts)]
    found = [place for letter in named for place in (places.index(letter) if letter in places else None,)]
    alike = [place for place, text in enumerate(texts) if _same(text, draft.key)]
    repeated = marks.letter_and_text(draft.key)
    if not named and len(alike) == 1:
        return frozenset(alike), []
    if not named and repeated is not None and repeated[0] in places:
        place = places.index(repeated[0])
        fits = _same(texts[place], repeated[1])
        notes = [] if fits else [N_('Kunci "%(key)s" tidak sama dengan pilihan itu.', key=draft.key)]
        return frozenset({place}), notes
    if not named or None in found:
        return frozenset(each for each in found if each is not None), [_no_such(draft.key)]
    return frozenset(each for each in found if each is not None), []


def _no_such(key: str) -> Message:
    return N_('Kunci "%(key)s" tidak ada di antara pilihannya.', key=key)


def _same(one: str, other: str) -> bool:
    return comparable(one.rstrip("."), case_sensitive=False) == comparable(other.rstrip("."), case_sensitive=False)


def _option_notes(draft: Draft, texts: Sequence[str], keys: frozenset[int]) -> Iterator[Message]:
    folded = [comparable(text, case_sensitive=False) for text in texts]
    if not keys:
        yield N_("Kuncinya tidak ditemukan.")
    if len(texts) < 2:
        yield N_("Baru ada satu pilihan.")
    if "" in folded:
        yield N_("Ada pilihan yang kosong.")
    elif len(set(folded)) < len(folded):
        yield N_("Ada dua pilihan yang sama.")
    if draft.doubtful:
        yield N_("Ada huruf pilihan yang dipakai dua kali.")
    elif _sortable(draft) and sorted(draft.taken) != list(marks.LETTERS[: len(texts)]):
        yield N_("Huruf pilihannya meloncat: mungkin ada pilihan yang hilang.")


# other kinds


def _are_truths(draft: Draft) -> bool:
    truths = [marks.truth_in(each.text) for each in draft.options]
    return len(truths) == 2 and set(truths) == {True, False}


def _true_false(base: Pasted, draft: Draft) -> Pasted:
    truth = marks.truth_in(draft.key)
    named = marks.letters_in(draft.key)
    if _are_truths(draft):
        letters = [each.letter for each in draft.options]
        marked = [each for each in draft.options if each.marked]
        if len(named) == 1 and named[0] in letters:
            truth = marks.truth_in(draft.options[letters.index(named[0])].text)
        elif len(marked) == 1 and truth is None:
            truth = marks.truth_in(marked[0].text)
    notes = () if truth is not None else (N_("Kuncinya tidak ditemukan."),)
    if draft.key and truth is None:
        notes = (_no_such(draft.key),)
    return replace(base, kind="true-false", truth=truth, notes=notes)


def _answered(base: Pasted, key: str) -> Pasted:
    """A question without options whose answer is written."""
    if marks.letters_in(key):
        note = N_('Kuncinya "%(key)s", tetapi pilihannya tidak ditemukan.', key=key)
        return replace(base, kind="short-text", answers=(key,), notes=(note,))
    if len(key.split()) > ANSWER_WORDS:
        said = "\n\n".join(filter(None, (key, base.explanation)))
        return replace(base, kind="essay", text=_ESSAY_SIGN.sub("", base.text), explanation=said)
    if _as_number(key) is not None:
        return replace(base, kind="number", answers=(key,))
    answers = tuple(filter(None, (each.strip(" .") for each in re.split(r"\s*(?:;|\s/\s|\batau\b|\bor\b)\s*", key))))
    return replace(base, kind="short-text", answers=answers or (key,))


def _unanswered(base: Pasted, draft: Draft) -> Pasted:
    """A question with neither options nor an answer: an essay, where it is one."""
    signed = _ESSAY_SIGN.search(base.text) is not None
    asks = signed or (draft.number is not None and _ESSAY.search(base.text) is not None)
    if asks:
        return replace(base, kind="essay", text=_ESSAY_SIGN.sub("", base.text) or base.text)
    if draft.number is None:
        return replace(base, notes=(N_("Ini bukan soal: tanpa nomor, pilihan, dan jawaban."),))
    note = N_("Pilihan dan jawabannya tidak ditemukan, jadi dibaca sebagai uraian.")
    return replace(base, kind="essay", notes=(note,))


def _as_number(text: str) -> tuple[float, str] | None:
    """The number a text is, with its unit; None for a class number, a year's date, or words."""
    if len(text) > NUMBER_LIMIT or _CLASS_NUMBER.match(text):
        return None
    found = read_numeral(text, STYLES["id"])
    if found is None or found.before or len(found.after.split()) > 2 or any(sign.isdigit() for sign in found.after):
        return None
    return found.value, found.after


def number_and_unit(text: str) -> tuple[str, str]:
    """The answer of a number question as a file writes it: (value, unit or '')."""
    value, unit = _as_number(text) or (0.0, "")
    return f"{value:.12g}", unit
