"""Siti hands in photos and documents without a script, and who opens them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from app.chores.runner import Runner
from app.clock import now as this_moment
from app.people.permissions import Grant, Role, ScopeKind
from app.quizzes.models import Answer
from app.uploads.models import Upload
from tests.ground.cast import PASSWORD, Cast, post, sign_in
from tests.ground.html import valid_html
from tests.learn.walker import Walker
from tests.uploads.course import PAPER, PHOTO, QUIZ, SLUG, WORDS, publish_photos
from tests.uploads.files import HEIC, PDF, exif, opened, photo

RED, LYING = photo(), photo((300, 100), exif=exif(6))


@pytest.fixture
def course(courses_folder: Path, db: SQLAlchemy, cast: Cast) -> None:
    publish_photos(courses_folder)


@pytest.fixture
def siti(app: Flask, course: None) -> Walker:
    """Siti, before the first question."""
    walker = Walker.of(app)
    walker.open(f"/courses/{SLUG}/{QUIZ}")
    walker.send(f"/courses/{SLUG}/{QUIZ}/attempts")
    return walker


def hand(walker: Walker, slot: int, *files: tuple[bytes, str], go: str = "stay", **more: Any) -> str:
    """Send the open question's form with files, and what stands in it already."""
    here = [value.replace("&#34;", '"') for value in re.findall(r'name="file" value="([^"]+)"', walker.html)]
    fields = walker.filled(more)
    fields.add("go", go)
    for value in here:
        fields.add("file", value)
    for data, name in files:
        fields.add("upload", (BytesIO(data), name))
    path = f"{walker.path.partition('?')[0]}/answers/{slot}"
    answer = walker.client.post(path, data=fields, content_type="multipart/form-data")
    return walker._arrive(answer, path, 200)


def links(html: str) -> list[str]:
    return re.findall(r'href="(/uploads/[^"]+)"', html)


def test_photos_are_handed_in_shown_again_removed_and_marked_by_who_sees_them(app: Flask, siti: Walker) -> None:
    assert 'enctype="multipart/form-data"' in siti.main() and "htmx" not in siti.main()
    hand(siti, PHOTO, (LYING, "rak saya.jpg"))
    assert "rak saya.webp" in siti.main() and "Tersimpan pukul" in siti.main()
    hand(siti, PHOTO, (RED, "dua.png"))
    first, second = links(siti.main())
    served = siti.client.get(first)
    assert opened(served.data).size == (100, 300) and served.mimetype == "image/webp"
    assert b"RahasiaPhone" not in served.data
    assert "attachment" not in served.headers.get("Content-Disposition", "")
    assert served.headers["Content-Security-Policy"].startswith("sandbox")
    assert (served.headers["Cache-Control"], served.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert 'name="upload"' not in siti.main(), "two are all it takes"
    removed = re.search(r'name="remove" value="([0-9a-f]+)"', siti.main())
    assert removed is not None
    hand(siti, PHOTO, remove=removed[1], go="next")
    hand(siti, PAPER, (PDF, "daftar.pdf"), go="next")
    siti.answer(WORDS, {"text": "398"}, go="next")
    siti.send(f"{siti.path.partition('/overview')[0]}/finish")
    assert "menunggu dinilai" in siti.main()
    kept = links(siti.main())
    assert kept[0] == second and len(kept) == 2
    paper = siti.client.get(kept[1])
    assert paper.data == PDF and paper.headers["Content-Disposition"] == "attachment; filename=daftar.pdf"

    trainer = Walker.of(app, "rahmat")
    trainer.open(f"/teaching/marking/{SLUG}/{QUIZ}")
    opened_answer = re.search(r'href="(/teaching/attempts/\d+/slots/1)["#?]', trainer.main())
    assert opened_answer is not None
    trainer.open(opened_answer[1])
    assert f'<img src="{second}"' in trainer.main() and "dua.webp" in trainer.main()
    assert trainer.client.get(second).status_code == 200
    assert Walker.of(app, "noor").client.get(second).status_code == 404  # staff see no answers
    assert app.test_client().get(second).status_code == 401


def test_what_is_no_photo_is_refused_with_words_and_the_good_one_beside_it_is_kept(siti: Walker) -> None:
    hand(siti, PHOTO, (HEIC, "IMG_1.HEIC"), (RED, "rak.jpg"))
    assert "IMG_1.HEIC tidak tersimpan. Foto HEIC belum dapat dibaca." in siti.main()
    assert "rak.webp" in siti.main() and len(links(siti.main())) == 1
    hand(siti, PHOTO, (PDF, "a.pdf"), (LYING, "dua.jpg"), (photo((50, 60)), "tiga.jpg"))
    assert "a.pdf tidak tersimpan. File ini bukan foto." in siti.main()
    assert "tiga.jpg tidak tersimpan. Paling banyak 2 file." in siti.main()
    assert len(links(siti.main())) == 2


def test_a_record_of_anothers_photo_is_ignored(app: Flask, siti: Walker, db: SQLAlchemy) -> None:
    hand(siti, PHOTO, (RED, "rak.jpg"))
    stolen = re.search(r'name="file" value="([^"]+)"', siti.html)
    assert stolen is not None
    noor = Walker.of(app, "noor")
    noor.open(f"/courses/{SLUG}/{QUIZ}")
    noor.send(f"/courses/{SLUG}/{QUIZ}/attempts")
    noor.html = noor.html.replace("</main>", f'<input type="hidden" name="file" value="{stolen[1]}"></main>')
    hand(noor, PHOTO)
    assert links(noor.main()) == []
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 1
    assert noor.client.get(links(siti.main())[0]).status_code == 404


def test_a_trainer_of_another_course_finds_no_photo(app: Flask, siti: Walker) -> None:
    from app.people.operations import NewPerson, add_person

    hand(siti, PHOTO, (RED, "rak.jpg"))
    for course, status in (("contoh", 404), (SLUG, 200)):
        grant = Grant(Role.TRAINER, ScopeKind.COURSES, course)
        new = NewPerson(name=f"Pengajar {course}", user_name=f"p-{course}", password=PASSWORD, grants=(grant,))
        add_person(new, now=this_moment())
        trainer = app.test_client()
        sign_in(trainer, f"p-{course}")
        assert trainer.get(links(siti.main())[0]).status_code == status


def test_a_newer_answer_lets_choose_and_loses_no_photo(siti: Walker) -> None:
    page, path = siti.html, siti.path
    siti.open(path)
    hand(siti, PHOTO, (RED, "rak.jpg"))
    siti.html, siti.path = page, path  # as another tab still shows it
    fields = MultiDict([*siti.filled().items(multi=True), ("upload", (BytesIO(LYING), "lain.jpg"))])
    answer = siti.client.post(f"{path.partition('?')[0]}/answers/1", data=fields, content_type="multipart/form-data")
    assert answer.status_code == 409
    choice = answer.get_data(as_text=True)
    valid_html(choice)
    assert "lain.webp" in choice
    siti.html = choice
    hand(siti, PHOTO)
    assert "lain.webp" in siti.main() and len(links(siti.main())) == 1


def test_a_form_that_is_far_too_large_is_refused_in_our_words_and_other_forms_keep_their_bound(
    app: Flask, siti: Walker
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], upload_megabytes=1)
    path = f"{siti.path.partition('?')[0]}/answers/1"
    hidden = dict(siti.filled())
    refused = siti.client.post(path, **whole_body(hidden, b"x" * 4_500_000))
    assert refused.status_code == 413 and "File terlalu besar: 5 MB, batasnya 4 MB." in refused.get_data(as_text=True)
    valid_html(refused.get_data(as_text=True))
    answer = siti.client.post(path, **whole_body(hidden, b"x" * 1_000_001))
    page = siti.client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "besar.jpg tidak tersimpan. File terlalu besar: 2 MB, batasnya 1 MB." in page
    assert siti.client.post("/language", **whole_body(hidden, b"x" * 1_100_000)).status_code == 413


