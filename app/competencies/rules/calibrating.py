"""What a calibration found, as it is kept and told. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from app.competencies.rules.scores import ItemParameter, Score
from app.psychometrics.posterior import State

NO_SCORE: Final = "none"  # in place of a state: there is no score


@dataclass(frozen=True, slots=True)
class CalibratedItem:
    """A question as the calibration found it. `before_b` and `before_sd` are what was held of its difficulty till then:
    by an earlier calibration, or by the author's word (`difficulty`; None: not said). All but `answers` in logits.

    `infit` and `outfit` are mean squares, about 1 where answers are as the model expects; `verdict` says in a word what
    they show (fit.Verdict). None where there is nothing to compare. `guess` (0..1) is what a blind guess at it was
    taken to earn; 0 in calibrations of earlier releases, which knew no guessing.
    """

    question: str  # its address
    competency: str
    answers: int
    difficulty: str | None
    before_b: float
    before_sd: float
    a: float
    b: float
    sd_b: float
    infit: float | None
    outfit: float | None
    verdict: str | None
    guess: float = 0.0

    @property
    def moved(self) -> float:
        """By how much its difficulty rose."""
        return self.b - self.before_b


@dataclass(frozen=True, slots=True)
class CompetencyFit:
    """How the questions of one competency were estimated: people, items and answers are counts. `ability` is how able
    the people are on the average (logits), on the scale of the authors' difficulties.
    """

    competency: str
    people: int
    ability: float
    items: int
    answers: int
    log_likelihood: float
    iterations: int
    converged: bool


@dataclass(frozen=True, slots=True)
class StateMove:
    """How many people's state in a competency changes from `before` to `after`: a State, or NO_SCORE."""

    competency: str
    before: str
    after: str
    people: int


@dataclass(frozen=True, slots=True)
class Report:
    """A calibration with its fit and what it moves. `people` whose evidence it rests on; `people_moved` are those with
    a state that changes in one competency or more.
    """

    model: str  # rasch | 2pl
    people: int
    competencies: tuple[CompetencyFit, ...]
    items: tuple[CalibratedItem, ...]
    left_out: tuple[str, ...]  # questions whose answers do not determine anything
    states: tuple[StateMove, ...] = ()
    people_moved: int = 0

    @property
    def log_likelihood(self) -> float:
        """Of all competencies together."""
        return sum(each.log_likelihood for each in self.competencies)

    def parameters(self, calibration_id: int) -> dict[str, ItemParameter]:
        """By question, as scores use them."""
        return {
            each.question: ItemParameter(each.a, each.b, each.sd_b, calibration_id, each.guess) for each in self.items
        }

    def most_moved(self, count: int) -> list[CalibratedItem]:
        """The questions whose difficulty moved most, the largest move first."""
        return sorted(self.items, key=lambda each: (-abs(each.moved), each.question))[:count]

    def as_json(self) -> dict[str, Any]:
        """What is kept of it beside its model, people and likelihood."""
        whole = asdict(self)
        return {name: whole[name] for name in ("competencies", "items", "left_out", "states", "people_moved")}


def report_of(model: str, people: int, kept: Mapping[str, Any]) -> Report:
    """The report that `as_json` kept."""
    return Report(
        model,
        people,
        tuple(CompetencyFit(**each) for each in kept["competencies"]),
        tuple(CalibratedItem(**each) for each in kept["items"]),
        tuple(kept["left_out"]),
        tuple(StateMove(**each) for each in kept["states"]),
        kept["people_moved"],
    )


def moves_between(before: Mapping[str, State], after: Mapping[str, Score]) -> list[tuple[str, str, str]]:
    """Of one person: each competency whose state changes, with the state before and after."""
    names = sorted(before.keys() | after.keys())
    states = [(name, before.get(name, NO_SCORE), after[name].state if name in after else NO_SCORE) for name in names]
    return [(name, str(old), str(new)) for name, old, new in states if old != new]


def state_moves(moves: Iterable[Sequence[tuple[str, str, str]]]) -> tuple[tuple[StateMove, ...], int]:
    """The moves of all people counted, and how many people have any."""
    of_people = [each for each in moves if each]
    counted = Counter(move for each in of_people for move in each)
    return tuple(StateMove(*move, people) for move, people in sorted(counted.items())), len(of_people)
