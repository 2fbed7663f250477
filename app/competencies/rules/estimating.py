"""What everybody's evidence says of the questions. Pure; needs numpy: only the calibrating command loads it.

Each competency is an ability of its own, so its questions are calibrated by themselves. What the author said of a
question is its prior: one that few answered stays near it.

The model takes people to be spread N(0, 1) around 0. Left so, a score would say how somebody stands among those who
happened to answer, and half of them would be below 50 however able they all are. So the scale stays the authors': all
difficulties are moved together by one shift until they agree with the authors' on the average. What is learned is which
questions are harder than which, and how sharply each tells people apart.

What a guess at a question earns is known from the question and not estimated. Its curve is that of people of whom half
guess where they do not know (GUESSING), as scores count it.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import Final, Literal, NamedTuple

import numpy as np

from app.competencies.rules.calibrating import CalibratedItem, CompetencyFit, Report
from app.competencies.rules.evidence import GradedSlot
from app.competencies.rules.scores import ItemParameter
from app.psychometrics.calibration import calibrate
from app.psychometrics.fit import item_fit
from app.psychometrics.models import Calibration, ItemPriors
from app.psychometrics.posterior import DIFFICULTIES, GUESSING, Prior
from app.psychometrics.responses import Responses

Tell = Callable[[str, int, float], None]  # the competency, the step, the log-likelihood
Model = Literal["rasch", "2pl"]
SPREAD: Final = 1.16  # a share of right answers spread over abilities lies nearer to a half than that of one ability


class _Said(NamedTuple):
    """What the newest revision that was answered says of a question; `guess` is what a blind guess at it earns."""

    revision_id: int
    difficulty: str | None
    guess: float

    @property
    def prior(self) -> Prior:
        """The author's word."""
        return DIFFICULTIES.get(self.difficulty, DIFFICULTIES[None])


@dataclass(slots=True)
class _Answers:
    """All answers of one competency: person, question and fraction of each, side by side."""

    people: array[int] = field(default_factory=lambda: array("q"))
    items: array[int] = field(default_factory=lambda: array("q"))
    fractions: array[float] = field(default_factory=lambda: array("d"))


@dataclass(slots=True)
class Gathered:
    """Everybody's evidence by competency, and what is held of each question."""

    number: dict[str, int] = field(default_factory=dict)  # question -> its number, in the order met
    said: dict[str, _Said] = field(default_factory=dict)  # by question
    held: dict[str, ItemParameter] = field(default_factory=dict)
    answers: dict[str, _Answers] = field(default_factory=lambda: defaultdict(_Answers))

    def take(self, slot: GradedSlot, person_id: int) -> None:
        """Take one answer of somebody's evidence."""
        if slot.competency is None or slot.fraction is None:
            return
        into = self.answers[slot.competency]
        into.people.append(person_id)
        into.items.append(self.number.setdefault(slot.question, len(self.number)))
        into.fractions.append(min(1.0, max(0.0, slot.fraction)))
        said = _Said(slot.revision_id, slot.difficulty, slot.guess or 0.0)
        self.said[slot.question] = max(self.said.get(slot.question, said), said, key=lambda each: each.revision_id)


def estimated(gathered: Gathered, model: Model, people: int, tell: Tell) -> Report:
    """The questions as these answers of so many `people` show them; nothing yet of whose states move."""
    by_competency: dict[str, list[str]] = defaultdict(list)
    for name, competency in zip(gathered.number, _homes(gathered), strict=True):
        by_competency[competency].append(name)
    fits, items, left_out = [], [], []
    for competency, names in sorted(by_competency.items()):
        fit, found, missing = _of_competency(gathered, competency, names, (model, tell))
        fits.append(fit)
        items += found
        left_out += missing
    return Report(model, people, tuple(fits), tuple(items), tuple(left_out))


