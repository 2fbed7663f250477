"""Drafts: what trainers save is theirs alone until it is published, and nothing that anybody saved is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.catalogue.operations import (
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
from app.catalogue.queries import draft_reading, files_of, get_published, get_workspace, get_workspace_at, history
from app.catalogue.queries.past import past_page
from app.catalogue.rules.drafts import Author, DraftHasFaults, DraftMoved, NothingToPublish, SlugTaken
from app.errors import NotFound
from app.people.permissions import Scope
from tests.catalogue.writing import LATER, NOW, SLUG, change, publication, retitle
from tests.ground.database import PUBLISHED, Start

ALL = Scope(1, everything=True)
RAHMAT = Author("Rahmat", 1)
MODULE = "01-dasar.yaml"


@pytest.fixture
def start() -> Start:
    return PUBLISHED


def titled(data: bytes, new: str) -> bytes:
    """The module under another title."""
    assert b"Modul dasar" in data
    return data.replace(b"Modul dasar", new.encode())


def save_title(new: str, base: int | None = None) -> Saved | Parted:
    """Save the module under another title, as from a form that began with `base` (None: the workspace)."""
    began = get_workspace(SLUG, within=ALL) if base is None else get_workspace_at(SLUG, base, within=ALL)
    return save_draft(change(began.revision_id, {MODULE: titled(began.files[MODULE], new)}), now=LATER)


def served_title() -> str:
    return get_published(SLUG).course.modules[0].title.id


def test_a_saved_draft_is_what_trainers_see_and_learners_do_not(db: SQLAlchemy) -> None:
    before = get_workspace(SLUG, within=ALL)
    assert not before.is_draft
    assert before.revision_id == before.published_id == get_published(SLUG).revision_id
    saved = save_title("Judul draf")
    now = get_workspace(SLUG, within=ALL)
    assert saved == Saved(now.revision_id)
    assert (now.is_draft, now.saved_by, now.saved_at) == (True, "Rahmat", LATER)
    assert draft_reading(now).course.modules[0].title.id == "Judul draf"
    assert served_title() == "Modul dasar"
    assert len(history(SLUG)) == 1


def test_a_published_draft_is_served_with_its_author_and_is_no_draft_any_more(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    saved = save_title("Judul baru")
    done = publish_draft(publication(saved.revision_id), folder=courses_folder, now=LATER)
    assert isinstance(done, Issued)
    assert served_title() == "Judul baru"
    assert not get_workspace(SLUG, within=ALL).is_draft
    assert [(each.number, each.author) for each in history(SLUG)] == [(2, "Rahmat"), (1, "files")]
    with pytest.raises(NothingToPublish):
        publish_draft(publication(saved.revision_id), folder=courses_folder, now=LATER)


def test_who_publishes_what_is_not_the_draft_any_more_is_told(db: SQLAlchemy, courses_folder: Path) -> None:
    first = save_title("Satu")
    save_draft(change(first.revision_id, {"02-baru.yaml": b"title: Baru\n"}), now=LATER)
    with pytest.raises(DraftMoved):
        publish_draft(publication(first.revision_id), folder=courses_folder, now=LATER)


def test_a_draft_with_faults_is_kept_but_not_published(db: SQLAlchemy, courses_folder: Path) -> None:
    began = get_workspace(SLUG, within=ALL)
    broken = began.files[MODULE].replace(b"title:", b"titel:", 1)
    saved = save_draft(change(began.revision_id, {MODULE: broken}), now=LATER)
    reading = draft_reading(get_workspace(SLUG, within=ALL))
    assert reading.course is None and reading.faults
    with pytest.raises(DraftHasFaults) as refused:
        publish_draft(publication(saved.revision_id), folder=courses_folder, now=LATER)
    assert refused.value.faults == reading.faults
    assert served_title() == "Modul dasar"


def test_what_two_changed_in_different_files_is_merged_without_a_word(db: SQLAlchemy) -> None:
    began = get_workspace(SLUG, within=ALL).revision_id
    save_title("Judul Rahmat", began)
    done = save_draft(change(began, {"02-baru.yaml": b"title: Baru\n"}), now=LATER)
    assert isinstance(done, Saved)
    files = get_workspace(SLUG, within=ALL).files
    assert b"Judul Rahmat" in files[MODULE] and "02-baru.yaml" in files


def test_what_two_changed_at_one_place_is_kept_on_both_sides(db: SQLAlchemy) -> None:
    began = get_workspace(SLUG, within=ALL).revision_id
    save_title("Judul Rahmat", began)
    done = save_title("Judul Noor", began)
    assert isinstance(done, Parted)
    assert b"Judul Rahmat" in get_workspace(SLUG, within=ALL).files[MODULE]
    assert b"Judul Noor" in files_of(done.side_id)[MODULE]


def test_saving_what_is_there_already_makes_no_revision(db: SQLAlchemy) -> None:
    began = get_workspace(SLUG, within=ALL)
    same = save_draft(change(began.revision_id, {MODULE: began.files[MODULE]}), now=LATER)
    assert same == Saved(began.revision_id)
    assert not get_workspace(SLUG, within=ALL).is_draft


def test_a_discarded_draft_can_be_taken_up_again(db: SQLAlchemy) -> None:
    saved, thrown_away = save_title("Judul draf"), Signed(slug=SLUG, by=RAHMAT, message="Draf dibuang")
    with pytest.raises(DraftMoved):
        discard_draft(saved.revision_id - 1, thrown_away, now=LATER)
    discard_draft(saved.revision_id, thrown_away, now=LATER)
    assert not get_workspace(SLUG, within=ALL).is_draft
    told = past_page(SLUG, 1, within=ALL).revisions[0]
    assert (told.author, told.message, told.parent_id) == (RAHMAT.name, "Draf dibuang", saved.revision_id)
    restore_revision(SLUG, saved.revision_id, by=RAHMAT, now=LATER)
    assert b"Judul draf" in get_workspace(SLUG, within=ALL).files[MODULE]


def test_a_new_course_is_a_draft_until_it_is_published(db: SQLAlchemy, courses_folder: Path) -> None:
    files = {"course.yaml": get_workspace(SLUG, within=ALL).files["course.yaml"].replace(b"01-dasar", b"01-awal")}
    create_course("baru", files, by=RAHMAT, now=NOW)
    found = get_workspace("baru", within=ALL)
    assert (found.is_draft, found.published_id) == (True, None)
    with pytest.raises(NotFound):
        get_published("baru")
    for taken in ("baru", SLUG):
        with pytest.raises(SlugTaken):
            create_course(taken, files, by=RAHMAT, now=NOW)


def test_a_course_outside_the_grants_is_not_found(db: SQLAlchemy) -> None:
    revision_id = get_workspace(SLUG, within=ALL).revision_id
    others = Scope(1, courses=frozenset({"tertutup"}))
    for slug, within in ((SLUG, others), ("tidak-ada", ALL), ("@shared", others)):
        with pytest.raises(NotFound):
            get_workspace(slug, within=within)
        with pytest.raises(NotFound):
            get_workspace_at(slug, revision_id, within=within)
    with pytest.raises(NotFound):
        get_workspace_at("tertutup", revision_id, within=others)
    assert get_workspace("tertutup", within=others).slug == "tertutup"


def test_files_that_change_while_there_is_a_draft_are_merged_into_it(db: SQLAlchemy, courses_folder: Path) -> None:
    save_title("Judul draf")
    course = courses_folder / SLUG / "course.yaml"
    course.write_bytes(course.read_bytes() + b"# dari folder\n")
    assert sync(courses_folder, now=LATER).published == [SLUG]
    draft = get_workspace(SLUG, within=ALL)
    publish_draft(publication(draft.revision_id), folder=courses_folder, now=LATER)
    files = get_workspace(SLUG, within=ALL).files
    assert b"Judul draf" in files[MODULE] and b"# dari folder" in files["course.yaml"]


def test_a_draft_that_meets_what_files_published_is_kept_whole_beside_it_for_somebody_to_choose(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    save_title("Judul draf")
    second = get_workspace(SLUG, within=ALL)
    draft = save_draft(
        change(second.revision_id, {"course.yaml": second.files["course.yaml"] + b"# dari draf\n"}), now=LATER
    )
    retitle(courses_folder, new="Dari folder")
    sync(courses_folder, now=LATER)
    done = publish_draft(publication(draft.revision_id), folder=courses_folder, now=LATER)
    assert isinstance(done, Parted)
    assert b"Judul draf" in files_of(done.side_id)[MODULE]
    rest = get_workspace(SLUG, within=ALL)
    assert rest.is_draft and b"Dari folder" in rest.files[MODULE] and b"# dari draf" in rest.files["course.yaml"]
    assert served_title() == "Dari folder"
    chosen = save_draft(change(rest.revision_id, {MODULE: files_of(done.side_id)[MODULE]}), now=LATER)
    publish_draft(publication(chosen.revision_id), folder=courses_folder, now=LATER)
    assert served_title() == "Judul draf"


def test_a_draft_that_comes_back_to_what_is_served_is_no_draft_any_more(db: SQLAlchemy) -> None:
    served = get_workspace(SLUG, within=ALL)
    saved = save_title("Judul draf")
    back = save_draft(change(saved.revision_id, {MODULE: served.files[MODULE]}), now=LATER)
    assert back == Saved(served.revision_id)
    assert not get_workspace(SLUG, within=ALL).is_draft
