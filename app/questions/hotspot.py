"""Hotspot: a place on a figure, as one of numbered areas or as a free point, which a grid names without a pointer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from random import Random
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import Field, PlainValidator, PrivateAttr, StrictStr, StringConstraints, WithJsonSchema

from app.questions.base import GAVE_UP, INVALID, Fields, Flaw, Grade, Outcome, Question, Response, is_blank
from app.questions.carrying import (
    FIGURE_DIFFERS,
    PARTS_DIFFER,
    Named,
    NotCarried,
    carried_choice,
    check_offered,
    counterparts,
    one_to_one,
)
from app.questions.figures import GUARD, Area, Grid, Point, Polygon, Rectangle, read_grid
from app.questions.naming import form_of
from app.questions.numerals import written
from app.questions.options import CHOICE_LIMIT, Choice, blind_ticks, chosen, shuffled
from app.texts.local import DEFAULT_LANGUAGE, Language, LocalText
from app.texts.markdown import plain
from app.texts.scalars import Flag, Percent, PlainText

AREAS_LIMIT: Final = 50

_PER_CENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,12})?")  # as a script writes it

Inside = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Picture(NamedTuple):
    """The figure as a page shows it: the address where it is served, its sides in pixels."""

    url: str
    width: int
    height: int


class HotspotResponse(Response):
    """The areas that were chosen, by index; or the point, in per cent from the left and the top; or what was sent."""

    areas: Annotated[tuple[Choice, ...], Field(max_length=AREAS_LIMIT)] = ()
    point: tuple[Inside, Inside] | Annotated[StrictStr, StringConstraints(max_length=CHOICE_LIMIT)] | None = None


class Hotspot(Question[HotspotResponse]):
    """Areas of a figure, of which one or more are right.

    mode area: they are offered by number and label; one is chosen and earns all if it is right, or with `several` each
    right one earns 1/k and each wrong one costs 1/m, within 0..1. mode point: nothing is offered but the figure with a
    grid, and a point earns all where it lies in a right area, or no further than `tolerance` from one while in no wrong
    one.
    """

    response_model = HotspotResponse

    type: Literal["hotspot"] = "hotspot"
    image: PlainText  # as lessons write it: media/plan.svg
    alt: LocalText
    mode: Literal["area", "point"] = "area"
    areas: Annotated[tuple[Area, ...], Field(max_length=AREAS_LIMIT)]
    several: Flag = False
    shuffle: Flag = True  # which number each area gets
    grid: Annotated[
        Grid,
        PlainValidator(read_grid),
        WithJsonSchema({"type": "string", "pattern": "^([1-9]|1[0-9]|20) ?[x×] ?([1-9]|1[0-9]|20)$"}),
    ] = Grid(8, 6)
    tolerance: Percent = 0.0

    _picture: Picture | None = PrivateAttr(default=None)

    @property
    def picture(self) -> Picture | None:
        """Where the figure is served; None outside a course, where only its text can be shown."""
        return self._picture

    def with_picture(self, picture: Picture) -> Hotspot:
        """The same question with its figure at hand."""
        made = self.model_copy()
        made._picture = picture
        return made

    @cached_property
    def keys(self) -> frozenset[int]:
        """Indexes of the right areas."""
        return frozenset(index for index, area in enumerate(self.areas) if area.correct)

    def faults(self) -> Iterator[Flaw]:
        if len(self.areas) < 2 and self.mode == "area":
            yield Flaw(("areas",), "few_areas", {"count": len(self.areas)})
        if not self.keys:
            yield Flaw(("areas",), "no_right_area", {})
        elif self.mode == "point" and not self.right_cells:
            yield Flaw(("grid",), "grid_coarse", {"grid": f"{self.grid.columns}x{self.grid.rows}"})
        yield from self._unused_flaws()
        seen: set[str] = set()
        for index, area in enumerate(self.areas):
            if area.id is not None and area.id in seen:
                yield Flaw(("areas", index, "id"), "option_id_twice", {"id": area.id})
            seen.update({area.id} if area.id else ())
            if isinstance(area, Polygon) and len(area.corners) < 3:
                yield Flaw(("areas", index, "corners"), "few_corners", {"count": len(area.corners)})
            if isinstance(area, Rectangle) and max(area.x + area.width, area.y + area.height) > 100 + GUARD:
                yield Flaw(("areas", index), "area_outside", {})

    def _unused_flaws(self) -> Iterator[Flaw]:
        """Keys that say something about the other mode."""
        unused = ("several", "shuffle") if self.mode == "point" else ("grid", "tolerance")
        for key in unused:
            if key in self.model_fields_set:
                yield Flaw((key,), "other_mode", {"key": key, "mode": self.mode})

    def order(self, chance: Random | None) -> tuple[int, ...]:
        """Numbers on the figure, from 0 -> areas; () for a point."""
        return () if self.mode == "point" else shuffled(len(self.areas), chance if self.shuffle else None)

    def read(self, fields: Fields, order: Sequence[int]) -> HotspotResponse | None:
        """`choice` holds the positions of chosen areas. A point: `row` and `column` name its cell, and `x` and `y`
        where in that cell it lies, as a script found out; they count for nothing beside another cell.
        """
        if self.mode == "point":
            return self._read_point(fields)
        choices = chosen([value for value in fields.get("choice", ()) if value], order)
        if len(choices) > 1 and not self.several:
            choices = (", ".join(map(str, choices))[:CHOICE_LIMIT],)
        return HotspotResponse(areas=choices[:AREAS_LIMIT]) if choices else None

    def _read_point(self, fields: Fields) -> HotspotResponse | None:
        x, y, cell = (_first(fields, "x"), _first(fields, "y"), _first(fields, "row") + _first(fields, "column"))
        listed = "row" in fields or "column" in fields
        if all(_PER_CENT.fullmatch(each) and float(each) <= 100 for each in (x, y)):
            point = float(x), float(y)
            if not listed or cell == self.grid.name(*self.grid.cell(point)):
                return HotspotResponse(point=point)
        if (x or y) and not listed:
            return HotspotResponse(point=f"{x} {y}"[:CHOICE_LIMIT])
        return HotspotResponse(point=self._point_named(cell)) if cell else None

    def _point_named(self, cell: str) -> Point | str:
        """The middle of the cell of that name; the name where there is none."""
        found = self.grid.named(cell)
        return cell[:CHOICE_LIMIT] if found is None else self.grid.centre(*found)

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> HotspotResponse | None:
        """Also [x, y] or a cell's name (B3) for a point; an area's label or id, or a list of them."""
        if is_blank(value):
            return None
        if isinstance(value, Mapping):
            response = super().response_from_json(value, language)
            return response if response and (response.areas or response.point is not None) else None
        if self.mode == "point":
            if isinstance(value, str):
                return HotspotResponse(point=self._point_named(value.strip()))
            return HotspotResponse.model_validate({"point": value})
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, Sequence) or not all(isinstance(each, str) for each in given):
            raise ValueError("the label or id of an area, or a list of them, is expected")
        return HotspotResponse.model_validate({"areas": tuple(self._area_named(each) for each in given)})

    def _area_named(self, name: str) -> Choice:
        """The area of that id or label; the name where there is none."""
        for index, area in enumerate(self.areas):
            if name == area.id or form_of(name) in {form_of(label) for _, label in area.label.items()}:
                return index
        return name.strip()[:CHOICE_LIMIT]

    def grade(self, response: HotspotResponse) -> Grade:
        if self.mode == "point":
            if response.point is None:
                return INVALID if response.areas else GAVE_UP
            return INVALID if isinstance(response.point, str) else Grade.of(float(self.accepts(response.point)))
        if not response.areas:
            return GAVE_UP if response.point is None else INVALID
        indexes = {choice for choice in response.areas if isinstance(choice, int) and 0 <= choice < len(self.areas)}
        if len(indexes) < len(set(response.areas)) or (len(indexes) > 1 and not self.several):
            return INVALID
        return Grade.of(self._worth(len(indexes & self.keys), len(indexes - self.keys)))

    def _worth(self, right: int, wrong: int) -> float:
        """What so many right and wrong areas earn."""
        if not self.several or not self.keys:
            return float(right > 0)
        cost = wrong / (len(self.areas) - len(self.keys)) if wrong else 0.0
        return max(right / len(self.keys) - cost, 0.0)

    def carried(self, response: HotspotResponse, earlier: Self) -> HotspotResponse:
        """A point means something on the same figure alone; an area is known by its id or label."""
        if (earlier.mode, earlier.several) != (self.mode, self.several):
            raise NotCarried(PARTS_DIFFER)
        if self.mode == "point":
            if earlier._figure != self._figure:
                raise NotCarried(FIGURE_DIFFERS)
            return response
        sides = ([Named(area.id, area.label) for area in question.areas] for question in (earlier, self))
        found = one_to_one(*sides) if self.several else counterparts(*sides)
        check_offered(self.keys, found.values())
        return HotspotResponse(areas=tuple(carried_choice(choice, found) for choice in response.areas))

    @property
    def _figure(self) -> str:
        return self.image if self._picture is None else self._picture.url

    def area_at(self, point: Point) -> int | None:
        """The area that decides about a point: a right one before a wrong one, one it lies in before one near it."""
        far = [(area.distance(point), index) for index, area in enumerate(self.areas)]
        inside = [index for distance, index in far if distance <= GUARD]
        near = [
            (distance, index) for distance, index in far if distance <= self.tolerance + GUARD and index in self.keys
        ]
        for index in inside:
            if index in self.keys:
                return index
        return inside[0] if inside else min(near)[1] if near else None

    def accepts(self, point: Point) -> bool:
        """True for a point that earns all."""
        return self.area_at(point) in self.keys

    @cached_property
    def right_cells(self) -> list[str]:
        """The cells of the grid whose middle earns all."""
        return [self.grid.name(*cell) for cell in self.grid.cells() if self.accepts(self.grid.centre(*cell))]

    def cell(self, response: HotspotResponse | None) -> tuple[str, str]:
        """The row and column that the page's lists show as chosen, '' where none is."""
        point = response.point if response else None
        if isinstance(point, str):
            found = self.grid.named(point)
            row = next((letter for letter in self.grid.letters if point.upper() == letter), "")
            column = point if point in map(str, range(1, self.grid.columns + 1)) else ""
            return (row, column) if found is None else (self.grid.letters[found[1]], str(found[0] + 1))
        if point is None:
            return "", ""
        column_at, row_at = self.grid.cell(point)
        return self.grid.letters[row_at], str(column_at + 1)

    def verdict(self, index: int) -> Outcome:
        """How choosing this area comes out by itself."""
        return Outcome.RIGHT if index in self.keys else Outcome.WRONG

    def guess_score(self) -> float | None:
        """The share of right areas, or of cells whose middle is right; None where several may be chosen."""
        if self.mode == "point":
            return len(self.right_cells) / (self.grid.columns * self.grid.rows)
        if self.several or not self.areas:
            return None
        return len(self.keys) / len(self.areas)

    def blind_score(self) -> float:
        """Where several areas may be chosen the mean over all choices but none."""
        if self.mode == "point" or not self.several:
            return super().blind_score()
        return blind_ticks(len(self.keys), len(self.areas) - len(self.keys), self._worth)

    def label(self, choice: Choice, language: str) -> str:
        """An area as one line of plain text; what was sent where it names none."""
        if isinstance(choice, int) and 0 <= choice < len(self.areas):
            return plain(self.areas[choice].label.in_(language))
        return str(choice)

    def response_summary(self, response: HotspotResponse, language: str) -> str:
        if isinstance(response.point, str):
            return response.point
        if response.point is None:
            return "; ".join(self.label(choice, language) for choice in response.areas)
        cell = self.grid.cell(response.point)
        name = self.grid.name(*cell)
        if math.dist(self.grid.centre(*cell), response.point) < 0.001:
            return name
        x, y = (written(round(each, 1), language) for each in response.point)
        return f"{name} ({x}% × {y}%)"

    def right_answer_summary(self, language: str) -> str:
        """The labels of the right areas; for a point also the cells that are right."""
        labels = "; ".join(self.label(index, language) for index in sorted(self.keys))
        cells = self.right_cells if self.mode == "point" else []
        return f"{labels} ({', '.join(cells)})" if cells else labels

    def paper_key(self, order: Sequence[int], language: str) -> str:
        """The areas by their numbers on the figure; a point as on the page."""
        if self.mode == "point":
            return self.right_answer_summary(language)
        shown = enumerate(order, 1)
        return "; ".join(f"{number}. {self.label(index, language)}" for number, index in shown if index in self.keys)

    def feedback(self, response: HotspotResponse) -> tuple[LocalText, ...]:
        touched: list[Choice | None] = list(response.areas)
        if self.mode == "point":
            point = response.point
            touched = [] if point is None or isinstance(point, str) else [self.area_at(point)]
        areas = [self.areas[each] for each in touched if isinstance(each, int) and 0 <= each < len(self.areas)]
        return tuple(area.feedback for area in areas if area.feedback is not None)

    def alt_in(self, language: str) -> str:
        """What the figure shows, in words without markup."""
        return plain(self.alt.in_(language))


def _first(fields: Fields, name: str) -> str:
    values = fields.get(name, ())
    return values[0].replace("\x00", "").strip()[:CHOICE_LIMIT] if values else ""
