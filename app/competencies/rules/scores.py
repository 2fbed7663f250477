"""What the answers that count say of a person in a competency, and how surely.

A score is the mean of the posterior of `app.psychometrics.posterior`: 100 times the probability of answering a question
of medium difficulty rightly. A question that has been calibrated counts by its parameters, any other by the difficulty
that its author gave it, which is taken to be uncertain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import fsum
from typing import Final

from app.competencies.rules.evidence import GradedSlot, counts_until
from app.psychometrics.curves import Evidence
from app.psychometrics.posterior import DIFFICULTIES, State, more_answers, posterior, state, told

MINIMUM: Final = 5  # questions; a score that rests on fewer is not shown
STEPS: Final = (50, 60, 75)  # where the tint of a score changes; none of them is a mark for passing


@dataclass(frozen=True, slots=True)
class ItemParameter:
    """A question's slope `a`, difficulty `b` (logits) and how uncertain that is, as a calibration found them.

    `guess` (0..1): what a blind guess at it was taken to earn in finding them.
    """

    a: float
    b: float
    sd_b: float
    calibration_id: int
    guess: float = 0.0


@dataclass(frozen=True, slots=True)
class Yardstick:
    """By what scores are judged: the framework's cuts (0..100) and this office's settings.

    `cuts` are those of the competencies in use; `cut` is that of all others. `certainty` 0.5 .. 1 is how sure it must
    be that somebody is above or below the cut. Answers older than `months` do not count.
    """

    cut: float = 70.0
    cuts: Mapping[str, float] = field(default_factory=dict)
    certainty: float = 0.8
    months: int = 24

    def cut_of(self, competency: str) -> float:
        """The score at or above which the competency is mastered."""
        return self.cuts.get(competency, self.cut)

    def basis_of(self, competency: str) -> str:
        """All of the yardstick that a score of the competency depends on: one made by another is to be made anew."""
        return f"{self.cut_of(competency):g}/{self.certainty:g}/{self.months}"

    def counts(self, answered_at: datetime, now: datetime) -> bool:
        """Whether an answer is not too old."""
        return counts_until(answered_at, self.months) > now


@dataclass(frozen=True, slots=True)
class Score:
    """What is known of a person in a competency.

    `score`, its standard deviation `sd` and the 90 % interval `low` .. `high` are 0..100, the ability `theta` and its
    standard error `se` logits. `certainty` (0..1) is the probability that the true score is at or above the cut.
    `more`: how many further answers will settle the state; None where it is settled, or they are too many to foretell.
    `holds_until`: when the first answer it rests on becomes too old; at once where a mark of an earlier release
    does not yet say what a guess earns. `calibration_id` None: no question is calibrated.
    """

    score: float
    sd: float
    low: float
    high: float
    theta: float
    se: float
    certainty: float
    questions: int  # distinct questions it rests on, at least one
    state: State
    more: int | None = None
    holds_until: datetime | None = None
    calibration_id: int | None = None

    @property
    def enough(self) -> bool:
        """Whether it rests on enough questions to be shown."""
        return self.questions >= MINIMUM

    @property
    def tint(self) -> int:
        """Its tint, 0 where it is not shown."""
        return tint(self.score) if self.enough else 0


def competency_scores(
    evidence: Iterable[GradedSlot], yardstick: Yardstick, parameters: Mapping[str, ItemParameter], *, now: datetime
) -> dict[str, Score]:
    """Each competency's score over the evidence of one person that counts at `now`; none where none does.

    `parameters` by question, of those that are calibrated.
    """
    given: dict[str, list[tuple[datetime, GradedSlot]]] = defaultdict(list)
    for slot in evidence:
        if slot.competency is not None and slot.answered_at is not None:
            given[slot.competency].append((slot.answered_at, slot))
    scores = {}
    for name, answers in given.items():
        young = answers
        if not yardstick.counts(min(at for at, _ in answers), now):  # else all are young enough
            young = [(at, slot) for at, slot in answers if yardstick.counts(at, now)]
        if young:
            slots = [slot for _, slot in young]
            noted = all(slot.guess is not None for slot in slots)
            until = counts_until(min(at for at, _ in young), yardstick.months) if noted else now
            scores[name] = _score(name, slots, until, yardstick, parameters)
    return scores


@dataclass(frozen=True, slots=True)
class Weighed:
    """An answer behind a score. `weight` (0..100 percent) is its share of what is known of the ability; None where it
    is too old and counts no longer. It counts, or counted, `until` then.
    """

    slot: GradedSlot
    weight: float | None
    until: datetime


def weighed(
    evidence: Iterable[GradedSlot], yardstick: Yardstick, parameters: Mapping[str, ItemParameter], *, now: datetime
) -> list[Weighed]:
    """The evidence of one person in one competency with its weights, in the order given, what is too old included.

    An answer brings the information of its question at the person's ability: one about as difficult as the person is
    able tells most, and one that is easily guessed tells less.
    """
    given = [(slot, slot.answered_at) for slot in evidence if slot.answered_at is not None]
    counted = [_said(slot, parameters) for slot, at in given if yardstick.counts(at, now)]
    theta = posterior(counted, cut=yardstick.cut).theta
    total = fsum(told(each, theta) for each in counted)
    return [
        Weighed(
            slot,
            100 * told(_said(slot, parameters), theta) / total if yardstick.counts(at, now) else None,
            counts_until(at, yardstick.months),
        )
        for slot, at in given
    ]


def tint(score: float) -> int:
    """The tint of a score as it is shown, in whole numbers: 1 (low) .. 4 (high). 0 stands for a score not shown."""
    return 1 + sum(round(score) >= limit for limit in STEPS)


def _score(
    name: str,
    slots: Sequence[GradedSlot],
    until: datetime,
    yardstick: Yardstick,
    parameters: Mapping[str, ItemParameter],
) -> Score:
    cut, count = yardstick.cut_of(name), len(slots)
    found = posterior([_said(slot, parameters) for slot in slots], cut=cut)
    certainty = yardstick.certainty
    used = [parameters[slot.question].calibration_id for slot in slots if slot.question in parameters]
    return Score(
        found.score,
        found.sd,
        found.low,
        found.high,
        found.theta,
        found.se,
        found.certainty,
        count,
        state(found, count, minimum=MINIMUM, certainty=certainty),
        more_answers(found, count, cut=cut, minimum=MINIMUM, certainty=certainty),
        until,
        max(used, default=None),
    )


def _said(slot: GradedSlot, parameters: Mapping[str, ItemParameter]) -> Evidence:
    """An answer with what is known of its question. One without a mark never stands among evidence."""
    fraction, known = slot.fraction or 0.0, parameters.get(slot.question)
    if known is not None:
        return Evidence(fraction, known.a, known.b, known.sd_b, known.guess)
    prior = DIFFICULTIES.get(slot.difficulty, DIFFICULTIES[None])
    return Evidence(fraction, 1.0, prior.b, prior.sd, slot.guess or 0.0)
