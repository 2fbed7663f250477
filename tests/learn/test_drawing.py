"""The shelf as a drawing."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from app.web.drawing import PER_SHELF, WIDTH, Spine, shelf_drawing


def spines(count: int, done: int = 0, here: int | None = None) -> list[Spine]:
    return [Spine(f"kegiatan-{n}", n % 3 == 2, n < done, n == here) for n in range(count)]


def test_each_activity_is_a_spine_and_each_done_one_is_ticked() -> None:
    drawn = ElementTree.fromstring(shelf_drawing(spines(12, done=7, here=7)))
    kinds = [part.get("class") for part in drawn]
    assert kinds.count("done") == kinds.count("tick") == 7
    assert kinds.count("book") == 5
    assert kinds.count("here") == 1
    assert kinds.count("quiz") + kinds.count("quiz-done") == 4


@pytest.mark.parametrize("count", [0, 1, 5, PER_SHELF, PER_SHELF + 1, 40])
def test_long_courses_wrap_to_another_shelf_and_stay_inside(count: int) -> None:
    drawn = ElementTree.fromstring(shelf_drawing(spines(count)))
    planks = [part for part in drawn if part.get("class") == "plank"]
    assert len(planks) == max(1, -(-count // PER_SHELF))
    edges = [float(p.get("x", 0)) + float(p.get("width", 0)) for p in drawn if p.get("class") == "book"]
    assert max(edges, default=0) <= WIDTH


def test_the_drawing_is_hidden_from_screen_readers_and_holds_no_style() -> None:
    drawing = str(shelf_drawing(spines(3)))
    assert 'aria-hidden="true"' in drawing
    assert not re.search(r"style=|fill=|<text", drawing)
