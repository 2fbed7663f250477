"""What all courses share, edited like a course: published with the courses that lean on it, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.catalogue.operations import Change, Parted, Publication, due, releasing, save_draft, schedule_publication, sync
from app.catalogue.queries import draft_reading, get_published, get_workspace, heads, history, shared_now
from app.catalogue.queries.due import due_at
from app.catalogue.queries.followers import followers
from app.catalogue.queries.past import past_page
from app.catalogue.rules import SHARED
from app.catalogue.rules.agreeing import PARTED
from app.catalogue.rules.drafts import DraftHasFaults
from app.content.compile import compile_shared
from app.content.course import Shared
from app.errors import NotFound
from app.people.permissions import Scope
from tests.catalogue.sharing import ALL, BANK, QUIZ, TEXTS, UMUM, issue, save, share
from tests.catalogue.writing import LATER, NOW, retitle
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start
from tests.quizzes.cast import begin


@pytest.fixture
def start() -> Start:
    return PUBLISHED


@pytest.fixture
def shared(db: SQLAlchemy, courses_folder: Path) -> Path:
    """The folder, with the bank and the quiz that takes from it, published."""
    share(courses_folder)
    assert sync(courses_folder, now=NOW).published == [SHARED, "contoh", "tertutup"]
    return courses_folder


def served(name: str = "tamu") -> str:
    """The text of a shared question as learners of `contoh` have it."""
    found = get_published("contoh").course.question(f"umum/{name}")
    assert found is not None
    return found.text.id


def test_a_shared_bank_is_saved_as_a_draft_that_nobody_is_served(shared: Path) -> None:
    save("Buku tamu perlu.", "Buku tamu wajib ada.")
    draft = get_workspace(SHARED, within=ALL)
    assert (draft.is_draft, draft_reading(draft).faults, draft_reading(draft).course) == (True, (), None)
    assert served() == "Buku tamu perlu."
    assert sync(shared, now=LATER).published == []


def test_only_who_reaches_every_course_reaches_what_they_share(shared: Path) -> None:
    revision_id = get_workspace(SHARED, within=ALL).revision_id
    for within in (Scope(1, courses=frozenset({"contoh", "tertutup"})), Scope(1, courses=frozenset({SHARED}))):
        with pytest.raises(NotFound):
            get_workspace(SHARED, within=within)
        with pytest.raises(NotFound):
            past_page(SHARED, 1, within=within)
    assert past_page(SHARED, 1, within=ALL).revisions[0].id == revision_id


def test_publishing_it_takes_every_course_along_and_writes_the_one_file(shared: Path) -> None:
    untouched = (shared / "glossary.yaml").stat()
    files = {slug: head.sha256 for slug, head in heads().items() if slug != SHARED}
    assert issue(save("Buku tamu perlu.", "Buku tamu wajib ada."), shared).unwritten is None
    assert served() == shared_now().banks["umum"].questions[0].text.id == "Buku tamu wajib ada."
    assert (shared / BANK).read_text() == UMUM.replace("Buku tamu perlu.", "Buku tamu wajib ada.")
    assert (shared / "glossary.yaml").stat().st_ino == untouched.st_ino
    now = heads()
    assert {slug: head.sha256 for slug, head in now.items() if slug != SHARED} == files
    assert {head.shared_id for slug, head in now.items() if slug != SHARED} == {now[SHARED].revision_id}
    assert now[SHARED].agreed_sha256 == now[SHARED].sha256
    assert history("contoh")[0].author == "Rahmat"
    assert not get_workspace(SHARED, within=ALL).is_draft
    report = sync(shared, now=LATER)
    assert (report.published, report.faults) == ([], {})


@pytest.mark.parametrize(("gone", "at"), [("jam", "- draw: 2"), ("tamu", "- use: umum/tamu")])
def test_what_would_break_a_served_course_is_refused_with_its_place_and_changes_nothing(
    shared: Path, gone: str, at: str
) -> None:
    draft, before = save(TEXTS[gone], ""), dict(heads())
    with pytest.raises(DraftHasFaults) as refused:
        issue(draft, shared)
    (fault,) = refused.value.faults
    assert fault.path == f"courses/contoh/{QUIZ}"
    assert at in (shared / "contoh" / QUIZ).read_text().splitlines()[fault.line - 1]
    assert dict(heads()) == before
    assert get_workspace(SHARED, within=ALL).revision_id == draft
    assert (shared / BANK).read_text() == UMUM


def test_a_course_that_is_published_in_between_is_taken_along_as_it_is_then(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, real = [], releasing.courses_with

    def quicker(found: Shared) -> object:
        courses = real(found)
        if not looked:
            looked.append(retitle(shared))
            assert sync(shared, now=LATER).published == ["contoh"]
        return courses

    monkeypatch.setattr(releasing, "courses_with", quicker)
    issue(save("Buku tamu perlu.", "Buku tamu wajib ada."), shared)
    assert get_published("contoh").course.modules[0].title.id == "Modul pertama"
    assert served() == "Buku tamu wajib ada."


def test_a_draft_with_faults_of_its_own_is_not_published(shared: Path) -> None:
    with pytest.raises(DraftHasFaults) as refused:
        issue(save("answer: true", "answer: mungkin"), shared)
    assert {each.path for each in refused.value.faults} == {f"courses/{BANK}"}


def test_a_course_that_is_broken_already_stands_in_nobodys_way_and_goes_on(shared: Path) -> None:
    share(shared, UMUM.replace(TEXTS["tamu"], ""))
    report = sync(shared, now=NOW)
    assert report.published == [SHARED, "tertutup"]
    assert list(report.faults) == ["contoh"]
    left = get_published("contoh").revision_id
    issue(save("Denda wajib diumumkan.", "Denda ditulis di pintu."), shared)
    assert get_published("contoh").revision_id == left
    assert served() == "Buku tamu perlu."


def test_a_quiz_counts_as_changed_where_what_it_may_ask_is_another(shared: Path) -> None:
    files = get_workspace(SHARED, within=ALL).files

    def changed(old: str, new: str) -> dict[str, int]:
        bank = files[BANK].replace(old.encode(), new.encode())
        return {each.head.slug: each.quizzes for each in followers(compile_shared({**files, BANK: bank}))}

    assert changed("Denda wajib", "Denda selalu") == {"contoh": 1, "tertutup": 0}
    assert changed("    text: Denda", "    competency: F1.satu\n    text: Denda") == {"contoh": 0, "tertutup": 0}
    assert changed("title: Umum", "title: Untuk semua") == {"contoh": 0, "tertutup": 0}
    assert changed("# dipakai", "# milik") == {"contoh": 0, "tertutup": 0}


def test_the_next_attempt_has_the_new_question_and_the_one_before_keeps_the_old(shared: Path, cast: Cast) -> None:
    before = begin(cast.siti, "tes")
    issue(save("Buku tamu perlu.", "Buku tamu wajib ada."), shared)
    after = begin(cast.rahmat, "tes")

    def texts(work: object) -> set[str]:
        asked = (work.question(slot) for slot in range(1, len(work.places) + 1))
        return {each.text.id for each in asked if each.text is not None}

    assert "Buku tamu perlu." in texts(before) - texts(after)
    assert "Buku tamu wajib ada." in texts(after) - texts(before)
    assert texts(begin(cast.siti, "tes")) == texts(before)


def test_two_who_save_at_once_meet_as_in_a_course(shared: Path) -> None:
    began = get_workspace(SHARED, within=ALL)

    def saved(old: bytes, new: bytes) -> object:
        files = {BANK: began.files[BANK].replace(old, new)}
        change = Change(slug=SHARED, base=began.revision_id, files=files, message="", person_id=1, author="Rahmat")
        return save_draft(change, now=LATER)

    saved(b"Buku tamu perlu.", b"Buku tamu penting.")
    assert not isinstance(saved(b"Denda wajib", b"Denda selalu"), Parted)
    merged = get_workspace(SHARED, within=ALL).files[BANK]
    assert b"Buku tamu penting." in merged and b"Denda selalu" in merged
    assert isinstance(saved(b"Buku tamu perlu.", b"Buku tamu percuma."), Parted)


def test_it_can_be_published_at_a_time(shared: Path) -> None:
    wanted = Publication(slug=SHARED, revision_id=save("Buku tamu perlu.", "Buku tamu wajib."), person_id=1, author="R")
    schedule_publication(wanted, at=LATER, now=NOW)
    assert due.publish_due(shared, now=LATER) == [SHARED]
    assert (served(), due_at(SHARED)) == ("Buku tamu wajib.", None)
    assert b"Buku tamu wajib." in (shared / BANK).read_bytes()


# The folder


def parted(folder: Path) -> None:
    """The bank is changed in the folder before the browser's could be written there."""
    (folder / BANK).write_text(UMUM.replace("Buku tamu perlu.", "Dari folder."))
    assert issue(save("Buku tamu perlu.", "Dari browser."), folder).unwritten == PARTED


