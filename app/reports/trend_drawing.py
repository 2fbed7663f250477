"""Weeks as a drawing, made of the table beside it: columns of people below, the mean with its interval above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

from app.reports.rules.weeks import WeekDone

WIDTH: Final = 340
LEFT: Final = 26  # room for the numbers of the scale
MEANS: Final = (12.0, 92.0)  # from top to bottom: 100 and 0
COLUMNS: Final = (112.0, 158.0)
LABELS: Final = 172


def weeks_drawing(weeks: Sequence[WeekDone], first: str, last: str) -> Markup:
    """The drawing as SVG, hidden from screen readers: the table says the same. `first` and `last` name those weeks."""
    step = (WIDTH - LEFT) / max(len(weeks), 1)
    middles = [LEFT + (number + 0.5) * step for number in range(len(weeks))]
    parts = [f'<svg class="weeks" viewBox="0 0 {WIDTH} {LABELS + 4}" aria-hidden="true">', *_scale(weeks)]
    parts += _columns(weeks, middles, step)
    parts += _means(weeks, middles)
    parts.append(f'<text x="{LEFT}" y="{LABELS}">{escape(first)}</text>')
    parts.append(f'<text class="end" x="{WIDTH}" y="{LABELS}">{escape(last)}</text>')
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 (numbers, our own class names, and two escaped texts)


def _scale(weeks: Sequence[WeekDone]) -> list[str]:
    lines = [(_height(mark), str(mark)) for mark in (0, 50, 100)]
    most = max((week.people for week in weeks), default=0)
    lines += [(COLUMNS[1], "0"), (COLUMNS[0], str(most))] if most else []
    return [
        f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH}"/>'
        f'<text class="end" x="{LEFT - 4}" y="{y + 3:.1f}">{words}</text>'
        for y, words in lines
    ]


def _columns(weeks: Sequence[WeekDone], middles: Sequence[float], step: float) -> list[str]:
    most = max((week.people for week in weeks), default=0)
    high = COLUMNS[1] - COLUMNS[0]
    return [
        f'<rect class="people" x="{x - 0.35 * step:.1f}" y="{COLUMNS[1] - high * week.people / most:.1f}" '
        f'width="{0.7 * step:.1f}" height="{high * week.people / most:.1f}"/>'
        for week, x in zip(weeks, middles, strict=True)
        if week.people
    ]


def _means(weeks: Sequence[WeekDone], middles: Sequence[float]) -> list[str]:
    """A line through weeks that follow on each other, a bar for each interval in the table, a dot for each mean."""
    told = [(x, week.mean, None if week.few else week.interval) for week, x in zip(weeks, middles, strict=True)]
    path, broken = "", True
    for x, mean, _ in told:
        if mean is not None:
            path += f"{'M' if broken else 'L'}{x:.1f} {_height(mean):.1f}"
        broken = mean is None
    bars = [
        f'<path class="spread" d="M{x:.1f} {_height(interval.low):.1f}V{_height(interval.high):.1f}"/>'
        for x, _, interval in told
        if interval
    ]
    dots = [f'<circle cx="{x:.1f}" cy="{_height(mean):.1f}" r="3"/>' for x, mean, _ in told if mean is not None]
    return [*bars, *([f'<path class="mean" d="{path}"/>'] if path else []), *dots]


def _height(mark: float) -> float:
    return MEANS[1] - (MEANS[1] - MEANS[0]) * mark / 100
