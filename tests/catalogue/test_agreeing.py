"""Folder and database: each follows the other, and where both changed nothing is overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.catalogue import folder as writing_files
from app.catalogue.operations import Change, Issued, Saved, agreeing, publish_draft, save_draft, sync
from app.catalogue.operations import create_course as create
from app.catalogue.operations.syncing import Take
from app.catalogue.queries import get_published, get_workspace, heads, history
from app.catalogue.rules.agreeing import PARTED, UNWRITTEN, Meeting, meeting
from app.catalogue.rules.drafts import Author
from app.content.folders import files_sha256, read_folder
from app.people.permissions import Scope
from tests.catalogue.writing import LATER, MODULE, NOW, SLUG, PowerCut, change, power_cut, publication, retitle
from tests.ground.database import PUBLISHED, Start

ALL = Scope(1, everything=True)
FIRST, SECOND, THIRD = {"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "2", "b": "3", "c": "3"}


@pytest.fixture
def start() -> Start:
    return PUBLISHED


@pytest.mark.parametrize(
    ("here", "since", "expected"),
    [
        (SECOND, [FIRST, SECOND], "agreed"),
        (FIRST, [FIRST, SECOND], "unfinished"),
        ({"a": "1", "b": "3"}, [FIRST, THIRD], "unfinished"),
        ({"a": "2", "b": "1"}, [FIRST, SECOND, THIRD], "unfinished"),
        ({"a": "1", "b": "3", "c": "3"}, [FIRST, SECOND, THIRD], "unfinished"),
        ({"a": "1", "b": "1", "c": "9"}, [FIRST, THIRD], "parted"),
        ({"a": "9", "b": "1"}, [FIRST, SECOND], "parted"),
        ({"a": "1"}, [FIRST, SECOND], "parted"),  # an author removed b
        ({}, [{}, FIRST], "unfinished"),
        ({}, [FIRST, SECOND], "parted"),
    ],
)
def test_a_folder_is_written_only_where_it_holds_nothing_but_what_was_served(
    here: dict[str, str], since: list[dict[str, str]], expected: Meeting
) -> None:
    assert meeting(here, since) == expected


def published(courses_folder: Path, title: str = "Dari browser") -> Issued:
    """The first module under another title, a comment in a bank and a new picture, published in the browser."""
    began = get_workspace(SLUG, within=ALL)
    files: dict[str, bytes | None] = {
        "01-dasar.yaml": began.files["01-dasar.yaml"].replace(b"Modul dasar", title.encode()),
        "bank/kumpulan.yaml": began.files["bank/kumpulan.yaml"] + b"# tambahan\n",
        "media/lain.svg": began.files["media/alur.svg"],
    }
    saved = save_draft(change(began.revision_id, files), now=LATER)
    assert isinstance(saved, Saved)
    wanted = publication(saved.revision_id)
    done = publish_draft(wanted, folder=courses_folder, now=LATER)
    assert isinstance(done, Issued)
    return done


def on_disk(courses_folder: Path) -> str:
    files, faults = read_folder(courses_folder / SLUG)
    assert not faults
    return files_sha256(files)


def test_what_is_published_in_the_browser_is_in_the_folder_byte_for_byte(db: SQLAlchemy, courses_folder: Path) -> None:
    before = (courses_folder / SLUG / "course.yaml").stat()
    assert published(courses_folder).unwritten is None
    assert on_disk(courses_folder) == heads()[SLUG].sha256 == heads()[SLUG].agreed_sha256
    assert (courses_folder / SLUG / "course.yaml").stat().st_ino == before.st_ino  # not even touched
    assert sync(courses_folder, now=LATER).published == []
    assert [each.author for each in history(SLUG)] == ["Rahmat", "files"]


@pytest.mark.parametrize("step", range(5))
def test_a_publication_that_is_cut_short_anywhere_is_finished_by_the_next_look(
    db: SQLAlchemy, courses_folder: Path, step: int
) -> None:
    with power_cut(step):
        published(courses_folder)
    assert get_published(SLUG).course.modules[0].title.id == "Dari browser"
    report = sync(courses_folder, now=LATER)
    assert (report.published, report.faults) == ([], {})
    assert on_disk(courses_folder) == heads()[SLUG].sha256 == heads()[SLUG].agreed_sha256
    assert [each.author for each in history(SLUG)] == ["Rahmat", "files"]


def test_what_was_cut_short_is_finished_also_after_it_was_published_over(
    db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(agreeing, "store_agreement", lambda *args: (_ for _ in ()).throw(PowerCut()))
        with pytest.raises(PowerCut):
            published(courses_folder)
    began = get_workspace(SLUG, within=ALL)
    again = began.files["01-dasar.yaml"].replace(b"Dari browser", b"Sekali lagi")
    files = {"01-dasar.yaml": again, "media/lain.svg": None}
    saved = save_draft(Change(slug=SLUG, base=began.revision_id, files=files, message="", person_id=1), now=LATER)
    wanted = publication(saved.revision_id)
    assert publish_draft(wanted, folder=courses_folder, now=LATER).unwritten is None
    assert on_disk(courses_folder) == heads()[SLUG].sha256 == heads()[SLUG].agreed_sha256


def parted(courses_folder: Path) -> None:
    """The folder's first module is changed by an author before the browser's could be written there."""
    retitle(courses_folder, new="Dari folder")
    assert published(courses_folder).unwritten == PARTED


def test_where_folder_and_browser_both_changed_nothing_is_overwritten_and_it_is_told(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    parted(courses_folder)
    report = sync(courses_folder, now=LATER)
    assert (report.published, report.parted) == ([], [SLUG])
    assert [each.message for each in report.faults[SLUG]] == [PARTED]
    assert "Dari folder" in (courses_folder / MODULE).read_text()
    assert get_published(SLUG).course.modules[0].title.id == "Dari browser"


@pytest.mark.parametrize(("side", "title"), [("files", "Dari folder"), ("database", "Dari browser")])
def test_the_command_shows_both_sides_and_takes_the_one_it_is_told(
    app: Flask, courses_folder: Path, side: str, title: str
) -> None:
    runner = app.test_cli_runner()
    with app.app_context():
        parted(courses_folder)
    told = runner.invoke(args=["courses", "sync"])
    assert told.exit_code == 1
    assert "Di folder:" in told.output and "Dari folder" in told.output
    assert "Di browser:" in told.output and "Dari browser" in told.output
    other = runner.invoke(args=["courses", "sync", "--take", side, "--course", "tertutup"])
    assert other.exit_code == 1
    done = runner.invoke(args=["courses", "sync", "--take", side])
    assert done.exit_code == 0, done.output
    with app.app_context():
        assert get_published(SLUG).course.modules[0].title.id == title
        assert title in (courses_folder / MODULE).read_text()
        assert on_disk(courses_folder) == heads()[SLUG].sha256 == heads()[SLUG].agreed_sha256
        assert sync(courses_folder, now=LATER, take=Take("files")).published == []


def test_an_author_who_comes_to_the_same_as_the_browser_is_at_one_with_it(db: SQLAlchemy, courses_folder: Path) -> None:
    parted(courses_folder)
    for path, data in get_workspace(SLUG, within=ALL).files.items():
        (courses_folder / SLUG / path).parent.mkdir(exist_ok=True)
        (courses_folder / SLUG / path).write_bytes(data)
    assert sync(courses_folder, now=LATER).faults == {}
    assert heads()[SLUG].agreed_sha256 == heads()[SLUG].sha256


def test_a_folder_that_cannot_be_written_is_told_and_followed_up_when_it_can(
    db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(writing_files, "_replace", full)
        assert published(courses_folder).unwritten == UNWRITTEN
        report = sync(courses_folder, now=LATER)
        assert [each.message for each in report.faults[SLUG]] == [UNWRITTEN]
        (courses_folder / "glossary.yaml").write_text("terms: []\n")
        assert SLUG in sync(courses_folder, now=LATER).published  # what all share is taken up all the same
    assert get_published(SLUG).course.modules[0].title.id == "Dari browser"
    assert sync(courses_folder, now=LATER).faults == {}
    assert on_disk(courses_folder) == heads()[SLUG].sha256 == heads()[SLUG].agreed_sha256


def test_a_course_made_in_the_browser_gets_its_folder(db: SQLAlchemy, courses_folder: Path) -> None:
    files = dict(get_workspace("tertutup", within=ALL).files)
    created = create("baru", files, by=Author("Rahmat", 1), now=NOW)
    wanted = publication(created.revision_id, "baru")
    assert publish_draft(wanted, folder=courses_folder, now=LATER).unwritten is None
    assert read_folder(courses_folder / "baru") == (files, ())
    report = sync(courses_folder, now=LATER)
    assert (report.published, report.faults) == ([], {})


def test_a_link_in_the_folder_is_never_written_through(db: SQLAlchemy, courses_folder: Path) -> None:
    outside = courses_folder.parent / "lain"
    outside.mkdir()
    os.rename(courses_folder / SLUG / "media", outside / "media")
    (courses_folder / SLUG / "media").symlink_to(outside / "media")
    before = (outside / "media" / "alur.svg").read_bytes()
    assert published(courses_folder).unwritten == PARTED
    assert (outside / "media" / "alur.svg").read_bytes() == before


@pytest.mark.parametrize("path", ["../lain.yaml", "/etc/lain.yaml", "a/../../lain.yaml", "a\\b.yaml", "."])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "kursus").mkdir()
    with pytest.raises(writing_files.FolderUnsafe):
        writing_files.write_files(tmp_path / "kursus", "ddc", {}, {path: b"x"})
    assert [each.name for each in tmp_path.iterdir()] == ["kursus"]


def test_a_written_file_keeps_its_rights_and_a_new_one_is_as_readable_as_its_folder(tmp_path: Path) -> None:
    course = tmp_path / "ddc"
    course.mkdir(mode=0o755)
    (course / "course.yaml").write_bytes(b"lama")
    (course / "course.yaml").chmod(0o640)
    writing_files.write_files(tmp_path, "ddc", {"course.yaml": b"lama"}, {"course.yaml": b"baru", "01-a.yaml": b"x"})
    assert (course / "course.yaml").read_bytes() == b"baru"
    assert [oct((course / name).stat().st_mode)[-3:] for name in ("course.yaml", "01-a.yaml")] == ["640", "644"]
    assert sorted(each.name for each in course.iterdir()) == ["01-a.yaml", "course.yaml"]
