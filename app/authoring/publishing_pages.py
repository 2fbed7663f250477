"""What the page before publishing shows: what changes for learners, what stands in the way, and whom it reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, cast

from flask import current_app, url_for

from app.authoring.changes import counts_of
from app.authoring.forms import PublishForm
from app.authoring.outline_pages import editor_url, outline_of
from app.authoring.rules.outline import Outline, outline
from app.authoring.rules.quiz_settings import local_part
from app.authoring.settings_pages import written_course
from app.catalogue.queries.drafts import Workspace, draft_reading
from app.catalogue.queries.due import due_at
from app.catalogue.queries.followers import Follower, followers
from app.catalogue.rules import SHARED
from app.content.course import Shared
from app.content.editing.finding import find_bank
from app.content.faults import Fault
from app.content.folders import COURSE_FILE
from app.content.placing import Entry, entries_of_faults
from app.errors import Refusal
from app.marking.queries.under_way import count_under_way
from app.people.queries import count_learners
from app.settings import Settings
from app.web.frame import show_page
from app.web.languages import language

NO_OUTLINE: Final = outline({})  # of what all courses share


@dataclass(frozen=True, slots=True)
class Placed:
    """What is said about one place: where it is put right, what is there, and all that is said."""

    url: str
    title: str
    said: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """In how many quizzes of how many courses learners get other questions from the shared banks."""

    quizzes: int
    courses: int


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What a trainer weighs. `shares` None: a course is published, not what all of them share."""

    faults: Sequence[Placed]
    advice: Sequence[Placed]
    everybody: bool
    learners: int
    under_way: int
    shares: Shares | None = None


def publish_page(workspace: Workspace, *, refused: Refusal | None = None, typed: PublishForm | None = None) -> str:
    """All that a trainer weighs before learners get the draft."""
    weighed = _of_shared(workspace) if workspace.slug == SHARED else _of_course(workspace)
    return show_page(
        "authoring/publish.html",
        workspace=workspace,
        changes=counts_of(workspace.revision_id, workspace.published_id) if workspace.is_draft else (),
        due=due_at(workspace.slug),
        zone=cast("Settings", current_app.extensions["settings"]).time_zone_label,
        faults=weighed.faults,
        fault_count=sum(len(each.said) for each in weighed.faults),
        advice=weighed.advice,
        advice_count=sum(len(each.said) for each in weighed.advice),
        everybody=weighed.everybody,
        learners=weighed.learners,
        under_way=weighed.under_way,
        shares=weighed.shares,
        refused=refused,
        typed=typed or PublishForm(),
    )


def _of_course(workspace: Workspace) -> _Weighed:
    reading, places = draft_reading(workspace), _Places(workspace.slug, outline_of(workspace), workspace.files)
    everybody = (written_course(workspace) or {}).get("open") == "true"
    return _Weighed(
        _placed(places, reading.faults),
        _placed(places, reading.warnings),
        everybody,
        count_learners(workspace.slug, everybody=everybody),
        count_under_way(workspace.slug),
    )


def _of_shared(workspace: Workspace) -> _Weighed:
    """The same of the shared banks: what they would break in a course that is served stands in the way too."""
    reading, places = draft_reading(workspace), _Places(workspace.slug, NO_OUTLINE, workspace.files)
    following = followers(reading.work) if workspace.is_draft and isinstance(reading.work, Shared) else []
    broken = [placed for each in following for placed in _broken(each)]
    changed = [each for each in following if each.quizzes]
    return _Weighed(
        [*_placed(places, reading.faults), *broken],
        _placed(places, reading.warnings),
        everybody=False,
        learners=0,
        under_way=sum(count_under_way(each.head.slug) for each in changed),
        shares=Shares(sum(each.quizzes for each in changed), len(changed)),
    )


def _broken(course: Follower) -> Iterator[Placed]:
    """What would be missing in a course, each place with the course's title."""
    title = course.served.title.in_(language())
    for each in _placed(_Places(course.head.slug, outline(course.files), course.files), course.faults):
        yield replace(each, title=f"{each.title} ({title})")


def _placed(places: _Places, told: Iterable[Fault]) -> list[Placed]:
    """What is told, by where it is put right."""
    found = entries_of_faults(places.files, told)
    return [Placed(*places.of(entry, faults[0].line), faults) for entry, faults in found.items()]


class _Places:
    """Where each entry of a course is put right, and what it is called."""

    def __init__(self, slug: str, told: Outline, files: Mapping[str, bytes]) -> None:
        self.slug = slug
        self.files = files
        self.told = told
        self.works = {work.id: work for work in told.works}
        self.chapters = {chapter.path: chapter for chapter in told.chapters if chapter.broken is None}

    def of(self, entry: Entry, line: int) -> tuple[str, str]:
        """Address and title; where no form can help, the file at the line."""
        if entry.holder is not None:
            return self._held(entry, entry.holder)
        if entry.path == COURSE_FILE and self.told.broken is None:
            return url_for("authoring.settings", slug=self.slug), self.told.title or self.slug
        if entry.path in self.chapters:
            chapter = self.chapters[entry.path]
            return url_for("authoring.outline", slug=self.slug, _anchor=f"modul-{chapter.name}"), chapter.title
        return url_for("authoring.yaml_side", slug=self.slug, file=entry.path, at=line), entry.path

    def _held(self, entry: Entry, holder: str) -> tuple[str, str]:
        work, name = self.works.get(holder), PurePosixPath(entry.path).stem
        title = (work.title or work.id) if work else self._bank_title(name)
        if entry.question is not None:
            url = url_for("authoring.question", slug=self.slug, holder=holder, question_id=entry.question)
        elif work is not None:
            url = editor_url(self.slug, work.kind, work.id, work.path)
        else:
            url = url_for("authoring.bank", slug=self.slug, name=name)
        return url, title

    def _bank_title(self, name: str) -> str:
        bank = find_bank(self.files, name)
        return (local_part(bank.value.get("title"), "id") if bank else "") or name
