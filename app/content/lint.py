"""Advice on questions and lessons that are valid and could be better; `--strict` makes it binding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from app.content.faults import shown
from app.content.nodes import ListNode, MapNode, Node, Place, TextNode, child, deepest, key_place, texts_below
from app.content.questions import AnyQuestion, Written
from app.content.schema import PROSE_KEYS, PROSE_LISTS
from app.errors import N_, Message
from app.questions.base import NOT_MARKED
from app.questions.cloze import Cloze
from app.questions.gap_select import GapSelect
from app.questions.multiple import Multiple
from app.questions.options import Option
from app.questions.single import Single
from app.texts.local import LocalText
from app.texts.markdown import plain

STEM_LIMIT: Final = 400  # characters a question may have before it is called long
LESSON_WORDS: Final = 900
KEY_LONGER: Final = 1.5  # times the longest wrong option: told of the single question
KEY_LONGEST_SHARE: Final = 0.25  # of the questions of a list: told once of the list
LIST_SIZE: Final = 4  # shorter lists show no habit

_ALL_OF_THESE = re.compile(
    r"\b(?:(?:semua|seluruh)(?:nya|\s+jawaban|\s+pilihan|\s+di\s+atas)?\s+(?:benar|salah)|semua\s+(?:jawaban\s+)?di\s+atas"
    r"|tidak\s+ada\s+(?:jawaban\s+|pilihan\s+)?yang\s+(?:benar|tepat)|bukan\s+salah\s+satu"
    r"|[a-e]\s+dan\s+[a-e]\s+benar|(?:all|none|both)\s+of\s+(?:the\s+above|these|them))\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"(?<![*_\w])(?:tidak|bukan|kecuali|except|not)(?![*_\w])", re.IGNORECASE)
_NEGATIVE_QUESTION = re.compile(
    r"\b(?:yang|manakah?|which|what)\b[^.?!]{0,60}\b(?:tidak|bukan|not|except)\b|\bkecuali\b|\bexcept\b", re.IGNORECASE
)

Advice = tuple[Place, Message]

NO_COMPETENCY: Final = N_(
    "Soal ini belum punya kompetensi, jadi tidak ikut dihitung di halaman kompetensi. Pilih satu."
)
NO_EXPLANATION: Final = N_("Soal ini belum punya pembahasan. Tulis mengapa jawabannya begitu.")


# One question


def question_warnings(written: Written) -> Iterator[Advice]:
    """What could be better in one question."""
    question, node = written.question, written.node
    start = node.span.start
    marked = question.unanswered != NOT_MARKED  # a text or a survey measures nothing and explains nothing
    if marked and question.competency is None:
        yield start, NO_COMPETENCY
    if marked and question.explanation is None:
        yield start, NO_EXPLANATION
    if not isinstance(question, Cloze | GapSelect):  # their text is no question
        yield from _stem_warnings(question, node)
    if isinstance(question, Single | Multiple):
        yield from _option_warnings(question, node)


def _stem_warnings(question: AnyQuestion, node: MapNode) -> Iterator[Advice]:
    if longest(question.text) > STEM_LIMIT:
        message = N_(
            "Pertanyaan ini sangat panjang: lebih dari %(limit)s karakter. Ringkas, atau taruh ceritanya sebagai teks "
            "di atas soal.",
            limit=STEM_LIMIT,
        )
        yield _of(node, "text"), message
    negative = next(filter(None, (_unemphasised(text) for _, text in question.text.items())), None)
    if negative is not None:
        message = N_(
            'Pertanyaan ini memakai kata ingkar "%(word)s". Tebalkan (**%(word)s**), atau balik pertanyaannya.'
        )
        yield _of(node, "text"), Message(message.msgid, {"word": negative})


def _option_warnings(question: Single | Multiple, node: MapNode) -> Iterator[Advice]:
    seen: dict[tuple[str, str], int] = {}
    for index, option in enumerate(question.options):
        place = deepest(node, ("options", index, "text")).span.start
        same = (plain(option.text.id).casefold(), plain(option.text.in_("en")).casefold())
        if same in seen:
            yield place, N_("Pilihan ini sama dengan pilihan ke-%(number)s. Ganti salah satu.", number=seen[same] + 1)
        seen.setdefault(same, index)
        found = next((hit.group() for _, text in option.text.items() if (hit := _ALL_OF_THESE.search(text))), None)
        if found is not None:
            yield (
                place,
                N_('Hindari pilihan seperti "%(text)s": urutannya diacak dan isinya mudah ditebak.', text=shown(found)),
            )
    key = _key_index(question)
    if key is not None and _key_stands_out(question.options, key):
        yield (
            deepest(node, ("options", key)).span.start,
            N_("Pilihan yang benar jauh lebih panjang daripada yang lain, jadi mudah ditebak. Ratakan panjangnya."),
        )


def _key_index(question: AnyQuestion) -> int | None:
    """The place of the one right option; None where it is not one among several."""
    if not isinstance(question, Single) or len(question.options) < 2:
        return None
    keys = [index for index, option in enumerate(question.options) if option.correct]
    return keys[0] if len(keys) == 1 else None


def _key_stands_out(options: Sequence[Option], key: int) -> bool:
    wrong = max(longest(option.text) for index, option in enumerate(options) if index != key)
    return longest(options[key].text) > max(KEY_LONGER * wrong, wrong + 10)


def longest(text: LocalText) -> int:
    """The length, in characters as read, of the longer of a text's languages."""
    return max(len(plain(each)) for _, each in text.items())


