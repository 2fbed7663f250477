"""The shelf: a course as a drawing of book spines.

Blank = not yet, bound and ticked = done, outlined = here, round mark = quiz.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from zlib import crc32

from markupsafe import Markup

WIDTH: Final = 320
ROOM: Final = 74  # the tallest spine
PLANK: Final = 10
GAP: Final = 3.0
PER_SHELF: Final = 14  # longer courses wrap to a second shelf, they never shrink further


class Spine(NamedTuple):
    """One activity on the shelf."""

    id: str
    is_quiz: bool
    is_done: bool
    is_here: bool


def shelf_drawing(spines: Sequence[Spine]) -> Markup:
    """The drawing as SVG, hidden from screen readers: the text beside it says the same."""
    rows = [spines[start : start + PER_SHELF] for start in range(0, len(spines), PER_SHELF)] or [()]
    height = len(rows) * (ROOM + 2 * PLANK)
    parts = [f'<svg class="shelf" viewBox="0 0 {WIDTH} {height}" aria-hidden="true">']
    widest = max(len(row) for row in rows)
    book = min(26.0, (WIDTH - 8) / max(widest, 1) - GAP)
    for number, row in enumerate(rows):
        floor = number * (ROOM + 2 * PLANK) + ROOM + PLANK
        for place, spine in enumerate(row):
            parts += _spine(spine, 4 + place * (book + GAP), floor, book)
        parts.append(f'<rect class="plank" y="{floor}" width="{WIDTH}" height="7" rx="2"/>')
        parts.append(f'<rect class="plank-edge" y="{floor + 6}" width="{WIDTH}" height="3" rx="1"/>')
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 (numbers and our own class names only)


def _spine(spine: Spine, x: float, floor: int, width: float) -> list[str]:
    tall = ROOM - 24 + crc32(spine.id.encode()) % 24
    top = floor - tall
    kind = "done" if spine.is_done else "book"
    drawn = [f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{tall}" rx="2"/>']
    if spine.is_done:
        step = width / 26
        drawn.append(
            f'<path class="tick" d="M{x + 7.3 * step:.1f} {floor - 14}l{4.7 * step:.1f} 4l{7.8 * step:.1f}-8"/>'
        )
    if spine.is_quiz:
        mark = "quiz-done" if spine.is_done else "quiz"
        drawn.append(f'<circle class="{mark}" cx="{x + width / 2:.1f}" cy="{top + 12}" r="{min(5.0, width / 4):.1f}"/>')
    if spine.is_here:
        drawn.append(
            f'<rect class="here" x="{x - 2.5:.1f}" y="{top - 3}" width="{width + 5:.1f}" height="{tall + 3}" rx="4"/>'
        )
    return drawn
