"""Calibrate the questions by everybody's evidence. Needs numpy: only the command loads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, insert

from app.competencies.models import Calibration, ItemParameterRow
from app.competencies.queries.evidence import PersonEvidence, everybodys_evidence
from app.competencies.queries.yardstick import yardstick_now
from app.competencies.rules import competency_scores
from app.competencies.rules.calibrating import Report, moves_between, state_moves
from app.competencies.rules.estimating import Gathered, Model, Tell, estimated
from app.db import begin_write, db, put_all

_PARAMETER: Final = ItemParameterRow.__table__
_KEEP: Final = insert(Calibration.__table__).returning(Calibration.__table__.c.id)
_FORGET_OTHERS: Final = delete(_PARAMETER).where(_PARAMETER.c.calibration_id != bindparam("newest"))


def plan_calibration(model: Model, *, now: datetime, tell: Tell) -> Report:
    """What calibrating the questions now comes to, and whose states it would change. Stores nothing."""
    yardstick = yardstick_now()
    gathered, people = _gathered(everybodys_evidence(yardstick, now))
    report = estimated(gathered, model, people, tell)
    parameters = report.parameters(0)
    moves = (
        moves_between(each.states, competency_scores(each.evidence, yardstick, parameters, now=now))
        for each in everybodys_evidence(yardstick, now)
    )
    states, people_moved = state_moves(moves)
    return replace(report, states=states, people_moved=people_moved)


def store_calibration(report: Report, *, now: datetime) -> int:
    """Put what was planned in force for every score made from now on; the calibration's id. Commits.

    Scores made before `now` are due: `rebuild` makes them anew, or where it is interrupted the chores.
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
        {
            "question": each.question, "a": each.a, "b": each.b, "sd_b": each.sd_b, "guess": each.guess,
            "calibration_id": newest,
        }
        for each in sorted(report.items, key=lambda each: each.question)
    ]  # fmt: skip
    put_all(_PARAMETER, rows)
    db.session.execute(_FORGET_OTHERS, {"newest": newest})
    db.session.commit()
    return int(newest)


def _gathered(everybody: Iterable[PersonEvidence]) -> tuple[Gathered, int]:
    gathered, people = Gathered(), 0
    for each in everybody:
        for slot in each.evidence:
            gathered.take(slot, each.person_id)
        gathered.held.update(each.parameters)
        people += bool(each.evidence)
    return gathered, people
