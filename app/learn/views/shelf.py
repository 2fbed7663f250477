"""The shelf, a course, a lesson, and the proof that a course was completed."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app import clock
from app.catalogue.queries import Published, published
from app.content.activities import Activity, Lesson, Quiz, Task
from app.content.course import Course
from app.errors import NotFound
from app.learn.access import get_open_course
from app.learn.blueprint import learn
from app.learn.cards import Card, card_html, drawing
from app.learn.quiz_results import GRADE_WORDS
from app.learn.task_pages import task_words
from app.learn.views.quiz import quiz_start_page
from app.learn.views.survey import survey_page
from app.learn.views.task import task_start_page
from app.people.permissions import Action, Scope
from app.people.queries import ShelfCourse, shelf_courses
from app.people.rules.names import called
from app.progress.operations import finish_lesson
from app.progress.queries import facts_of
from app.progress.rules import (
    NOTHING_DONE,
    STANDING_WORDS,
    CourseFacts,
    NotCompleted,
    Standing,
    course_progress,
    next_on_path,
    place_to_continue,
    waits_for_others,
)
from app.web.frame import fill_page, show_page
from app.web.guard import needs, person
from app.web.languages import gettext, language


@learn.get("/")
@needs(Action.LEARN)
def shelf(scope: Scope) -> str:
    """The person's courses, how far each is, and where to go on."""
    listed = shelf_courses(scope.person_id)
    served = published()
    cards = _cards(listed, served, facts_of(scope.person_id, [each.course for each in served.values()]))
    waiting = {card.slug for card in cards if waits_for_others(card.published.course, card.progress)}
    slug = place_to_continue([(card.slug, card.progress) for card in cards], waiting)
    current = next((card for card in cards if card.slug == slug), None)
    cohorts = " · ".join(dict.fromkeys(each.cohort_name for each in listed))
    return fill_page(
        "learn/shelf.html",
        key=("shelf", bool(cards), bool(cohorts), _continue_key(current)),
        shared=lambda: {
            "filled": bool(cards),
            "in_cohort": bool(cohorts),
            "current": current,
            "go_on": _go_on(current),
        },
        personal={
            "first_name": called(person().name),
            "cohorts": cohorts,
            "cards": Markup("").join(card_html(card) for card in cards),
        },
    )


@learn.get("/courses/<slug>")
@needs(Action.LEARN)
def course(scope: Scope, slug: str) -> str:
    """A course: its shelf, its modules, and the activities of each in rows."""
    found, facts = get_open_course(scope, slug)
    progress = course_progress(found.course, facts)
    standing = dict(zip((each.id for each in found.course.activities), progress.standings, strict=True))
    return show_page(
        "learn/course.html",
        course=found.course,
        progress=progress,
        standing=standing,
        facts=facts,
        words=STANDING_WORDS,
        grade_words=GRADE_WORDS,
        task_words=lambda task_id: task_words(facts.tasks.get(task_id)),
        place=None if progress.here is None else found.course.activities[progress.here].id,
        drawing=drawing(found.course, progress),
    )


@learn.get("/courses/<slug>/<activity_id>")
@needs(Action.LEARN)
def activity(scope: Scope, slug: str, activity_id: str) -> str:
    """A lesson to read, the start of a quiz, a task, or a survey."""
    found, facts = get_open_course(scope, slug)
    chosen = _get_activity(found.course, activity_id)
    if isinstance(chosen, Quiz):
        return quiz_start_page(scope, found, found.course.form_for(chosen, facts.forms))
    if isinstance(chosen, Task):
        return task_start_page(scope, found, chosen)
    if not isinstance(chosen, Lesson):
        return survey_page(scope, found, chosen, done=activity_id in facts.surveys)
    return fill_page(
        "learn/lesson.html",
        key=(found.revision_id, activity_id, activity_id in facts.lessons),
        shared=lambda: _lesson_values(found.course, chosen, done=activity_id in facts.lessons),
        personal={},
    )


@learn.post("/courses/<slug>/<activity_id>/done")
@needs(Action.LEARN)
def lesson_done(scope: Scope, slug: str, activity_id: str) -> ResponseReturnValue:
    """The reader says the lesson is read, and goes on."""
    found, _ = get_open_course(scope, slug)
    chosen = _get_activity(found.course, activity_id)
    if not isinstance(chosen, Lesson):
        raise NotFound
    if finish_lesson(scope.person_id, found.course, found.revision_id, activity_id, now=clock.now()):
        flash(gettext("Selamat, kursus ini selesai."))
    following = _neighbours(found.course, chosen)[1]
    if following is None:
        return redirect(url_for("learn.course", slug=slug), 303)
    return redirect(url_for("learn.activity", slug=slug, activity_id=following.id), 303)


@learn.get("/courses/<slug>/completion")
@needs(Action.LEARN)
def completion(scope: Scope, slug: str) -> str:
    """The proof of completion, to print. It is no certificate of competence, and says so."""
    found, facts = get_open_course(scope, slug)
    if facts.completed_at is None:
        progress = course_progress(found.course, facts)
        raise NotCompleted(progress.total - progress.done)
    return show_page("learn/completion.html", course=found.course, facts=facts, name=person().name)


def _get_activity(course: Course, activity_id: str) -> Activity:
    chosen = course.activity(activity_id)
    if chosen is None:
        raise NotFound
    return chosen


def _cards(
    listed: tuple[ShelfCourse, ...], served: Mapping[str, Published], facts: Mapping[str, CourseFacts]
) -> list[Card]:
    """The shelf in its order: the cohorts' courses, then what is open to everybody."""
    on_path = {each.slug for each in listed if each.on_path}
    slugs = [each.slug for each in listed if each.slug in served]
    slugs += sorted(slug for slug, each in served.items() if each.course.open)
    progress = {slug: course_progress(served[slug].course, facts.get(slug, NOTHING_DONE)) for slug in slugs}
    hinted = next_on_path([(slug, each) for slug, each in progress.items() if slug in on_path])
    begun = any(each.standing is not Standing.NOT_STARTED for each in progress.values())
    hint = "next" if begun else "start"
    return [Card(served[slug], each, hint if slug == hinted else "") for slug, each in progress.items()]


def _continue_key(card: Card | None) -> tuple[object, ...]:
    if card is None:
        return ()
    return (card.published.revision_id, card.progress.here, card.progress.standing is Standing.NOT_STARTED)


def _go_on(card: Card | None) -> Activity | None:
    return None if card is None or card.progress.here is None else card.published.course.activities[card.progress.here]


def _neighbours(course: Course, chosen: Activity) -> tuple[Activity | None, Activity | None]:
    activities: list[Activity | None] = [None, *course.activities, None]
    place = activities.index(chosen)
    return activities[place - 1], activities[place + 1]


def _lesson_values(course: Course, lesson: Lesson, *, done: bool) -> dict[str, object]:
    before, after = _neighbours(course, lesson)
    return {
        "course": course,
        "lesson": lesson,
        "module": course.module_of(lesson.id),
        "before": before,
        "after": after,
        "done": done,
        "html": Markup(lesson.html[language()]),  # noqa: S704 (cleaned when the course was compiled)
        "terms": lesson.terms[language()],
    }
