"""A drawing shows things and does nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.texts.svg import DEPTH_LIMIT, PROBLEM_LIMIT, check_svg, svg_size

LABEL = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- a call number label -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     viewBox="0 0 360 200" width="360" height="200">
  <title>Label punggung: 398.2 \xe2\x80\xa6</title>
  <defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
  <rect width="360" height="200" fill="url(#g)" stroke="#8a7f68"/>
  <use href="#g"/><use xlink:href="#g"/>
  <text x="20" y="40" font-family="sans-serif" font-size="16">398.2 &amp; HIR</text>
</svg>"""


def drawing(inside: str, attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{attributes}>\n{inside}</svg>'.encode()


def test_a_plain_drawing_may_be_served() -> None:
    assert check_svg(LABEL) == ()
    assert svg_size(LABEL) == (360, 200)


REFUSED = [
    ("<script>alert(1)</script>", "script"),
    ('<g onload="x()"/>', "onload"),
    ('<g ONCLICK="x()"/>', "ONCLICK"),
    ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "foreignObject"),
    ('<use href="https://evil.example/x.svg#a"/>', "href"),
    ('<use href=" #a"/>', "href"),
    ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="data:image/svg+xml,x"/>', "href"),
    ('<g xml:base="https://evil.example/"/>', "base"),
    ('<image href="#a"/>', "image"),
    ('<a href="#a"/>', "<a>"),
    ('<animate attributeName="href" to="javascript:x()"/>', "animate"),
    ('<set attributeName="href" to="x"/>', "set"),
    ("<style>rect{}</style>", "style"),
    ('<rect style="fill:url(https://evil.example)"/>', "style"),
    ('<rect fill="url(https://evil.example/#a)"/>', "fill"),
    ('<rect fill="url( //evil.example/#a )"/>', "fill"),
    ('<rect fill="u\\72l(//evil.example)"/>', "fill"),
    ('<rect fill="url(#a) url(//evil.example/)"/>', "fill"),
    ("<?xml-stylesheet href='x.css'?>", "xml-stylesheet"),
    ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "html"),
    ("<rect xmlns='urn:other'/>", "rect"),
]


@pytest.mark.parametrize(("inside", "named"), REFUSED)
def test_what_could_act_or_reach_outside_is_told_with_its_line(inside: str, named: str) -> None:
    problems = check_svg(drawing(inside))
    assert problems and named in str(problems[0].message)
    assert problems[0].line == 2


def test_a_document_type_is_refused_before_any_entity_is_read() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + drawing("<text>&b;</text>")
    (problem,) = check_svg(bomb)
    assert "DOCTYPE" in str(problem.message)
    assert svg_size(bomb) is None


@pytest.mark.parametrize("data", [b"", b"<svg", b"\xff\xfe<\x00", b"buku", drawing("<g>"), drawing("&nbsp;"), b"\x00"])
def test_a_file_that_is_no_xml_is_told_once(data: bytes) -> None:
    assert len([problem for problem in check_svg(data) if "XML" in str(problem.message)]) == 1


def test_all_problems_are_told_with_their_columns_up_to_a_bound() -> None:
    two = check_svg(drawing('<g onload="x"/>\n   <script/>'))
    assert [(problem.line, problem.column) for problem in two] == [(2, 1), (3, 4)]
    assert len(check_svg(drawing("<script/>" * 500))) == PROBLEM_LIMIT


def test_a_drawing_nested_too_deep_is_told_and_left() -> None:
    deep = "<g>" * (DEPTH_LIMIT + 5) + "</g>" * (DEPTH_LIMIT + 5)
    assert len(check_svg(drawing(deep))) == 1
    assert check_svg(drawing("<g>" * (DEPTH_LIMIT - 1) + "</g>" * (DEPTH_LIMIT - 1))) == ()


def test_a_file_whose_root_is_no_drawing_is_refused() -> None:
    assert "xmlns" in str(check_svg(b"<svg/>")[0].message)


SIZES = [
    ('width="360" height="120"', (360, 120)),
    ('width="360px" height="120.4px" viewBox="0 0 1 1"', (360, 120)),
    ('viewBox="0 0 300 150"', (300, 150)),
    ('viewBox="-10,-10, 300 , 150"', (300, 150)),
    ('width="100%" height="50%" viewBox="0 0 300 150"', (300, 150)),
    ('width="100%" height="50%"', None),
    ('width="0" height="50"', None),
    ('width="1e9" height="50"', None),
    ('width="999999" height="50"', None),
    ('viewBox="0 0 300"', None),
    ("", None),
]


@pytest.mark.parametrize(("attributes", "size"), SIZES)
def test_the_size_comes_from_the_drawing_itself(attributes: str, size: tuple[int, int] | None) -> None:
    assert svg_size(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()) == size


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(drawing)))
def test_any_bytes_are_checked_without_an_error(data: bytes) -> None:
    check_svg(data)
    size = svg_size(data)
    assert size is None or min(size) >= 1
