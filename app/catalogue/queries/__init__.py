"""Reads of the catalogue, split by subject."""

from app.catalogue.queries.drafts import (
    DraftReading,
    Workspace,
    draft_reading,
    get_workspace,
    get_workspace_at,
)
from app.catalogue.queries.served import (
    Picture,
    Published,
    course_at,
    files_of,
    get_media,
    get_published,
    heads,
    kinds_of,
    published,
    shared_at,
    shared_now,
)
from app.catalogue.queries.states import CourseState, RevisionFact, course_states, history

__all__ = [
    "CourseState",
    "DraftReading",
    "Picture",
    "Published",
    "RevisionFact",
    "Workspace",
    "course_at",
    "course_states",
    "draft_reading",
    "files_of",
    "get_media",
    "get_published",
    "get_workspace",
    "get_workspace_at",
    "heads",
    "history",
    "kinds_of",
    "published",
    "shared_at",
    "shared_now",
]
