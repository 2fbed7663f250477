"""What the preview of a draft's activity shows."""

from __future__ import annotations

from collections.abc import Mapping

from app import clock
from app.authoring.outline_pages import editor_url
from app.authoring.rules.excerpt import excerpt
from app.authoring.rules.outline import outline
from app.catalogue.operations.links import LINK_FOR
from app.catalogue.queries.drafts import Workspace, reaches
from app.catalogue.queries.links import Link, links_to
from app.catalogue.queries.served import files_of, shared_now
from app.content.activities import Activity
from app.content.compile import compile_course
from app.content.course import Course
from app.content.faults import ContentFaults
from app.errors import NotFound
from app.people.permissions import Action
from app.people.queries.people import scope_of
from app.web.frame import show_page
from app.web.previews import preview_of


def preview_page(workspace: Workspace, activity_id: str) -> str:
    """The activity at a phone's width; where it has faults, what they are. Raises NotFound."""
    told = outline(workspace.files)
    work = next((each for each in told.works if each.id == activity_id), None)
    if work is None:
        raise NotFound
    around = {
        "workspace": workspace,
        "outline": told,
        "work": work,
        "edit": editor_url(workspace.slug, work.kind, work.id, work.path),
        "links": links_to(workspace.slug, activity_id, now=clock.now()),
        "link_days": LINK_FOR.days,
    }
    try:
        course, activity = compiled_alone(workspace.slug, workspace.files, activity_id)
    except ContentFaults as broken:
        return show_page("authoring/preview.html", **around, faults=broken.faults, body=None, scripts=())
    return show_page("authoring/preview.html", **around, faults=(), **preview_of(course, activity, keys=True))


def shared_page(link: Link) -> str:
    """What whoever has a link sees. Raises NotFound where it cannot be shown, or who made the link may not any more."""
    reach = scope_of(Action.AUTHOR, link.person_id)
    if reach is None or not reaches(reach, link.slug):
        raise NotFound
    try:
        course, activity = compiled_alone(link.slug, files_of(link.revision_id), link.activity_id)
    except ContentFaults:
        raise NotFound from None
    return show_page("authoring/shared.html", link=link, **preview_of(course, activity, keys=False))


def compiled_alone(slug: str, files: Mapping[str, bytes], activity_id: str) -> tuple[Course, Activity]:
    """The activity as it would be published. Raises NotFound, and ContentFaults for its own faults."""
    course = compile_course(slug, excerpt(files, activity_id), shared_now())
    activity = course.activity(activity_id)
    if activity is None:
        raise NotFound
    return course, activity
