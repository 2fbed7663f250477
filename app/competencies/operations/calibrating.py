"""Calibrate the questions by everybody's evidence. Needs numpy: only the command loads it.

Each competency is an ability of its own, so its questions are calibrated by themselves. What the author said of a
question is its prior: one that few answered stays near it.

The model takes people to be spread N(0, 1) around 0. Left so, a score would say how somebody stands among those who
happened to answer, and half of them would be below 50 however able they all are. So the scale stays the authors': all
difficulties are moved together by one shift until they agree with the authors' on the average. What is learned is which
questions are harder than which, and how sharply each tells people apart.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import fsum
from typing import Final, Literal

import numpy as np
from sqlalchemy import bindparam, delete, insert

from app.competencies.models import Calibration, ItemParameterRow
from app.competencies.queries.evidence import PersonEvidence, everybodys_evidence
from app.competencies.queries.yardstick import yardstick_now
from app.competencies.rules import GradedSlot, ItemParameter, competency_scores
from app.competencies.rules.calibrating import (
    CalibratedItem,
    CompetencyFit,
    Report,
    moves_between,
    state_moves,
)
from app.db import begin_write, db, put_all
from app.psychometrics.calibration import calibrate as estimate
from app.psychometrics.fit import item_fit
from app.psychometrics.models import Calibration as Estimates
from app.psychometrics.models import ItemPriors
from app.psychometrics.posterior import DIFFICULTIES, Prior
from app.psychometrics.responses import Responses

Tell = Callable[[str, int, float], None]  # the competency, the step, the log-likelihood
Model = Literal["rasch", "2pl"]

SPREAD: Final = 1.16  # a share of right answers spread over abilities lies nearer to a half than that of one ability

_PARAMETER: Final = ItemParameterRow.__table__
_KEEP: Final = insert(Calibration.__table__).returning(Calibration.__table__.c.id)
_FORGET_OTHERS: Final = delete(_PARAMETER).where(_PARAMETER.c.calibration_id != bindparam("newest"))


@dataclass(slots=True)
class _Answers:
    """All answers of one competency: person, question and fraction of each, side by side."""

    people: array[int] = field(default_factory=lambda: array("q"))
    items: array[int] = field(default_factory=lambda: array("q"))
    fractions: array[float] = field(default_factory=lambda: array("d"))


@dataclass(slots=True)
class _Gathered:
    """Everybody's evidence by competency, and what is held of each question."""

    number: dict[str, int] = field(default_factory=dict)  # question -> its number, in the order met
    said: dict[str, tuple[int, str | None]] = field(default_factory=dict)  # question -> revision, its newest difficulty
    held: dict[str, ItemParameter] = field(default_factory=dict)
    answers: dict[str, _Answers] = field(default_factory=lambda: defaultdict(_Answers))

    def take(self, slot: GradedSlot, person_id: int) -> None:
        if slot.competency is None or slot.fraction is None:
            return
        into = self.answers[slot.competency]
        into.people.append(person_id)
        into.items.append(self.number.setdefault(slot.question, len(self.number)))
        into.fractions.append(min(1.0, max(0.0, slot.fraction)))
        self.said[slot.question] = max(
            self.said.get(slot.question, (0, None)), (slot.revision_id, slot.difficulty), key=lambda each: each[0]
        )


def plan_calibration(model: Model, *, now: datetime, tell: Tell) -> Report:
    """What calibrating the questions now comes to, and whose states it would change. Stores nothing."""
    yardstick = yardstick_now()
    gathered, people = _gathered(everybodys_evidence(yardstick, now))
    report = _estimated(gathered, model, people, tell)
    parameters = report.parameters(0)
    moves = (
        moves_between(each.states, competency_scores(each.evidence, yardstick, parameters, now=now))
        for each in everybodys_evidence(yardstick, now)
    )
    states, people_moved = state_moves(moves)
    return replace(report, states=states, people_moved=people_moved)


def store_calibration(report: Report, *, now: datetime) -> int:
    """Put what was planned in force for every score made from now on; the calibration's id. Commits.

    Scores made before stay as they are until `rebuild` makes them anew.
    """
    begin_write()
    row = {
        "made_at": now,
        "model": report.model,
        "people": report.people,
        "items": len(report.items),
        "log_likelihood": report.log_likelihood,
        "report": report.as_json(),
    }
    newest = db.session.execute(_KEEP, row).scalar_one()
    rows = [
        {"question": each.question, "a": each.a, "b": each.b, "sd_b": each.sd_b, "calibration_id": newest}
        for each in sorted(report.items, key=lambda each: each.question)
    ]
    put_all(_PARAMETER, rows)
    db.session.execute(_FORGET_OTHERS, {"newest": newest})
    db.session.commit()
    return int(newest)


