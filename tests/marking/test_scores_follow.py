"""Whatever happens to somebody's work and to the person, by its own operations: staff read what the answers say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select

from app.competencies.operations import rebuild, refold_due
from app.competencies.operations.calibrating import plan_calibration, store_calibration
from app.competencies.queries.facts import Facts, facts_of_many
from app.competencies.queries.yardstick import yardstick_now
from app.competencies.rules import competency_scores, evidence_of
from app.db import db
from app.errors import Refusal
from app.marking.models import RegradeRow
from app.marking.operations.changing import change_attempt
from app.marking.operations.finishing import close_overdue, finish_attempt
from app.marking.operations.granting import grant_override, withdraw_override
from app.marking.operations.regrading import undo_regrade
from app.marking.rules.decisions import Decision
from app.people.operations import add_organisation, deactivate, reactivate, set_organisation
from app.people.permissions import Scope
from app.people.rules.organisations import OrganisationKind
from app.quizzes.events import events_of
from app.quizzes.granting import Whom
from app.quizzes.models import Attempt
from app.quizzes.operations import answer_question
from app.quizzes.queries import slots_of
from app.quizzes.rules.changes import Change, ChangeKind
from app.quizzes.rules.limits import Grant
from tests.competencies.histories import folded_scores, stored_scores
from tests.competencies.test_counting import fold, kept
from tests.ground.cast import Cast
from tests.marking.regrades import HARD, PASSWORD, correct_key, regrade, wanted
from tests.quizzes.cast import begin, give, posted, sample_quiz, sheet
from tests.quizzes.content import minute

QUIZZES = ("latihan", "tes", "ujian")
SEED = 4  # a life in which each step that forgot the scores or the sums was found out


@dataclass
class Life:
    """What happens to one learner and to the quizzes, step by step; what comes next is drawn."""

    person_id: int
    trainer: Scope
    folder: Path
    places: Sequence[int]
    chance: Random
    at: float = 0.0  # minutes
    corrected: int = 0  # the revision with the corrected key; 0: not yet
    told: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return minute(self.at)

    def attempts(self, *states: str) -> list[int]:
        db.session.rollback()
        found = select(Attempt.id).where(Attempt.person_id == self.person_id).order_by(Attempt.id)
        return list(db.session.scalars(found.where(Attempt.state.in_(states)) if states else found))

    def step(self, what: Callable[[], None] | None = None) -> None:
        """Do this, or else what chance says, some minutes later."""
        self.at += self.chance.choice([0, 0.5, 1, 3])
        what = what or self.chance.choice([self.work] * 12 + [self.hand_in] * 4 + [self.change] * 5 + self.rare)
        self.told.append(f"{self.at} {what.__name__}")
        try:
            what()
        except Refusal as refused:
            db.session.rollback()
            self.told[-1] += f", refused: {type(refused).__name__}"

    @property
    def rare(self) -> list[Callable[[], None]]:
        steps = [self.grant, self.close, self.hand_in, self.correct, self.decide, self.undo]
        return [*steps, self.move, self.calibrate, self.age]

    def work(self) -> None:
        quiz = self.chance.choice(QUIZZES)
        work = begin(self.person_id, quiz, self.now)
        slot = self.chance.randrange(len(work.places)) + 1
        state = slots_of(work)[slot - 1]
        self.told[-1] += f" {quiz} {work.id}/{slot} {work.place(slot).question}"
        if state.final and self.chance.random() < 0.5:
            again = posted({}, shown=state.seq, wanted="redo")
            answer_question(work.id, slot, again, within=Scope(self.person_id), now=self.now)
            return
        give(work, slot, right=self.chance.random() < 0.5, now=self.now, check=self.chance.random() < 0.4)

    def hand_in(self) -> None:
        for each in self.attempts("in_progress", "overdue")[:1]:
            finish_attempt(each, within=Scope(self.person_id), now=self.now)

    def change(self) -> None:
        if there := self.attempts():
            attempt = self.chance.choice(there)
            kind = self.chance.choice([ChangeKind.DELETED, ChangeKind.RESTORED, ChangeKind.REOPENED])
            found = sheet(attempt, self.person_id)
            seq = len(events_of(attempt))
            self.told[-1] += f" {kind} {attempt}"
            sent = Change(kind, self.trainer.person_id, "sebab", seq, found.state_at(self.now), 5)
            change_attempt(attempt, sent, within=self.trainer, now=self.now)

    def decide(self) -> None:
        decision = self.chance.choice(list(Decision))
        self.told[-1] += f" {decision}"
        regrade(wanted(None, {self.chance.choice([HARD, PASSWORD]): decision}), at=self.at)

    def correct(self) -> None:
        self.corrected = self.corrected or correct_key(self.folder, self.now)
        regrade(wanted(self.corrected, quiz=self.chance.choice(QUIZZES)), at=self.at)

    def undo(self) -> None:
        db.session.rollback()
        if there := list(db.session.scalars(select(RegradeRow.id).where(RegradeRow.undone_at.is_(None)))):
            undo_regrade(self.chance.choice(there), by=None, now=self.now)

    def grant(self) -> None:
        _, quiz = sample_quiz(self.chance.choice(["tes", "ujian"]))
        whom = Whom(person_id=self.person_id)
        limit = self.chance.choice(
            [Grant(time_limit=timedelta(minutes=2)), Grant(attempts=20), Grant(closes=minute(self.at + 3)), None]
        )
        self.told[-1] += f" {quiz.id} {limit}"
        if limit is None:
            withdraw_override("contoh", quiz.id, whom, now=self.now)
        else:
            grant_override("contoh", quiz, whom, limit, now=self.now)

    def close(self) -> None:
        close_overdue(now=self.now)

    def move(self) -> None:
        what = self.chance.choice(["place", "place", "out", "in"])
        if what == "place":
            set_organisation(self.person_id, self.chance.choice([*self.places, None]))
        else:
            (deactivate if what == "out" else reactivate)(self.person_id)

    def calibrate(self) -> None:
        report = plan_calibration("rasch", now=self.now, tell=lambda *_: None)
        if report.items:
            store_calibration(report, now=self.now)
        rebuild(now=self.now)

    def age(self) -> None:
        """More than a year goes by: answers of two such years ago count no longer."""
        self.at += 60 * 24 * 400
        while refold_due(now=self.now):
            pass


def agrees(person_id: int, now: datetime) -> bool:
    """Whether what is stored is the fold of one person's rows, of many people's rows, and added up over people."""
    db.session.rollback()
    facts = facts_of_many([person_id]).get(person_id, Facts())
    evidence = evidence_of(facts.slots, facts.checks)
    of_many = competency_scores(evidence, yardstick_now(), facts.parameters, now=now)
    return stored_scores(person_id) == folded_scores(person_id, now) == of_many and kept(db) == fold(db)


def test_whatever_is_done_staff_read_what_the_answers_say(cast: Cast, siti: int, courses_folder: Path) -> None:
    places = [add_organisation(f"TBM {name}", OrganisationKind.READING_PARK, "Hulu") for name in ("Satu", "Dua")]
    life = Life(siti, Scope(cast.rahmat, everything=True), courses_folder, places, Random(SEED))
    for what in [*[None] * 40, *life.rare, life.age]:
        life.step(what)
        assert agrees(siti, life.now), "\n".join(life.told)
