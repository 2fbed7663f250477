"""What a marker typed: a level for each criterion of a rubric, or points; and a comment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MultiDict

from app.marking.rules.by_hand import HandMark, LevelsMissing, Verdict, fraction_of_points
from app.questions.numerals import STYLES, read_numeral, written
from app.questions.rubric import Criterion, chosen_levels, rubric_fraction
from app.tasks.rules import VerdictFact
from app.texts.local import Language

COMMENT_LIMIT: Final = 5000  # characters; the page's field says the same
_TYPED_LIMIT: Final = 40


@dataclass(frozen=True, slots=True)
class MarkForm:
    """A mark as its page shows it. `levels`: by criterion, the place of the level chosen; `points` as typed."""

    levels: Mapping[str, int]
    points: str
    comment: str
    shown_seq: int = 0  # the newest mark that the page knew of; 0: none

    @classmethod
    def of_request(cls, fields: MultiDict[str, str], rubric: Sequence[Criterion]) -> MarkForm:
        """What a browser sent. What names no level is no choice."""
        return cls(
            levels=chosen_levels(lambda name: fields.get(name, ""), rubric),
            points=fields.get("points", "").replace("\0", "")[:_TYPED_LIMIT].strip(),
            comment=_tidy(fields.get("comment", "")),
            shown_seq=fields.get("seen", 0, type=int),
        )

    @classmethod
    def of_mark(cls, mark: HandMark | VerdictFact | None, points: float, language: Language) -> MarkForm:
        """What a page begins with: the mark that may be corrected; None: there is none."""
        if mark is None:
            return cls({}, "", "")
        return cls(mark.levels, written(round(mark.fraction * points, 6), language), mark.comment, mark.seq)

    def verdict(self, rubric: Sequence[Criterion], points: float, language: Language) -> Verdict:
        """The mark that was meant. Raises LevelsMissing or MarkOutOfRange."""
        return Verdict(self._fraction(rubric, points, language), dict(self.levels), self.comment, self.shown_seq)

    def _fraction(self, rubric: Sequence[Criterion], points: float, language: Language) -> float:
        if not rubric:
            return fraction_of_points(_number(self.points, language), points)
        fraction = rubric_fraction(rubric, self.levels)
        if fraction is None:
            raise LevelsMissing
        return fraction


def _number(typed: str, language: Language) -> float | None:
    found = read_numeral(typed, STYLES[language])
    return None if found is None or found.before or found.after else found.value


def _tidy(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()[:COMMENT_LIMIT].strip()
