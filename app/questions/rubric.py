"""What a person marks by: criteria, each with the levels that can be reached in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import fsum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema

from app.questions.base import Flaw
from app.texts.local import LocalText
from app.texts.scalars import Slug, read_number, within

LevelPoints = Annotated[
    float,
    PlainValidator(within(read_number, 0.0, 100.0)),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100}),
]


class Level(BaseModel):
    """How good an answer can be in one criterion, in words, and what that earns among the rubric's points."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: LocalText
    points: LevelPoints


class Criterion(BaseModel):
    """One thing that is looked at. Its levels stand in the author's order; the highest points of one are its weight."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug  # what a mark is kept by
    text: LocalText
    levels: tuple[Level, ...]

    @property
    def most(self) -> float:
        """The points of its best level; 0.0 without levels."""
        return max((level.points for level in self.levels), default=0.0)


def rubric_flaws(rubric: Sequence[Criterion]) -> Iterator[Flaw]:
    """What is wrong between the parts of a rubric."""
    seen: set[str] = set()
    for index, criterion in enumerate(rubric):
        if criterion.id in seen:
            yield Flaw(("rubric", index, "id"), "criterion_twice", {"id": criterion.id})
        seen.add(criterion.id)
        if len(criterion.levels) < 2:
            yield Flaw(("rubric", index, "levels"), "few_levels", {"count": len(criterion.levels)})
        elif criterion.most <= 0:
            yield Flaw(("rubric", index, "levels"), "level_points", {})


def chosen_levels(field: Callable[[str], str], rubric: Sequence[Criterion]) -> dict[str, int]:
    """The level that a form chose for each criterion, by its index; `field` gives what stands in `level-<criterion>`.

    What names no level is no choice.
    """
    typed = {criterion.id: field(f"level-{criterion.id}") for criterion in rubric}
    known = {criterion.id: [str(index) for index in range(len(criterion.levels))] for criterion in rubric}
    return {name: int(text) for name, text in typed.items() if text in known[name]}


def rubric_fraction(rubric: Sequence[Criterion], reached: Mapping[str, int]) -> float | None:
    """The fraction 0.0 .. 1.0 that levels come to: sum(points reached) / sum(most points), over all criteria.

    `reached` is the index of a level for each criterion's id. None while a criterion has none yet.
    """
    possible = fsum(criterion.most for criterion in rubric)
    earned = []
    for criterion in rubric:
        index = reached.get(criterion.id)
        if index is None or not 0 <= index < len(criterion.levels):
            return None
        earned.append(criterion.levels[index].points)
    return fsum(earned) / possible if possible > 0 else None
