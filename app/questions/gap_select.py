"""Gap select: words to put into the gaps of a passage, each gap a list to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from random import Random
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.questions.arrangement import arranged
from app.questions.base import GAVE_UP, INVALID, Fields, Flaw, Grade, Outcome, Part, Question, Response, is_blank
from app.questions.carrying import (
    GAPS_DIFFER,
    Named,
    NotCarried,
    carried_choice,
    check_offered,
    counterparts,
)
from app.questions.naming import form_of
from app.questions.natural import scalar_text
from app.questions.options import CHOICE_LIMIT, Choice, chosen, shuffled
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
)
from app.texts.local import DEFAULT_LANGUAGE, Language, LocalText
from app.texts.markdown import plain
from app.texts.scalars import Flag, Slug


class GapChoice(BaseModel):
    """A word to choose. A gap offers the words of the group of its right one; those without a group are one too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug | None = None
    text: LocalText
    group: Slug | None = None


class GapSelectResponse(Response):
    """The chosen words by their indexes in the question, in the order of the gaps; None for a gap left empty."""

    gaps: Annotated[tuple[Choice | None, ...], Field(max_length=ANSWERS_LIMIT)]


class GapSelect(Question[GapSelectResponse]):
    """`text` is the passage; its mark `[[2]]` is a gap into which the second of `choices` belongs, `[[ddc]]` one for
    the choice of that id. Gaps count in the order of the Indonesian text. Worth the share of right gaps.

    Source of the share: Moodle 4.1, qtype_gapselect. Without `reuse` each word belongs into one gap at most; a word
    that a learner puts into two is still judged gap by gap.
    """

    response_model = GapSelectResponse

    type: Literal["gap-select"] = "gap-select"
    choices: tuple[GapChoice, ...]
    reuse: Flag = False
    shuffle: Flag = True

    def _named(self, name: str) -> int | None:
        """The index of the choice that a mark names, by id or by number from 1."""
        by_id = next((index for index, each in enumerate(self.choices) if each.id == name), None)
        if by_id is not None or not (name.isascii() and name.isdigit() and len(name) <= 3):
            return by_id
        return int(name) - 1 if 1 <= int(name) <= len(self.choices) else None

    def _keys_in(self, text: str) -> tuple[int, ...]:
        return tuple(index for name in names_in(text) if (index := self._named(name)) is not None)

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """The index of the right choice of each gap."""
        return self._keys_in(self.text.id)

    def offered(self, gap: int, order: Sequence[int]) -> list[tuple[int, int]]:
        """What a gap offers, in the order shown: positions in `order`, each with the index of its choice."""
        group = self.choices[self.keys[gap]].group
        return [(place, index) for place, index in enumerate(order) if self.choices[index].group == group]

    def groups(self, order: Sequence[int]) -> list[list[int]]:
        """The words as a box beside the passage shows them: in the order drawn, group by group."""
        found: dict[str | None, list[int]] = {}
        for index in order:
            found.setdefault(self.choices[index].group, []).append(index)
        return list(found.values())

    def verdict(self, gap: int, choice: Choice) -> Outcome:
        """How putting this choice into a gap comes out."""
        if not self._offers(gap, choice):
            return Outcome.INVALID
        return Outcome.RIGHT if choice == self.keys[gap] else Outcome.WRONG

    def faults(self) -> Iterator[Flaw]:
        yield from self._text_flaws()
        yield from self._choice_flaws()
        groups = Counter(each.group for each in self.choices)
        for index in dict.fromkeys(self.keys):
            if groups[self.choices[index].group] < 2:
                yield Flaw(("choices", index), "group_of_one", {"text": self.choices[index].text.id})
        for index, times in Counter(self.keys).items():
            if times > 1 and not self.reuse:
                yield Flaw(("choices", index), "choice_reused", {"text": self.choices[index].text.id, "times": times})

    def _text_flaws(self) -> Iterator[Flaw]:
        if not self.keys:
            yield Flaw(("text",), "passage_without_gaps", {})
        if len(self.keys) > GAPS_LIMIT:
            yield Flaw(("text",), "gaps_many", {"limit": GAPS_LIMIT})
        for language, text in self.text.items():
            for name in dict.fromkeys(names_in(text)):
                if self._named(name) is None and (language == "id" or text != self.text.id):
                    yield Flaw(("text", language), "mark_unknown", {"name": name})
            if Counter(self._keys_in(text)) != Counter(self.keys):
                yield Flaw(("text", language), "gaps_differ", {})

    def _choice_flaws(self) -> Iterator[Flaw]:
        ids: set[str] = set()
        words: set[tuple[str | None, str, str]] = set()
        for index, each in enumerate(self.choices):
            if each.id is not None and each.id in ids:
                yield Flaw(("choices", index, "id"), "option_id_twice", {"id": each.id})
            word = (each.group, form_of(each.text.in_("id")), form_of(each.text.in_("en")))
            if word in words:
                yield Flaw(("choices", index, "text"), "choice_twice", {"text": each.text.id})
            ids.update({each.id} if each.id else ())
            words.add(word)

    def order(self, chance: Random | None) -> tuple[int, ...]:
        """Of all choices. Most authors write them in the order of the gaps, which tells the key: only where `shuffle`
        is false do they stay so.
        """
        if self.shuffle:
            return arranged([each.text for each in self.choices], chance)
        return shuffled(len(self.choices), None)

    def pieces(self, html: str) -> list[Piece]:
        """The rendered passage of either language, cut at its gaps."""
        gaps: dict[int, list[int]] = {}
        for gap, key in enumerate(self.keys):
            gaps.setdefault(key, []).append(gap)
        cut = []
        for each in marked(html):
            choice = None if each.name is None else self._named(each.name)
            left = [] if choice is None else gaps.get(choice, [])
            cut.append(Piece(each.html, left.pop(0) if left else None))
        return cut

    def read(self, fields: Fields, order: Sequence[int]) -> GapSelectResponse | None:
        """The fields `gap-1` … hold the position of the chosen word in the order drawn."""
        gaps: list[Choice | None] = []
        for index in range(len(self.keys)):
            choices = chosen([value for value in field_of(fields, index) if value], order)
            one = choices[0] if len(choices) == 1 else ", ".join(map(str, choices))[:CHOICE_LIMIT]
            gaps.append(one if choices else None)
        return _response(gaps)

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> GapSelectResponse | None:
        """Also a list of words by gap, or a map by the gap's number from 1; words by their text or id."""
        if is_blank(value):
            return None
        if isinstance(value, Mapping) and "gaps" in value:
            return super().response_from_json(value, language)
        given = answers_by_gap(value, len(self.keys))
        beyond: list[Choice | None] = ["?" for each in given[len(self.keys) :] if not is_blank(each)]
        return _response([*(self._word(gap, each) for gap, each in enumerate(given[: len(self.keys)])), *beyond])

    def _word(self, gap: int, given: object) -> Choice | None:
        """The choice a person means by its id or text, one that the gap offers first; else what was given."""
        if is_blank(given):
            return None
        typed = scalar_text(given, "en")
        group, form = self.choices[self.keys[gap]].group, form_of(typed)
        found = [
            index
            for index, each in enumerate(self.choices)
            if typed == each.id or form in {form_of(text) for _, text in each.text.items()}
        ]
        found.sort(key=lambda index: self.choices[index].group != group)
        return found[0] if found else typed[:CHOICE_LIMIT]

    def answers(self, response: GapSelectResponse | None) -> list[Choice | None]:
        """What was chosen for each gap."""
        given: Sequence[Choice | None] = response.gaps if response else ()
        return [given[gap] if gap < len(given) else None for gap in range(len(self.keys))]

    def _offers(self, gap: int, choice: Choice) -> bool:
        return (
            isinstance(choice, int)
            and 0 <= choice < len(self.choices)
            and self.choices[choice].group == self.choices[self.keys[gap]].group
        )

    def grade(self, response: GapSelectResponse) -> Grade:
        answers = self.answers(response)
        if len(response.gaps) > len(answers):
            return INVALID
        if all(answer is None for answer in answers):
            return GAVE_UP
        if any(answer is not None and not self._offers(gap, answer) for gap, answer in enumerate(answers)):
            return INVALID
        return Grade.of(sum(part.fraction for part in self.parts(response)) / len(answers))

    def parts(self, response: GapSelectResponse) -> tuple[Part, ...]:
        return tuple(
            Part(1.0, 1.0 if answer == key else 0.0)
            for answer, key in zip(self.answers(response), self.keys, strict=True)
        )

    def without_wrong(self, response: GapSelectResponse) -> GapSelectResponse | None:
        answers = zip(self.answers(response), self.keys, strict=True)
        return _response([answer if answer == key else None for answer, key in answers])

    def carried(self, response: GapSelectResponse, earlier: Self) -> GapSelectResponse:
        """The gaps must be the same, and what is right in one now must have been offered in it."""
        if not same_gaps(earlier.text, self.text) or len(earlier.keys) != len(self.keys):
            raise NotCarried(GAPS_DIFFER)
        found = counterparts(*([Named(each.id, each.text) for each in every.choices] for every in (earlier, self)))
        as_written = range(len(earlier.choices))
        for gap, key in enumerate(self.keys):
            check_offered([key], [found[index] for _, index in earlier.offered(gap, as_written) if index in found])
        return GapSelectResponse(
            gaps=tuple(None if each is None else carried_choice(each, found) for each in response.gaps)
        )

    def guess_score(self) -> float | None:
        """The mean over the gaps of one in as many words as the gap offers."""
        groups = Counter(each.group for each in self.choices)
        shares = [1 / groups[self.choices[key].group] for key in self.keys]
        return sum(shares) / len(shares) if shares else None

    def word(self, choice: Choice | None, language: str) -> str:
        """A choice as one line of plain text; '' where none was made, what was sent where it names none."""
        if not isinstance(choice, int):
            return choice or ""
        return plain(self.choices[choice].text.in_(language)) if 0 <= choice < len(self.choices) else str(choice)

    def response_summary(self, response: GapSelectResponse, language: str) -> str:
        return numbered([self.word(answer, language) for answer in self.answers(response)])

    def right_answer_summary(self, language: str) -> str:
        return numbered([self.word(key, language) for key in self.keys])


def _response(gaps: Sequence[Choice | None]) -> GapSelectResponse | None:
    return None if all(gap is None for gap in gaps) else GapSelectResponse(gaps=tuple(gaps))
