"""`python -m benchmarks.psychometrics`: how long analyses take, on made-up answers, in this process alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from app.psychometrics.classical import analyse, analyse_matrix
from app.psychometrics.distractors import Chosen, analyse_options
from app.psychometrics.figures import ItemMark
from app.psychometrics.item_file import read_marks
from benchmarks.figures import markdown_table

ATTEMPTS: Final = 10_000
ITEMS: Final = 30
ANALYSED: Final = 2.0  # seconds, the target for the analysis of so many attempts
REPEATS: Final = 3

Row = list[str]


def answers(attempts: int, items: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Attempts x items, right or wrong, of people and items spread as in a usual test; always the same."""
    chance = np.random.default_rng(20261123)
    ability, difficulty = chance.normal(size=(attempts, 1)), chance.normal(size=items)
    return (chance.random((attempts, items)) < 1 / (1 + np.exp(difficulty - ability))).astype(np.float64)


def seconds(act: Callable[[], object]) -> tuple[float, float]:
    """The best of some runs by the clock, and the best of this process's own time."""
    wall, own = [], []
    for _ in range(REPEATS):
        start, busy = time.perf_counter(), time.process_time()
        act()
        wall.append(time.perf_counter() - start)
        own.append(time.process_time() - busy)
    return min(wall), min(own)


def item_rows() -> list[Row]:
    """Item analysis of a large quiz: from a table, from rows as the database gives them, from a file; one question."""
    matrix = answers(ATTEMPTS, ITEMS)
    names = [f"q{item}" for item in range(ITEMS)]
    marks = [
        ItemMark(row, name, mark, 1.0)
        for row, each in enumerate(matrix.tolist())
        for name, mark in zip(names, each, strict=True)
    ]
    file = "attempt,item,mark,max\n" + "".join(f"{each.attempt},{each.item},{each.mark:g},1\n" for each in marks)
    chosen = [
        Chosen((int(option),), float(rest)) for option, rest in zip(matrix[:, 0], matrix.sum(axis=1), strict=True)
    ]
    size = f"{ATTEMPTS:,} x {ITEMS}"
    return [
        told(f"items, {size}, as a table", lambda: analyse_matrix(matrix, names, [1.0] * ITEMS), ANALYSED),
        told(f"items, {size}, as single marks", lambda: analyse(marks), ANALYSED),
        told(
            f"items, {size}, out of a CSV of {len(file) / 1e6:.1f} MB",
            lambda: analyse(read_marks(file.encode())),
            ANALYSED,
        ),
        told(f"options of a question, {ATTEMPTS:,} answers", lambda: analyse_options(chosen, 4)),
    ]


def told(what: str, act: Callable[[], object], target: float | None = None) -> Row:
    """A row: what was done, its target by the clock, and how long it took."""
    wall, own = seconds(act)
    return [what, "" if target is None else f"< {target:g}", f"{wall:.3f}", f"{own:.3f}"]


def main() -> int:
    """Measure and tell; 1 where a target was missed."""
    rows: Sequence[Row] = [*item_rows()]
    print(markdown_table(("what", "target, s", "measured, s", "of CPU, s"), rows))
    return int(any(target and float(measured) >= float(target[2:]) for _, target, measured, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
