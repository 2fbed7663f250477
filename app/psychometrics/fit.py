"""How well each item fits the model: how surprising its answers are, given what else each person answered.

For each answer, the person's ability is judged from all their other answers, and with it the chance p of a right
answer; what was earned is x. Two mean squares, both 1 on the average where the model holds (Wright & Masters 1982,
Rating Scale Analysis, chapter 5; here against the predictive chance, so that an item does not judge itself):
infit = sum (x - p)^2 / sum p(1 - p), outfit = mean of (x - p)^2 / p(1 - p). Above 1 answers are more surprising than
chance allows, below 1 less. Partly right answers vary less than right and wrong ones do, and lie below 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from app.errors import N_, Message
from app.psychometrics.ability import known
from app.psychometrics.likelihood import grid, posterior_of, spacing_for, wrong_logarithm
from app.psychometrics.models import ItemParameters
from app.psychometrics.responses import Array, Block, Responses

# Bounds for tests on which much depends, and 1.3 for the outfit of any (Wright & Linacre 1994, Rasch Measurement
# Transactions 8:3); beyond chance: two standard deviations.
NOISY: Final = 1.2
PREDICTABLE: Final = 0.8
SURPRISING: Final = 1.3
BEYOND_CHANCE: Final = 2.0
SMALLEST: Final = 1e-12


class Verdict(StrEnum):
    """What the fit of an item says to its author."""

    FITS = "fits"
    NOISY = "noisy"
    SURPRISING = "surprising"
    PREDICTABLE = "predictable"


VERDICTS: Final[Mapping[Verdict, Message]] = {
    Verdict.FITS: N_("sesuai"),
    Verdict.NOISY: N_("jawaban kurang mengikuti kemampuan: periksa kunci dan rumusan soal"),
    Verdict.SURPRISING: N_("beberapa jawaban sangat tak terduga: mungkin ditebak atau terlewat"),
    Verdict.PREDICTABLE: N_("jawaban terlalu mudah diduga: mungkin mengulang soal lain"),
}


@dataclass(frozen=True, slots=True)
class ItemFit:
    """An item's mean squares, and how many standard deviations each lies from 1. Of `answers` many."""

    answers: int
    infit: float
    outfit: float
    z_infit: float
    z_outfit: float

    @property
    def verdict(self) -> Verdict:
        """In a word; a departure that chance would explain is none."""
        if self.infit > NOISY and self.z_infit > BEYOND_CHANCE:
            return Verdict.NOISY
        if self.outfit > SURPRISING and self.z_outfit > BEYOND_CHANCE:
            return Verdict.SURPRISING
        if self.infit < PREDICTABLE and self.z_infit < -BEYOND_CHANCE:
            return Verdict.PREDICTABLE
        return Verdict.FITS


def item_fit(responses: Array | Responses, items: Sequence[ItemParameters]) -> tuple[ItemFit | None, ...]:
    """The fit of each item; None where the item has no parameters or no answers. Raises Unusable (a ValueError)."""
    answers = responses if isinstance(responses, Responses) else Responses.of_matrix(responses)
    answers, line = known(answers, items)
    nodes = grid(spacing_for(answers, line.a))
    logits = line.at(nodes.theta)
    sums = np.zeros((6, answers.items))
    for block in answers.blocks():
        _, weight = posterior_of(block, nodes, logits)
        sums += _sums(block, _predicted(block, weight, logits))
    figures = iter(_figures(sums.T))
    return tuple(next(figures) if each.a is not None and each.b is not None else None for each in items)


def _predicted(block: Block, weight: Array, logits: Array) -> Array:
    """The chance of a right answer of each person to each item, judged from the person's other answers.

    A person's posterior without an item is the posterior divided by the likelihood of that answer.
    """
    without_right, without_wrong = weight @ (1 + np.exp(-logits)).T, weight @ (1 + np.exp(logits)).T
    predicted = np.where(block.right == 1, 1 / without_right, 1 - 1 / without_wrong)
    partly = (block.asked == 1) & (block.right > 0) & (block.right < 1)
    for person, item in zip(*np.nonzero(partly), strict=True):
        wrong = wrong_logarithm(logits[item])
        rest = weight[person] * np.exp(-block.right[person, item] * logits[item] - wrong)
        predicted[person, item] = rest @ np.exp(logits[item] + wrong) / rest.sum()
    return np.asarray(np.clip(predicted, SMALLEST, 1 - SMALLEST))


def _sums(block: Block, predicted: Array) -> Array:
    """By item over people: answers, (x-p)^2, p(1-p), their variance, (x-p)^2/p(1-p), its variance."""
    people = block.asked * block.people[:, None]
    chance = predicted * (1 - predicted)
    surprise = (block.right - predicted) ** 2
    varied = 1 - 4 * chance
    figures = (np.ones_like(chance), surprise, chance, chance * varied, surprise / chance, varied / chance)
    return np.array([(people * each).sum(axis=0) for each in figures])


def _figures(sums: Array) -> list[ItemFit | None]:
    found: list[ItemFit | None] = []
    for answers, surprise, chance, infit_varied, ratio, outfit_varied in sums.tolist():
        if not answers:
            found.append(None)
            continue
        z_infit = (surprise - chance) / max(infit_varied, SMALLEST) ** 0.5
        z_outfit = (ratio - answers) / max(outfit_varied, SMALLEST) ** 0.5
        found.append(ItemFit(round(answers), surprise / chance, ratio / answers, z_infit, z_outfit))
    return found
