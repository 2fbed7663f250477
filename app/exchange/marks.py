"""What a line of a pasted text is: the beginning of a question, an option, a key, an explanation, or just text."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from app.questions.base import Difficulty

LETTERS: Final = "ABCDEFGH"

_NUMBER: Final = re.compile(
    r"(?P<bold>[*_]{0,2})(?:(?P<word>soal|pertanyaan|question|nomor|no)\b\.?\s*(?:no(?:mor)?\b\.?\s*)?)?"
    r"\(?(?P<number>[0-9]{1,3})(?P<style>\s*[.)][):]?|:|\s+-)?(?P<rest>(?![0-9]).*)",
    re.IGNORECASE | re.DOTALL,
)
_OPTION: Final = re.compile(
    r"(?P<star>(?:[*✓✔√☑]|__)[*✓✔√☑_]{0,2}\s*)?[(\[]?(?P<letter>[A-Ha-h])(?P<style>[.):\]]{1,2}|\s*[-–](?=\s))"
    r"(?P<inner>\*{1,2}(?=\s))?(?P<rest>.*)",
    re.DOTALL,
)
_BULLET: Final = re.compile(r"(?P<sign>[•◦○●▪■□☐☑☒◯]|[-–o](?=\s))\s*(?P<rest>\S.*)", re.DOTALL)
_BOXES: Final = "□☐☑☒■"
_FURTHER: Final = re.compile(r"(?P<gap>\s+)(?P<star>[*✓]{0,2})[(\[]?(?P<letter>[A-Ha-h])[.)](?=\s|[^\s.)])")

_KEY_WORDS: Final = (
    r"(?:kunci(?:\s+jawaban)?|jawaban(?:nya)?(?:\s+(?:yang\s+)?(?:benar|tepat))?|jawab|jwb|answers?(?:\s+key)?"
    r"|correct(?:\s+answer)?|ans|key)"
)
_KEY: Final = re.compile(
    rf"(?:[*_(\[✓✔√•👉🔑➡→-]\s?){{0,3}}{_KEY_WORDS}[*_]{{0,2}}\s*(?:[:=][*_]{{0,2}}\s*(?P<rest>.*)|(?P<bare>[A-Ha-h])[)\].*]{{0,2}}"
    r"|(?:adalah|ialah|yaitu)\s*:?\s+(?P<said>[A-Ha-h](?:[).\s].*)?)|[)\]*_]{0,2})",
    re.IGNORECASE | re.DOTALL,
)
_LETTER_LIST: Final = r"[A-Ha-h](?:\s*(?:,|;|&|/|\+|\bdan\b|\band\b)\s*(?:dan\s+)?[A-Ha-h]\b)*"
_TAIL_KEY: Final = re.compile(rf"\s[(\[]?(?P<key>{_KEY_WORDS}\s*[:=]\s*{_LETTER_LIST})[)\].]{{0,2}}\s*$", re.IGNORECASE)
_EXPLANATION: Final = re.compile(
    r"[*_(\[]{0,3}(?:pembahasan|penjelasan|alasan|explanation|rationale|feedback|umpan\s+balik)[*_]{0,2}\s*[:=][*_]{0,2}"
    r"\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_DIFFICULTY: Final = re.compile(
    r"[*_(\[]{0,3}(?:tingkat(?:\s+(?:kesukaran|kesulitan))?|kesukaran|level|difficulty)[*_]{0,2}\s*[:=][*_]{0,2}\s*"
    r"(?P<word>[a-z]+)[)\].*_]{0,3}",
    re.IGNORECASE,
)
_DIFFICULTIES: Final[dict[str, Difficulty]] = {
    **dict.fromkeys(("mudah", "gampang", "easy"), "easy"),
    **dict.fromkeys(("sedang", "medium"), "medium"),
    **dict.fromkeys(("sukar", "sulit", "susah", "hard"), "hard"),
}  # fmt: skip

_PAIR: Final = re.compile(
    rf"\s*(?P<number>[0-9]{{1,3}})\s*[.):=–-]{{0,2}}\s*(?P<key>(?:benar|salah|true|false)\b|(?:{_LETTER_LIST}|[Ss])(?![A-Za-z]))"
    r"[\s,;.|]*",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(r"(?P<number>[0-9]{1,3})\s*[.):=]\s*(?P<rest>\S.*)")
_LETTERS: Final = re.compile(rf"\(?(?P<list>{_LETTER_LIST})\)?\.?", re.IGNORECASE)
_LETTER_AND_TEXT: Final = re.compile(r"\(?(?P<letter>[A-H])\)?\s*[.):–-]\s*(?P<rest>\S.*)", re.IGNORECASE)

_TRUTHS: Final = {
    **dict.fromkeys(("benar", "betul", "true", "b", "t"), True),
    **dict.fromkeys(("salah", "false", "s", "f"), False),
}
_TRUTH_SIGN: Final = re.compile(
    r"[(\[]\s*(?:benar|b|true|t)\s*(?:/|-|–|atau|or)\s*(?:salah|s|false|f)\s*[)\]]|\b(?:B\s?[-–/]\s?S)\s*$",
    re.IGNORECASE,
)
_TRUTH_TAIL: Final = re.compile(r"\s*[(\[]\s*(?P<truth>b|s|benar|salah|true|false)\s*[)\]][.\s]*$", re.IGNORECASE)
_STARS: Final = re.compile(r"[*_✓✔√☑ ]+")
_RIGHT_TAIL: Final = re.compile(
    r"\s*(?:[(\[]\s*(?:\*|benar|kunci|jawaban|right|correct|v|x|✓|✔|√)\s*[)\]]|[✓✔√☑])\s*$", re.IGNORECASE
)


class Numbered(NamedTuple):
    """A line that begins a question. `style` is how its number is written: `.`, `)`, or a word before it."""

    number: int
    style: str
    rest: str


class Lettered(NamedTuple):
    """An option. `marked`: an asterisk, a tick or bold letters say that it is right."""

    letter: str
    text: str
    marked: bool


def numbered(text: str) -> Numbered | None:
    """A line that begins with a number, as `1.`, `1)`, `Soal 1`."""
    found = _NUMBER.fullmatch(text)
    if found is None or not (found["word"] or found["style"]):
        return None
    style, rest = (found["style"] or "").strip(), found["rest"]
    if found["word"] and not style and rest and not rest[0].isspace():
        return None
    if style == "-" and not found["word"]:
        return None
    if found["bold"]:
        rest = rest.replace(found["bold"], "", 1) if rest.count(found["bold"]) % 2 else rest
    return Numbered(int(found["number"]), (found["word"] or "").casefold() + style, rest.strip())


def lettered(text: str) -> Lettered | None:
    """A line that begins with an option's letter, as `A.`, `a)`, `(A)`, `A -`."""
    found = _OPTION.fullmatch(text)
    if found is None:
        return None
    rest, marked = unmarked(found["rest"])
    if found["star"] and rest.endswith(("*", "__")):
        rest = rest.rstrip("*_ ")
    return Lettered(found["letter"].upper(), rest, marked or bool(found["star"]) or bool(found["inner"]))


