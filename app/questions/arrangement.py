"""The order in which texts are shown whose order as written would tell the key."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from app.texts.local import LocalText


def arranged(texts: Sequence[LocalText], chance: Random | None) -> tuple[int, ...]:
    """Positions -> indexes of `texts`, drawn by `chance`.

    Without chance (a quiz that shuffles nothing, a preview) the arrangement is drawn from the texts themselves: always
    the same, and made from the set of them alone, so that the order in which they were written leaves no trace in it.
    """
    indexes = sorted(range(len(texts)), key=lambda index: (texts[index].id, texts[index].in_("en")))
    chance = chance or Random("\n".join(texts[index].id for index in indexes))  # noqa: S311 (an order, no secret)
    chance.shuffle(indexes)
    return tuple(indexes)
