"""Drawings of estimates: a bar with its interval, a line over weeks. Hidden from screen readers: the words and the
table beside them say the same. Shapes alone carry the meaning, so that they hold in grey print.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

WIDTH: Final = 300  # of a bar: three units a point
TOP: Final = 10  # of the line's drawing: where 100 lies
BOTTOM: Final = 90
LEFT: Final = 36  # room for the scale's numbers


def estimate_drawing(estimate: tuple[float, float, float] | None, cut: float) -> Markup:
    """A score as a point on its interval, on a scale 0..100 with the cut as a broken line.

    `estimate` is low, score and high; None draws the empty scale.
    """
    parts = [f'<svg class="estimate" viewBox="0 0 {WIDTH} 24" aria-hidden="true">']
    parts.append(f'<rect class="scale" x=".5" y="7.5" width="{WIDTH - 1}" height="9" rx="4.5"/>')
    if estimate is not None:
        low, score, high = (min(100.0, max(0.0, each)) * WIDTH / 100 for each in estimate)
        parts.append(f'<rect class="within" x="{low:.1f}" y="5" width="{high - low:.1f}" height="14" rx="3"/>')
        parts.append(f'<circle class="point" cx="{min(WIDTH - 7.0, max(7.0, score)):.1f}" cy="12" r="6"/>')
    at = cut * WIDTH / 100
    parts.append(f'<path class="cut" d="M{at:.1f} 0V24"/></svg>')
    return Markup("".join(parts))  # noqa: S704 (numbers and our own class names only)


def line_drawing(values: Sequence[float | None]) -> Markup:
    """Values 0..100 from left to right at equal steps; a gap where there is none. Empty with fewer than two."""
    told = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(told) < 2:
        return Markup("")
    step = (WIDTH - LEFT - 10) / max(1, len(values) - 1)
    points = [(LEFT + place * step, BOTTOM - value * (BOTTOM - TOP) / 100) for place, value in told]
    parts = [f'<svg class="line" viewBox="0 0 {WIDTH} 100" aria-hidden="true">']
    for value in (0, 50, 100):
        y = BOTTOM - value * (BOTTOM - TOP) / 100
        parts.append(f'<path class="rule" d="M{LEFT} {y:g}H{WIDTH}"/><text x="{LEFT - 5}" y="{y + 5:g}">{value}</text>')
    parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in points]
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 (numbers only)
