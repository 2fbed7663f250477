"""Tasks in the database: drafts, handing in, judging, and what follows for the course."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.catalogue.queries import get_published
from app.errors import NotFound
from app.marking.operations.tasks import hand_in_task, judge_task
from app.marking.rules.by_hand import OwnAnswer, Verdict
from app.people.permissions import Scope
from app.progress.queries import facts_of, standing_in
from app.questions.file import MIMES, Upload
from app.tasks.models import TaskVerdict, TaskVersion
from app.tasks.operations import save_draft
from app.tasks.queries import get_reached_version, waiting_tasks, waiting_versions
from app.tasks.rules import DraftNewer, TaskClosed, TaskState
from app.uploads.models import Upload as UploadRow
from app.uploads.operations import keep_uploads, remove_unused
from app.uploads.queries import Place
from app.uploads.rules.receiving import receive
from app.uploads.rules.refusals import UploadGone
from tests.ground.cast import Cast
from tests.quizzes.content import START
from tests.tasks.course import OWN, RUBRIC, SLUG, assigned, publish_tasks, work, wrote
from tests.uploads.files import LIMIT, PDF, photo

EVERYBODY = Scope(0, everything=True)


@pytest.fixture
def course(courses_folder: Path, db: SQLAlchemy, cast: Cast) -> Cast:
    publish_tasks(courses_folder)
    return cast


def sent(person_id: int) -> list[Upload]:
    files = [receive(photo(), "rak.jpg", MIMES["photo"], LIMIT), receive(PDF, "a.pdf", MIMES["document"], LIMIT)]
    return keep_uploads(Place(person_id, SLUG, RUBRIC), files, now=START)


def count(db: SQLAlchemy, model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def hand(person_id: int, text: str = "Tiga buku sudah dicatat.", task_id: str = RUBRIC, minute: int = 0) -> int:
    """Hand in; the version's id."""
    hand_in_task(assigned(person_id, task_id), wrote(text, page=f"hal-{text}"), now=START + timedelta(minutes=minute))
    newest = work(person_id, task_id).newest
    assert newest is not None
    return newest.id


def judge(version_id: int, by: int, *, accepted: bool, fraction: float = 1.0, shown: int = 0) -> None:
    verdict = Verdict(fraction, {"isi": 0}, "" if accepted else "Foto belum jelas.", shown)
    judge_task(version_id, verdict, accepted=accepted, within=Scope(by, everything=True), now=START)


def test_a_draft_is_kept_and_another_page_never_overwrites_it_unseen(course: Cast, db: SQLAlchemy) -> None:
    to = assigned(course.siti)
    save_draft(to, wrote("Satu buku."), now=START)
    save_draft(to, wrote("Satu buku."), now=START + timedelta(minutes=1))
    save_draft(to, wrote("Dua buku."), now=START + timedelta(minutes=2))  # the same page, whatever it knew
    with pytest.raises(DraftNewer) as told:
        save_draft(to, wrote("Tiga buku.", page="hal-2", seen=1), now=START)
    assert told.value.draft.text == "Dua buku."
    save_draft(to, wrote("Tiga buku.", page="hal-2", seen=2), now=START)
    draft = work(course.siti).draft
    assert draft is not None and (draft.text, draft.saves, draft.number) == ("Tiga buku.", 3, 1)
    assert count(db, TaskVersion) == 1


def test_what_is_handed_in_is_judged_put_right_and_kept_version_by_version(course: Cast, db: SQLAlchemy) -> None:
    first = hand(course.siti, "Versi satu.")
    with pytest.raises(TaskClosed):
        save_draft(assigned(course.siti), wrote("Lain.", page="x"), now=START)
    judge(first, course.rahmat, accepted=False, fraction=0.25)
    judge(first, course.rahmat, accepted=False, fraction=0.25)  # a form sent twice
    second = hand(course.siti, "Versi dua.", minute=10)
    with pytest.raises(NotFound):
        judge_task(second, Verdict(1.0, {}, "", 0), accepted=True, within=Scope(course.rahmat), now=START)
    judge(second, course.rahmat, accepted=True)
    versions = work(course.siti).versions
    assert [(each.number, each.text, each.state) for each in versions] == [
        (1, "Versi satu.", TaskState.AGAIN), (2, "Versi dua.", TaskState.ACCEPTED),
    ]  # fmt: skip
    assert [each.verdict and each.verdict.comment for each in versions] == ["Foto belum jelas.", ""]
    assert versions[0].verdict is not None and versions[0].verdict.marker == "Rahmat Hidayat"
    assert count(db, TaskVerdict) == 2


def test_a_double_click_hands_in_once(course: Cast, db: SQLAlchemy) -> None:
    assert hand(course.siti, "Selesai.") == hand(course.siti, "Selesai.")
    assert count(db, TaskVersion) == 1
    with pytest.raises(TaskClosed):
        hand(course.siti, "Sesuatu yang lain.")


