"""From the folder into the database: what is whole is published, what is broken changes nothing that is served."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.catalogue import operations
from app.catalogue.models import Blob, FolderState, Revision, RevisionFile
from app.catalogue.operations import sync, syncing
from app.catalogue.queries import course_at, course_states, files_of, get_published, history, published, shared_now
from app.catalogue.rules import SHARED
from app.catalogue.store import init_store
from app.errors import NotFound
from tests.catalogue.writing import LATER, MODULE, NOW, retitle, spoil


def count(db: SQLAlchemy, model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def title() -> str:
    return get_published("contoh").course.modules[0].title.id


def test_every_whole_course_is_published_with_what_they_share(db: SQLAlchemy, courses_folder: Path) -> None:
    report = sync(courses_folder, now=NOW)
    assert report.published == [SHARED, "contoh", "tertutup"]
    assert report.faults == {}
    assert set(published()) == {"contoh", "tertutup"}
    assert shared_now().framework.competencies
    assert (
        files_of(get_published("contoh").revision_id)["course.yaml"]
        == (courses_folder / "contoh" / "course.yaml").read_bytes()
    )


def test_a_second_look_at_the_same_folder_writes_nothing(db: SQLAlchemy, courses_folder: Path) -> None:
    sync(courses_folder, now=NOW)
    before = [count(db, model) for model in (Revision, RevisionFile, Blob, FolderState)]
    assert sync(courses_folder, now=LATER).published == []
    assert [count(db, model) for model in (Revision, RevisionFile, Blob, FolderState)] == before


def test_a_changed_file_makes_a_revision_that_names_its_parent_and_stores_only_what_is_new(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    sync(courses_folder, now=NOW)
    first, blobs = get_published("contoh").revision_id, count(db, Blob)
    retitle(courses_folder)
    assert sync(courses_folder, now=LATER).published == ["contoh"]
    second = db.session.get_one(Revision, get_published("contoh").revision_id)
    assert (second.parent_id, second.created_at, second.author) == (first, LATER, "files")
    assert count(db, Blob) == blobs + 1
    assert title() == "Modul pertama"


def test_an_old_revision_is_still_there_as_it_was(db: SQLAlchemy, courses_folder: Path) -> None:
    sync(courses_folder, now=NOW)
    pinned = get_published("contoh").revision_id
    retitle(courses_folder)
    (courses_folder / "glossary.yaml").write_text("terms: []\n")
    sync(courses_folder, now=LATER)
    assert get_published("contoh").revision_id != pinned
    operations.syncing.store().courses.clear()  # as in another process
    assert course_at(pinned).modules[0].title.id == "Modul dasar"


def test_a_broken_folder_changes_nothing_that_is_served_and_its_faults_are_kept(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    sync(courses_folder, now=NOW)
    served = get_published("contoh").revision_id
    spoil(courses_folder)
    report = sync(courses_folder, now=LATER)
    assert report.published == []
    assert report.fresh == {"contoh"}
    assert str(report.faults["contoh"][0]).startswith(f"courses/{MODULE}:4:1: ")
    assert get_published("contoh").revision_id == served
    (state,) = [each for each in course_states() if each.slug == "contoh"]
    assert state.faults == report.faults["contoh"]
    assert state.seen_at == LATER
    assert state.served is not None
    assert state.served.id == served


def test_a_course_that_was_never_whole_is_not_served_but_its_faults_are_shown(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    spoil(courses_folder)
    sync(courses_folder, now=NOW)
    with pytest.raises(NotFound):
        get_published("contoh")
    (state,) = [each for each in course_states() if each.slug == "contoh"]
    assert state.served is None
    assert state.course is None
    assert state.faults


def test_known_faults_are_told_again_but_neither_logged_nor_compiled_again(
    db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(courses_folder)
    found = sync(courses_folder, now=NOW).faults
    compiled: list[str] = []
    monkeypatch.setattr(syncing, "compile_files", lambda slug, *rest, **more: compiled.append(slug))
    report = sync(courses_folder, now=LATER, recheck=False)
    assert report.faults == found
    assert report.fresh == set()
    assert compiled == []


def test_a_mended_folder_is_published_and_its_faults_are_gone(db: SQLAlchemy, courses_folder: Path) -> None:
    sync(courses_folder, now=NOW)
    spoil(courses_folder)
    sync(courses_folder, now=NOW)
    (courses_folder / MODULE).write_text((courses_folder / MODULE).read_text().replace("\ntitel:", "\ntitle:"))
    retitle(courses_folder)
    assert sync(courses_folder, now=LATER, recheck=False).published == ["contoh"]
    assert count(db, FolderState) == 0


def test_faults_are_gone_too_where_the_file_is_put_back_as_it_was(db: SQLAlchemy, courses_folder: Path) -> None:
    sync(courses_folder, now=NOW)
    whole = spoil(courses_folder)
    sync(courses_folder, now=NOW)
    (courses_folder / MODULE).write_text(whole)
    report = sync(courses_folder, now=LATER, recheck=False)
    assert report.published == []
    assert count(db, FolderState) == 0


def test_broken_shared_files_leave_the_served_ones_and_courses_still_change(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    sync(courses_folder, now=NOW)
    terms = len(shared_now().glossary)
    (courses_folder / "glossary.yaml").write_text("terms: [\n")
    retitle(courses_folder)
    report = sync(courses_folder, now=LATER)
    assert report.published == ["contoh"]
    assert list(report.faults) == [SHARED]
    assert len(shared_now().glossary) == terms > 0
    assert [each.slug for each in course_states()] == [SHARED, "contoh", "tertutup"]


def test_changed_shared_files_make_new_revisions_of_the_courses_that_lean_on_them(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    sync(courses_folder, now=NOW)
    (courses_folder / "glossary.yaml").write_text("terms: []\n")
    assert sync(courses_folder, now=LATER).published == [SHARED, "contoh", "tertutup"]
    state = course_states()[0]
    assert state.served is not None
    revision = db.session.get_one(Revision, get_published("contoh").revision_id)
    assert revision.shared_id == state.served.id


def test_a_folder_that_is_gone_takes_no_course_down(db: SQLAlchemy, courses_folder: Path) -> None:
    sync(courses_folder, now=NOW)
    shutil.rmtree(courses_folder / "contoh")
    report = sync(courses_folder, now=LATER)
    assert list(report.faults) == ["contoh"]
    assert title() == "Modul dasar"
    assert sync(courses_folder, now=LATER).fresh == set()


def test_the_faults_of_a_folder_that_was_never_published_go_with_it(db: SQLAlchemy, courses_folder: Path) -> None:
    spoil(courses_folder)
    sync(courses_folder, now=NOW)
    shutil.rmtree(courses_folder / "contoh")
    assert sync(courses_folder, now=LATER).faults == {}
    assert count(db, FolderState) == 0


def test_a_link_out_of_the_folder_is_a_fault_and_what_it_leads_to_is_not_read(
    db: SQLAlchemy, courses_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "rahasia.yaml").write_text("title: rahasia\n")
    (courses_folder / "contoh" / "03-luar.yaml").symlink_to(tmp_path / "rahasia.yaml")
    report = sync(courses_folder, now=NOW)
    assert report.published == [SHARED, "tertutup"]
    assert report.faults["contoh"][0].path == "courses/contoh/03-luar.yaml"


@pytest.mark.parametrize("name", ["k" * 120, "Kursus Baru", "@shared"])
def test_a_folder_with_an_impossible_name_keeps_no_other_from_being_published(
    db: SQLAlchemy, courses_folder: Path, name: str
) -> None:
    shutil.copytree(courses_folder / "tertutup", courses_folder / name)
    report = sync(courses_folder, now=NOW)
    assert report.published == [SHARED, "contoh", "tertutup"]
    assert set(published()) == {"contoh", "tertutup"}


def test_a_course_that_makes_the_program_fail_keeps_no_other_from_being_published(
    db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = syncing.compile_files

    def failing(slug: str, *rest: object, **more: object) -> object:
        if slug == "contoh":
            raise ZeroDivisionError
        return whole(slug, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(syncing, "compile_files", failing)
    report = sync(courses_folder, now=NOW)
    assert report.published == [SHARED, "tertutup"]
    assert list(report.faults) == ["contoh"]
    assert "ZeroDivisionError" in caplog.text


def test_an_id_that_returns_with_another_kind_is_a_fault_even_after_it_was_gone_for_a_while(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    file = courses_folder / MODULE
    whole = file.read_text()
    sync(courses_folder, now=NOW)
    file.write_text(whole.replace("lesson: pengantar", "lesson: pembuka"))
    assert sync(courses_folder, now=LATER).published == ["contoh"]
    file.write_text(whole.replace("lesson: pengantar", "lesson: pembuka").replace("quiz: latihan", "quiz: pengantar"))
    report = sync(courses_folder, now=LATER)
    assert report.published == []
    assert "pengantar" in str(report.faults["contoh"][0])


def test_the_history_tells_every_revision_the_newest_first(db: SQLAlchemy, courses_folder: Path) -> None:
    sync(courses_folder, now=NOW)
    retitle(courses_folder)
    sync(courses_folder, now=LATER, author="Rahmat Hidayat")
    assert [(each.number, each.author, each.created_at, each.served) for each in history("contoh")] == [
        (2, "Rahmat Hidayat", LATER, True),
        (1, "files", NOW, False),
    ]
    assert [each.number for each in history(SHARED)] == [1]
    assert history("tidak-ada") == []


def test_states_can_be_limited_to_some_courses(db: SQLAlchemy, courses_folder: Path) -> None:
    sync(courses_folder, now=NOW)
    assert [each.slug for each in course_states(only={"tertutup"})] == ["tertutup"]
    assert course_states(only=()) == []


def test_a_start_finds_the_lessons_that_were_rendered_when_they_were_published(
    db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(courses_folder, now=NOW)
    init_store(current_app)  # as in a process that has just begun
    monkeypatch.setattr("app.content.renderings.render_lesson", None)  # to be called is to fail
    assert set(published()) == {"contoh", "tertutup"}
