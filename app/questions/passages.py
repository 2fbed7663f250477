"""Passages with gaps, as `cloze` and `gap-select` share them: `[[1]]` in the text marks where a gap stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from app.questions.base import Fields
from app.texts.local import LocalText
from app.texts.markdown import render_inline

GAPS_LIMIT: Final = 50  # gaps of one passage
ANSWERS_LIMIT: Final = 200  # answers kept of a response; more than there are gaps is never understood

_TOKEN = re.compile(r"<[^>]*>|\[\[([^\[\]<>]{1,80})\]\]")
_LINK = re.compile(r"<a[\s>]")


class Piece(NamedTuple):
    """A stretch of a passage, and the gap behind it."""

    html: str  # as it was given: clean markup stays clean markup
    gap: int | None  # index of the gap; None behind the last one


class Marked(NamedTuple):
    """The same with the name that the mark holds."""

    html: str
    name: str | None


def marked(html: str) -> Iterator[Marked]:
    """A rendered passage, cut at its marks. No mark is seen inside a tag or a link, where no control may stand."""
    start, linked = 0, False
    for found in _TOKEN.finditer(html):
        tag = found.group()
        if tag.startswith("<"):
            linked = bool(_LINK.match(tag)) or (linked and tag != "</a>")
        elif not linked:
            yield Marked(html[start : found.start()], found[1])
            start = found.end()
    yield Marked(html[start:], None)


def names_in(text: str) -> tuple[str, ...]:
    """The names in a passage's marks, in the order in which they stand."""
    return tuple(each.name for each in marked(render_inline(text)) if each.name is not None)


def same_gaps(text: LocalText, other: LocalText) -> bool:
    """Whether the gaps of two versions of a passage are the same, in their order: the texts around them are the same,
    or the names in them.
    """
    one, another = (list(marked(render_inline(each.id))) for each in (text, other))
    if [each.html for each in one] == [each.html for each in another]:
        return True
    return [each.name for each in one] == [each.name for each in another]


def written(text: LocalText) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The marks of each language that has a text of its own, with the path to it."""
    languages = dict(text.items())
    for language, passage in languages.items():
        if language == "id" or passage != text.id:
            yield ("text", language), names_in(passage)


def field_of(fields: Fields, gap: int) -> Sequence[str]:
    """What was given for a gap: the fields are `gap-1`, `gap-2` …, whatever the language shows first."""
    return fields.get(f"gap-{gap + 1}", ())


def answers_by_gap(value: object, gaps: int) -> list[object]:
    """JSON from outside -> an answer for each gap: a list, a map by the gap's number, or one answer for a lone gap.

    Raises ValueError on any other shape. A gap that is not there makes the list longer than the question has gaps.
    """
    if isinstance(value, Mapping):
        return _by_number(value, gaps)
    if isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) > ANSWERS_LIMIT:
            raise ValueError(f"more than {ANSWERS_LIMIT} answers")
        return list(value)
    if gaps == 1:
        return [value]
    raise ValueError("a list of answers, or a map by the number of the gap, is expected")


def _by_number(answers: Mapping[object, object], gaps: int) -> list[object]:
    found: list[object] = [None] * gaps
    for name, answer in answers.items():
        if not re.fullmatch(r"[1-9][0-9]{0,2}", str(name)) or int(str(name)) > ANSWERS_LIMIT:
            raise ValueError("gaps are named by their number, from 1")
        number = int(str(name))
        found.extend([None] * (number - len(found)))
        found[number - 1] = answer
    return found


def numbered(answers: Sequence[str]) -> str:
    """Answers in one line, each with the number of its gap; a dash where there is none."""
    return "; ".join(f"{number}. {answer or '–'}" for number, answer in enumerate(answers, start=1))
