"""What a trainer may say of a task that was handed in. Pure."""

from __future__ import annotations

from app.content.activities import Task
from app.errors import N_
from app.marking.rules.by_hand import MarkedMeanwhile, MarkRefused, OwnAnswer, Verdict
from app.quizzes.rules.grading import passes
from app.tasks.rules import TaskState, VersionFact, Work


class BelowPass(MarkRefused):
    """Accepted with a mark that the course's author holds too low."""

    def __init__(self, percent: float) -> None:
        super().__init__(
            N_(
                "Tugas ini baru boleh diterima mulai nilai %(percent)s. Naikkan nilainya, atau minta diperbaiki.",
                percent=f"{percent:g}",
            )
        )


class CommentMissing(MarkRefused):
    """To be handed in again, without a word about what to put right."""

    def __init__(self) -> None:
        super().__init__(N_("Tulis di komentar apa yang perlu diperbaiki."))


class NewerVersion(MarkRefused):
    """A version after which the learner has begun another."""

    def __init__(self) -> None:
        super().__init__(N_("Peserta sudah mulai memperbaiki tugas ini, jadi nilai versi lama tidak diubah lagi."))


def keep_judgement(work: Work, version: VersionFact, verdict: Verdict, by: int, *, accepted: bool) -> bool:
    """Whether a judgement is to be kept; False: it is what this trainer's newest one says already, a form sent twice.

    Raises NewerVersion, MarkedMeanwhile.
    """
    newest = version.verdict
    if newest is not None and newest.marker_id == by:
        said = (newest.accepted, newest.fraction, newest.levels, newest.comment)
        if said == (accepted, verdict.fraction, verdict.levels, verdict.comment):
            return False
    if work.newest is None or work.newest.id != version.id:
        raise NewerVersion
    if newest is not None and newest.seq > verdict.shown_seq:
        raise MarkedMeanwhile
    return True


def state_after(task: Task, verdict: Verdict, *, accepted: bool) -> TaskState:
    """Where a version stands by a judgement. Raises BelowPass, CommentMissing."""
    if accepted and not passes(verdict.fraction, task.pass_percent):
        raise BelowPass(task.pass_percent)
    if not accepted and not verdict.comment:
        raise CommentMissing
    return TaskState.ACCEPTED if accepted else TaskState.AGAIN


def check_not_own(owner: int, marker: int) -> None:
    """Nobody judges what they made themselves. Raises OwnAnswer."""
    if owner == marker:
        raise OwnAnswer
