"""Regrades on both databases: everybody's marks move together, stay explained, and can be put back."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select, text

from app.catalogue.queries import get_published
from app.competencies.models import CompetencyScore
from app.competencies.operations import rebuild
from app.db import join_migrations
from app.errors import NotFound
from app.marking.models import QuestionDecision, RegradeMark, RegradeResult, RegradeRow
from app.marking.operations import regrading
from app.marking.operations.by_hand import Marker, mark_by_hand
from app.marking.operations.finishing import finish_attempt
from app.marking.operations.regrading import apply_regrade, undo_regrade
from app.marking.queries.regrades import get_regrade, moved_results, notices_of, regrades_of
from app.marking.queries.regrading import previewed, questions_to_decide
from app.marking.rules.by_hand import QuestionDecided, Verdict
from app.marking.rules.decisions import (
    AlreadyDecided,
    Decision,
    NothingChosen,
    ReasonMissing,
    RegradedSince,
)
from app.people.permissions import Scope
from app.progress.queries import standing_in
from app.questions.base import Outcome
from app.quizzes.operations import answer_question
from app.quizzes.queries import Sheet, marks_of
from app.quizzes.rules.starting import AttemptState
from tests.competencies.histories import score_over
from tests.ground.cast import Cast
from tests.marking.essays import PLAIN, RUBRIC, handed_in, publish_essays
from tests.marking.essays import QUIZ as ESSAYS
from tests.marking.essays import SLUG as WRITING
from tests.marking.regrades import (
    HARD,
    PASSWORD,
    QUIZ,
    SLUG,
    confirmed,
    correct_key,
    everything_stored,
    regrade,
    wanted,
)
from tests.quizzes.cast import begin, give, give_all, posted, sample_quiz, sheet
from tests.quizzes.content import minute
from tests.quizzes.test_operations import at_once

OUT = {HARD: Decision.LEFT_OUT}
CREDIT = {HARD: Decision.EVERYBODY_RIGHT}


@pytest.fixture(autouse=True)
def context(db: SQLAlchemy) -> None:
    """All of it within the app."""


def taken(person_id: int, *, right: bool = True, at: float = 5) -> Sheet:
    """The exam, handed in with every answer right or every answer wrong: the head of stores owns the catalogue."""
    work = begin(person_id, QUIZ)
    give_all(work, right=right)
    if not right:
        slot = slot_of(work, HARD)
        place = str(work.place(slot).order.index(1))
        answer_question(work.id, slot, posted({"choice": [place]}, shown=1), within=Scope(person_id), now=minute(1))
    finish_attempt(work.id, within=Scope(person_id), now=minute(at))
    return sheet(work.id, person_id)


def slot_of(work: Sheet, question: str) -> int:
    return next(slot for slot, place in enumerate(work.places, start=1) if place.question == question)


def mark_at(work: Sheet, question: str) -> tuple[float | None, str]:
    mark = marks_of(work.id)[slot_of(work, question)]
    return mark.fraction, mark.outcome


def result(work: Sheet) -> tuple[float | None, bool | None]:
    fact = sheet(work.id, work.person_id).fact
    return fact.fraction, fact.passed


def scores(db: SQLAlchemy) -> dict[tuple[int, str], tuple[float, int]]:
    db.session.rollback()
    return {
        (each.person_id, each.competency): (each.score, each.questions)
        for each in db.session.scalars(select(CompetencyScore))
    }


def test_a_corrected_key_moves_marks_results_and_scores_and_keeps_both_with_who_when_and_why(
    cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    works = [taken(cast.siti), taken(cast.noor, right=False)]
    revision = correct_key(courses_folder)
    assert [result(work) for work in works] == [(1.0, True), (0.0, False)], "publishing moves nobody"
    made = regrade(wanted(revision), by=cast.rahmat)
    assert mark_at(works[0], HARD) == (0.0, Outcome.WRONG)
    assert result(works[0]) == (pytest.approx(2 / 3), False)
    assert result(works[1]) == (0.0, False), "the head of stores is still wrong"
    fact = get_regrade(made)
    assert (fact.made_by, fact.made_at, fact.reason) == ("Rahmat Hidayat", minute(60), "Kuncinya salah.")
    (moved,) = moved_results(made)
    assert (moved.name, moved.old.fraction, moved.new.fraction) == ("Siti Aminah", 1.0, pytest.approx(2 / 3))
    assert scores(db)[(cast.siti, "F2.tiga")][0] < 100
    kept = scores(db)
    rebuild(now=minute(70))
    assert scores(db) == kept
    assert [each.old for each in notices_of(works[0].id)] == [1.0]
    assert (sheet(works[0].id, cast.siti).regraded, sheet(works[1].id, cast.noor).regraded) == (True, False)


def test_its_own_version_moves_nobody(cast: Cast) -> None:
    works = [taken(cast.siti), taken(cast.noor, right=False)]
    assert previewed(wanted(works[0].revision_id)).plan.moved == ()


def test_what_is_decided_is_no_evidence_and_holds_for_who_hands_in_later(cast: Cast, db: SQLAlchemy) -> None:
    first, working = taken(cast.siti, right=False), begin(cast.noor, QUIZ)
    give_all(working, right=False)
    regrade(wanted(decisions={**CREDIT, PASSWORD: Decision.LEFT_OUT}))
    assert sheet(working.id, cast.noor).fact.state is AttemptState.IN_PROGRESS
    finish_attempt(working.id, within=Scope(cast.noor), now=minute(90))
    for work in (first, working):
        assert mark_at(work, HARD) == (1.0, Outcome.CREDITED)
        assert mark_at(work, PASSWORD) == (None, Outcome.LEFT_OUT)
        assert result(work) == (0.5, False)
    kept = scores(db)
    assert set(kept.values()) == {(score_over(0.0, said=None).score, 1)}, (
        "the one question that measures something, of each"
    )
    rebuild(now=minute(95))
    assert scores(db) == kept
    assert not sheet(working.id, cast.noor).regraded, "nobody was told another mark before"


def test_undoing_puts_every_row_back(cast: Cast, db: SQLAlchemy, courses_folder: Path) -> None:
    for person in (cast.siti, cast.noor, cast.rahmat):
        taken(person, right=person != cast.noor)
    before = everything_stored()
    made = regrade(wanted(correct_key(courses_folder), {PASSWORD: Decision.LEFT_OUT}))
    assert everything_stored() != before
    undo_regrade(made, by=cast.admin, now=minute(70))
    assert everything_stored() == before
    undone = get_regrade(made)
    assert (undone.undone_by, undone.undone_at) == ("Admin Kantor", minute(70))
    undo_regrade(made, by=cast.rahmat, now=minute(80))
    assert get_regrade(made) == undone, "undone once"
    assert regrade(wanted(decisions=OUT)) > made, "and what was undone may be decided anew"


def test_undoing_a_decision_gives_who_handed_in_under_it_what_they_earned(cast: Cast) -> None:
    made = [regrade(wanted(decisions=OUT)), regrade(wanted(decisions={PASSWORD: Decision.EVERYBODY_RIGHT}))]
    work = taken(cast.siti, right=False, at=80)
    assert result(work) == (0.5, False)
    undo_regrade(made[0], by=None, now=minute(90))
    assert result(work) == (pytest.approx(1 / 3), False)
    undo_regrade(made[1], by=None, now=minute(91))
    assert result(work) == (0.0, False)
    assert mark_at(work, HARD) == (0.0, Outcome.WRONG)


def test_a_regrade_that_a_later_one_rests_on_is_undone_after_it(cast: Cast, courses_folder: Path) -> None:
    work = taken(cast.siti)
    first = regrade(wanted(correct_key(courses_folder)))
    second = regrade(wanted(decisions=CREDIT), at=61)
    with pytest.raises(RegradedSince):
        undo_regrade(first, by=None, now=minute(62))
    with pytest.raises(AlreadyDecided):
        previewed(wanted(decisions=OUT))
    undo_regrade(second, by=None, now=minute(63))
    undo_regrade(first, by=None, now=minute(64))
    assert result(work) == (1.0, True)
    assert [each.id for each in regrades_of(SLUG, QUIZ)] == [second, first]


def test_a_confirmation_counts_once_and_only_while_it_would_do_what_was_shown(cast: Cast, db: SQLAlchemy) -> None:
    taken(cast.siti, right=False)
    shown = confirmed(wanted(decisions=OUT))
    taken(cast.noor, right=False, at=6)
    assert apply_regrade(shown, now=minute(60)) is None
    assert db.session.scalar(select(func.count(RegradeRow.id))) == 0
    shown = confirmed(wanted(decisions=OUT))
    assert apply_regrade(shown, now=minute(61)) == apply_regrade(shown, now=minute(62)) is not None
    db.session.rollback()
    assert db.session.scalar(select(func.count(RegradeRow.id))) == 1


def test_a_double_click_regrades_once(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    taken(cast.siti, right=False)
    for decisions in (OUT, {PASSWORD: Decision.LEFT_OUT}):
        shown = confirmed(wanted(decisions=decisions))
        db.session.rollback()
        one, other = at_once(app, *[lambda: apply_regrade(shown, now=minute(60))] * 2)  # noqa: B023 (used at once)
        assert one == other and isinstance(one, int)
    db.session.rollback()
    assert db.session.scalar(select(func.count(QuestionDecision.id))) == 2


def test_who_hands_in_while_a_question_is_decided_on_is_not_forgotten(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    work = begin(cast.siti, QUIZ)
    give(work, slot_of(work, HARD), right=False)
    shown = confirmed(wanted(decisions=OUT))
    db.session.rollback()
    at_once(
        app,
        lambda: finish_attempt(work.id, within=Scope(cast.siti), now=minute(60)),
        lambda: apply_regrade(shown, now=minute(60)),
    )
    db.session.rollback()
    if db.session.scalar(select(func.count(RegradeRow.id))):  # else the hand-in was faster, and is shown first
        assert mark_at(work, HARD) == (None, Outcome.LEFT_OUT)


def test_a_failure_halfway_leaves_nothing_behind(cast: Cast, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(cast.siti, right=False)
    before, shown = everything_stored(), confirmed(wanted(decisions=OUT))

    def fail(*args: object, **more: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(regrading, "store_scores", fail)
    with pytest.raises(RuntimeError):
        apply_regrade(shown, now=minute(60))
    assert everything_stored() == before
    for table in (RegradeRow, RegradeMark, RegradeResult, QuestionDecision):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_passing_by_a_regrade_opens_keys_and_can_complete_the_course(
    cast: Cast, courses_folder: Path, db: SQLAlchemy
) -> None:
    publish_essays(courses_folder)
    for quiz in ("dua-penilai", "ujian-uraian"):
        handed_in(cast.siti, quiz)
        regrade(wanted(decisions={f"{WRITING}/{quiz}/esai": Decision.EVERYBODY_RIGHT}, quiz=quiz, slug=WRITING))
    work = handed_in(cast.siti)
    assert work.fact.state is AttemptState.SUBMITTED
    both = {f"{WRITING}/{ESSAYS}/{name}": Decision.EVERYBODY_RIGHT for name in ("kegiatan", "kesan")}
    made = regrade(wanted(decisions=both, quiz=ESSAYS, slug=WRITING), at=70)
    assert sheet(work.id, cast.siti).fact.state is AttemptState.FINISHED
    assert {mark.key_opened_at for mark in marks_of(work.id).values()} == {minute(70)}
    assert standing_in(cast.siti, get_published(WRITING).course)[1].completed_at == minute(70)
    undo_regrade(made, by=None, now=minute(80))
    assert sheet(work.id, cast.siti).fact.state is AttemptState.SUBMITTED
    assert standing_in(cast.siti, get_published(WRITING).course)[1].completed_at == minute(70), (
        "what was completed stays completed"
    )


def test_what_was_decided_on_is_not_marked_by_hand_and_the_rest_is(cast: Cast, courses_folder: Path) -> None:
    publish_essays(courses_folder)
    work = handed_in(cast.siti)
    made = regrade(wanted(decisions={f"{WRITING}/{ESSAYS}/kesan": Decision.LEFT_OUT}, quiz=ESSAYS, slug=WRITING))
    by = Marker(Scope(cast.rahmat, everything=True))
    with pytest.raises(QuestionDecided):
        mark_by_hand(work.id, PLAIN, Verdict(0.5, {}, "", 0), by=by, now=minute(61))
    mark_by_hand(work.id, RUBRIC, Verdict(0.5, {}, "", 0), by=by, now=minute(62))
    assert result(work) == (pytest.approx(2 / 3), True)
    undo_regrade(made, by=None, now=minute(70))
    undone = sheet(work.id, cast.siti).fact
    assert (undone.state, undone.fraction, undone.passed) == (AttemptState.SUBMITTED, None, None)
    assert marks_of(work.id)[RUBRIC].fraction == 0.5


def test_what_cannot_be_regraded_is_refused(cast: Cast, courses_folder: Path) -> None:
    taken(cast.siti)
    publish_essays(courses_folder)
    marked = [f"{WRITING}/{ESSAYS}/{name}" for name in ("satu", "kegiatan", "kesan")]
    assert list(questions_to_decide(WRITING, ESSAYS)) == marked, "a text and a survey have no marks"
    others = sample_quiz(ESSAYS, WRITING)[0].revision_id
    for what in (wanted(others), wanted(10**6), wanted(decisions={marked[0]: Decision.LEFT_OUT})):
        with pytest.raises(NotFound):
            previewed(what)
    with pytest.raises(NothingChosen):
        previewed(wanted())
    shown = confirmed(wanted(decisions=OUT), reason="")
    with pytest.raises(ReasonMissing):
        apply_regrade(shown, now=minute(60))


def test_the_release_before_reads_what_was_decided_as_right_and_wrong(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    taken(cast.siti, right=False)
    regrade(wanted(decisions={**CREDIT, PASSWORD: Decision.LEFT_OUT}))
    db.session.remove()
    join_migrations(app)
    downgrade(revision="0010")
    downgrade()
    with db.engine.connect() as connection:
        marks = connection.execute(text("SELECT outcome, fraction FROM mark ORDER BY outcome")).all()
    assert [tuple(each) for each in marks] == [("right", 1.0), ("wrong", 0.0), ("wrong", 0.0)]
    upgrade()
