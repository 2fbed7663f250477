"""Folders that could not be published as they are, for those who may put them right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.catalogue.models import Draft, FolderState, Head, Revision
from app.catalogue.queries.drafts import Reach, reaches
from app.catalogue.remembered import faults_of
from app.catalogue.rules import DRAFT, FOLDER, SHARED
from app.content.faults import Fault
from app.db import read


@dataclass(frozen=True, slots=True)
class FaultyFolder:
    """Why a course's folder could not be published when it was last looked at.

    `begun`: the course is served, or has a draft. `taken_up`: its draft goes on from what lay in the folder.
    """

    slug: str
    faults: tuple[Fault, ...]
    begun: bool
    taken_up: bool


_CHILD: Final = aliased(Revision)
_TAKEN_UP: Final = (
    select(Revision.id)
    .join(_CHILD, _CHILD.parent_id == Revision.id)
    .where(Revision.slug == FolderState.slug, Revision.state == FOLDER, _CHILD.state == DRAFT)
    .exists()
)
_FOLDERS: Final = (
    select(
        FolderState.slug,
        FolderState.faults,
        Head.slug.label("served"),
        Draft.slug.label("drafted"),
        _TAKEN_UP.label("taken_up"),
    )
    .outerjoin(Head, Head.slug == FolderState.slug)
    .outerjoin(Draft, Draft.slug == FolderState.slug)
    .where(FolderState.slug != SHARED)
    .order_by(FolderState.slug)
)


def faulty_folders(*, within: Reach) -> list[FaultyFolder]:
    """Those of courses within the grants, by slug; one that was never begun only for who works on all courses."""
    found = (
        FaultyFolder(row.slug, faults_of(row.faults), bool(row.served or row.drafted), bool(row.taken_up))
        for row in read(_FOLDERS)
    )
    return [each for each in found if (reaches(within, each.slug) if each.begun else within.everything)]
