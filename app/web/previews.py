"""An activity as learners see it, for those who write and teach it: what a page needs to include it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from markupsafe import Markup

from app.content.activities import Activity, Lesson, Quiz, Survey, Task, addresses_of
from app.content.course import Course
from app.questions.registry import scripts_of, template_of
from app.questions.survey import WORDS_LIMIT
from app.quizzes.rules.interactive import plan_of
from app.quizzes.rules.review import WHILE_ANSWERING, Reveal
from app.surveys.rules.figures import MINIMUM
from app.web.languages import language

EVERYTHING: Final = Reveal(feedback=True, key=True, explanation=True)  # what a trainer unfolds below a question


def preview_of(course: Course, activity: Activity, *, keys: bool, ids: bool = False) -> dict[str, Any]:
    """The values of a page that includes the template `body`. `keys`: with the right answers, folded, for trainers.

    `ids`: with each question's address, competency, difficulty, points and tags.

    Its `scripts` go to the page's end, pointer.css to its head where there are any.
    """
    body, values = _PREVIEWS[type(activity)]
    made = values(course, activity)
    return {"course": course, "activity": activity, "body": body, "keys": keys, "ids": ids, "scripts": (), **made}


def _lesson(course: Course, lesson: Lesson) -> dict[str, Any]:
    html = Markup(lesson.html[language()])  # noqa: S704 (cleaned when the course was compiled)
    return {"html": html, "terms": lesson.terms[language()]}


def _task(course: Course, task: Task) -> dict[str, Any]:
    return {"html": Markup(task.html[language()])}  # noqa: S704 (cleaned when the course was compiled)


def _quiz(course: Course, quiz: Quiz) -> dict[str, Any]:
    addressed = [(address, course.question(address)) for address in quiz.addresses]
    questions = [(address, each) for address, each in addressed if each is not None]
    return {
        "questions": questions,
        "template_of": template_of,
        "while_answering": WHILE_ANSWERING,
        "everything": EVERYTHING,
        "worth": _worth(quiz),
        "plan_of": plan_of,
        "scripts": scripts_of(question for _, question in questions),
    }


def _worth(quiz: Quiz) -> dict[str, float]:
    """The points of the questions whose slot says so, by their addresses; all others are worth what they say."""
    return {address: slot.points for slot in quiz.slots for address in addresses_of([slot]) if slot.points is not None}


def _survey(course: Course, survey: Survey) -> dict[str, Any]:
    return {"words_limit": WORDS_LIMIT, "least": MINIMUM, "language": language()}


_PREVIEWS: Final[Mapping[type[Activity], tuple[str, Callable[[Course, Any], dict[str, Any]]]]] = {
    Lesson: ("web/preview_lesson.html", _lesson),
    Task: ("web/preview_task.html", _task),
    Quiz: ("web/preview_quiz.html", _quiz),
    Survey: ("web/preview_survey.html", _survey),
}
"""Kind of activity -> its template, and the values that this needs beside the course and the activity."""
