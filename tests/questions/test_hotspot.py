"""Places on a figure: numbered areas and free points, by pointer or by the rows and columns of a grid."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.questions.base import Outcome, Question
from app.questions.figures import Grid, Polygon, read_grid
from app.questions.hotspot import Hotspot, Picture
from tests.ground.html import valid_fragment
from tests.questions.cast import AREAS, FLOOR_PLAN, POINTED, question
from tests.questions.test_partials import EVERYTHING, MARKS_ONLY, NOTHING, assert_held, shown, words

PICTURE = Picture("/media/denah.svg", 360, 200)


def hotspot(areas: list[dict[str, Any]], **rest: Any) -> Hotspot:
    made = question("hotspot", image="media/denah.svg", alt="Denah.", areas=areas, **rest)
    assert isinstance(made, Hotspot)
    return made


def box(x: float, *, correct: bool = False, width: float = 20) -> dict[str, Any]:
    return {"label": f"Kotak {x}", "shape": "rectangle", "x": x, "y": 0, "width": width, "height": 100,
            "correct": correct}  # fmt: skip


SEVERAL = hotspot([box(0, correct=True), box(20, correct=True), box(40), box(60)], several="true")
EITHER = hotspot([box(0, correct=True), box(20, correct=True), box(40)])
NEIGHBOURS = hotspot([box(0, correct=True), box(20)], mode="point", tolerance="5", grid="4x2")

POINTS = [
    (POINTED, [25, 20], 1.0),
    (POINTED, [10, 10], 1.0),  # on the edge
    (POINTED, [40, 30], 1.0),
    (POINTED, [8, 20], 1.0),  # 2 away
    (POINTED, [7.9, 20], 0.0),
    (POINTED, [8.6, 8.6], 1.0),  # 1.98 away from the corner
    (POINTED, [8.5, 8.5], 0.0),  # 2.12
    (POINTED, [70, 50], 0.0),  # in a wrong area
    (POINTED, [99, 1], 0.0),  # in none
    (NEIGHBOURS, [19.9, 50], 1.0),
    (NEIGHBOURS, [20, 50], 1.0),  # on the edge of both: the right one decides
    (NEIGHBOURS, [21, 50], 0.0),  # within 5 of the right one, and in a wrong one
    (hotspot([box(0, correct=True)], mode="point", tolerance="5"), [21, 50], 1.0),
    (hotspot([box(0, width=50), box(10, correct=True)], mode="point"), [15, 50], 1.0),  # in both
]


@pytest.mark.parametrize(("asked", "point", "fraction"), POINTS)
def test_a_point_is_right_in_a_right_area_or_near_one(asked: Hotspot, point: list[float], fraction: float) -> None:
    """By hand: the right area of POINTED reaches from (10, 10) to (40, 30), with a tolerance of 2."""
    assert asked.grade(asked.response_of({"point": point})).fraction == fraction


INSIDE = [
    ((85, 90), 0.0),
    ((60, 80), 0.0),
    ((75, 90), 0.0),
    ((90, 100), 0.0),
    ((95, 90), 5.0),
    ((75, 70), 10.0),
    ((57, 76), 5.0),
]


@pytest.mark.parametrize(("point", "distance"), INSIDE)
def test_a_polygon_knows_what_lies_in_it_and_how_far_off_the_rest_is(
    point: tuple[float, float], distance: float
) -> None:
    """By hand: the triangle (60, 80), (90, 80), (90, 100); (75, 90) lies on its long side."""
    triangle = Polygon.model_validate({**AREAS[2], "label": "x"})
    assert triangle.distance(point) == pytest.approx(distance, abs=1e-9)
    bent = Polygon.model_validate(
        {"label": "L", "shape": "polygon", "corners": [[0, 0], [30, 0], [30, 10], [10, 10], [10, 30], [0, 30]]}
    )
    assert (bent.distance((5, 25)), bent.distance((25, 5)), bent.distance((20, 20))) == (0, 0, 10)


def test_a_circle_is_measured_from_its_edge() -> None:
    circle = FLOOR_PLAN.areas[1]  # type: ignore[attr-defined]
    assert [circle.distance(point) for point in ((70, 50), (80, 50), (70, 65))] == [0, 0, 5]


AREA_GRADES: list[tuple[Question[Any], list[Any], float, Outcome]] = [
    (FLOOR_PLAN, [0], 1.0, Outcome.RIGHT),
    (FLOOR_PLAN, [1], 0.0, Outcome.WRONG),
    (FLOOR_PLAN, [0, 1], 0.0, Outcome.INVALID),
    (FLOOR_PLAN, [3], 0.0, Outcome.INVALID),
    (FLOOR_PLAN, ["ZZZ"], 0.0, Outcome.INVALID),
    (FLOOR_PLAN, [], 0.0, Outcome.GAVE_UP),
    (EITHER, [1], 1.0, Outcome.RIGHT),
    (SEVERAL, [0, 1], 1.0, Outcome.RIGHT),
    (SEVERAL, [0], 0.5, Outcome.PARTIAL),
    (SEVERAL, [0, 1, 2], 0.5, Outcome.PARTIAL),
    (SEVERAL, [0, 2], 0.0, Outcome.WRONG),
    (SEVERAL, [0, 1, 2, 3], 0.0, Outcome.WRONG),
    (SEVERAL, [0, 0], 0.5, Outcome.PARTIAL),
    (SEVERAL, [0, "ZZZ"], 0.0, Outcome.INVALID),
]


@pytest.mark.parametrize(("asked", "areas", "fraction", "outcome"), AREA_GRADES)
def test_areas_earn_what_options_would(
    asked: Question[Any], areas: list[Any], fraction: float, outcome: Outcome
) -> None:
    """By hand; several areas as `multiple` with scoring each: right / k - wrong / m, within 0..1 (quiz-engine A)."""
    grade = asked.grade(asked.response_of({"areas": areas}))
    assert (grade.fraction, grade.outcome) == (fraction, outcome)


def test_an_answer_of_the_other_mode_cannot_be_understood() -> None:
    assert POINTED.grade(POINTED.response_of({"areas": [0]})).outcome is Outcome.INVALID
    assert FLOOR_PLAN.grade(FLOOR_PLAN.response_of({"point": [1, 1]})).outcome is Outcome.INVALID
    assert POINTED.grade(POINTED.response_of({})).outcome is Outcome.GAVE_UP
    for point in ([101, 1], [1], "x" * 81, [float("nan"), 1]):
        with pytest.raises(ValidationError):
            POINTED.response_of({"point": point})


READ: list[tuple[Question[Any], dict[str, list[str]], dict[str, Any] | None]] = [
    (POINTED, {"row": ["B"], "column": ["3"]}, {"point": [31.25, 25.0]}),
    (POINTED, {"row": ["F"], "column": ["8"]}, {"point": [93.75, 91.6667]}),
    (POINTED, {"row": ["B"], "column": [""]}, {"point": "B"}),
    (POINTED, {"row": ["G"], "column": ["1"]}, {"point": "G1"}),
    (POINTED, {"row": ["B"], "column": ["9"]}, {"point": "B9"}),
    (POINTED, {"x": ["12.5"], "y": ["30"], "row": ["B"], "column": ["2"]}, {"point": [12.5, 30.0]}),  # in that cell
    (POINTED, {"x": ["12.5"], "y": ["30"], "row": ["A"], "column": ["1"]}, {"point": [6.25, 8.3333]}),  # a list changed
    (POINTED, {"x": ["12.5"], "y": ["30"], "row": [""], "column": [""]}, None),  # both lists were emptied
    (POINTED, {"x": ["12.5"], "y": ["30"]}, {"point": [12.5, 30.0]}),
    (POINTED, {"x": [""], "y": [""], "row": ["B"], "column": ["3"]}, {"point": [31.25, 25.0]}),
    (POINTED, {"x": ["12.5"], "y": ["1e3"]}, {"point": "12.5 1e3"}),
    (POINTED, {"x": ["101"], "y": ["3"]}, {"point": "101 3"}),
    (POINTED, {"row": [""], "column": [""]}, None),
    (POINTED, {"choice": ["0"]}, None),
    (FLOOR_PLAN, {"choice": ["0"]}, {"areas": [2]}),
    (FLOOR_PLAN, {"choice": ["0", "1"]}, {"areas": ["0, 2"]}),
    (FLOOR_PLAN, {"choice": ["9"]}, {"areas": ["9"]}),
    (SEVERAL, {"choice": ["1", "0"]}, {"areas": [0, 2]}),
    (FLOOR_PLAN, {}, None),
]


@pytest.mark.parametrize(("asked", "fields", "stored"), READ)
def test_a_place_is_read_from_a_grid_from_a_pointer_or_from_a_list(
    asked: Question[Any], fields: dict[str, list[str]], stored: dict[str, Any] | None
) -> None:
    response = asked.read(fields, (2, 0, 1))
    assert (response and response.model_dump(mode="json", exclude_defaults=True)) == stored


NATURAL: list[tuple[Question[Any], object, dict[str, Any] | None]] = [
    (POINTED, [25, 20.5], {"point": [25.0, 20.5]}),
    (POINTED, "b3", {"point": [31.25, 25.0]}),
    (POINTED, "di kiri", {"point": "di kiri"}),
    (POINTED, {"point": [25, 20]}, {"point": [25.0, 20.0]}),
    (POINTED, [], None),
    (FLOOR_PLAN, "dekat PINTU", {"areas": [0]}),
    (FLOOR_PLAN, "By the door", {"areas": [0]}),
    (FLOOR_PLAN, "jendela", {"areas": [1]}),
    (FLOOR_PLAN, ["meja"], {"areas": [0]}),
    (FLOOR_PLAN, "di kiri", {"areas": ["di kiri"]}),
    (FLOOR_PLAN, {"areas": []}, None),
    (SEVERAL, ["Kotak 0", "Kotak 20"], {"areas": [0, 1]}),
    (FLOOR_PLAN, "", None),
]


@pytest.mark.parametrize(("asked", "given_", "stored"), NATURAL)
def test_answers_are_taken_as_a_person_would_write_them(
    asked: Question[Any], given_: object, stored: dict[str, Any] | None
) -> None:
    response = asked.response_from_json(given_)
    assert (response and response.model_dump(mode="json", exclude_defaults=True)) == stored


@pytest.mark.parametrize(
    ("asked", "value"),
    [(FLOOR_PLAN, [25, 20]), (FLOOR_PLAN, 3), (POINTED, 3), (POINTED, [1, 2, 3]), (POINTED, [-1, 2]), (POINTED, True)],
)
def test_a_shape_that_names_no_place_is_refused(asked: Question[Any], value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        asked.response_from_json(value)


field_values = st.lists(st.text(max_size=90) | st.sampled_from(["0", "1", "A", "B", "F", "8", "99.5"]), max_size=4)


@pytest.mark.parametrize("asked", [FLOOR_PLAN, POINTED, SEVERAL])
@given(
    fields=st.dictionaries(st.sampled_from(["x", "y", "row", "column", "choice"]), field_values),
    seed=st.integers(0, 99),
)
def test_whatever_a_page_sends_is_read_kept_and_graded(
    asked: Question[Any], fields: dict[str, list[str]], seed: int
) -> None:
    assert_held(asked, fields, seed)


def test_the_guess_score_is_the_share_of_what_is_right() -> None:
    """By hand: of 48 cells the middles of B2, B3, A2 and A3 lie in the right area: 18.75 and 31.25, 8.3 and 25."""
    assert POINTED.guess_score() == pytest.approx(4 / 48)
    assert FLOOR_PLAN.guess_score() == pytest.approx(1 / 3)
    assert EITHER.guess_score() == pytest.approx(2 / 3)
    assert SEVERAL.guess_score() is None


def test_areas_are_numbered_by_chance_and_a_point_has_no_order() -> None:
    assert {FLOOR_PLAN.order(Random(seed)) for seed in range(100)} > {(0, 1, 2), (2, 1, 0), (1, 0, 2)}
    assert FLOOR_PLAN.order(None) == (0, 1, 2)
    assert POINTED.order(Random(1)) == ()


def test_places_are_told_in_one_line() -> None:
    assert POINTED.right_answer_summary("en") == "By the door (A2, A3, B2, B3)"
    assert FLOOR_PLAN.right_answer_summary("id") == "Dekat pintu"
    assert POINTED.response_summary(POINTED.response_of({"point": [31.25, 25]}), "id") == "B3"
    assert POINTED.response_summary(POINTED.response_of({"point": [30.04, 25]}), "id") == "B3 (30% × 25%)"
    assert POINTED.response_summary(POINTED.response_of({"point": [12.26, 0]}), "id") == "A1 (12,3% × 0%)"
    assert SEVERAL.response_summary(SEVERAL.response_of({"areas": [0, 2, "x"]}), "id") == "Kotak 0; Kotak 40; x"


def test_a_point_gets_the_feedback_of_the_area_it_hits() -> None:
    assert [each.id for each in POINTED.feedback(POINTED.response_of({"point": [85, 90]}))] == [
        "Itu ilmu perpustakaan."
    ]
    assert POINTED.feedback(POINTED.response_of({"point": [99, 1]})) == ()
    assert POINTED.feedback(POINTED.response_of({"point": "B"})) == ()


@pytest.mark.parametrize("written", ["8", "0x4", "21x3", "8x21", "08x6", "x", "8x6x2", "8.5x6"])
def test_a_grid_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        hotspot([box(0, correct=True)], mode="point", grid=written)
    assert read_grid("20x20") == read_grid("20 × 20") == Grid(20, 20)


def test_every_cell_is_found_by_its_name_and_its_middle() -> None:
    for grid in (Grid(1, 1), Grid(8, 6), Grid(20, 20), Grid(3, 7)):
        for cell in grid.cells():
            assert grid.named(grid.name(*cell)) == cell == grid.cell(grid.centre(*cell))
    assert Grid(8, 6).cell((100, 100)) == (7, 5)


# Pages


@pytest.mark.parametrize("asked", [FLOOR_PLAN, POINTED, SEVERAL])
@pytest.mark.parametrize("state", ["open", "locked", "key", "paper"])
@pytest.mark.parametrize("reveal", [NOTHING, MARKS_ONLY, EVERYTHING])
def test_a_figure_with_its_overlay_is_good_html(asked: Hotspot, state: str, reveal: Any) -> None:
    stored = {"point": [12, 15]} if asked.mode == "point" else {"areas": [0]}
    html = shown(asked.with_picture(PICTURE), stored, state=state, reveal=reveal)
    valid_fragment(html)
    assert '<img src="/media/denah.svg" width="360" height="200" alt="Denah' in html
    assert state != "paper" or not re.search("<(input|select|fieldset)", html)


@pytest.mark.parametrize("state", ["open", "locked", "paper"])
def test_the_page_is_the_same_whichever_area_is_right(state: str) -> None:
    def page(key: int, **rest: Any) -> str:
        areas = [{**area, "correct": place == key} for place, area in enumerate(AREAS)]
        stored = {"point": [25, 20]} if rest else {"areas": [1]}
        return shown(hotspot(areas, explanation=str(key), **rest).with_picture(PICTURE), stored, state=state)

    assert len({page(key) for key in range(3)}) == 1
    assert len({page(key, mode="point", grid="8x6") for key in range(3)}) == 1
    everywhere = hotspot([box(0, correct=True, width=100)], mode="point", explanation="0").with_picture(PICTURE)
    assert shown(everywhere, {"point": [25, 20]}, state=state) == page(0, mode="point", grid="8x6")


def test_the_numbers_on_the_figure_are_those_of_the_list() -> None:
    html = shown(FLOOR_PLAN.with_picture(PICTURE), order=(2, 0, 1))  # type: ignore[attr-defined]
    assert words(html).endswith("1 2 3 1. Sudut baca 2. Dekat pintu 3. Dekat jendela")
    assert re.findall(r'<text x="([\d.]+)%"', html) == ["80.0", "25.0", "70.0"]
    assert 'aria-hidden="true"' in html


def test_the_lists_of_rows_and_columns_show_the_cell_that_was_chosen() -> None:
    for stored, picked in (
        ({"point": [31.25, 25]}, ["B", "3"]), ({"point": "B"}, ["B"]), ({"point": "3"}, ["3"]), ({"point": "zz"}, []),
    ):  # fmt: skip
        assert re.findall(r'value="(\w)" selected', shown(POINTED, stored)) == picked


def test_a_review_shows_the_point_and_where_it_should_have_been() -> None:
    asked = POINTED.with_picture(PICTURE)  # type: ignore[attr-defined]
    html = shown(asked, {"point": [70, 50]}, state="locked", reveal=EVERYTHING)
    assert "D6 (70% × 50%) Jawaban Anda · Salah Dekat pintu (A2, A3, B2, B3) Kunci jawaban" in words(html)
    assert 'class="right" x="10.0%"' in html and 'class="point" cx="70.0%"' in html
    html = shown(asked, {"point": [70, 50]}, state="locked", reveal=MARKS_ONLY)
    assert "right" not in html and "Dekat" not in html


def test_without_its_picture_the_words_for_it_are_shown() -> None:
    html = shown(FLOOR_PLAN, language="en")
    assert "Floor plan with a door at the top left." in html and "<img" not in html
