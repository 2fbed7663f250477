"""Made-up people whose true ability is known: how often the interval holds it, and what is said of them.

`python -m tests.psychometrics.simulation` prints the tables of docs/scores.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from math import exp
from random import Random
from typing import Final

from app.competencies.rules import GradedSlot
from app.psychometrics.curves import Evidence
from app.psychometrics.posterior import DIFFICULTIES, Posterior, State, posterior, state

CUT: Final = 70.0
MINIMUM: Final = 5
CERTAINTY: Final = 0.8
COUNTS: Final = (5, 8, 14, 20, 40)
TOLD: Final = (5, 14, 40)  # of these the states are told
FOUR: Final = (0.25,)  # what a blind guess earns: single choice of four options,
TRUE_FALSE: Final = (0.5,)
MIXED: Final = (0.5, 0.25, 0.2, 0.0)  # or a quiz of several kinds
PILOT: Final = 1000  # people by whose answers a bank is calibrated,
PILOT_ANSWERS: Final = 40  # so many each
WHEN: Final = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Question:
    """As it truly is (`b`, `a`), what is believed of it, and what a blind guess earns, which is known."""

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


def authored(error: float = 0.7, *, slopes: float = 0.0, guess: Sequence[float] = (0.0,)) -> Draw:
    """Questions known by their author's word alone, which errs by N(0, `error`) logits."""

    def draw(random: Random) -> Question:
        said = DIFFICULTIES[random.choice(("easy", "medium", "hard"))]
        b, a = random.gauss(said.b, error), exp(random.gauss(0, slopes))
        return Question(b=b, believed_b=said.b, believed_sd=said.sd, a=a, guess=random.choice(guess))

    return draw


@cache
def piloted(guess: tuple[float, ...], guessers: float) -> Draw:
    """Questions calibrated (2pl) as `competencies calibrate` does it, by answers of people of whom this share guess: a
    bank of 120, of which the author said how difficult they are.
    """
    from app.competencies.rules.estimating import Gathered, estimated

    random, gathered, word = Random(5), Gathered(), {prior.b: name for name, prior in DIFFICULTIES.items() if name}
    bank = {str(number): authored(slopes=0.3, guess=guess)(random) for number in range(120)}
    for person in range(PILOT):
        theta, guesses = random.gauss(0, 1), random.random() < guessers
        for name in random.sample(sorted(bank), PILOT_ANSWERS):
            each = bank[name]
            fraction = answer(theta, each, random, guesses=guesses).fraction
            said = word[each.believed_b]
            gathered.take(GradedSlot(name, "X", fraction, WHEN, None, 1, 1, 1, said, each.guess), person)
    report = estimated(gathered, "2pl", PILOT, lambda *_: None)
    found = [
        replace(bank[item.question], believed_b=item.b, believed_sd=item.sd_b, believed_a=item.a)
        for item in report.items
    ]
    return lambda random: random.choice(found)


def answer(theta: float, question: Question, random: Random, *, guesses: bool) -> Evidence:
    """One answer of a person of this ability, who guesses where they do not know or is wrong there."""
    right = random.random() < 1 / (1 + exp(-question.a * (theta - question.b)))
    lucky = random.random() < question.guess and guesses
    return Evidence(
        float(right or lucky), question.believed_a, question.believed_b, question.believed_sd, question.guess
    )


@dataclass(frozen=True)
class World:
    """What people are asked, and which share of them guess."""

    draw: Draw
    guessers: float = 0.0


def people(world: World, answers: int, count: int, seed: int) -> Iterator[tuple[float, Posterior]]:
    """The true score of each person (ability drawn from the prior), and what their answers say."""
    random = Random(seed)
    for _ in range(count):
        theta, guesses = random.gauss(0, 1), random.random() < world.guessers
        evidence = [answer(theta, world.draw(random), random, guesses=guesses) for _ in range(answers)]
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


def tally(world: World, answers: int, *, count: int, seed: int = 1) -> Tally:
    """So many made-up people, each with so many answers."""
    found = Tally()
    for true, each in people(world, answers, count, seed):
        found.add(true, each, answers)
    return found


def scenes() -> Iterator[tuple[str, World]]:
    """What is tried, each with a name."""
    yield "calibrated, parameters known", World(calibrated())
    yield "calibrated, difficulty known to 0.2", World(calibrated(0.2))
    yield "author's word, errs by 0.7 as assumed", World(authored(0.7))
    yield "author's word, errs by 1.0", World(authored(1.0))
    yield "author errs by 0.7, slopes vary (log-normal 0.3)", World(authored(0.7, slopes=0.3))
    for guess, kind in ((FOUR, "four options"), (TRUE_FALSE, "true or false"), (MIXED, "mixed kinds")):
        for guessers, who in ((0.0, "nobody guesses"), (0.5, "half guess"), (1.0, "all guess")):
            yield f"{kind}, {who}: author's word", World(authored(0.7, guess=guess), guessers)
            if guess is FOUR:
                yield f"{kind}, {who}: calibrated by {PILOT:,} people", World(piloted(guess, guessers), guessers)


def main(count: int = 4000) -> None:
    """Print both tables, as they stand in the documentation."""
    found = {name: {each: tally(world, each, count=count) for each in COUNTS} for name, world in scenes()}
    _print_row("questions", *(f"{answers} answers" for answers in COUNTS))
    _print_row(*["---"] * (1 + len(COUNTS)))
    for name, row in found.items():
        cells = (f"{t.coverage:.1f} % ({t.error / t.people:+.1f}, {t.width / t.people:.0f})" for t in row.values())
        _print_row(name, *cells)
    print()
    _print_row("questions", "answers", "Menguasai", "wrongly", "Perlu penguatan", "wrongly", "below, yet Menguasai")
    _print_row(*["---"] * 7)
    for name, row in found.items():
        for answers, t in ((each, row[each]) for each in TOLD):
            shares = (
                (t.mastered, t.people),
                (t.mastered_below, t.mastered),
                (t.support, t.people),
                (t.support_above, t.support),
                (t.mastered_below, t.below),
            )
            cells = (f"{100 * part / whole:.1f} %" if whole else "-" for part, whole in shares)
            _print_row(name, str(answers), *cells)


def _print_row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