def bulleted(text: str) -> Lettered | None:
    """An option without a letter, behind a bullet or a box; a ticked box is right."""
    found = _BULLET.fullmatch(text)
    if found is None:
        return None
    rest, marked = unmarked(found["rest"])
    return Lettered("", rest, marked or found["sign"] in "●■☑☒")


def bullet_of(text: str) -> str:
    """The bullet before an option, the same for every box; "" where there is none."""
    found = _BULLET.fullmatch(text)
    return "" if found is None else "□" if found["sign"] in _BOXES else found["sign"]


def unmarked(text: str) -> tuple[str, bool]:
    """A text without the asterisks, bold letters or ticks that call it right, and whether it had any."""
    text = text.strip()
    bare = _RIGHT_TAIL.sub("", text)
    marked = bare != text
    begins, ends = bare[:1] in "*✓✔√☑_", bare[-1:] in "*_"
    inner = bare.strip("*✓✔√☑ ") if "_" not in (bare[:1], bare[-1:]) else _without_underlines(bare)
    if inner and inner != bare and (begins or ends) and "*" not in inner:
        return inner.strip(), True
    return bare, marked


def _without_underlines(text: str) -> str:
    """`__text__` without its lines; a gap to fill in keeps its own."""
    return text[2:-2] if len(text) > 4 and text.startswith("__") and text.endswith("__") and text[2] != "_" else text