def test_where_folder_and_browser_both_changed_nothing_is_overwritten_and_courses_still_change(shared: Path) -> None:
    parted(shared)
    retitle(shared)
    report = sync(shared, now=LATER)
    assert (report.published, report.parted) == (["contoh"], [SHARED])
    assert [(each.path, each.message) for each in report.faults[SHARED]] == [("courses/bank", PARTED)]
    assert "Dari folder." in (shared / BANK).read_text()
    assert served() == "Dari browser."


@pytest.mark.parametrize(("side", "text"), [("files", "Dari folder."), ("database", "Dari browser.")])
def test_the_command_takes_the_side_it_is_told(app: Flask, shared: Path, side: str, text: str) -> None:
    parted(shared)
    runner = app.test_cli_runner()
    told = runner.invoke(args=["courses", "sync"])
    assert told.exit_code == 1
    assert "@shared: Di folder:" in told.output and "@shared: Di browser:" in told.output
    assert runner.invoke(args=["courses", "sync", "--take", side, "--course", "tertutup"]).exit_code == 1
    done = runner.invoke(args=["courses", "sync", "--take", side, "--course", SHARED])
    assert done.exit_code == 0, done.output
    with app.app_context():
        assert served() == text
        assert text in (shared / BANK).read_text()
        assert heads()[SHARED].agreed_sha256 == heads()[SHARED].sha256
        report = sync(shared, now=LATER)
        assert (report.published, report.faults) == ([], {})


def test_what_changes_in_the_folder_while_there_is_a_draft_is_merged_into_it(shared: Path) -> None:
    save("Buku tamu perlu.", "Buku tamu wajib ada.")
    (shared / BANK).write_text(UMUM.replace("Denda wajib", "Denda selalu"))
    assert SHARED in sync(shared, now=LATER).published
    issue(get_workspace(SHARED, within=ALL).revision_id, shared)
    assert [served("tamu"), served("denda")] == ["Buku tamu wajib ada.", "Denda selalu diumumkan."]
    assert sync(shared, now=LATER).faults == {}
