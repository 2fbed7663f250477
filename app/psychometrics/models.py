"""What the models of item response say: items, people, and what is remarkable about an item. No numpy here.

All three are one curve: a person of ability theta answers an item rightly with probability
P(theta) = 1 / (1 + exp(-a (theta - b))), theta ~ N(0, 1), in logits. Rasch: every a is 1. 1PL: one a for all items,
estimated. 2PL: each item its own a (Birnbaum, in Lord & Novick 1968).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, get_args

from app.errors import N_, Message

Model = Literal["rasch", "1pl", "2pl"]
MODELS: Final[tuple[Model, ...]] = get_args(Model)

STEEPEST: Final = 15.0  # logits; a slope beyond it is a step, and the answers bound it no more
FLAT: Final = 0.1  # a slope nearer to nothing says nothing of ability
LEVEL: Final = 0.01  # and one as near as this leaves the difficulty open


class Remark(StrEnum):
    """Why an item's parameters are missing or want care."""

    UNANSWERED = "unanswered"
    ALL_RIGHT = "all_right"
    ALL_WRONG = "all_wrong"
    STEEP = "steep"
    FLAT = "flat"
    NEGATIVE = "negative"
    UNDETERMINED = "undetermined"


REMARKS: Final[Mapping[Remark, Message]] = {
    Remark.UNANSWERED: N_("tidak ada yang menjawab: tidak dihitung"),
    Remark.ALL_RIGHT: N_("semua menjawab benar: tingkat kesukarannya tidak bisa dihitung"),
    Remark.ALL_WRONG: N_("semua menjawab salah: tingkat kesukarannya tidak bisa dihitung; periksa kunci"),
    Remark.STEEP: N_(
        "daya beda tidak terbatas, dihentikan di %(limit)s: data terlalu sedikit, atau soal ini sama dengan soal lain",
        limit=f"{STEEPEST:g}",
    ),
    Remark.FLAT: N_("daya beda hampir nol: jawabannya tidak menunjukkan kemampuan"),
    Remark.NEGATIVE: N_("daya beda negatif: periksa kunci"),
    Remark.UNDETERMINED: N_("data tidak cukup untuk menentukan angkanya; galat baku tidak bisa dihitung"),
}


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """An item's slope a and difficulty b in logits, with their standard errors.

    None: not estimable (`remark` says why), or, for se_a of the Rasch model, not estimated: the slope is 1. `guess` is
    what guessing was taken to earn.
    """

    a: float | None
    b: float | None
    se_a: float | None = None
    se_b: float | None = None
    remark: Remark | None = None
    guess: float = 0.0


@dataclass(frozen=True, slots=True)
class ItemPriors:
    """What is held of items before they are answered: b ~ N(b, sd_b) for each, log a ~ N(0, sd_log_a).

    `guess` is what a guess at each earns (0..1, below 1), which is known and not estimated: the curve is then
    P = guess + (1 - guess) / (1 + exp(-a (theta - b))). Without it nothing can be guessed.
    """

    b: Sequence[float]
    sd_b: Sequence[float]
    sd_log_a: float = 0.3
    guess: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Calibration:
    """The items as estimated, in the order they were given.

    `log_likelihood` is that of the answers alone (without priors). `converged`: the gradient came down to nothing.
    """

    items: tuple[ItemParameters, ...]
    log_likelihood: float
    iterations: int
    converged: bool
