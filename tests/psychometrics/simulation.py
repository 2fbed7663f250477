"""Made-up people whose true ability is known: how often the interval holds it, and what is said of them.

`python -m tests.psychometrics.simulation` prints the tables of docs/scores.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from random import Random
from typing import Final

from app.psychometrics.posterior import DIFFICULTIES, Evidence, Posterior, State, posterior, state

CUT: Final = 70.0
MINIMUM: Final = 5
CERTAINTY: Final = 0.8
COUNTS: Final = (5, 8, 14, 20, 40)


@dataclass(frozen=True)
class Question:
    """As it truly is (`b`, `a`, chance of a lucky guess), and what is believed of it."""

    b: float
    believed_b: float
    believed_sd: float
    a: float = 1.0
    believed_a: float = 1.0
    guess: float = 0.0


Draw = Callable[[Random], Question]


def calibrated(sd: float = 0.0) -> Draw:
    """Questions of known slope whose difficulty is known but for an error of `sd`; from a bank of 300."""
    chance = Random(20_261_123)
    bank = []
    for _ in range(300):
        b, a = chance.gauss(0, 1), exp(chance.gauss(0, 0.3))
        bank.append(Question(b=b, believed_b=b + chance.gauss(0, sd), believed_sd=sd, a=a, believed_a=a))
    return lambda random: random.choice(bank)


def authored(error: float = 0.7, *, slopes: float = 0.0, guess: float = 0.0) -> Draw:
    """Questions known by their author's word alone, which errs by N(0, `error`) logits."""

    def draw(random: Random) -> Question:
        said = DIFFICULTIES[random.choice(("easy", "medium", "hard"))]
        b, a = random.gauss(said.b, error), exp(random.gauss(0, slopes))
        return Question(b=b, believed_b=said.b, believed_sd=said.sd, a=a, guess=guess)

    return draw


def answer(theta: float, question: Question, random: Random) -> Evidence:
    """One answer of a person of this ability."""
    knows = 1 / (1 + exp(-question.a * (theta - question.b)))
    right = random.random() < question.guess + (1 - question.guess) * knows
    return Evidence(float(right), question.believed_a, question.believed_b, question.believed_sd)


def people(draw: Draw, answers: int, count: int, seed: int) -> Iterator[tuple[float, Posterior]]:
    """The true score of each person (ability drawn from the prior), and what their answers say."""
    random = Random(seed)
    for _ in range(count):
        theta = random.gauss(0, 1)
        evidence = [answer(theta, draw(random), random) for _ in range(answers)]
        yield 100 / (1 + exp(-theta)), posterior(evidence, cut=CUT)


@dataclass
class Tally:
    """What came of it, in people."""

    people: int = 0
    held: int = 0  # the interval holds the true score
    below: int = 0  # truly below the cut
    mastered: int = 0
    mastered_below: int = 0  # said to have mastered it, and truly below
    support: int = 0
    support_above: int = 0
    error: float = 0.0  # the sum of score - true score
    width: float = 0.0  # the sum of the intervals' widths

    def add(self, true: float, found: Posterior, answers: int) -> None:
        """Count one person."""
        said, below = state(found, answers, minimum=MINIMUM, certainty=CERTAINTY), true < CUT
        self.people += 1
        self.held += found.low <= true <= found.high
        self.below += below
        self.mastered += said is State.MASTERED
        self.mastered_below += said is State.MASTERED and below
        self.support += said is State.NEEDS_SUPPORT
        self.support_above += said is State.NEEDS_SUPPORT and not below
        self.error += found.score - true
        self.width += found.high - found.low

    @property
    def coverage(self) -> float:
        """Percent of the people whose true score the interval holds."""
        return 100 * self.held / self.people


def tally(draw: Draw, answers: int, *, count: int, seed: int = 1) -> Tally:
    """So many made-up people, each with so many answers."""
    found = Tally()
    for true, each in people(draw, answers, count, seed):
        found.add(true, each, answers)
    return found


SCENES: Final = (
    ("calibrated, parameters known", calibrated()),
    ("calibrated, difficulty known to 0.2", calibrated(0.2)),
    ("author's word, errs by 0.7 as assumed", authored(0.7)),
    ("author's word, errs by 1.0", authored(1.0)),
    ("author errs by 0.7, slopes vary (log-normal 0.3)", authored(0.7, slopes=0.3)),
    ("author errs by 0.7, one in four is guessed", authored(0.7, guess=0.25)),
)


def main(count: int = 4000) -> None:
    """Print both tables, as they stand in the documentation."""
    found = {name: [tally(draw, each, count=count) for each in COUNTS] for name, draw in SCENES}
    _print_row("questions", *(f"{answers} answers" for answers in COUNTS))
    _print_row(*["---"] * (1 + len(COUNTS)))
    for name, row in found.items():
        _print_row(name, *(f"{t.coverage:.1f} % ({t.error / t.people:+.1f}, {t.width / t.people:.0f})" for t in row))
    print()
    _print_row("questions", "answers", "Menguasai", "wrongly", "Perlu penguatan", "wrongly", "below, yet Menguasai")
    _print_row(*["---"] * 7)
    for name, row in found.items():
        for answers, t in zip(COUNTS, row, strict=True):
            shares = (
                (t.mastered, t.people),
                (t.mastered_below, t.mastered),
                (t.support, t.people),
                (t.support_above, t.support),
                (t.mastered_below, t.below),
            )
            _print_row(name, str(answers), *(f"{100 * part / whole:.1f} %" for part, whole in shares))


def _print_row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
