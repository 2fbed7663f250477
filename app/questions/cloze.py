"""Cloze: a passage with gaps to fill, each a small question of its own (text, number or choice)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from random import Random
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field

from app.questions.base import GAVE_UP, INVALID, Fields, Flaw, Grade, Outcome, Part, Question, Response, is_blank
from app.questions.carrying import GAPS_DIFFER, NotCarried
from app.questions.cloze_gaps import Gap, GapAnswer, answer_of, carried_answer, option_count, response_of
from app.questions.options import shuffled
from app.questions.passages import (
    ANSWERS_LIMIT,
    GAPS_LIMIT,
    Piece,
    answers_by_gap,
    field_of,
    marked,
    names_in,
    numbered,
    same_gaps,
    written,
)
from app.texts.local import DEFAULT_LANGUAGE, LANGUAGES, Language, LocalText
from app.texts.scalars import Flag


class ClozeResponse(Response):
    """The answers in the order of `gaps`, and the language of the page they were typed on."""

    gaps: Annotated[tuple[GapAnswer, ...], Field(max_length=ANSWERS_LIMIT)]
    language: Language = DEFAULT_LANGUAGE


class Filled(NamedTuple):
    """A gap with what was answered in it."""

    gap: Gap
    response: Response | None  # of the gap's own question

    @property
    def grade(self) -> Grade:
        """What the gap is worth by itself."""
        return GAVE_UP if self.response is None else self.gap.asked.grade(self.response)


class Cloze(Question[ClozeResponse]):
    """`text` is the passage; its mark `[[2]]` stands for the second of `gaps`. Worth the weighted mean of the gaps.

    Source of the mean and of the joined outcome: Moodle 4.1, qtype_multianswer. A gap that is empty or cannot be read
    is worth 0 there and here.
    """

    response_model = ClozeResponse

    type: Literal["cloze"] = "cloze"
    gaps: tuple[Gap, ...]
    shuffle: Flag = True  # the options of each choice

    def faults(self) -> Iterator[Flaw]:
        if not self.gaps:
            yield Flaw(("gaps",), "gaps_missing", {})
        if len(self.gaps) > GAPS_LIMIT:
            yield Flaw(("gaps",), "gaps_many", {"limit": GAPS_LIMIT})
            return
        for path, names in written(self.text):
            yield from self._mark_flaws(path, Counter(names))
        for index, gap in enumerate(self.gaps):
            for flaw in gap.asked.faults():
                code = "gap_two_correct" if flaw.code == "two_correct" else flaw.code
                yield Flaw(("gaps", index, *flaw.path), code, flaw.values)

    def _mark_flaws(self, path: tuple[str, ...], names: Mapping[str, int]) -> Iterator[Flaw]:
        known = [str(number) for number in range(1, len(self.gaps) + 1)]
        for name, count in names.items():
            if name not in known:
                yield Flaw(path, "gap_unknown", {"name": name, "count": len(known)})
            elif count > 1:
                yield Flaw(path, "gap_twice", {"name": name})
        for name in known:
            if name not in names:
                yield Flaw(path, "gap_unplaced", {"name": name})

    def order(self, chance: Random | None) -> tuple[int, ...]:
        """The options of one choice after the other; `orders` cuts this into one for each gap."""
        return tuple(
            index for gap in self.gaps for index in shuffled(option_count(gap), chance if self.shuffle else None)
        )

    def orders(self, order: Sequence[int]) -> list[tuple[int, ...]]:
        """The flat order as one for each gap: as long as it has options, () for a gap to type in."""
        cut, start = [], 0
        for gap in self.gaps:
            end = start + option_count(gap)
            cut.append(tuple(order[start:end]))
            start = end
        return cut

    def pieces(self, html: str) -> list[Piece]:
        """The rendered passage, cut at its gaps."""
        known = {str(index + 1): index for index in range(len(self.gaps))}
        return [Piece(each.html, known.get(each.name or "")) for each in marked(html)]

    def read(self, fields: Fields, order: Sequence[int]) -> ClozeResponse | None:
        """The fields `gap-1` … hold what was typed or the position of an option, `language` the page's language."""
        said = fields.get("language", ())
        language = next((known for known in LANGUAGES if said and known == said[0]), DEFAULT_LANGUAGE)
        answers = []
        for index, (gap, shown) in enumerate(zip(self.gaps, self.orders(order), strict=True)):
            given = field_of(fields, index)
            answers.append(answer_of(gap.asked.read({"text": given, "choice": given}, shown)))
        return self._response(answers, language)

    def _response(self, answers: Sequence[GapAnswer], language: Language) -> ClozeResponse | None:
        if all(answer is None for answer in answers):
            return None
        return ClozeResponse(gaps=tuple(answers), language=language)

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> ClozeResponse | None:
        """Also a list of answers by gap, or a map by the gap's number from 1; options by their text or id."""
        if is_blank(value):
            return None
        if isinstance(value, Mapping) and "gaps" in value:
            return super().response_from_json(value, language)
        given = answers_by_gap(value, len(self.gaps))
        answers = [
            answer_of(gap.asked.response_from_json(each, language)) for gap, each in zip(self.gaps, given, strict=False)
        ]
        beyond = ["?" for each in given[len(self.gaps) :] if not is_blank(each)]
        return self._response([*answers, *beyond], language)

    def filled(self, response: ClozeResponse | None) -> list[Filled]:
        """Each gap with what was answered in it."""
        answers: Sequence[GapAnswer] = response.gaps if response else ()
        language = response.language if response else DEFAULT_LANGUAGE
        return [
            Filled(gap, response_of(gap, answers[index] if index < len(answers) else None, language))
            for index, gap in enumerate(self.gaps)
        ]

    def grade(self, response: ClozeResponse) -> Grade:
        if len(response.gaps) > len(self.gaps):
            return INVALID
        filled = self.filled(response)
        total = sum(each.gap.weight for each in filled)
        worth = sum(each.gap.weight * (each.grade.fraction or 0.0) for each in filled)
        return Grade(worth / total if total else 0.0, _joined({each.grade.outcome for each in filled}))

    def parts(self, response: ClozeResponse) -> tuple[Part, ...]:
        return tuple(
            Part(each.gap.weight, min(max(each.grade.fraction or 0.0, 0.0), 1.0)) for each in self.filled(response)
        )

    def without_wrong(self, response: ClozeResponse) -> ClozeResponse | None:
        right = (each.grade.outcome is Outcome.RIGHT for each in self.filled(response))
        gaps = tuple(given if kept else None for given, kept in zip(response.gaps, right, strict=False))
        return None if all(gap is None for gap in gaps) else response.model_copy(update={"gaps": gaps})

    def carried(self, response: ClozeResponse, earlier: Self) -> ClozeResponse:
        """The gaps must be the same and of the same kinds; each is matched where it stands in the passage."""
        asked = [[gaps[number] for number in gaps] for gaps in (earlier._placed, self._placed)]
        kinds = [[gap.type for gap in gaps] for gaps in asked]
        if not same_gaps(earlier.text, self.text) or kinds[0] != kinds[1]:
            raise NotCarried(GAPS_DIFFER)
        answers: list[GapAnswer] = [None] * len(self.gaps)
        for then, now in zip(earlier._placed, self._placed, strict=True):
            given = response.gaps[then] if then < len(response.gaps) else None
            answers[now] = carried_answer(given, earlier.gaps[then], self.gaps[now])
        beyond = response.gaps[len(earlier.gaps) :]
        return response.model_copy(update={"gaps": (*answers, *beyond)})

    @property
    def _placed(self) -> dict[int, Gap]:
        """The gaps by their index, in the order in which the passage names them."""
        known = {str(index + 1): index for index in range(len(self.gaps))}
        return {known[name]: self.gaps[known[name]] for name in names_in(self.text.id) if name in known}

    def guess_score(self) -> float | None:
        """The weighted mean over the gaps; None where a gap has none."""
        guesses = [(gap.weight, gap.asked.guess_score()) for gap in self.gaps]
        if not guesses or any(guess is None for _, guess in guesses):
            return None
        return sum(weight * (guess or 0.0) for weight, guess in guesses) / sum(weight for weight, _ in guesses)

    def response_summary(self, response: ClozeResponse, language: str) -> str:
        return numbered(
            [
                "" if each.response is None else each.gap.asked.response_summary(each.response, language)
                for each in self.filled(response)
            ]
        )

    def right_answer_summary(self, language: str) -> str:
        return numbered([gap.asked.right_answer_summary(language) for gap in self.gaps])

    def feedback(self, response: ClozeResponse) -> tuple[LocalText, ...]:
        return tuple(
            said
            for each in self.filled(response)
            if each.response is not None
            for said in each.gap.asked.feedback(each.response)
        )


def _joined(outcomes: Collection[Outcome]) -> Outcome:
    """How the gaps came out together: right or wrong only where all did; unreadable where nothing else was given."""
    given = set(outcomes) - {Outcome.GAVE_UP}
    if not given:
        return Outcome.GAVE_UP
    if given == {Outcome.INVALID}:
        return Outcome.INVALID
    if given <= {Outcome.WRONG, Outcome.INVALID}:
        return Outcome.WRONG
    return Outcome.RIGHT if set(outcomes) == {Outcome.RIGHT} else Outcome.PARTIAL
