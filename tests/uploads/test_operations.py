"""What is kept of what people send, who may open it, and what is removed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.db import writing
from app.errors import NotFound
from app.people.operations import NewPerson, add_person
from app.people.permissions import Scope
from app.questions.file import MIMES
from app.uploads.models import Upload, UploadBlob
from app.uploads.operations import UNUSED_FOR, keep_uploads, remove_unused, store_use
from app.uploads.queries import Place, get_upload, own_uploads
from app.uploads.rules.receiving import Received, receive
from app.uploads.rules.refusals import UploadGone
from tests.ground.cast import NOW, Cast
from tests.uploads.files import LIMIT, PDF, photo

PICTURE = receive(photo(), "rak.jpg", MIMES["photo"], LIMIT)
PAPER = receive(PDF, "daftar.pdf", MIMES["document"], LIMIT)


def at(person_id: int, activity: str = "bukti", course: str = "foto") -> Place:
    return Place(person_id, course, activity)


def count(db: SQLAlchemy, model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def use(owner: int, *ids: str, used: bool = True) -> None:
    with writing():
        store_use(owner, ids, used=used)


def test_a_photo_sent_twice_is_one_and_two_peoples_same_photo_is_kept_once(cast: Cast, db: SQLAlchemy) -> None:
    (first,) = keep_uploads(at(cast.siti), [PICTURE], now=NOW)
    again = keep_uploads(at(cast.siti), [PICTURE, PAPER, PICTURE], now=NOW + timedelta(minutes=1))
    assert [each.id for each in again] == [first.id, again[1].id, first.id]
    keep_uploads(at(cast.noor), [PICTURE], now=NOW)
    assert (count(db, Upload), count(db, UploadBlob)) == (3, 2)
    assert (first.name, first.mime, first.bytes, first.sha256) == (
        "rak.webp", "image/webp", len(PICTURE.data), PICTURE.sha256
    )  # fmt: skip


def test_nobody_names_what_another_person_sent_or_what_belongs_to_another_activity(cast: Cast, db: SQLAlchemy) -> None:
    sirs = keep_uploads(at(cast.noor), [PICTURE], now=NOW)
    own = keep_uploads(at(cast.siti), [PAPER, PICTURE], now=NOW)
    other = keep_uploads(at(cast.siti, "lain"), [PICTURE], now=NOW)
    wanted = [sirs[0].id, own[1].id, "zzz", own[0].id, own[1].id, other[0].id]
    assert own_uploads(wanted, at(cast.siti)) == [own[1], own[0]]
    for stolen in (sirs[0].id, "zzz"):
        with pytest.raises(UploadGone):
            use(cast.siti, own[0].id, stolen)
    remove_unused(now=NOW + 2 * UNUSED_FOR)
    assert count(db, Upload) == 0, "what was refused kept nothing"


def test_a_file_is_opened_by_its_owner_and_by_those_who_see_the_work(cast: Cast, db: SQLAlchemy) -> None:
    (mine,) = keep_uploads(at(cast.siti), [PICTURE], now=NOW)
    owner, stranger = Scope(cast.siti), Scope(cast.rahmat)
    assert get_upload(mine.id, own=owner, others=None).data == PICTURE.data
    reaching = [
        Scope(cast.rahmat, everything=True),
        Scope(cast.rahmat, courses=frozenset({"foto", "x"})),
        Scope(cast.rahmat, organisations=frozenset({str(cast.organisation)})),
    ]
    for others in reaching:
        assert get_upload(mine.id, own=stranger, others=others).name == "rak.webp"
    outside = [None, Scope(cast.rahmat), Scope(cast.rahmat, courses=frozenset({"contoh"}))]
    for others in outside:
        with pytest.raises(NotFound):
            get_upload(mine.id, own=stranger, others=others)
    for name in ("", "x" * 5000, "../" + mine.id, mine.id.swapcase()):
        with pytest.raises(NotFound):
            get_upload(name, own=owner, others=None)


def test_what_no_answer_refers_to_is_removed_after_a_day_and_its_bytes_with_the_last(
    cast: Cast, db: SQLAlchemy
) -> None:
    (used,) = keep_uploads(at(cast.siti), [PICTURE], now=NOW)
    keep_uploads(at(cast.noor), [PICTURE, PAPER], now=NOW)
    use(cast.siti, used.id)
    assert remove_unused(now=NOW + UNUSED_FOR) == 0
    assert remove_unused(now=NOW + UNUSED_FOR + timedelta(seconds=1)) == 2
    assert (count(db, Upload), count(db, UploadBlob)) == (1, 1)
    use(cast.siti, used.id, used=False)
    assert remove_unused(now=NOW + 3 * UNUSED_FOR) == 1
    assert (count(db, Upload), count(db, UploadBlob)) == (0, 0)


def test_a_large_document_comes_back_byte_for_byte(cast: Cast, db: SQLAlchemy) -> None:
    large = Received(PDF + bytes(range(256)) * 40_000, "application/pdf", "besar.pdf")
    (kept,) = keep_uploads(at(cast.siti), [large], now=NOW)
    found = get_upload(kept.id, own=Scope(cast.siti), others=None)
    assert found.data == large.data and not found.is_photo


def test_somebody_new_has_no_uploads(cast: Cast, db: SQLAlchemy) -> None:
    new = add_person(NewPerson(name="Agus", user_name="agus", password="tinta biru kering"), now=NOW).person_id
    assert own_uploads(["x"], at(new)) == own_uploads([], at(new)) == []
