"""A task as its learner works on it: what to do, what was written and handed in, and what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from flask import request
from markupsafe import Markup

from app.content.activities import Task
from app.errors import N_, Message
from app.learn.received_files import received_files, say_refused
from app.progress.rules import TaskFact
from app.questions.essay import TEXT_LIMIT, count_words, fit, tidy_typed
from app.questions.file import MIMES, upload_record
from app.questions.rubric import chosen_levels
from app.quizzes.operations import new_page_token, page_token_of
from app.tasks.operations import Assignment
from app.tasks.queries import work_on
from app.tasks.rules import DraftNewer, TaskRefused, TaskState, Work, Written, fitting, room_for
from app.uploads.operations import keep_uploads
from app.uploads.queries import Place, own_uploads
from app.uploads.rules.refusals import TooMany
from app.web.frame import show_page
from app.web.languages import language, tell

STATE_WORDS: Final[Mapping[TaskState, Message]] = {
    TaskState.DRAFT: N_("Draf, belum dikumpulkan"),
    TaskState.WAITING: N_("Sudah dikumpulkan, menunggu dinilai"),
    TaskState.AGAIN: N_("Perlu diperbaiki"),
    TaskState.ACCEPTED: N_("Diterima"),
    TaskState.CHECKED: N_("Selesai, diperiksa sendiri"),
}
IN_A_LIST: Final[Mapping[TaskState, Message]] = {
    TaskState.DRAFT: N_("draf, belum dikumpulkan"),
    TaskState.WAITING: N_("menunggu dinilai"),
    TaskState.AGAIN: N_("perlu diperbaiki"),
    TaskState.ACCEPTED: N_("diterima"),
    TaskState.CHECKED: N_("selesai, diperiksa sendiri"),
}


def task_words(fact: TaskFact | None) -> Message:
    """Where a task stands, in words for a course's list; None: nothing was done."""
    return N_("belum dimulai") if fact is None else IN_A_LIST[fact.state]


def task_page(to: Assignment, refused: tuple[Written, TaskRefused] | None = None) -> str:
    """The task's page. `refused`: what was sent and could not be kept, shown again with the reason."""
    course, task = to.published.course, to.task
    work = work_on(to.person_id, course.slug, task.id)
    typed = refused[0] if refused else _begun(work)
    refusal = refused[1] if refused else None
    newer = refusal.draft if isinstance(refusal, DraftNewer) else None
    words = count_words(typed.text)
    return show_page(
        "learn/task.html",
        course=course,
        module=course.module_of(task.id),
        task=task,
        html=Markup(task.html[language()]),  # noqa: S704 (cleaned when the course was compiled)
        work=work,
        state=work.newest.state if work.newest else None,
        words=STATE_WORDS,
        typed=typed,
        counted=(words, fit(words, task.accepts.min_words, task.accepts.max_words)),
        page_token=new_page_token(),
        seen=work.draft.saves if work.draft else 0,
        room=room_for(typed.files, task),
        mimes=_mimes(task),
        limit=TEXT_LIMIT,
        sentence=tell(refusal.message) if refusal else "",
        newer=newer,
        language=language(),
    )


def written(to: Assignment, *, now: datetime) -> Written:
    """What the page's form says; files that came with it are kept by then. Only one's own uploads are known."""
    form, task = request.form, to.task
    place = Place(to.person_id, to.published.course.slug, task.id)
    removed = set(form.getlist("remove"))
    named = [record.id for text in form.getlist("file") if (record := upload_record(text)) is not None]
    left = [each for each in own_uploads(named, place) if each.sha256 not in removed]
    received = received_files(_mimes(task), sum(room_for(left, task).values()), sum(room_for((), task).values()))
    sent = keep_uploads(place, received, now=now)
    files = fitting([*left, *sent], task)
    for each in sent:
        if each not in files:
            say_refused(each.name, TooMany(task.accepts.photos if each.is_photo else task.accepts.files))
    return Written(
        text=tidy_typed(form.get("text", "")) if task.accepts.text else "",
        files=files,
        page_token=page_token_of(form.get("page", "")),
        shown_saves=form.get("seen", 0, type=int),
        levels=chosen_levels(lambda name: form.get(name, ""), task.rubric) if task.marked_by == "self" else {},
        declared="declared" in form,
    )


def _begun(work: Work) -> Written:
    begun = work.begun_with
    if begun is None:
        return Written("", (), "", 0)
    return Written(begun.text, begun.files, "", begun.saves, begun.own_levels or {})


def _mimes(task: Task) -> tuple[str, ...]:
    """The types of file that a task takes."""
    photos = MIMES["photo"] if task.accepts.photos else ()
    return (*photos, *(MIMES["document"] if task.accepts.files else ()))