def _unemphasised(text: str) -> str | None:
    """The negative word of a question that turns on it; None where it is emphasised or there is none.

    A negative word in the situation before the question ("Ia tidak hadir. Apa …?") asks nothing, nor does one that the
    asker wants to know about ("Mengapa … tidak …?").
    """
    asked = re.split(r"(?<=[.!])\s+", text.strip())[-1]
    if not _NEGATIVE_QUESTION.search(asked):
        return None
    found = _NEGATIVE.search(asked)
    return found.group() if found else None


def _of(node: MapNode, key: str) -> Place:
    found = child(node, key)
    return (found if found is not None else node).span.start


# A list of questions


def list_warnings(written: Sequence[Written]) -> Iterator[Advice]:
    """What could be better in a list of questions: in each of them, and in the author's habits."""
    for each in written:
        yield from question_warnings(each)
    singles = [(each, key) for each in written if (key := _key_index(each.question)) is not None]
    if len(singles) < LIST_SIZE:
        return
    start = singles[0][0].node.span.start
    places = Counter(key for _, key in singles)
    place, count = places.most_common(1)[0]
    if count == len(singles):
        yield (
            start,
            N_(
                "Di semua %(count)s soal, jawaban benar ada di pilihan ke-%(place)s. Tukar letaknya di beberapa soal.",
                count=count,
                place=place + 1,
            ),
        )
    longer = sum(_key_is_longest(each.question, key) for each, key in singles)
    if longer > KEY_LONGEST_SHARE * len(singles):
        yield (
            start,
            N_(
                "Di %(longer)s dari %(count)s soal pilihan ganda, jawaban benar adalah pilihan terpanjang. "
                "Ratakan panjangnya.",
                longer=longer,
                count=len(singles),
            ),
        )


def _key_is_longest(question: AnyQuestion, key: int) -> bool:
    if not isinstance(question, Single):
        return False
    lengths = [len(plain(option.text.id)) for option in question.options]
    return all(lengths[key] > length for index, length in enumerate(lengths) if index != key)


# Whole files


def comment_warnings(root: Node) -> Iterator[Advice]:
    """Texts behind which a comment begins: perhaps the rest of the text, lost."""
    for node in _prose(root):
        if node.comment is not None and not node.refused:
            yield (
                node.comment,
                N_('Semua sesudah " #" dibaca sebagai komentar dan hilang dari teks. Apit teks dengan tanda kutip.'),
            )


def untranslated(root: Node) -> Iterator[Place]:
    """Where a text for people has no English: a map without `en`, or a plain text that is no mere name or number."""
    for value in _prose_values(root):
        if isinstance(value, MapNode) and "id" in value and "en" not in value:
            yield key_place(value)
        elif isinstance(value, TextNode) and not value.refused and needs_translation(value):
            yield value.span.start


def needs_translation(text: str) -> bool:
    """False for what reads the same in any language: numbers, abbreviations, names."""
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if not word.isupper()]
    return bool(words) and not (len(words) > 1 and all(word[0].isupper() for word in words))


def _prose(root: Node) -> Iterator[TextNode]:
    for value in _prose_values(root):
        yield from texts_below(value)


def _prose_values(node: Node) -> Iterator[Node]:
    """What stands under a key whose text is read by people.

    Not what learners type (accepted answers), nor what a task accepts or a quiz shows afterwards: these say
    `text: true` and `feedback: true`.
    """
    if isinstance(node, TextNode):
        return
    if not isinstance(node, MapNode):
        for item in node:
            yield from _prose_values(item)
        return
    for key, value in node.items():
        if key == "answers":
            yield from _feedback_values(value)
        elif key in PROSE_LISTS:
            yield from _listed_values(value)
        elif key in PROSE_KEYS:
            yield value
        elif key not in ("accept", "review"):
            yield from _prose_values(value)


def _feedback_values(answers: Node) -> Iterator[Node]:
    for answer in answers if not isinstance(answers, TextNode) else ():
        feedback = child(answer, "feedback") if isinstance(answer, MapNode) else None
        if feedback is not None:
            yield feedback


def _listed_values(node: Node) -> Iterator[Node]:
    for each in node if isinstance(node, ListNode) else ():
        if child(each, "text") is None:
            yield each
        else:
            yield from _prose_values(each)
