"""The picture of a question: for each option a line over groups of people, from the weakest to the strongest.

Lines differ by their dashes and bear their option's letter at the end, so that they can be told apart in grey print.
The table beside it says the same: the drawing is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup, escape

WIDTH: Final = 340
HEIGHT: Final = 270
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 290.0, 14.0, 222.0  # of the field in which lines are drawn
_LINE: Final = 19.0  # how far letters stand apart, at least
_STYLES: Final = 6  # of dashes that can be told apart


class Curve(NamedTuple):
    """One line: its letter, whether it is a right option, and by group the share who chose it (None: nobody there)."""

    letter: str
    right: bool
    shares: tuple[float | None, ...]  # 0..1, the weakest group first


def item_picture(curves: Sequence[Curve], low: str, high: str) -> Markup:
    """The drawing as SVG; `low` and `high` are the words below its ends."""
    drawn = [*_axes(low, high), *(part for place, curve in enumerate(curves) for part in _line(place, curve))]
    letters = [*_letters(curves)]
    inside = "".join([*drawn, *letters])
    return Markup(  # noqa: S704 (numbers, our own class names, and escaped words)
        f'<svg class="curves" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{inside}</svg>'
    )


def _axes(low: str, high: str) -> Iterator[str]:
    for percent in (0, 50, 100):
        y = _y(percent / 100)
        yield f'<line class="rule" x1="{_LEFT}" y1="{y:.1f}" x2="{_RIGHT}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 6:.1f}" text-anchor="end">{percent}%</text>'
    yield f'<text x="{_LEFT}" y="{_BOTTOM + 26}">{escape(low)}</text>'
    yield f'<text x="{_RIGHT}" y="{_BOTTOM + 26}" text-anchor="end">{escape(high)}</text>'


def _line(place: int, curve: Curve) -> Iterator[str]:
    points = _points(curve)
    kind, size = ("key", 4) if curve.right else ("other", 3)
    dashes = "" if curve.right else f" dash-{place % _STYLES}"
    path = "".join(f"{'L' if at else 'M'}{x:.1f} {y:.1f}" for at, (x, y) in enumerate(points))
    if points:
        yield f'<path class="{kind}{dashes}" d="{path}"/>'
    for x, y in points:
        yield f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{size}"/>'


def _points(curve: Curve) -> list[tuple[float, float]]:
    step = (_RIGHT - _LEFT) / max(1, len(curve.shares) - 1)
    return [(_LEFT + group * step, _y(share)) for group, share in enumerate(curve.shares) if share is not None]


def _letters(curves: Sequence[Curve]) -> Iterator[str]:
    """The letters right of the lines' ends, moved apart where lines end close to each other."""
    ends = sorted((points[-1][1], curve) for curve in curves if (points := _points(curve)))
    lowest = 0.0
    room = (_BOTTOM + 6) - _LINE * (len(ends) - 1)  # so that the last still stands in the field
    for place, (end, curve) in enumerate(ends):
        y = max(min(end + 6, room + _LINE * place), lowest)
        lowest = y + _LINE
        words = f"{curve.letter} ✓" if curve.right else curve.letter
        yield f'<text class="{"key" if curve.right else "other"}" x="{_RIGHT + 9}" y="{y:.1f}">{escape(words)}</text>'


def _y(share: float) -> float:
    return _BOTTOM - share * (_BOTTOM - _TOP)
