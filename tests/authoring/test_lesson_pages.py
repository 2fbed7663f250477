"""Rahmat writes a lesson: what he typed is looked at, saved into its file alone, and its pictures are made small."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from app.catalogue.queries import get_workspace
from app.people.permissions import Scope
from tests.ground.cast import post
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_fragment, valid_html
from tests.uploads.files import exif, photo

ALL = Scope(1, everything=True)
MODULE = "01-dasar.yaml"
LESSON = "/authoring/contoh/lessons/pengantar"
PICTURES = "/authoring/contoh/pictures"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0h40"/></svg>'


@pytest.fixture
def start() -> Start:
    """There is a course."""
    return PUBLISHED


def opened(client: FlaskClient) -> dict[str, str]:
    """What the editor's form holds when it is opened."""
    text = client.get(LESSON).get_data(as_text=True)
    valid_html(text)
    base = re.search(r'name="base" value="(\d+)"', text)
    assert base is not None
    body = re.search(r'<textarea id="body_id"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    assert body is not None and "## Urutannya" in body[1]
    return {
        "base": base[1],
        "title_id": "Pengantar",
        "title_en": "Introduction",
        "minutes": "5",
        "body_id": "Isi baru.\r\n\r\n## Bagian\r\n\r\nSelesai.\r\n",
        "body_en": "",
        "do": "save",
    }


def draft() -> dict[str, bytes]:
    """The files of the course as it is worked on."""
    return dict(get_workspace("contoh", within=ALL).files)


def picture(client: FlaskClient, data: bytes, alt: str = "Rak buku kayu") -> TestResponse:
    """Send a picture as the page's script does."""
    token = re.search(r'name="form_token" value="([^"]+)"', client.get(LESSON).get_data(as_text=True))
    assert token is not None
    sent = {"form_token": token[1], "alt": alt, "file": (BytesIO(data), "DCIM_0001.jpg")}
    return client.post(PICTURES, data=sent, headers={"Accept": "application/json"})


def test_a_lesson_is_saved_into_its_place_and_all_else_in_the_file_stays(rahmat: FlaskClient, db: object) -> None:
    before = draft()
    fields = opened(rahmat)
    answer = post(rahmat, LESSON, LESSON, **fields)
    assert answer.status_code == 303 and answer.location == LESSON
    after = draft()
    assert {path for path in before if before[path] != after[path]} == {MODULE}
    text = after[MODULE].decode()
    assert "      id: |\n        Isi baru.\n\n        ## Bagian\n\n        Selesai.\n" in text
    head, tail = before[MODULE].decode().split("    body:\n", 1)
    assert text.startswith(head) and text.endswith(tail[tail.index("\n  - quiz:") :])
    assert "Isi baru." in rahmat.get(LESSON).get_data(as_text=True)


def test_what_cannot_be_saved_is_shown_again_and_what_is_no_lesson_is_not_found(
    rahmat: FlaskClient, db: object
) -> None:
    fields = {**opened(rahmat), "title_id": "  ", "minutes": "sepuluh", "body_id": "Tulisan yang panjang"}
    fields["alt"] = "Rak kayu"  # of a picture that is not sent yet
    before = draft()
    answer = post(rahmat, LESSON, LESSON, **fields)
    text = answer.get_data(as_text=True)
    valid_html(text)
    assert answer.status_code == 422 and draft() == before
    assert 'aria-describedby="title_id-said" aria-invalid="true"' in text and 'id="minutes-said"' in text
    assert "Tulisan yang panjang" in text and 'value="sepuluh"' in text and 'value="Rak kayu"' in text
    for path in (
        "contoh/lessons/latihan",
        "contoh/lessons/tidak-ada",
        "contoh/tasks/pengantar",
        "entah/lessons/pengantar",
    ):
        assert rahmat.get(f"/authoring/{path}").status_code == 404


def test_the_preview_is_what_learners_will_see_and_says_what_was_taken_out(rahmat: FlaskClient) -> None:
    fields = {
        **opened(rahmat),
        "body_id": "Rak **kuat**\n\n<script>alert(1)</script>\n\n![rak](https://situs.id/a.jpg)",
    }
    text = post(rahmat, "/authoring/contoh/looks/pengantar", LESSON, **fields).get_data(as_text=True)
    valid_fragment(text)
    assert "<strong>kuat</strong>" in text and "<script" not in text and "situs.id/a.jpg&#34; tidak diambil" in text
    assert "Baris 3:" in text and "sekitar 1 menit membaca" in text
    whole = post(rahmat, LESSON, LESSON, **{**fields, "do": "look"})
    assert whole.status_code == 200 and "<strong>kuat</strong>" in whole.get_data(as_text=True)
    for english, shown in (("The *shelf*.", "en"), ("", "id")):  # English may be missing
        typed = {**fields, "body_en": english, "look": "en"}
        assert f'lang="{shown}"' in post(rahmat, "/authoring/contoh/looks/pengantar", LESSON, **typed).get_data(
            as_text=True
        )


def test_a_picture_becomes_small_bare_and_part_of_the_draft(rahmat: FlaskClient, db: object) -> None:
    answer = picture(rahmat, photo((2400, 1200), exif=exif()))
    assert answer.get_json()["written"] == "![Rak buku kayu](media/rak-buku-kayu.webp)"
    kept = draft()["media/rak-buku-kayu.webp"]
    assert b"RahasiaPhone" not in kept and Image.open(BytesIO(kept)).size == (1000, 500)
    again = picture(rahmat, photo())
    assert again.get_json()["written"] == "![Rak buku kayu](media/rak-buku-kayu-2.webp)"
    fields = {**opened(rahmat), "body_id": answer.get_json()["written"]}
    look = post(rahmat, "/authoring/contoh/looks/pengantar", LESSON, **fields).get_data(as_text=True)
    found = re.search(r'<img src="(/media/[^"]+)" alt="Rak buku kayu"', look)
    assert found is not None and rahmat.get(found[1]).data == kept
    assert f"gambar {-(-len(kept) // 1000)} KB dari 300 KB" in look


def test_a_picture_that_is_not_taken_is_told_why(rahmat: FlaskClient) -> None:
    wicked = SVG.replace(b"<path", b'<path onload="a()"')
    for data, alt, status, said in (
        (SVG, "Alur buku", 200, "media/alur-buku.svg"),
        (wicked, "Alur", 415, '(baris 1). Atribut "onload"'),
        (b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x.dtd'>\n" + SVG, "Alur", 415, "DOCTYPE"),
        (b"%PDF-1.7", "Alur", 415, "bukan foto"),
        (photo(), "   ", 400, "apa yang tampak di gambar"),
        (b"", "Alur", 415, "kosong"),
    ):
        answer = picture(rahmat, data, alt)
        assert (answer.status_code, said in " ".join(map(str, answer.get_json().values()))) == (status, True), said


def test_without_scripts_a_picture_comes_to_the_end_of_what_was_typed(rahmat: FlaskClient, db: object) -> None:
    fields = {**opened(rahmat), "do": "picture", "alt": "Rak"}
    answer = post(rahmat, LESSON, LESSON, **fields, file=(BytesIO(photo()), "rak.jpg"))
    text = answer.get_data(as_text=True)
    valid_html(text)
    assert "Selesai.\n\n![Rak](media/rak.webp)\n</textarea>" in text and "media/rak.webp" in draft()
    refused = post(rahmat, LESSON, LESSON, **{**fields, "alt": ""}, file=(BytesIO(photo()), "rak.jpg"))
    assert refused.status_code == 400 and "Selesai." in refused.get_data(as_text=True)


def test_two_who_change_different_lessons_or_the_same_one_lose_nothing(rahmat: FlaskClient, db: object) -> None:
    mine = opened(rahmat)
    theirs = {**mine, "title_id": "Pengantar katalog", "body_id": "Isi orang lain.\n"}
    assert post(rahmat, LESSON, LESSON, **theirs).location == LESSON
    parted = post(rahmat, LESSON, LESSON, **mine)
    assert parted.status_code == 303 and "/parted/" in parted.location
    assert b"Isi orang lain." in draft()[MODULE]