def whole_body(fields: dict[str, str], data: bytes) -> dict[str, Any]:
    """A form with one file, put together here: the client of the tests would leave a temporary file open."""
    mark = b"--batas"
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}'.encode() for name, text in fields.items()]
    parts.append(b'Content-Disposition: form-data; name="upload"; filename="besar.jpg"\r\n\r\n' + data)
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=batas"}


def test_nothing_is_received_for_an_attempt_that_is_over(siti: Walker, db: SQLAlchemy) -> None:
    page, path = siti.html, siti.path.partition("?")[0]
    post(siti.client, f"{path}/finish")
    siti.html = page
    late = {**dict(siti.filled()), "upload": (BytesIO(RED), "rak.jpg")}
    answer = siti.client.post(f"{path}/answers/1", data=late, content_type="multipart/form-data")
    assert answer.status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 0


def test_a_lost_session_says_that_the_photo_must_be_chosen_again(app: Flask, siti: Walker) -> None:
    fields = {**dict(siti.filled()), "upload": (BytesIO(RED), "rak.jpg")}
    path = f"{siti.path.partition('?')[0]}/answers/1"
    answer = app.test_client().post(path, data=fields, content_type="multipart/form-data")
    assert answer.status_code == 401 and "harus dipilih lagi" in answer.get_data(as_text=True)


def test_a_phone_that_kept_photos_is_told_what_was_stored_and_what_was_not_taken(siti: Walker) -> None:
    path = f"{siti.path.partition('?')[0]}/answers/1"
    kept = siti.filled({"unsent": "1"})
    siti.open("/")
    for _ in range(2):  # sent again, as its reply was lost
        fields = MultiDict(kept.items(multi=True))
        for data, name in ((RED, "rak.jpg"), (HEIC, "IMG_1.HEIC")):
            fields.add("upload", (BytesIO(data), name))
        as_script = {"Accept": "application/json"}
        told = siti.client.post(path, data=fields, headers=as_script, content_type="multipart/form-data").get_json()
        assert "Tersimpan pukul" in told["saved"] and told["seen"] == 1
        assert [each.partition(" tidak")[0] for each in told["files"]] == ["IMG_1.HEIC"]
    assert "IMG_1" not in siti.open("/"), "no notice for whoever reads the next page"
    siti.open(f"{path.partition('/answers')[0]}?slot=1")
    assert len(links(siti.main())) == 1


def test_the_chores_remove_what_no_answer_has_and_keep_the_rest(
    siti: Walker, db: SQLAlchemy, courses_folder: Path
) -> None:
    hand(siti, PHOTO, (RED, "rak.jpg"))
    kept = links(siti.main())
    path = siti.path.partition("?")[0]
    stale = {**dict(siti.filled()), "seen": "0", "page": "lain", "upload": (BytesIO(LYING), "x.jpg")}
    assert siti.client.post(f"{path}/answers/1", data=stale, content_type="multipart/form-data").status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 2
    Runner(courses_folder).look(this_moment() + timedelta(days=2))
    db.session.rollback()
    assert db.session.scalars(select(Upload.id)).all() == [kept[0].removeprefix("/uploads/")]
