"""The grades of one person in one course: what each activity gave, what was changed by hand, and the mean of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import fsum
from typing import Final

from app.content.activities import Quiz, Task, TestForm
from app.content.course import Course

USUAL_WEIGHT: Final = 1
MOST_WEIGHT: Final = 1000
GradedActivity = Quiz | Task


@dataclass(frozen=True, slots=True)
class Earned:
    """What an activity gave: `fraction` 0.0 .. 1.0, None where there is no result yet; `passed` by its pass mark.

    `waiting`: something of it was handed in and waits for a person's marks.
    """

    fraction: float | None = None
    passed: bool = False
    waiting: bool = False


NOTHING_EARNED: Final = Earned()


@dataclass(frozen=True, slots=True)
class GradeChange:
    """What a trainer decided on one person's activity. `fraction` (0.0 .. 1.0) stands in place of what was earned,
    `excluded` takes the activity out of the person's total; neither: what was earned counts again.

    `seq` counts from 1 for a person's activity; `by` is the trainer's name.
    """

    seq: int
    fraction: float | None
    excluded: bool
    reason: str
    by_id: int
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One activity of one person in the gradebook. `change`: the newest; None where nothing was ever changed.

    `form`: which of two forms of the test is the person's; None: it has one, or it was not begun yet.
    """

    earned: Earned = NOTHING_EARNED
    change: GradeChange | None = None
    form: TestForm | None = None

    @property
    def excluded(self) -> bool:
        """Whether it is left out of this person's total."""
        return self.change is not None and self.change.excluded

    @property
    def overridden(self) -> bool:
        """Whether another grade stands in place of what was earned."""
        return self.change is not None and self.change.fraction is not None

    @property
    def changed(self) -> bool:
        """Whether a trainer's decision stands."""
        return self.excluded or self.overridden

    @property
    def fraction(self) -> float | None:
        """The grade that counts, 0.0 .. 1.0; None: there is none, or it is left out."""
        if self.excluded:
            return None
        return self.change.fraction if self.change and self.overridden else self.earned.fraction

    @property
    def missing(self) -> bool:
        """Whether its learner has not given anything that could be graded."""
        return not self.excluded and self.fraction is None and not self.earned.waiting


@dataclass(frozen=True, slots=True)
class Weighting:
    """How a course counts: a weight by activity, and whether what is missing counts as 0 or not at all. `saves`: how
    often it was saved (0: never), so that a page knows what it showed.

    Where no weight is kept it is USUAL_WEIGHT, and 0 for a test before the course (`pretests`).
    """

    weights: Mapping[str, int] = field(default_factory=dict)
    missing_as_zero: bool = False
    saves: int = 0
    pretests: frozenset[str] = frozenset()

    def weight(self, activity_id: str) -> int:
        """Of one activity, 0 .. MOST_WEIGHT; 0: it is shown and not counted."""
        return self.weights.get(activity_id, 0 if activity_id in self.pretests else USUAL_WEIGHT)

    @property
    def counted_pretests(self) -> frozenset[str]:
        """The tests before the course that count all the same, because a trainer gave them a weight."""
        return frozenset(each for each in self.pretests if self.weight(each))


@dataclass(frozen=True, slots=True)
class Total:
    """The weighted mean of what counts, 0.0 .. 1.0 (None: nothing does), with how many of the activities that have a
    weight were graded, are missing, wait for marks, and are left out for this person.
    """

    fraction: float | None
    graded: int
    missing: int
    waiting: int
    excluded: int


def graded_activities(course: Course) -> tuple[GradedActivity, ...]:
    """The columns: quizzes, and tasks that a trainer marks. What learners check themselves is no grade."""
    return tuple(
        each
        for each in course.activities
        if isinstance(each, Quiz) or (isinstance(each, Task) and each.marked_by == "trainer")
    )


def total(cells: Mapping[str, Cell], activities: Iterable[str], weighting: Weighting) -> Total:
    """One person's total over activities by id; one without a cell is missing.

    What waits for marks never counts as 0: its learner did their part.
    """
    counted: list[tuple[int, float]] = []
    found: list[Cell] = []
    for activity_id in activities:
        weight, cell = weighting.weight(activity_id), cells.get(activity_id, Cell())
        if not weight:
            continue
        found.append(cell)
        if cell.fraction is not None:
            counted.append((weight, cell.fraction))
        elif cell.missing and weighting.missing_as_zero:
            counted.append((weight, 0.0))
    of_all = sum(weight for weight, _ in counted)
    return Total(
        fraction=fsum(weight * fraction for weight, fraction in counted) / of_all if of_all else None,
        graded=sum(each.fraction is not None for each in found),
        missing=sum(each.missing for each in found),
        waiting=sum(not each.excluded and each.fraction is None and each.earned.waiting for each in found),
        excluded=sum(each.excluded for each in found),
    )


def sorted_ids(keys: Sequence[tuple[int, float | None]], *, descending: bool) -> list[int]:
    """People's ids by their value, those without one last whichever way; equals stay in the order they came."""
    known = [(person, value) for person, value in keys if value is not None]
    known.sort(key=lambda pair: -pair[1] if descending else pair[1])
    return [person for person, _ in known] + [person for person, value in keys if value is None]