def _gathered(everybody: Iterable[PersonEvidence]) -> tuple[_Gathered, int]:
    gathered, people = _Gathered(), 0
    for each in everybody:
        for slot in each.evidence:
            gathered.take(slot, each.person_id)
        gathered.held.update(each.parameters)
        people += bool(each.evidence)
    return gathered, people


def _estimated(gathered: _Gathered, model: Model, people: int, tell: Tell) -> Report:
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


def _homes(gathered: _Gathered) -> list[str]:
    """The competency of each question, in their order: the one it was answered most under, where revisions differ."""
    most: list[tuple[int, str]] = [(0, "")] * len(gathered.number)
    for competency, answers in sorted(gathered.answers.items()):
        for number, count in Counter(answers.items).items():
            most[number] = max(most[number], (count, competency))
    return [competency for _, competency in most]


def _of_competency(
    gathered: _Gathered, competency: str, names: Sequence[str], how: tuple[Model, Tell]
) -> tuple[CompetencyFit, list[CalibratedItem], list[str]]:
    model, tell = how
    responses, people = _responses(gathered, competency, names)
    said = [gathered.said[name][1] for name in names]
    authors = [DIFFICULTIES.get(each, DIFFICULTIES[None]) for each in said]
    shift, found = _on_the_authors_scale(responses, authors, model, lambda step, height: tell(competency, step, height))
    fits = item_fit(responses, found.items)
    items, left_out = [], []
    for name, difficulty, author, item, fit in zip(names, said, authors, found.items, fits, strict=True):
        if item.a is None or item.b is None or item.se_b is None or fit is None:
            left_out.append(name)
            continue
        held = gathered.held.get(name)
        before = (held.b, held.sd_b) if held else (author.b, author.sd)
        curve = (item.a, item.b + shift, item.se_b)
        fitting = (fit.infit, fit.outfit, str(fit.verdict))
        items.append(CalibratedItem(name, competency, fit.answers, difficulty, *before, *curve, *fitting))
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
    responses: Responses, authors: Sequence[Prior], model: Model, progress: Callable[[int, float], None]
) -> tuple[float, Estimates]:
    """The questions estimated with people around 0, and the shift (logits) that leads from there to the authors' scale:
    how able the people are on it, on the average.
    """
    asked, earned = responses.totals()
    share = (earned.sum() + 0.5) / (asked.sum() + 1)
    said = np.array([each.b for each in authors])
    shift = float(np.average(said, weights=asked) + SPREAD * np.log(share / (1 - share)))
    for _ in range(2):  # the first finds the shift, the second the questions with priors that agree with it
        prior = ItemPriors([each.b - shift for each in authors], [each.sd for each in authors])
        found = estimate(responses, model, prior, progress)
        shift = _agreeing(found, authors, shift)
    return shift, found


def _agreeing(found: Estimates, authors: Sequence[Prior], otherwise: float) -> float:
    """By how much the difficulties must rise to agree with the authors' on the average, the surest counting most."""
    pairs = [
        (prior.b - item.b, 1 / (prior.sd**2 + item.se_b**2))
        for prior, item in zip(authors, found.items, strict=True)
        if item.b is not None and item.se_b is not None
    ]
    return fsum(rise * sure for rise, sure in pairs) / fsum(sure for _, sure in pairs) if pairs else otherwise


def _responses(gathered: _Gathered, competency: str, names: Sequence[str]) -> tuple[Responses, int]:
    """The answers under a competency to these questions, and how many people gave them."""
    answers = gathered.answers[competency]
    people, items = np.frombuffer(answers.people, dtype=np.int64), np.frombuffer(answers.items, dtype=np.int64)
    columns = np.array([gathered.number[name] for name in names])  # rising: questions are numbered as they are met
    kept = np.isin(items, columns)
    known, rows = np.unique(people[kept], return_inverse=True)
    fractions = np.frombuffer(answers.fractions, dtype=np.float64)[kept]
    shape = (len(known), len(names))
    return Responses.of_answers(rows, np.searchsorted(columns, items[kept]), fractions, shape), len(known)
