"""Publishing at a time: what was seen is published then, and what was saved since is not lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.catalogue.operations import (
    Change,
    Publication,
    cancel_publication,
    discard_draft,
    publish_draft,
    publish_due,
    save_draft,
    schedule_publication,
    sync,
)
from app.catalogue.operations.joining import Signed
from app.catalogue.queries import get_published, get_workspace, history
from app.catalogue.queries.due import due_at
from app.catalogue.rules.drafts import Author, DraftMoved, NothingToPublish, TooEarly
from app.chores.runner import Runner
from app.people.permissions import Scope
from tests.catalogue.writing import LATER, NOW, retitle
from tests.ground.database import PUBLISHED, Start

ALL = Scope(1, everything=True)
SLUG = "contoh"
FIRST, SECOND = "01-dasar.yaml", "02-lanjut.yaml"
MORNING = LATER + timedelta(hours=8)


@pytest.fixture
def start() -> Start:
    return PUBLISHED


def saved(path: str, old: str, new: str) -> Publication:
    """A text of a file replaced in the draft; what would publish that draft."""
    began = get_workspace(SLUG, within=ALL)
    assert old.encode() in began.files[path]
    files = {path: began.files[path].replace(old.encode(), new.encode(), 1)}
    done = save_draft(
        Change(slug=SLUG, base=began.revision_id, files=files, message="", person_id=1, author="Rahmat"), now=LATER
    )
    return Publication(slug=SLUG, revision_id=done.revision_id, person_id=1, author="Rahmat", message="Pagi")


def scheduled(title: str = "Judul pagi") -> Publication:
    wanted = saved(FIRST, "Modul dasar", title)
    schedule_publication(wanted, at=MORNING, now=LATER)
    return wanted


def titles() -> list[str]:
    return [each.title.id for each in get_published(SLUG).course.modules]


def test_a_draft_is_published_at_its_time_by_the_chores_and_signed_by_who_asked(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    scheduled()
    runner = Runner(courses_folder)
    runner.look(MORNING - timedelta(seconds=1))
    assert titles()[0] == "Modul dasar"
    runner.look(MORNING + timedelta(seconds=10))
    assert titles()[0] == "Judul pagi"
    assert [each.author for each in history(SLUG)] == ["Rahmat", "files"]
    assert due_at(SLUG) is None
    assert "Judul pagi" in (courses_folder / SLUG / FIRST).read_text()
    assert not get_workspace(SLUG, within=ALL).is_draft


def test_what_was_saved_after_it_was_scheduled_stays_a_draft(db: SQLAlchemy, courses_folder: Path) -> None:
    scheduled()
    saved(SECOND, "Modul lanjut", "Judul sore")
    assert publish_due(courses_folder, now=MORNING) == [SLUG]
    assert titles() == ["Judul pagi", "Modul lanjut"]
    rest = get_workspace(SLUG, within=ALL)
    assert rest.is_draft and b"Judul pagi" in rest.files[FIRST] and b"Judul sore" in rest.files[SECOND]
    wanted = saved(SECOND, "Judul sore", "Judul malam")
    publish_draft(wanted, folder=courses_folder, now=MORNING)
    assert titles() == ["Judul pagi", "Judul malam"]


def test_what_files_changed_meanwhile_is_published_with_it_and_not_taken_back(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    scheduled()
    second = courses_folder / SLUG / SECOND
    second.write_text(second.read_text().replace("Modul lanjut", "Dari folder"))
    sync(courses_folder, now=LATER)
    saved(SECOND, "question", "question")  # nothing: but a save would take the folder's change up
    course = get_workspace(SLUG, within=ALL).files["course.yaml"].decode()
    saved("course.yaml", course[:20], "# baru\n" + course[:20])
    assert publish_due(courses_folder, now=MORNING) == [SLUG]
    assert titles() == ["Judul pagi", "Dari folder"]
    rest = get_workspace(SLUG, within=ALL)
    assert b"# baru" in rest.files["course.yaml"] and b"Dari folder" in rest.files[SECOND]


def test_a_draft_that_cannot_be_published_at_its_time_waits_with_the_reason(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    wanted = saved(FIRST, "title:", "titel:")
    schedule_publication(wanted, at=MORNING, now=LATER)
    assert publish_due(courses_folder, now=MORNING) == []
    assert [each.path for each in due_at(SLUG).refused] == [f"courses/{SLUG}/{FIRST}"]
    assert titles()[0] == "Modul dasar"
    assert publish_due(courses_folder, now=MORNING) == []
    schedule_publication(wanted, at=MORNING + timedelta(hours=1), now=MORNING)
    assert due_at(SLUG).refused == ()


def test_a_draft_that_meets_what_was_published_meanwhile_waits_for_a_person(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    scheduled()
    retitle(courses_folder, new="Dari folder")
    sync(courses_folder, now=LATER)
    assert publish_due(courses_folder, now=MORNING) == []
    assert len(due_at(SLUG).refused) == 1
    assert titles()[0] == "Dari folder"
    assert b"Judul pagi" in get_workspace(SLUG, within=ALL).files[FIRST]


def test_publishing_at_once_discarding_and_cancelling_leave_nothing_to_be_published_later(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    publish_draft(scheduled("Satu"), folder=courses_folder, now=LATER)
    assert due_at(SLUG) is None
    wanted = saved(FIRST, "Satu", "Dua")
    schedule_publication(wanted, at=MORNING, now=LATER)
    discard_draft(wanted.revision_id, Signed(slug=SLUG, by=Author("Rahmat", 1)), now=LATER)
    assert due_at(SLUG) is None
    schedule_publication(saved(FIRST, "Satu", "Tiga"), at=MORNING, now=LATER)
    cancel_publication(SLUG)
    assert publish_due(courses_folder, now=MORNING) == []
    assert titles()[0] == "Satu"


def test_only_the_draft_that_was_seen_is_scheduled_and_only_for_later(db: SQLAlchemy) -> None:
    with pytest.raises(NothingToPublish):
        schedule_publication(Publication(slug=SLUG, revision_id=1, person_id=1), at=MORNING, now=NOW)
    old = saved(FIRST, "Modul dasar", "Satu")
    saved(FIRST, "Satu", "Dua")
    with pytest.raises(DraftMoved):
        schedule_publication(old, at=MORNING, now=NOW)
    with pytest.raises(TooEarly):
        schedule_publication(old, at=NOW, now=NOW)