def columns(text: str, taken: Collection[str], coming: str | None) -> list[str]:
    """A line of options side by side, cut before each: after two spaces or a tab, or where the next letter follows.

    `taken`: letters that earlier lines have; `coming`: the letter that the next line begins with.
    """
    first = lettered(text)
    if first is None:
        return [text]
    seen, cuts = {first.letter, *taken}, [0]
    last = first.letter
    for found in _FURTHER.finditer(text):
        letter = found["letter"].upper()
        wide = len(found["gap"]) > 1 or "\t" in found["gap"]
        follows = ord(letter) == ord(last) + 1 and letter != coming and found["letter"].isupper() == _has_capital(text)
        if letter not in seen and (wide or follows):
            cuts.append(found.start())
            seen.add(letter)
            last = letter
    return [text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _has_capital(text: str) -> bool:
    """Whether a line's option letter is a capital."""
    found = _OPTION.fullmatch(text)
    return found is not None and found["letter"].isupper()


def options_behind(text: str) -> int:
    """Where in the line of a question its options begin, where at least A, B and C follow; the line's length else."""
    wanted, start = 0, len(text)
    for found in _FURTHER.finditer(text):
        if found["letter"].upper() == LETTERS[wanted]:
            start = found.start() if wanted == 0 else start
            wanted += 1
        if wanted == 3:
            return start
    return len(text)


def key_in(text: str) -> str | None:
    """What stands behind `Kunci:`, `Jawaban:` and their like; '' where only the word stands there."""
    found = _KEY.fullmatch(text)
    if found is None:
        return None
    return (found["rest"] or found["bare"] or found["said"] or "").strip().strip("*_").strip()


def key_at_end(text: str) -> tuple[str, str]:
    """A line whose key stands at its end, cut before it; ('', …) where none does: (line, key line)."""
    found = _TAIL_KEY.search(text)
    return (text[: found.start()].strip(), found["key"]) if found else (text, "")


def pairs_in(text: str) -> list[tuple[int, str]]:
    """A line of a list of keys, `1. B 2. C`; [] where the line holds anything else."""
    found, at = [], 0
    while at < len(text):
        pair = _PAIR.match(text, at)
        if pair is None:
            return []
        found.append((int(pair["number"]), pair["key"]))
        at = pair.end()
    return found


def entry_in(text: str) -> tuple[int, str] | None:
    """A line of a list of keys that holds one answer in words: `4. katalog`."""
    found = _ENTRY.fullmatch(text)
    return (int(found["number"]), found["rest"]) if found else None


def explanation_in(text: str) -> str | None:
    """What stands behind `Pembahasan:`."""
    found = _EXPLANATION.fullmatch(text)
    return found["rest"].strip() if found else None


def difficulty_in(text: str) -> Difficulty | None:
    """What stands behind `Tingkat:`, where it is a level."""
    found = _DIFFICULTY.fullmatch(text)
    return _DIFFICULTIES.get(found["word"].casefold()) if found else None


def letters_in(key: str) -> tuple[str, ...]:
    """The letters of a key: `B`, `B, D`, `B dan D`; () where it is something else."""
    found = _LETTERS.fullmatch(key)
    return tuple(dict.fromkeys(each.upper() for each in re.findall(r"\b[A-Ha-h]\b", found["list"]))) if found else ()


def letter_and_text(key: str) -> tuple[str, str] | None:
    """A key that repeats its option: `B. Katalog`."""
    found = _LETTER_AND_TEXT.fullmatch(key)
    return (found["letter"].upper(), found["rest"].strip()) if found else None


def truth_in(text: str) -> bool | None:
    """`Benar`, `Salah` and their like; None for any other text."""
    return _TRUTHS.get(text.strip(" .*_").casefold())


def without_truth_sign(text: str) -> str | None:
    """A statement without its `(B/S)`; None where it has none."""
    bare = _TRUTH_SIGN.sub("", text)
    return " ".join(bare.split()) if bare != text else None


def truth_at_end(text: str) -> tuple[str, bool] | None:
    """A statement whose answer stands behind it, as `… (S)`: (statement, its truth)."""
    found = _TRUTH_TAIL.search(text)
    truth = truth_in(found["truth"]) if found else None
    return None if found is None or truth is None or not found.start() else (text[: found.start()].rstrip(), truth)
