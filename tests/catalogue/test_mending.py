"""A folder's fault mended in the browser: publishing goes on from what lay in the folder, and from nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.catalogue.folder import files_in
from app.catalogue.operations import (
    Change,
    Issued,
    Parted,
    Saved,
    create_course,
    discard_draft,
    publish_draft,
    restore_revision,
    save_draft,
    sync,
)
from app.catalogue.operations.joining import Signed
from app.catalogue.operations.mending import mend_folder
from app.catalogue.operations.resolving import resolve_side
from app.catalogue.queries import get_published, get_workspace, heads
from app.catalogue.rules.agreeing import PARTED
from app.catalogue.rules.drafts import Author, DraftMoved
from app.content.folders import files_sha256
from app.people.permissions import Scope
from tests.catalogue.writing import LATER, MODULE, NOW, SLUG, change, power_cut, publication, retitle, spoil
from tests.ground.database import PUBLISHED, Start

ALL = Scope(1, everything=True)
FILE = "01-dasar.yaml"


@pytest.fixture
def start() -> Start:
    return PUBLISHED


def lying(courses: Path, slug: str = SLUG) -> dict[str, bytes]:
    files = files_in(courses, slug)
    assert files
    return dict(files)


def written(courses: Path, old: str, new: str, path: str = MODULE) -> None:
    """An author writes in the folder."""
    text = (courses / path).read_text()
    assert old in text
    (courses / path).write_text(text.replace(old, new))


def appended(courses: Path, line: str) -> None:
    """They add a line to a bank."""
    bank = courses / SLUG / "bank/kumpulan.yaml"
    bank.write_text(bank.read_text() + line)


def spoiled(courses: Path) -> None:
    """An author renames the first module, adds a comment to a bank, and makes a mistake; the mistake is noticed."""
    retitle(courses, new="Dari folder")
    appended(courses, "# dari folder\n")
    spoil(courses)
    assert sync(courses, now=NOW).faults[SLUG]


def changed(files: dict[str, bytes | None]) -> Change:
    return change(get_workspace(SLUG, within=ALL).revision_id, files)


def mended(courses: Path, *more: tuple[str, str]) -> Saved | Parted:
    """A trainer corrects the mistake where it lies."""
    here = lying(courses)
    text = here[FILE].decode()
    for old, new in (("\ntitel:", "\ntitle:"), *more):
        text = text.replace(old, new)
    return mend_folder(changed({FILE: text.encode()}), here, now=LATER)


def publish(courses: Path) -> Issued | Parted:
    draft = get_workspace(SLUG, within=ALL).revision_id
    return publish_draft(publication(draft), folder=courses, now=LATER)


def assert_agreed(courses: Path) -> None:
    report = sync(courses, now=LATER)
    assert (report.published, report.faults) == ([], {})
    head = heads()[SLUG]
    assert files_sha256(lying(courses)) == head.sha256 == head.agreed_sha256


def test_what_was_mended_is_published_and_written_into_the_folder(db: SQLAlchemy, courses_folder: Path) -> None:
    spoiled(courses_folder)
    assert isinstance(mended(courses_folder), Saved)
    done = publish(courses_folder)
    assert isinstance(done, Issued) and done.unwritten is None
    assert get_published(SLUG).course.modules[0].title.id == "Dari folder"
    assert b"# dari folder\n" in lying(courses_folder)["bank/kumpulan.yaml"]
    assert_agreed(courses_folder)


@pytest.mark.parametrize("step", range(3))
def test_a_mended_publication_that_is_cut_short_anywhere_is_finished_by_the_next_look(
    db: SQLAlchemy, courses_folder: Path, step: int
) -> None:
    spoiled(courses_folder)
    mended(courses_folder)
    with power_cut(step):
        publish(courses_folder)
    assert_agreed(courses_folder)
    assert get_published(SLUG).course.modules[0].title.id == "Dari folder"


def test_a_mistake_that_is_only_taken_back_is_taken_back_in_the_folder_too(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    spoil(courses_folder)
    assert isinstance(mended(courses_folder), Saved)
    done = publish(courses_folder)
    assert isinstance(done, Issued) and done.unwritten is None
    assert_agreed(courses_folder)


def test_what_an_author_changes_elsewhere_meanwhile_is_joined_and_shown_before_it_is_published(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    spoiled(courses_folder)
    mended(courses_folder)
    appended(courses_folder, "# lagi\n")
    with pytest.raises(DraftMoved):
        publish(courses_folder)
    assert get_workspace(SLUG, within=ALL).files["bank/kumpulan.yaml"].endswith(b"# dari folder\n# lagi\n")
    assert isinstance(publish(courses_folder), Issued)
    assert_agreed(courses_folder)


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_what_an_author_changes_at_the_same_place_meanwhile_is_for_somebody_to_choose(
    db: SQLAlchemy, courses_folder: Path, side: str
) -> None:
    spoiled(courses_folder)
    mended(courses_folder, ("Dari folder", "Dari browser"))
    written(courses_folder, "titel:", "title:")
    written(courses_folder, "Dari folder", "Dari penulis")
    met = publish(courses_folder)
    assert isinstance(met, Parted)
    assert b"Dari penulis" in lying(courses_folder)[FILE]
    chosen = lying(courses_folder) if side == "mine" else get_workspace(SLUG, within=ALL).files
    resolve_side(changed(dict(chosen)), met.side_id, now=LATER)
    done = publish(courses_folder)
    assert isinstance(done, Issued) and done.unwritten is None
    title = "Dari penulis" if side == "mine" else "Dari browser"
    assert get_published(SLUG).course.modules[0].title.id == title
    assert_agreed(courses_folder)


def test_what_a_draft_had_at_the_same_place_already_is_for_somebody_to_choose(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    now = get_workspace(SLUG, within=ALL).files
    save_draft(changed({FILE: now[FILE].replace(b"Modul dasar", b"Dari browser")}), now=NOW)
    spoiled(courses_folder)
    met = mended(courses_folder)
    assert isinstance(met, Parted)
    resolve_side(changed({}), met.side_id, now=LATER)
    done = publish(courses_folder)
    assert isinstance(done, Issued) and done.unwritten is None
    assert get_published(SLUG).course.modules[0].title.id == "Dari browser"
    assert_agreed(courses_folder)


def test_folder_and_browser_that_changed_apart_are_joined_without_a_command(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    retitle(courses_folder, new="Dari folder")
    now = get_workspace(SLUG, within=ALL).files
    save_draft(changed({FILE: now[FILE].replace(b"pass: 60", b"pass: 80")}), now=NOW)
    done = publish(courses_folder)
    assert isinstance(done, Issued) and done.unwritten == PARTED
    assert isinstance(mend_folder(changed({}), lying(courses_folder), now=LATER), Saved)
    assert isinstance(publish(courses_folder), Issued)
    assert b"Dari folder" in lying(courses_folder)[FILE] and b"pass: 80" in lying(courses_folder)[FILE]
    assert_agreed(courses_folder)


@pytest.mark.parametrize("how", ["discarded", "restored", "waiting"])
def test_a_folder_that_the_draft_does_not_go_on_from_any_more_is_never_written_over(
    db: SQLAlchemy, courses_folder: Path, how: str
) -> None:
    first = get_published(SLUG).revision_id
    spoiled(courses_folder)
    if how == "waiting":
        now = get_workspace(SLUG, within=ALL).files
        save_draft(changed({FILE: now[FILE].replace(b"Modul dasar", b"Dari browser")}), now=NOW)
        assert isinstance(mended(courses_folder), Parted)
    else:
        mended(courses_folder)
        draft = get_workspace(SLUG, within=ALL).revision_id
        if how == "discarded":
            discard_draft(draft, Signed(slug=SLUG, by=Author("R")), now=LATER)
        else:
            restore_revision(SLUG, first, by=Author("R"), now=LATER)
        now = get_workspace(SLUG, within=ALL).files
        save_draft(changed({FILE: now[FILE].replace(b"Modul dasar", b"Dari browser")}), now=LATER)
    before = lying(courses_folder)
    done = publish(courses_folder)
    assert isinstance(done, Issued) and done.unwritten == PARTED
    assert sync(courses_folder, now=LATER).parted == [SLUG]
    assert lying(courses_folder) == before


def test_an_author_who_mends_it_first_is_published_and_the_draft_is_joined_with_that(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    spoiled(courses_folder)
    mended(courses_folder, ("pass: 60", "pass: 80"))
    written(courses_folder, "titel:", "title:")
    assert sync(courses_folder, now=LATER).published == [SLUG]
    done = publish(courses_folder)
    assert isinstance(done, Issued) and done.unwritten is None
    assert b"pass: 80" in lying(courses_folder)[FILE]
    assert_agreed(courses_folder)


def test_a_folder_that_was_never_whole_is_taken_up_mended_and_published(db: SQLAlchemy, courses_folder: Path) -> None:
    (courses_folder / "baru/bank").mkdir(parents=True)
    for path, data in lying(courses_folder, "tertutup").items():
        target = courses_folder / "baru" / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
    written(courses_folder, "title:", "titel:", "baru/course.yaml")
    assert sync(courses_folder, now=NOW).faults["baru"]
    files = lying(courses_folder, "baru")
    made = create_course("baru", files, by=Author("Rahmat", 1), now=NOW, from_folder=True)
    good = files["course.yaml"].replace(b"titel:", b"title:")
    saved = save_draft(
        Change(slug="baru", base=made.revision_id, files={"course.yaml": good}, message="", person_id=1), now=LATER
    )
    wanted = publication(saved.revision_id, "baru")
    done = publish_draft(wanted, folder=courses_folder, now=LATER)
    assert isinstance(done, Issued) and done.unwritten is None
    assert lying(courses_folder, "baru")["course.yaml"] == good
    report = sync(courses_folder, now=LATER)
    assert (report.published, report.faults) == ([], {})