def _homes(gathered: Gathered) -> list[str]:
    """The competency of each question, in their order: the one it was answered most under, where revisions differ."""
    most: list[tuple[int, str]] = [(0, "")] * len(gathered.number)
    for competency, answers in sorted(gathered.answers.items()):
        for number, count in Counter(answers.items).items():
            most[number] = max(most[number], (count, competency))
    return [competency for _, competency in most]


def _of_competency(
    gathered: Gathered, competency: str, names: Sequence[str], how: tuple[Model, Tell]
) -> tuple[CompetencyFit, list[CalibratedItem], list[str]]:
    model, tell = how
    responses, people = _responses(gathered, competency, names)
    said = [gathered.said[name] for name in names]
    shift, found = _on_the_authors_scale(responses, said, model, lambda step, height: tell(competency, step, height))
    fits = item_fit(responses, found.items)
    items, left_out = [], []
    for name, author, item, fit in zip(names, said, found.items, fits, strict=True):
        if item.a is None or item.b is None or item.se_b is None or fit is None:
            left_out.append(name)
            continue
        held = gathered.held.get(name)
        before_b, before_sd = (held.b, held.sd_b) if held else (author.prior.b, author.prior.sd)
        items.append(CalibratedItem(
            name, competency, fit.answers, author.difficulty, before_b=before_b, before_sd=before_sd,
            a=item.a, b=item.b + shift, sd_b=item.se_b, infit=fit.infit, outfit=fit.outfit, verdict=str(fit.verdict),
            guess=author.guess,
        ))  # fmt: skip
    told = (
        shift,
        len(items),
        sum(each.answers for each in items),
        found.log_likelihood,
        found.iterations,
        found.converged,
    )
    return CompetencyFit(competency, people, *told), items, left_out


def _on_the_authors_scale(
    responses: Responses, said: Sequence[_Said], model: Model, progress: Callable[[int, float], None]
) -> tuple[float, Calibration]:
    """The questions estimated with people around 0, and the shift (logits) that leads from there to the authors' scale:
    how able the people are on it, on the average.
    """
    asked, earned = responses.totals()
    authors, guess = [each.prior for each in said], [GUESSING * each.guess for each in said]
    guessed = float(np.average(guess, weights=asked))
    share = max(((earned.sum() + 0.5) / (asked.sum() + 1) - guessed) / (1 - guessed), 0.5 / (asked.sum() + 1))
    shift = float(np.average([each.b for each in authors], weights=asked) + SPREAD * np.log(share / (1 - share)))
    for _ in range(2):  # the first finds the shift, the second the questions with priors that agree with it
        prior = ItemPriors([each.b - shift for each in authors], [each.sd for each in authors], guess=guess)
        found = calibrate(responses, model, prior, progress)
        shift = _agreeing(found, authors, shift)
    return shift, found


def _agreeing(found: Calibration, authors: Sequence[Prior], otherwise: float) -> float:
    """By how much the difficulties must rise to agree with the authors' on the average, the surest counting most."""
    pairs = [
        (prior.b - item.b, 1 / (prior.sd**2 + item.se_b**2))
        for prior, item in zip(authors, found.items, strict=True)
        if item.b is not None and item.se_b is not None
    ]
    return fsum(rise * sure for rise, sure in pairs) / fsum(sure for _, sure in pairs) if pairs else otherwise


def _responses(gathered: Gathered, competency: str, names: Sequence[str]) -> tuple[Responses, int]:
    """The answers under a competency to these questions, and how many people gave them."""
    answers = gathered.answers[competency]
    people, items = np.frombuffer(answers.people, dtype=np.int64), np.frombuffer(answers.items, dtype=np.int64)
    columns = np.array([gathered.number[name] for name in names])  # rising: questions are numbered as they are met
    kept = np.isin(items, columns)
    known, rows = np.unique(people[kept], return_inverse=True)
    fractions = np.frombuffer(answers.fractions, dtype=np.float64)[kept]
    shape = (len(known), len(names))
    return Responses.of_answers(rows, np.searchsorted(columns, items[kept]), fractions, shape), len(known)
