"""Who takes which of two forms first: drawn in blocks of two, so that both stay as many as can be. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.content.activities import TestForm
from app.content.pairs import OTHER


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's draw among those it is balanced with. `number` counts from 1."""

    number: int
    first: TestForm  # the form of the test before; the other one is that of the test after


def next_turn(last: Turn | None, *, coin: bool) -> Turn:
    """The draw after `last` (None: there was none). The first of every two goes by the coin, the second is its partner:
    after any number of draws both orders were given equally often, or one of them once more.
    """
    if last is None:
        return Turn(1, "A" if coin else "B")
    if last.number % 2:
        return Turn(last.number + 1, OTHER[last.first])
    return Turn(last.number + 1, "A" if coin else "B")
