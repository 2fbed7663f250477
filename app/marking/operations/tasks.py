"""Hand in a task, and judge one; with what follows for the course, in one transaction."""

from __future__ import annotations

from datetime import datetime

from app.catalogue.queries import get_published
from app.db import writing
from app.marking.rules.by_hand import MarkedMeanwhile, Verdict
from app.marking.rules.tasks import check_not_own, keep_judgement, state_after
from app.people.permissions import Scope
from app.progress.operations import store_completion
from app.tasks.operations import Assignment, store_draft, store_handed_in, store_verdict
from app.tasks.queries import get_reached_version, work_on
from app.tasks.rules import TaskState, Written, check_handed_in


def hand_in_task(to: Assignment, written: Written, *, now: datetime) -> None:
    """Keep what was written and hand it in. One that its learner checked is done with that; the same sent twice is one.

    Raises TaskClosed, NothingHandedIn, NotChecked, DraftNewer, UploadGone.
    """
    state = check_handed_in(to.task, written)
    with writing():
        version = store_draft(to, written, now=now)
        store_handed_in(version, state, now=now)
        if state is TaskState.CHECKED:
            store_completion(to.person_id, to.published.course, to.published.revision_id, now=now)


def judge_task(version_id: int, verdict: Verdict, *, accepted: bool, within: Scope, now: datetime) -> None:
    """Keep what a trainer says of a version: accepted, or to be handed in again. An earlier word may be corrected.

    Raises NotFound, OwnAnswer, BelowPass, CommentMissing, NewerVersion, MarkedMeanwhile.
    """
    reached = get_reached_version(version_id, within)
    check_not_own(reached.person_id, within.person_id)
    state = state_after(reached.task, verdict, accepted=accepted)
    with writing():
        work = work_on(reached.person_id, reached.course.slug, reached.task.id)
        version = next(each for each in work.versions if each.id == version_id)
        if not keep_judgement(work, version, verdict, within.person_id, accepted=accepted):
            return
        row = {
            "seq": len(version.verdicts) + 1,
            "marker_id": within.person_id,
            "accepted": accepted,
            "fraction": verdict.fraction,
            "levels": dict(verdict.levels),
            "comment": verdict.comment,
            "marked_at": now,
        }
        if not store_verdict(version_id, row, state):
            raise MarkedMeanwhile
        if accepted:
            served = get_published(reached.course.slug)
            store_completion(reached.person_id, served.course, served.revision_id, now=now)
