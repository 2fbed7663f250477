"""The courses that are served now, as they would be with other shared files than those they were compiled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.catalogue.queries.served import files_of, heads, kinds_of, published_of, shared_now
from app.catalogue.rules import SHARED, HeadFact
from app.catalogue.rules.following import changed_quizzes
from app.catalogue.store import store
from app.content.compile import compile_course
from app.content.course import Course, Shared
from app.content.faults import ContentFaults, Fault


@dataclass(frozen=True, slots=True)
class Follower:
    """A course that is served, and what comes of it. `renewed` None: `faults` say what stands in the way."""

    head: HeadFact
    files: Mapping[str, bytes]
    served: Course
    renewed: Course | None
    faults: tuple[Fault, ...] = ()

    @property
    def quizzes(self) -> int:
        """In how many quizzes learners would be asked something else."""
        return changed_quizzes(self.served, self.renewed) if self.renewed else 0


def followers(shared: Shared) -> list[Follower]:
    """Every course served now with `shared`, by slug.

    Left out is what serves an earlier shared version because the one served now already breaks it: it goes on so.
    """
    found = (_follower(head, shared) for slug, head in sorted(heads().items()) if slug != SHARED)
    return [each for each in found if each is not None]


def _follower(head: HeadFact, shared: Shared) -> Follower | None:
    served = published_of(head)
    if served is None:
        return None
    files = files_of(head.revision_id)
    try:
        return Follower(head, files, served.course, _compiled(head, files, shared))
    except ContentFaults as broken:
        return None if _is_behind(head, files) else Follower(head, files, served.course, None, broken.faults)


def _is_behind(head: HeadFact, files: Mapping[str, bytes]) -> bool:
    now = heads().get(SHARED)
    if now is None or head.shared_id == now.revision_id:
        return False
    try:
        _compiled(head, files, shared_now())
    except ContentFaults:
        return True
    return False


def _compiled(head: HeadFact, files: Mapping[str, bytes], shared: Shared) -> Course:
    return compile_course(head.slug, files, shared, kinds_of(head.revision_id), before=store().before)
