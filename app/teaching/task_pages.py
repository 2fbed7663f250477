"""Tasks that wait, by name, and the page on which a version of one is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from app.catalogue.queries import published
from app.errors import NotFound
from app.marking.rules.tasks import check_not_own
from app.people.permissions import Scope
from app.tasks.queries import Reached, get_reached_version
from app.teaching.forms import COMMENT_LIMIT, MarkForm
from app.texts.local import LocalText
from app.web.frame import show_page
from app.web.languages import language

POINTS: Final = 100.0  # what a task without a rubric is judged out of


@dataclass(frozen=True, slots=True)
class NamedTask:
    """A task by name: its ids stand for it where it is not served any more."""

    course_slug: str
    task_id: str
    course: LocalText
    task: LocalText


def get_named_task(slug: str, task_id: str, within: Scope) -> NamedTask:
    """A task whose versions a trainer may judge, or some of them. Raises NotFound where the grant reaches none."""
    if not (within.everything or slug in within.courses or within.organisations or within.places):
        raise NotFound
    return named_task(slug, task_id)


def named_task(slug: str, task_id: str) -> NamedTask:
    """A task by its ids, whether or not it is served."""
    found = published().get(slug)
    task = found.course.written_activity(task_id) if found else None
    course = found.course.title if found else LocalText.plain(slug)
    return NamedTask(slug, task_id, course, task.title if task else LocalText.plain(task_id))


def get_judged(version_id: int, within: Scope) -> Reached:
    """A version that a trainer may judge. Raises NotFound, OwnAnswer."""
    reached = get_reached_version(version_id, within)
    check_not_own(reached.person_id, within.person_id)
    return reached


def version_page(reached: Reached, form: MarkForm, sentence: str = "") -> str:
    """What was handed in, the rubric and what was said before; `sentence` says why a judgement was not kept."""
    version = reached.version
    return show_page(
        "teaching/task.html",
        reached=reached,
        version=version,
        task=reached.task,
        html=Markup(reached.task.html[language()]),  # noqa: S704 (cleaned when the course was compiled)
        earlier=[each for each in reached.work.handed_in if each.number < version.number],
        form=form,
        newest=version.verdict.seq if version.verdict else 0,
        points=POINTS,
        sentence=sentence,
        limit=COMMENT_LIMIT,
        language=language(),
    )
