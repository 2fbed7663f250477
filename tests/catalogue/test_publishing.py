"""Two who publish at once, and every process that serves."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.catalogue.models import Blob, Revision
from app.catalogue.operations import Manuscript, publish, sync
from app.catalogue.queries import get_media, get_published, heads, published
from app.catalogue.rules import SHARED
from app.catalogue.store import HEADS_FOR, store
from app.content import compile as compiling
from app.content.folders import files_sha256
from app.errors import NotFound
from tests.catalogue.writing import LATER, NOW, retitle
from tests.ground.application import close, make_app

FILES = {"course.yaml": b"title: Satu\n", "01-a.yaml": b"title: A\n"}


def manuscript(files: dict[str, bytes], slug: str = "satu") -> Manuscript:
    return Manuscript(slug=slug, files=files, sha256=files_sha256(files), shared_id=None, kinds={}, author="files")


def test_what_is_served_already_is_not_published_twice(db: SQLAlchemy) -> None:
    first, new = publish(manuscript(FILES), now=NOW)
    again, newer = publish(manuscript(FILES), now=LATER)
    assert (new, newer) == (True, False)
    assert first == again


def test_two_who_publish_the_same_at_once_make_one_revision(app: Flask) -> None:
    together, done = Barrier(4), []

    def one() -> None:
        with app.app_context():
            together.wait()
            done.append(publish(manuscript(FILES), now=NOW)[1])

    threads = [Thread(target=one) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(done) == [False, False, False, True]
    with app.app_context():
        database = app.extensions["sqlalchemy"]
        assert database.session.scalar(select(func.count()).select_from(Revision)) == 1
        assert database.session.scalar(select(func.count()).select_from(Blob)) == len(FILES)


def test_two_who_publish_different_files_at_once_leave_one_line_of_revisions(app: Flask) -> None:
    together = Barrier(4)

    def one(number: int) -> None:
        with app.app_context():
            together.wait()
            publish(manuscript({**FILES, "02-b.yaml": b"title: %d\n" % number}), now=NOW)

    threads = [Thread(target=one, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with app.app_context():
        session = app.extensions["sqlalchemy"].session
        rows = session.execute(select(Revision.id, Revision.parent_id).order_by(Revision.id)).all()
        assert len(rows) == 4
        assert [parent for _, parent in rows] == [None, *(each for each, _ in rows[:-1])]


def test_another_process_serves_a_new_revision_within_a_second_and_asks_no_more_often(
    app: Flask, database_url: str, courses_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_app(database_url, tmp_path / "other", courses=courses_folder)
    moment = [100.0]
    monkeypatch.setattr("app.catalogue.store.monotonic", lambda: moment[0])
    with app.app_context():
        sync(courses_folder, now=NOW)
    with other.app_context():
        first = get_published("contoh").revision_id
    retitle(courses_folder)
    with app.app_context():
        sync(courses_folder, now=LATER)
        second = get_published("contoh").revision_id  # the process that published knows at once
    with other.app_context():
        moment[0] += HEADS_FOR - 0.1
        assert get_published("contoh").revision_id == first
        moment[0] += 0.2
        assert get_published("contoh").revision_id == second
        assert get_published("contoh").course.modules[0].title.id == "Modul pertama"
    assert second != first
    assert HEADS_FOR < 1
    close(other)


def test_a_revision_that_this_release_cannot_compile_is_left_out_and_told_once(
    db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sync(courses_folder, now=NOW)
    head = heads()["contoh"]
    store().courses.clear()

    def stricter(slug: str, files: dict[str, bytes], *rest: object, **more: object) -> object:
        if slug == "contoh":
            files = {**files, "course.yaml": b"titel: X\n"}
        return compiling.compile_course(slug, files, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("app.catalogue.queries.served.compile_course", stricter)
    assert set(published()) == {"tertutup"}
    with pytest.raises(NotFound):
        get_published("contoh")
    assert head.revision_id in store().unreadable
    assert caplog.text.count("cannot be compiled by this release") == 1


def test_a_head_never_leaves_memory_however_many_old_revisions_are_asked_for(
    db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.catalogue.store.REVISIONS", 2)
    sync(courses_folder, now=NOW)
    kept = published()
    course = kept["contoh"].course
    for number in range(1000, 1005):
        store().keep_course(number, course)
    assert {each.revision_id for each in kept.values()} <= set(store().courses)
    assert len(store().courses) <= 3


def test_pictures_are_served_by_their_hash_and_nothing_else_is(db: SQLAlchemy, courses_folder: Path) -> None:
    sync(courses_folder, now=NOW)
    (media,) = get_published("contoh").course.media.values()
    name = media.url.removeprefix("/media/")
    assert get_media(name).data == (courses_folder / "contoh" / "media" / "alur.svg").read_bytes()
    assert get_media(name).mime == "image/svg+xml"
    source = db.session.scalars(select(Blob.sha256).where(Blob.sha256 != media.sha256)).all()
    others = [f"{each}{ending}" for each in source for ending in (".svg", ".yaml")]
    for wrong in [*others, "x.svg", f"{media.sha256}.png"]:
        with pytest.raises(NotFound):
            get_media(wrong)


def test_the_shared_files_are_no_course(db: SQLAlchemy, courses_folder: Path) -> None:
    sync(courses_folder, now=NOW)
    assert SHARED not in published()
    with pytest.raises(NotFound):
        get_published(SHARED)
