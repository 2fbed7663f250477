"""What a task's versions come to, what may be handed in, and what a trainer may say: tables, without app."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.content.activities import Accepts, Lesson, Task
from app.content.course import Course, Module
from app.marking.rules.by_hand import MarkedMeanwhile, MarkRefused, Verdict
from app.marking.rules.tasks import BelowPass, CommentMissing, NewerVersion, keep_judgement, state_after
from app.progress.rules import CourseFacts, Standing, TaskFact, course_progress, meets_completion
from app.questions.file import Upload
from app.questions.rubric import Criterion, Level
from app.tasks.rules import (
    NotChecked,
    NothingHandedIn,
    TaskState,
    VerdictFact,
    VersionFact,
    Work,
    Written,
    check_handed_in,
    fitting,
    knows,
    no_longer_used,
    room_for,
)
from app.texts.local import LocalText

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TEXT = LocalText.plain("x")
RUBRIC = (Criterion(id="isi", text=TEXT, levels=(Level(text=TEXT, points=1), Level(text=TEXT, points=0))),)
TASK = Task("t", TEXT, {}, Accepts(text=True, photos=2, files=1), RUBRIC, "trainer", 75.0)
OWN = replace(TASK, marked_by="self")


def file(name: str, mime: str = "image/webp") -> Upload:
    return Upload(id=name, sha256="a" * 64, name=name, mime=mime, bytes=1)


A, B, C, PDF, DOC = file("a"), file("b"), file("c"), file("p", "application/pdf"), file("d", "application/pdf")


def version(state: TaskState, number: int = 1, *verdicts: VerdictFact, files: tuple[Upload, ...] = ()) -> VersionFact:
    handed_in = None if state is TaskState.DRAFT else AT
    return VersionFact(number, number, 7, state, "teks", files, 2, "hal", AT, handed_in, None, verdicts)


def said(seq: int = 1, by: int = 5, *, accepted: bool = False, fraction: float = 0.5) -> VerdictFact:
    return VerdictFact(seq, by, accepted, fraction, {}, "Perbaiki.", AT)


DRAFT, WAITING, AGAIN, ACCEPTED, CHECKED = (version(state) for state in TaskState)


@pytest.mark.parametrize(("versions", "is_open", "has_draft", "handed_in"), [
    ((), True, False, 0),
    ((DRAFT,), True, True, 0),
    ((WAITING,), False, False, 1),
    ((AGAIN,), True, False, 1),
    ((AGAIN, version(TaskState.DRAFT, 2)), True, True, 1),
    ((AGAIN, version(TaskState.WAITING, 2)), False, False, 2),
    ((AGAIN, version(TaskState.ACCEPTED, 2)), False, False, 2),
    ((CHECKED,), False, False, 1),
])  # fmt: skip
def test_one_may_write_until_something_waits_or_is_done(
    versions: tuple[VersionFact, ...], is_open: bool, has_draft: bool, handed_in: int
) -> None:
    work = Work(versions)
    assert (work.open, work.draft is not None, len(work.handed_in)) == (is_open, has_draft, handed_in)


def test_putting_right_begins_with_what_was_handed_in() -> None:
    assert Work((AGAIN,)).begun_with is AGAIN
    assert Work((AGAIN, version(TaskState.DRAFT, 2))).begun_with == version(TaskState.DRAFT, 2)
    assert Work(()).begun_with is None and Work((ACCEPTED,)).begun_with is None


@pytest.mark.parametrize(("task", "written", "state"), [
    (TASK, Written("teks", (), "p", 0), TaskState.WAITING),
    (TASK, Written("", (A,), "p", 0), TaskState.WAITING),
    (TASK, Written("", (), "p", 0), NothingHandedIn),
    (OWN, Written("teks", (), "p", 0, {"isi": 1}), TaskState.CHECKED),
    (OWN, Written("teks", (), "p", 0, declared=True), NotChecked),
    (OWN, Written("", (), "p", 0, {"isi": 1}), NothingHandedIn),
    (replace(OWN, rubric=()), Written("teks", (), "p", 0, declared=True), TaskState.CHECKED),
    (replace(OWN, rubric=()), Written("teks", (), "p", 0), NotChecked),
])  # fmt: skip
def test_what_is_handed_in_waits_or_is_checked_or_is_refused(
    task: Task, written: Written, state: TaskState | type[Exception]
) -> None:
    if isinstance(state, TaskState):
        assert check_handed_in(task, written) is state
    else:
        with pytest.raises(state):
            check_handed_in(task, written)


def test_a_task_takes_so_many_photos_and_documents_and_each_file_once() -> None:
    assert fitting([A, A, PDF, B, C, DOC], TASK) == (A, PDF, B)
    assert room_for([A, PDF], TASK) == {True: 1, False: 0}
    assert fitting([A, PDF], replace(TASK, accepts=Accepts(text=True, photos=0, files=0))) == ()


def test_a_page_knows_the_draft_that_it_wrote_or_showed() -> None:
    assert knows(Written("x", (), "hal", 0), DRAFT) and knows(Written("x", (), "lain", 2), DRAFT)
    assert not knows(Written("x", (), "lain", 1), DRAFT)


def test_a_file_taken_out_of_the_draft_is_let_go_unless_a_version_has_it() -> None:
    work = Work((version(TaskState.AGAIN, 1, files=(A,)), version(TaskState.DRAFT, 2, files=(A, B, C))))
    assert no_longer_used(Written("x", (C,), "p", 0), work) == {"b"}
    assert no_longer_used(Written("x", (), "p", 0), Work((version(TaskState.AGAIN, 1, files=(A,)),))) == set()


def verdict(fraction: float = 1.0, comment: str = "", shown: int = 0) -> Verdict:
    return Verdict(fraction, {}, comment, shown)


@pytest.mark.parametrize(("given", "accepted", "state"), [
    (verdict(1.0), True, TaskState.ACCEPTED),
    (verdict(0.75), True, TaskState.ACCEPTED),
    (verdict(0.74), True, BelowPass),
    (verdict(1.0, "Foto belum jelas."), False, TaskState.AGAIN),
    (verdict(0.2), False, CommentMissing),
])  # fmt: skip
def test_a_trainer_accepts_from_the_pass_mark_and_says_what_to_put_right(
    given: Verdict, accepted: bool, state: TaskState | type[MarkRefused]
) -> None:
    if isinstance(state, TaskState):
        assert state_after(TASK, given, accepted=accepted) is state
    else:
        with pytest.raises(state):
            state_after(TASK, given, accepted=accepted)


def test_the_same_said_twice_is_kept_once_and_another_trainers_word_is_not_hidden() -> None:
    judged = version(TaskState.AGAIN, 1, said())
    work = Work((judged,))
    again = Verdict(0.5, {}, "Perbaiki.", 0)
    assert not keep_judgement(work, judged, again, 5, accepted=False)
    assert keep_judgement(work, judged, replace(again, fraction=0.9, shown_seq=1), 5, accepted=True)
    with pytest.raises(MarkedMeanwhile):
        keep_judgement(work, judged, again, 6, accepted=False)
    with pytest.raises(NewerVersion):
        keep_judgement(Work((judged, version(TaskState.DRAFT, 2))), judged, verdict(shown=1), 6, accepted=True)


def course(completion: str = "all") -> Course:
    lesson = Lesson("l", TEXT, 5, {}, {}, {}, {})
    modules = (Module("01", TEXT, None, (TASK, replace(TASK, id="u"), lesson)),)
    return Course("c", "C", TEXT, TEXT, "it", 1, completion, False, modules, {}, {}, {}, "0" * 64)  # type: ignore[arg-type]


def facts(**states: TaskState) -> CourseFacts:
    tasks = {name: TaskFact(state, AT + timedelta(minutes=place)) for place, (name, state) in enumerate(states.items())}
    return CourseFacts(tasks=tasks)


@pytest.mark.parametrize(("done", "standing", "here"), [
    (facts(), Standing.NOT_STARTED, "t"),
    (facts(t=TaskState.DRAFT), Standing.IN_PROGRESS, "t"),
    (facts(t=TaskState.WAITING), Standing.IN_PROGRESS, "u"),  # there is nothing to do for it now
    (facts(t=TaskState.AGAIN), Standing.IN_PROGRESS, "t"),
    (facts(t=TaskState.ACCEPTED), Standing.DONE, "u"),
    (facts(t=TaskState.CHECKED), Standing.DONE, "u"),
])  # fmt: skip
def test_a_task_is_done_when_accepted_or_checked_and_one_that_waits_lets_go_on(
    done: CourseFacts, standing: Standing, here: str
) -> None:
    progress = course_progress(course(), done)
    assert progress.standings[0] is standing
    assert progress.here is not None and course().activities[progress.here].id == here


def test_a_course_tells_what_waits_and_what_is_to_be_put_right_and_is_completed_with_its_tasks() -> None:
    both = course_progress(course(), facts(t=TaskState.WAITING, u=TaskState.AGAIN))
    assert both.waiting and both.again
    last = replace(facts(t=TaskState.ACCEPTED, u=TaskState.WAITING), lessons={"l": AT})
    progress = course_progress(course(), last)
    assert progress.here == 1, "what waits is all that is left"
    assert not meets_completion(course(), progress) and meets_completion(course("quizzes"), progress)
    done = replace(facts(t=TaskState.ACCEPTED, u=TaskState.CHECKED), lessons={"l": AT})
    assert meets_completion(course(), course_progress(course(), done))
