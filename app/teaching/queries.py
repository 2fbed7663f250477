"""What a trainer may see of the courses: those within their grant."""

from __future__ import annotations

from dataclasses import dataclass

from app.catalogue.queries import CourseState, Published, course_states, get_published, published
from app.content.activities import Activity, Quiz
from app.content.course import Course
from app.errors import NotFound
from app.marking.queries.regrades import RegradeFact, get_regrade
from app.marking.queries.regrading import questions_to_decide
from app.people.permissions import Scope
from app.texts.local import LocalText


@dataclass(frozen=True, slots=True)
class NamedQuiz:
    """A quiz that people took, by name: its ids stand for it where it is not served any more.

    `other_forms`: of a test in two forms the other one.
    """

    course_slug: str
    quiz_id: str
    course: LocalText
    quiz: LocalText
    served: Quiz | None
    other_forms: tuple[Quiz, ...] = ()

    @property
    def blind(self) -> bool:
        """Whether who marks does not see whose answer it is."""
        return self.served is not None and self.served.settings.blind


def courses_within(scope: Scope) -> list[CourseState]:
    """The courses of a trainer's list. What all courses share is listed first, for those who may see everything."""
    return course_states(None if scope.everything else scope.courses)


def get_course_state(slug: str, within: Scope) -> CourseState:
    """One of them. Raises NotFound."""
    found = course_states([slug]) if reaches(within, slug) else []
    if not found:
        raise NotFound
    return found[0]


def get_activity(slug: str, activity_id: str, within: Scope) -> tuple[Published, Activity]:
    """A lesson or quiz of the course as it is served, whoever may learn it. Raises NotFound."""
    if not reaches(within, slug):
        raise NotFound
    found = get_published(slug)
    activity = found.course.written_activity(activity_id)
    if activity is None:
        raise NotFound
    return found, activity


def get_course_taught(slug: str, within: Scope) -> Course:
    """A course as it is served, whose learners are in reach, or some of them. Raises NotFound."""
    if not (reaches(within, slug) or within.organisations or within.places):
        raise NotFound
    return get_published(slug).course


def get_quiz(slug: str, quiz_id: str, within: Scope) -> NamedQuiz:
    """A quiz whose attempts a trainer may see, or some of them. Raises NotFound where the grant reaches none."""
    if not (reaches(within, slug) or within.organisations or within.places):
        raise NotFound
    return named_quiz(slug, quiz_id)


def get_whole_quiz(slug: str, quiz_id: str, within: Scope) -> NamedQuiz:
    """A quiz all of whose attempts are in reach, so that something may be done to all. Raises NotFound."""
    found = named_quiz(slug, quiz_id)
    if not reaches(within, slug) or (found.served is None and not questions_to_decide(slug, quiz_id)):
        raise NotFound
    return found


def get_made_regrade(regrade_id: int, within: Scope) -> RegradeFact:
    """A regrade of such a quiz. Raises NotFound."""
    found = get_regrade(regrade_id)
    if not reaches(within, found.course_slug):
        raise NotFound
    return found


def named_quiz(slug: str, quiz_id: str) -> NamedQuiz:
    """A quiz by its ids, whether or not it is served."""
    found = published().get(slug)
    activity = found.course.written_activity(quiz_id) if found else None
    quiz = activity if isinstance(activity, Quiz) else None
    course = found.course.title if found else LocalText.plain(slug)
    if found is None or quiz is None:
        return NamedQuiz(slug, quiz_id, course, LocalText.plain(quiz_id), None)
    return NamedQuiz(
        slug, quiz_id, course, _title_with_form(found.course, quiz), quiz, found.course.all_forms(quiz)[1:]
    )


def _title_with_form(course: Course, quiz: Quiz) -> LocalText:
    """Its title; of a test in two forms with the form, for both have one title so that learners are told nothing."""
    if quiz.id not in course.forms:
        return quiz.title
    title, form = quiz.title, f" ({quiz.settings.form})"
    return LocalText(title.id + form, None if title.en is None else title.en + form)


def reaches(scope: Scope, slug: str) -> bool:
    """Whether a grant reaches the whole of a course."""
    return scope.everything or slug in scope.courses
