"""The trainer's courses: the version served, what is wrong in the folder, and how it looks to learners."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from app.catalogue.queries import Published, history
from app.catalogue.rules import SHARED
from app.content.course import Lesson, Quiz, Survey, Task, addresses_of
from app.people.permissions import Action, Scope
from app.questions.registry import scripts_of, template_of
from app.questions.survey import WORDS_LIMIT
from app.quizzes.rules.interactive import plan_of
from app.quizzes.rules.review import WHILE_ANSWERING, Reveal
from app.surveys.rules.figures import MINIMUM
from app.teaching.blueprint import teaching
from app.teaching.queries import courses_within, get_activity, get_course_state
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import language

EVERYTHING: Final = Reveal(feedback=True, key=True, explanation=True)  # what a trainer unfolds below a question


@teaching.get("/teaching/courses")
@needs(Action.SEE_COURSES)
def courses(scope: Scope) -> str:
    """Every course within the trainer's grant, with its version and what is wrong with it."""
    return show_page("teaching/courses.html", states=courses_within(scope), shared=SHARED, here="teaching.courses")


@teaching.get("/teaching/courses/<slug>")
@needs(Action.SEE_COURSES)
def course(scope: Scope, slug: str) -> str:
    """One course: its faults and suggestions, its activities to preview, its history."""
    state = get_course_state(slug, within=scope)
    return show_page("teaching/course.html", state=state, shared=SHARED, history=history(slug))


@teaching.get("/teaching/courses/<slug>/preview/<activity_id>")
@needs(Action.PREVIEW)
def preview(scope: Scope, slug: str, activity_id: str) -> str:
    """An activity as learners see it."""
    found, activity = get_activity(slug, activity_id, within=scope)
    if isinstance(activity, Survey):
        return _survey(found, activity)
    if isinstance(activity, Task):
        return _task(found, activity)
    return _lesson(found, activity) if isinstance(activity, Lesson) else _quiz(found, activity)


def _lesson(found: Published, lesson: Lesson) -> str:
    return show_page(
        "teaching/preview_lesson.html",
        course=found.course,
        activity=lesson,
        html=Markup(lesson.html[language()]),  # noqa: S704 (cleaned when the course was compiled)
        terms=lesson.terms[language()],
    )


def _task(found: Published, task: Task) -> str:
    html = Markup(task.html[language()])  # noqa: S704 (cleaned when the course was compiled)
    return show_page("teaching/preview_task.html", course=found.course, activity=task, html=html)


def _quiz(found: Published, quiz: Quiz) -> str:
    addressed = [(address, found.course.question(address)) for address in quiz.addresses]
    return show_page(
        "teaching/preview_quiz.html",
        course=found.course,
        activity=quiz,
        questions=[(address, each) for address, each in addressed if each is not None],
        template_of=template_of,
        while_answering=WHILE_ANSWERING,
        everything=EVERYTHING,
        worth=_worth(quiz),
        plan_of=plan_of,
        scripts=scripts_of(question for _, question in addressed if question is not None),
    )


def _worth(quiz: Quiz) -> dict[str, float]:
    """The points of the questions whose slot says so, by their addresses; all others are worth what they say."""
    return {address: slot.points for slot in quiz.slots for address in addresses_of([slot]) if slot.points is not None}


def _survey(found: Published, survey: Survey) -> str:
    return show_page(
        "teaching/preview_survey.html",
        course=found.course,
        activity=survey,
        words_limit=WORDS_LIMIT,
        least=MINIMUM,
        language=language(),
    )
