"""A survey's pages: all its questions in one form, and what is left of it afterwards."""

from __future__ import annotations

from app.catalogue.queries import Published
from app.content.activities import Survey
from app.people.permissions import Scope
from app.questions.survey import WORDS_LIMIT
from app.surveys.queries import own_answers
from app.surveys.rules.answers import Filled, answer_lines
from app.surveys.rules.figures import MINIMUM
from app.web.frame import show_page
from app.web.languages import language

UNFILLED = Filled({}, {})


def form_page(published: Published, survey: Survey, filled: Filled = UNFILLED, *, changed: bool = False) -> str:
    """The questions, with what was filled in. `changed`: the course was published anew since the page was opened."""
    return show_page(
        "learn/survey.html",
        published=published,
        course=published.course,
        module=published.course.module_of(survey.id),
        survey=survey,
        filled=filled,
        refused=filled is not UNFILLED,
        changed=changed,
        words_limit=WORDS_LIMIT,
        least=MINIMUM,
        language=language(),
    )


def done_page(scope: Scope, published: Published, survey: Survey) -> str:
    """Thanks, and what one answered where that is known."""
    course = published.course
    given = own_answers(scope.person_id, course.slug, survey.id)
    return show_page(
        "learn/survey_done.html",
        course=course,
        module=course.module_of(survey.id),
        survey=survey,
        answers=answer_lines(given.survey, given.answers, language()) if given else [],
        following=course.following(survey.id),
        least=MINIMUM,
    )
