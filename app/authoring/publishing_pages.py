"""What the page before publishing shows: what changes for learners, what stands in the way, and whom it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from flask import current_app, url_for

from app.authoring.changes import counts_of
from app.authoring.forms import PublishForm
from app.authoring.outline_pages import editor_url, outline_of
from app.authoring.rules.outline import Outline
from app.authoring.settings_pages import written_course
from app.catalogue.queries.drafts import Workspace, draft_reading
from app.catalogue.queries.due import due_at
from app.content.faults import Fault
from app.content.folders import COURSE_FILE
from app.content.placing import Entry, entries_of_faults
from app.errors import Refusal
from app.marking.queries.under_way import count_under_way
from app.people.queries import count_learners
from app.settings import Settings
from app.web.frame import show_page


@dataclass(frozen=True, slots=True)
class Placed:
    """What is said about one place: where it is put right, what is there, and all that is said."""

    url: str
    title: str
    said: tuple[Fault, ...]


def publish_page(workspace: Workspace, *, refused: Refusal | None = None, typed: PublishForm | None = None) -> str:
    """All that a trainer weighs before learners get the draft."""
    reading, told = draft_reading(workspace), outline_of(workspace)
    course = written_course(workspace) or {}
    everybody = course.get("open") == "true"
    return show_page(
        "authoring/publish.html",
        workspace=workspace,
        outline=told,
        changes=counts_of(workspace.revision_id, workspace.published_id) if workspace.is_draft else (),
        due=due_at(workspace.slug),
        zone=cast("Settings", current_app.extensions["settings"]).time_zone_label,
        faults=list(_placed(workspace, told, entries_of_faults(workspace.files, reading.faults))),
        fault_count=len(reading.faults),
        advice=list(_placed(workspace, told, entries_of_faults(workspace.files, reading.warnings))),
        advice_count=len(reading.warnings),
        everybody=everybody,
        learners=count_learners(workspace.slug, everybody=everybody),
        under_way=count_under_way(workspace.slug),
        refused=refused,
        typed=typed or PublishForm(),
    )


def _placed(workspace: Workspace, told: Outline, entries: Mapping[Entry, tuple[Fault, ...]]) -> Iterator[Placed]:
    places = _Places(workspace.slug, told)
    return (Placed(*places.of(entry, faults[0].line), faults) for entry, faults in entries.items())


class _Places:
    """Where each entry of a course is put right, and what it is called."""

    def __init__(self, slug: str, told: Outline) -> None:
        self.slug = slug
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
        work = self.works.get(holder)
        title = (work.title or work.id) if work else PurePosixPath(entry.path).stem
        if entry.question is not None:
            url = url_for("authoring.question", slug=self.slug, holder=holder, question_id=entry.question)
        elif work is not None:
            url = editor_url(self.slug, work.kind, work.id, work.path)
        else:
            url = url_for("authoring.bank", slug=self.slug, name=title)
        return url, title
