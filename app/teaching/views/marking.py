"""Marking by hand: what waits, quiz by quiz; one answer a page; and then the next."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.errors import NotFound
from app.marking.operations.by_hand import Marker, mark_by_hand
from app.marking.queries.waiting import waiting_answers, waiting_cohorts, waiting_quizzes
from app.marking.rules.by_hand import MarkRefused
from app.people.permissions import Action, Scope
from app.tasks.queries import waiting_tasks
from app.teaching.blueprint import teaching
from app.teaching.forms import MarkForm
from app.teaching.marking_pages import Opened, get_opened, mark_page, next_after
from app.teaching.queries import get_quiz, named_quiz
from app.teaching.task_pages import named_task
from app.web.forms import shown_again
from app.web.frame import show_page
from app.web.guard import may, needs
from app.web.languages import gettext, language, tell

SHOWN = 100  # answers of a queue listed on its page; the others come up as these are marked


@teaching.get("/teaching/marking")
@needs(Action.MARK)
def marking(scope: Scope) -> str:
    """Every quiz and task with something to mark."""
    quizzes = [(each, named_quiz(each.course_slug, each.quiz_id)) for each in waiting_quizzes(scope)]
    tasks = [(each, named_task(each.course_slug, each.task_id)) for each in waiting_tasks(scope)]
    return show_page("teaching/marking.html", quizzes=quizzes, tasks=tasks, here="teaching.marking")


@teaching.get("/teaching/marking/<slug>/<quiz_id>")
@needs(Action.MARK)
def queue(scope: Scope, slug: str, quiz_id: str) -> str:
    """The answers of one quiz that wait; `?cohort=` shows one cohort's alone."""
    quiz, cohort_id = get_quiz(slug, quiz_id, within=scope), _cohort()
    answers = waiting_answers(slug, quiz_id, scope, cohort_id)
    if quiz.served is None and not answers:
        raise NotFound
    return show_page(
        "teaching/queue.html",
        quiz=quiz,
        answers=answers[:SHOWN],
        total=len(answers),
        cohorts=waiting_cohorts(slug, quiz_id, scope),
        cohort_id=cohort_id,
    )


@teaching.get("/teaching/attempts/<int:attempt_id>/slots/<int:slot>")
@needs(Action.MARK)
def answer(scope: Scope, attempt_id: int, slot: int) -> str:
    """One answer to mark, or to mark anew, with the history of its mark."""
    opened = get_opened(attempt_id, slot, scope)
    return mark_page(opened, opened.form_now(language()), _cohort())


@teaching.post("/teaching/attempts/<int:attempt_id>/slots/<int:slot>")
@needs(Action.MARK)
def mark_answer(scope: Scope, attempt_id: int, slot: int) -> ResponseReturnValue:
    """Keep a mark, then go on to the next answer that waits, or stay."""
    opened = get_opened(attempt_id, slot, scope)
    form = MarkForm.of_request(request.form, opened.rubric)

    def again(refusal: MarkRefused) -> str:
        return mark_page(get_opened(attempt_id, slot, scope), form, _cohort(), tell(refusal.message))

    with shown_again(MarkRefused, again):
        verdict = form.verdict(opened.rubric, opened.points, language())
        mark_by_hand(attempt_id, slot, verdict, by=Marker(scope, may(Action.DECIDE_MARKS)), now=clock.now())
    return _way_on(opened, scope)


def _way_on(opened: Opened, scope: Scope) -> ResponseReturnValue:
    sheet = opened.reached.sheet
    cohort_id = _cohort()
    if request.form.get("go") == "stay":
        flash(gettext("Nilai sudah disimpan."))
        return redirect(url_for("teaching.answer", attempt_id=sheet.id, slot=opened.slot, cohort=cohort_id), 303)
    following = next_after(opened, waiting_answers(sheet.course.slug, sheet.quiz.id, scope, cohort_id))
    if following is None:
        flash(gettext("Nilai sudah disimpan. Tidak ada lagi jawaban yang menunggu di sini."))
        where = {"slug": sheet.course.slug, "quiz_id": sheet.quiz.id, "cohort": cohort_id}
        return redirect(url_for("teaching.queue", **where), 303)
    flash(gettext("Nilai sudah disimpan."))
    # To the question: from there the next Tab goes to its mark.
    address = url_for(
        "teaching.answer", attempt_id=following.attempt_id, slot=following.slot, cohort=cohort_id, _anchor="soal"
    )
    return redirect(address, 303)


def _cohort() -> int | None:
    """The cohort whose queue is worked on; None: whichever."""
    text = request.values.get("cohort", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None
