"""Areas of a figure and the grid over it. All numbers are per cent of the picture's width and of its height."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.texts.local import LocalText
from app.texts.scalars import Flag, Percent, Slug, read_percent, within

GRID_LIMIT: Final = 20  # columns or rows
CORNERS_LIMIT: Final = 50
GUARD: Final = 1e-9  # a point on an edge is inside, whatever floats make of it

Point = tuple[float, float]  # from the left, from the top

_GRID = re.compile(r"([1-9][0-9]?) ?[x×] ?([1-9][0-9]?)")
_CELL = re.compile(r"([A-Za-z]) ?([1-9][0-9]?)")


def read_point(value: object) -> Point:
    """A list of two percentages. Raises point_expected."""
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2:
        try:
            left, top = (within(read_percent, 0.0, 100.0)(each) for each in value)
        except PydanticCustomError:
            raise PydanticCustomError("point_expected", "two percentages are expected") from None
        return left, top
    raise PydanticCustomError("point_expected", "two percentages are expected")


def _editor(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


def _per_cent(low: float) -> dict[str, Any]:
    """What an editor may accept of a percentage: with its sign or without."""
    signed = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? ?%$"}
    return {"anyOf": [{"type": "number", "minimum": low, "maximum": 100}, signed]}


Side = Annotated[float, PlainValidator(within(read_percent, 0.1, 100.0)), _editor(**_per_cent(0.1))]
Corner = Annotated[
    Point,
    PlainValidator(read_point),
    _editor(type="array", items=_per_cent(0), minItems=2, maxItems=2),
]


class Grid(NamedTuple):
    """Columns, numbered from 1, and rows, lettered from A."""

    columns: int
    rows: int

    @property
    def letters(self) -> str:
        """The names of the rows, from the top."""
        return "ABCDEFGHIJKLMNOPQRST"[: self.rows]

    def centre(self, column: int, row: int) -> Point:
        """The middle of a cell; both count from 0."""
        return round((column + 0.5) * 100 / self.columns, 4), round((row + 0.5) * 100 / self.rows, 4)

    def cell(self, point: Point) -> tuple[int, int]:
        """The column and row, from 0, of the cell in which a point lies."""
        return (
            min(max(int(point[0] * self.columns / 100), 0), self.columns - 1),
            min(max(int(point[1] * self.rows / 100), 0), self.rows - 1),
        )

    def name(self, column: int, row: int) -> str:
        """A cell as people call it: B3 is the second row, third column."""
        return f"{self.letters[row]}{column + 1}"

    def named(self, name: str) -> tuple[int, int] | None:
        """The column and row, from 0, of the cell of that name; None where there is none."""
        found = _CELL.fullmatch(name.strip())
        if found is None or found[1].upper() not in self.letters or int(found[2]) > self.columns:
            return None
        return int(found[2]) - 1, self.letters.index(found[1].upper())

    def cells(self) -> Iterator[tuple[int, int]]:
        """Every cell, row by row."""
        return ((column, row) for row in range(self.rows) for column in range(self.columns))


def read_grid(value: object) -> Grid:
    """`8x6`: eight columns, six rows; at most GRID_LIMIT of each. Raises grid_expected."""
    found = _GRID.fullmatch(value) if isinstance(value, str) else None
    if found is not None and max(int(found[1]), int(found[2])) <= GRID_LIMIT:
        return Grid(int(found[1]), int(found[2]))
    if isinstance(value, Grid):
        return value
    raise PydanticCustomError("grid_expected", "columns x rows are expected")


class _Area(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug | None = None
    label: LocalText  # what a learner reads for it where areas are listed
    correct: Flag = False
    feedback: LocalText | None = None


class Rectangle(_Area):
    """A box with its upper left corner."""

    shape: Literal["rectangle"]
    x: Percent
    y: Percent
    width: Side
    height: Side

    def distance(self, point: Point) -> float:
        """How far a point is from the area, 0 inside."""
        return math.hypot(
            max(self.x - point[0], 0.0, point[0] - self.x - self.width),
            max(self.y - point[1], 0.0, point[1] - self.y - self.height),
        )

    @property
    def middle(self) -> Point:
        """Where its number stands."""
        return self.x + self.width / 2, self.y + self.height / 2


class Circle(_Area):
    """All within `radius` of a centre; an ellipse to the eye where the picture is no square."""

    shape: Literal["circle"]
    x: Percent
    y: Percent
    radius: Side

    def distance(self, point: Point) -> float:
        """How far a point is from the area, 0 inside."""
        return max(math.dist(point, (self.x, self.y)) - self.radius, 0.0)

    @property
    def middle(self) -> Point:
        """Where its number stands."""
        return self.x, self.y


class Polygon(_Area):
    """What lies between corners, in order around it."""

    shape: Literal["polygon"]
    corners: Annotated[tuple[Corner, ...], Field(max_length=CORNERS_LIMIT)]

    def distance(self, point: Point) -> float:
        """How far a point is from the area, 0 inside."""
        if not self.corners:
            return math.inf
        return 0.0 if self._holds(point) else min(_to_edge(point, *edge) for edge in self._edges())

    def _edges(self) -> Iterator[tuple[Point, Point]]:
        return zip(self.corners, (*self.corners[1:], *self.corners[:1]), strict=True)

    def _holds(self, point: Point) -> bool:
        """By the even-odd rule: how often a ray from the point to the right meets an edge."""
        x, y = point
        inside = False
        for (x1, y1), (x2, y2) in self._edges():
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
        return inside

    @property
    def middle(self) -> Point:
        """Where its number stands: the mean of the corners."""
        count = max(len(self.corners), 1)
        return sum(x for x, _ in self.corners) / count, sum(y for _, y in self.corners) / count


Area: TypeAlias = Annotated[Rectangle | Circle | Polygon, Field(discriminator="shape")]


def _to_edge(point: Point, start: Point, end: Point) -> float:
    """The distance from a point to the stretch between two others."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across**2 + down**2
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.dist(point, (start[0] + along * across, start[1] + along * down))