def test_a_trainer_may_think_again_until_the_learner_goes_on(course: Cast, db: SQLAlchemy) -> None:
    version = hand(course.siti)
    judge(version, course.rahmat, accepted=False)
    judge(version, course.rahmat, accepted=True, shown=1)
    facts = facts_of(course.siti, [get_published(SLUG).course])[SLUG]
    assert facts.tasks[RUBRIC].state is TaskState.ACCEPTED


def test_nobody_judges_their_own_task_nor_finds_it_in_the_queue(course: Cast, db: SQLAlchemy) -> None:
    version = hand(course.rahmat)
    with pytest.raises(OwnAnswer):
        judge(version, course.rahmat, accepted=True)
    assert waiting_tasks(Scope(course.rahmat, everything=True)) == ()
    (waiting,) = waiting_tasks(Scope(course.noor, everything=True))
    assert (waiting.course_slug, waiting.task_id, waiting.versions, waiting.oldest) == (SLUG, RUBRIC, 1, START)


def test_a_trainer_finds_what_lies_within_the_grant_alone(course: Cast, db: SQLAlchemy) -> None:
    version = hand(course.siti)
    inside = [
        Scope(course.rahmat, courses=frozenset({SLUG})),
        Scope(course.rahmat, organisations=frozenset({str(course.organisation)})),
    ]
    for scope in inside:
        assert get_reached_version(version, scope).name == "Siti Aminah"
        assert [each.id for each in waiting_versions(SLUG, RUBRIC, scope)] == [version]
    for scope in (Scope(course.rahmat), Scope(course.rahmat, courses=frozenset({"contoh"}))):
        with pytest.raises(NotFound):
            get_reached_version(version, scope)
        assert waiting_versions(SLUG, RUBRIC, scope) == () == waiting_tasks(scope)
    save_draft(assigned(course.noor), wrote("Draf."), now=START)
    draft = work(course.noor).newest
    assert draft is not None
    with pytest.raises(NotFound):
        get_reached_version(draft.id, EVERYBODY)  # a draft is its writer's alone


def test_files_of_a_draft_are_kept_and_those_taken_out_are_removed_later(course: Cast, db: SQLAlchemy) -> None:
    picture, paper = sent(course.siti)
    to = assigned(course.siti)
    save_draft(to, wrote("Foto.", picture, paper), now=START)
    assert remove_unused(now=START + timedelta(days=2)) == 0
    save_draft(to, wrote("Foto.", picture), now=START)
    assert remove_unused(now=START + timedelta(days=2)) == 1
    hand_in_task(to, wrote("Foto.", picture), now=START)
    judge(work(course.siti).versions[0].id, course.rahmat, accepted=False)
    save_draft(to, wrote("Tanpa foto.", page="hal-9"), now=START)
    assert remove_unused(now=START + timedelta(days=2)) == 0, "the first version has it still"
    assert count(db, UploadRow) == 1
    with pytest.raises(UploadGone):
        save_draft(assigned(course.noor), wrote("Curian.", picture), now=START)
    assert work(course.noor).versions == ()


def test_a_task_checked_by_its_learner_is_done_and_completes_the_course(
    courses_folder: Path, cast: Cast, db: SQLAlchemy
) -> None:
    publish_tasks(courses_folder, only=OWN)
    to = assigned(cast.siti, OWN)
    save_draft(to, wrote("Rak 398.", levels={"urut": 1}), now=START)
    draft = work(cast.siti, OWN).draft
    assert draft is not None and draft.own_levels == {"urut": 1}
    hand_in_task(to, wrote("Rak 398.", levels={"urut": 0}), now=START)
    version = work(cast.siti, OWN).versions[-1]
    assert (version.state, version.own_levels, version.verdicts) == (TaskState.CHECKED, {"urut": 0}, ())
    _, facts = standing_in(cast.siti, get_published(SLUG).course)
    assert facts.completed_at == START and facts.tasks[OWN].done
    assert waiting_tasks(EVERYBODY) == ()


def test_accepting_the_last_task_completes_the_course(courses_folder: Path, cast: Cast, db: SQLAlchemy) -> None:
    publish_tasks(courses_folder, only=RUBRIC)
    version = hand(cast.siti)
    assert facts_of(cast.siti, [get_published(SLUG).course])[SLUG].tasks[RUBRIC].waiting
    judge(version, cast.rahmat, accepted=False)
    assert standing_in(cast.siti, get_published(SLUG).course)[1].completed_at is None
    judge(version, cast.rahmat, accepted=True, shown=1)
    assert standing_in(cast.siti, get_published(SLUG).course)[1].completed_at == START


def test_a_version_is_judged_by_the_task_as_it_was_when_handed_in(
    courses_folder: Path, course: Cast, db: SQLAlchemy
) -> None:
    version = hand(course.siti)
    module = courses_folder / SLUG / "01-praktik.yaml"
    module.write_text(module.read_text("utf-8").replace("pass: 75", "pass: 10"), "utf-8")
    from app.catalogue.operations import sync

    sync(courses_folder, now=START)
    assert get_reached_version(version, EVERYBODY).task.pass_percent == 75.0
    assert assigned(course.siti).task.pass_percent == 10.0
