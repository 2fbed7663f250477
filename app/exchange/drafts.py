"""A pasted text -> drafts of questions: which lines belong together, and as what. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.exchange import marks
from app.exchange.lines import Line, lines_of
from app.exchange.marks import Lettered, Numbered
from app.exchange.tables import unrolled
from app.questions.base import Difficulty

_OPTION_LONG = 1000  # characters: what is longer is no option with marks around it


@dataclass
class Draft:
    """One question as it is gathered. `lines` are all lines it was read from, as they stood in the text."""

    number: int | None = None
    style: str = ""
    lines: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    options: list[Lettered] = field(default_factory=list)
    bullet: str = ""  # of its options, where they have no letters
    key: str = ""
    waits: bool = False  # `Kunci:` stood on a line of its own: its value follows
    explanation: list[str] | None = None
    difficulty: Difficulty | None = None
    doubtful: bool = False  # a letter came twice
    taken: set[str] = field(default_factory=set)  # the letters its options have

    @property
    def answered(self) -> bool:
        """Whether it has what a question ends with."""
        return bool(self.key or self.explanation)

    def add_option(self, option: Lettered) -> None:
        """One more option. What stood behind bullets before the first with a letter are statements of the question."""
        if option.letter and self.options and not self.taken:
            self.text += [f"• {each.text}" for each in self.options]
            self.options.clear()
        if option.letter:
            self.doubtful = self.doubtful or option.letter in self.taken
            self.taken.add(option.letter)
        self.options.append(option)


def gather(text: str) -> list[Draft]:
    """The drafts of a text, in its order. Every line that is not blank is in at least one of them."""
    return _Gathering(unrolled(lines_of(text))).drafts()


@dataclass
class _Gathering:
    """One walk through the lines."""

    lines: Sequence[Line]
    found: list[Draft] = field(default_factory=list)
    keys: bool = False  # within a list of keys
    style: str = ""  # how the text's questions are numbered
    heads: list[str] = field(default_factory=list)  # lines that go with the next question

    def drafts(self) -> list[Draft]:
        for place, line in enumerate(self.lines):
            coming = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
            self._take(line, coming)
        if self.heads:  # no question began behind them
            self.found[-1].lines += self.heads
        return self.found

    @property
    def _current(self) -> Draft | None:
        return self.found[-1] if self.found else None

    def _take(self, line: Line, coming: str) -> None:
        if not line.text:
            self.heads.append(line.raw)
            return
        if self._as_key_list(line) or self._as_label(line, coming) or self._as_number(line, coming):
            return
        self.keys = False
        if not self._as_option(line, coming):
            self._as_text(line)

    def _begin(self, line: Line, number: Numbered | None = None) -> Draft:
        draft = Draft(lines=[*self.heads, line.raw])
        self.heads.clear()
        if number is not None:
            draft.number, draft.style = number.number, number.style
        self.found.append(draft)
        return draft

    # keys

    def _as_key_list(self, line: Line) -> bool:
        pairs = marks.pairs_in(line.text)
        listed = bool(pairs)
        if not pairs and self.keys:
            entry = marks.entry_in(line.text)
            pairs = [entry] if entry else []
        owners = [self._waiting(number) for number, _ in pairs]
        if not any(owners) and self.keys and listed:
            self._begin(line)
            return True
        if not any(owners) or not (self.keys or len(pairs) > 1 or self._lone_key(pairs[0])):
            return False
        for owner, (_, key) in zip(owners, pairs, strict=True):
            if owner is not None:
                owner.key = key
                owner.lines.append(line.raw)
        if not all(owners):
            self._begin(line)  # a key without a question is shown
        return True

    def _waiting(self, number: int) -> Draft | None:
        """The first question of that number without a key."""
        return next((each for each in self.found if each.number == number and not each.key), None)

    def _lone_key(self, pair: tuple[int, str]) -> bool:
        """Whether `3. B` on a line of its own is a key: all questions are behind it."""
        last = self._current
        return last is not None and last.number is not None and pair[0] <= last.number and bool(last.options)

    def _as_label(self, line: Line, coming: str) -> bool:
        draft, text = self._current, line.text
        if draft is not None and draft.waits:
            draft.waits, draft.key = False, text
            draft.lines.append(line.raw)
            return True
        key = marks.key_in(text)
        if key is not None and not marks.without_truth_sign(text):
            return self._as_key(line, key, coming)
        if draft is None:
            return False
        explanation, difficulty = marks.explanation_in(text), marks.difficulty_in(text)
        if explanation is not None:
            draft.explanation = [*(draft.explanation or ()), explanation] if explanation else draft.explanation or []
        elif difficulty is not None:
            draft.difficulty = difficulty
        else:
            return False
        draft.lines.append(line.raw)
        return True

    def _as_key(self, line: Line, key: str, coming: str) -> bool:
        draft = self._current
        if not key and self._begins_list(coming):
            self.keys = True
            (draft or self._begin(line)).lines.append(line.raw)
            return True
        if key and marks.pairs_in(key) and self._as_key_list(Line(line.raw, key, False)):
            return True
        if draft is None or draft.key or draft.explanation is not None or not draft.text:
            return False  # a second key is not thrown over the first: it is shown as text
        draft.key, draft.waits = key, not key
        draft.lines.append(line.raw)
        return True

    def _begins_list(self, text: str) -> bool:
        entry = marks.entry_in(text)
        pairs = marks.pairs_in(text) or ([entry] if entry else [])
        return any(self._waiting(number) is not None for number, _ in pairs)

    # questions and options

    def _as_number(self, line: Line, coming: str) -> bool:
        found = marks.numbered(line.text)
        if found is None or not self._opens(found, line.after_gap):
            return False
        self.keys = False
        self.style = self.style or found.style
        draft = self._begin(line, found)
        text, key = marks.key_at_end(found.rest)
        end = marks.options_behind(text)
        if text[:end].strip():
            draft.text.append(text[:end].strip())
        if end < len(text):
            self._add_options(draft, marks.columns(text[end:].strip(), (), _letter(coming)))
        draft.key = marks.key_in(key) or ""
        return True

    def _opens(self, found: Numbered, after_gap: bool) -> bool:
        """Whether a number begins a question, and is not one of the statements within one."""
        draft = self._current
        if draft is None or draft.number is None:
            return True
        answered = draft.answered or marks.truth_at_end(" ".join(draft.text[-2:])) is not None
        if draft.options or answered:
            again = found.number == 1 and after_gap and answered
            return again or found.style in (self.style, draft.style) or found.number == draft.number + 1
        return found.style == draft.style and found.number > draft.number

    def _as_option(self, line: Line, coming: str) -> bool:
        draft = self._current
        text, key = marks.key_at_end(line.text)
        if draft is None or draft.answered or not (draft.text or draft.number is not None):
            return False
        pieces = marks.columns(text, draft.taken, _letter(coming))
        first = marks.lettered(pieces[0]) or (None if _has_letters(draft) else marks.bulleted(text))
        if first is None or not self._fits(draft, first, line):
            return False
        draft.lines.append(line.raw)
        draft.bullet = draft.bullet or marks.bullet_of(text)
        self._add_options(draft, pieces)
        draft.key = draft.key or marks.key_in(key) or ""
        return True

    def _fits(self, draft: Draft, first: Lettered, line: Line) -> bool:
        if not first.letter:
            return not line.after_gap or draft.bullet in ("", marks.bullet_of(line.text))
        if not _has_letters(draft):
            return first.letter == "A"
        return not (line.after_gap and first.letter in draft.taken)

    def _add_options(self, draft: Draft, pieces: Sequence[str]) -> None:
        for piece in pieces:
            option = marks.lettered(piece) or marks.bulleted(piece)
            if option is not None:
                draft.add_option(option)

    def _as_text(self, line: Line) -> None:
        draft = self._current
        if draft is None or self._stands_alone(draft, line):
            bulleted = marks.bulleted(line.text)
            self._begin(line).text.append(bulleted.text if bulleted else line.text)
            return
        draft.lines.append(line.raw)
        if draft.explanation is not None:
            draft.explanation.append(line.text)
        elif draft.options:
            last = draft.options[-1]
            text = f"{last.text} {line.text}"
            text, marked = marks.unmarked(text) if len(text) < _OPTION_LONG else (text, False)
            draft.options[-1] = Lettered(last.letter, text, last.marked or marked)
        else:
            draft.text.append(line.text)

    def _stands_alone(self, draft: Draft, line: Line) -> bool:
        """Whether a text begins something new: behind a gap, or behind a key."""
        if draft.explanation is not None:
            return line.after_gap
        if draft.answered:
            return True
        return line.after_gap and (bool(draft.options) or draft.number is None)


def _has_letters(draft: Draft) -> bool:
    return bool(draft.taken)


def _letter(text: str) -> str | None:
    found = marks.lettered(text)
    return found.letter if found else None
