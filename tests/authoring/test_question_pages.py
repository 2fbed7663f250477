"""Rahmat edits a question in the browser, and its file changes there alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import update

from app.catalogue.operations import sync
from app.catalogue.queries.drafts import get_workspace
from app.content.editing import Value, new_file
from app.people.models import GrantRow
from app.people.permissions import Scope
from tests.authoring.forms import fields_in
from tests.authoring.test_question_forms import documented
from tests.catalogue.writing import NOW
from tests.content.samples import SVG
from tests.ground.cast import make_cast, post, sign_in
from tests.ground.database import ONE_DATABASE
from tests.ground.html import read, valid_html
from tests.uploads.files import photo

# Forms over a draft's files; tests/catalogue saves and publishes drafts on both kinds of database.
pytestmark = ONE_DATABASE

HERE = "/authoring/contoh/questions/latihan"
FILE = "01-dasar.yaml"


@pytest.fixture
def rahmat(app: Flask, client: FlaskClient, courses_folder: Path) -> FlaskClient:
    """Rahmat, a trainer, at his browser; the courses are published."""
    with app.app_context():
        sync(courses_folder, now=NOW)
    make_cast(app)
    sign_in(client, "rahmat")
    return client


def send(client: FlaskClient, path: str, do: str, page: str | None = None, **changes: str | None) -> str:
    """Press a button of the form at `path` after some changes (q__text__id: q.text.id; None: not ticked any more).

    Tells the page that follows.
    """
    fields: dict[str, list[str]] = fields_in(page or read(client, path))
    for name, text in changes.items():
        fields.pop(name.replace("__", "."), None)
        if text is not None:
            fields[name.replace("__", ".")] = [text]
    answer = client.post(path, data={**fields, "do": do})
    if answer.status_code == 303:
        return read(client, answer.headers["Location"])
    assert answer.status_code == 200, answer.get_data(as_text=True)
    text = answer.get_data(as_text=True)
    valid_html(text)
    return text


def files(app: Flask) -> Mapping[str, bytes]:
    """The course as it is worked on."""
    with app.app_context():
        return get_workspace("contoh", within=Scope(0, everything=True)).files


def lines(app: Flask, path: str = FILE) -> list[str]:
    return files(app)[path].decode().splitlines()


def shown_fault(page: str, name: str) -> list[str]:
    """What is said beside a field."""
    return re.findall(rf'<p id="{re.escape(name)}-said-\d+"[^>]*>([^<]*)</p>', page)


def test_saving_a_question_unchanged_changes_no_byte_and_saving_one_text_changes_one_line(
    app: Flask, rahmat: FlaskClient
) -> None:
    before = lines(app)
    assert "Tidak ada yang berubah." in send(rahmat, f"{HERE}/tunggal", "save")
    assert lines(app) == before
    send(rahmat, f"{HERE}/tunggal", "save", q__options__2__text__id="Kamar buku")
    changed = [(old, new) for old, new in zip(before, lines(app), strict=True) if old != new]
    assert changed == [
        (
            "          - text: {id: Gudang buku, en: The storeroom}",
            "          - text: {id: Kamar buku, en: The storeroom}",
        )
    ]


def test_a_new_question_gets_its_id_from_its_text_and_stands_where_it_was_asked_for(
    app: Flask, rahmat: FlaskClient
) -> None:
    page = send(
        rahmat,
        f"{HERE}/new?type=single&after=tunggal",
        "save",
        q__text__id="Di rak mana **kamus** berdiri?",
        q__options__0__text__id="Rujukan",
        q__options__1__text__id="Fiksi",
        q__options__key="0",
    )
    assert "Soal 2 dari 6" in page and "di-rak-mana-kamus-berdiri" in page
    text = "\n".join(lines(app))
    assert text.index("id: tunggal") < text.index("id: di-rak-mana-kamus-berdiri") < text.index("id: ganda")
    assert "          - text: Rujukan\n            correct: true\n          - text: Fiksi\n" in text


def test_a_draft_may_be_saved_with_faults_and_each_is_told_at_its_field(app: Flask, rahmat: FlaskClient) -> None:
    page = send(
        rahmat,
        f"{HERE}/new?type=single",
        "save",
        q__text__id="Mana?",
        q__options__0__text__id="Satu",
        q__options__1__text__id="Dua",
    )
    assert "Draf disimpan" in page and "id: mana" in "\n".join(lines(app))
    assert shown_fault(page, "q.options") == ["Pilih jawaban yang benar."]
    assert shown_fault(page, "q.explanation")[0].startswith("Saran:")
    assert "1 hal harus dibetulkan sebelum terbit." in page
    checked = send(rahmat, f"{HERE}/mana", "check", q__points="banyak")
    assert shown_fault(checked, "q.points") == ["Tulis bilangan saja."] and "banyak" not in "\n".join(lines(app))


def test_what_was_not_chosen_yet_can_be_chosen_after_checking(rahmat: FlaskClient) -> None:
    page = send(rahmat, f"{HERE}/new?type=true-false", "check", q__text__id="Rak ini penuh.")
    assert shown_fault(page, "q.answer") == ["Pilih jawaban yang benar."] and page.count('name="q.answer"') == 2


def test_buttons_of_rows_work_without_scripts_and_lose_nothing_that_was_typed(rahmat: FlaskClient) -> None:
    path = f"{HERE}/tunggal"
    page = send(rahmat, path, "add q.options", q__text__id="Belum disimpan?", q__options__1__feedback__id="Baru")
    page = send(rahmat, path, "up q.options.1", page, q__options__4__text__id="Kelima")
    page = send(rahmat, path, "remove q.options.2", page)
    fields = fields_in(page)
    texts = [fields[f"q.options.{index}.text.id"][0] for index in range(4)]
    assert texts == ["Katalog buku", "Rak buku", "Meja baca", "Kelima"]
    assert fields["q.options.key"] == ["0"] and fields["q.options.0.feedback.id"] == ["Baru"]
    assert fields["q.text.id"] == ["Belum disimpan?"] and "q.options.4.was" not in fields


def test_the_preview_is_answered_and_shows_the_marking_of_what_is_typed(rahmat: FlaskClient) -> None:
    path = f"{HERE}/tunggal"
    page = send(rahmat, path, "try", choice="0", q__options__0__feedback__id="Bukan di sana.", q__points="4")
    assert "Bukan di sana." in page and "0 dari 4 poin" in page and "Katalog menunjukkan letaknya" in page
    right = send(rahmat, path, "try", choice="1", q__points="4")
    assert "4 dari 4 poin" in right
    again = rahmat.post("/authoring/contoh/tried-questions/latihan", data={**fields_in(right), "do": "again"})
    part = again.get_data(as_text=True)
    assert "<html" not in part and 'name="choice"' in part and "checked" not in part


def test_a_question_is_copied_deleted_and_brought_back_where_it_stood(app: Flask, rahmat: FlaskClient) -> None:
    before = lines(app)
    page = send(rahmat, f"{HERE}/ganda", "copy")
    assert "Soal 3 dari 6" in page and "  - id: apa-saja-yang-tercatat-di-katalog" in "\n".join(lines(app))
    page = send(rahmat, f"{HERE}/apa-saja-yang-tercatat-di-katalog", "delete")
    assert lines(app) == before and "Batalkan penghapusan" in page
    removed = send(rahmat, f"{HERE}/ganda", "delete")
    assert "id: ganda" not in "\n".join(lines(app))
    send(rahmat, f"{HERE}/tunggal", "save", q__text__id="Diubah sesudahnya")
    fields = dict(re.findall(r'<input type="hidden" name="(form_token|base)" value="([^"]+)">', removed))
    rahmat.post("/authoring/contoh/removed-questions/latihan/ganda", data=fields)
    text = "\n".join(lines(app))
    assert text.index("id: tunggal") < text.index("id: ganda") < text.index("id: benar-salah")
    assert "Diubah sesudahnya" in text


def test_a_published_question_changes_its_kind_as_a_new_one_below_it(app: Flask, rahmat: FlaskClient) -> None:
    fields = fields_in(read(rahmat, f"{HERE}/tunggal"))
    answer = rahmat.post(f"{HERE}/tunggal", data={**fields, "kind": "multiple"})
    page = answer.get_data(as_text=True)
    assert "Pilihan ganda kompleks</h1>" in page
    page = send(rahmat, f"{HERE}/tunggal", "save", page)
    assert "Soal 2 dari 6" in page
    text = "\n".join(lines(app))
    assert re.search(r"id: tunggal\n +type: single", text)
    assert re.search(r"id: mana-yang-dicari-lebih-dahulu\n +type: multiple", text)


def test_only_the_id_of_an_unpublished_question_can_change_and_not_to_one_that_is_there(
    app: Flask, rahmat: FlaskClient
) -> None:
    page = send(rahmat, f"{HERE}/new?type=essay", "save", q__text__id="Ceritakan rak Anda")
    path = f"{HERE}/ceritakan-rak-anda"
    refused = rahmat.post(path, data={**fields_in(page), "do": "save", "id": "tunggal", "q.text.id": "Masih ada"})
    assert refused.status_code == 409
    assert "sudah dipakai" in refused.get_data(as_text=True) and "Masih ada" in refused.get_data(as_text=True)
    assert "id: rak-saya" in send(rahmat, path, "save", id="Rak saya") or "id: rak-saya" in "\n".join(lines(app))
    assert 'name="id"' not in read(rahmat, f"{HERE}/tunggal")
    send(rahmat, f"{HERE}/tunggal", "save", id="lain")
    assert "id: tunggal" in "\n".join(lines(app))


def test_questions_of_banks_and_surveys_are_edited_by_the_same_page(app: Flask, rahmat: FlaskClient) -> None:
    path = "/authoring/contoh/questions/bank/kumpulan/soal-satu"
    send(rahmat, path, "save", q__text__id="Pertanyaan bank yang baru?")
    assert "Pertanyaan bank yang baru?" in "\n".join(lines(app, "bank/kumpulan.yaml"))
    assert "Dipakai di 1 kuis" in read(rahmat, path)


@pytest.fixture
def examples(app: Flask, rahmat: FlaskClient, courses_folder: Path) -> list[dict[str, Value]]:
    """The documented example of every kind, published in a bank of the course."""
    found = [{**value, "competency": "F1.satu"} if "competency" in value else value for _, value in documented()]
    folder = courses_folder / "contoh"
    (folder / "bank" / "jenis.yaml").write_bytes(new_file({"title": "Semua jenis", "questions": [*found]}))
    (folder / "media" / "denah.svg").write_text(SVG)
    with app.app_context():
        sync(courses_folder, now=NOW)
    return found


def test_every_kind_has_its_form_whose_faults_and_preview_are_shown(
    rahmat: FlaskClient, examples: list[dict[str, Value]]
) -> None:
    for value in examples:
        path = f"/authoring/contoh/questions/bank/jenis/{value['id']}"
        page = read(rahmat, path)
        assert "hal harus dibetulkan" not in page, path
        tried = rahmat.post(path, data={**fields_in(page), "do": "try"}).get_data(as_text=True)
        assert ("Coba lagi" in tried) is (value["type"] != "information"), path
        begun = fields_in(rahmat.get(f"{HERE}/new?type={value['type']}").get_data(as_text=True))
        checked = rahmat.post(f"{HERE}/new", data={**begun, "do": "check"}).get_data(as_text=True)
        assert "hal harus dibetulkan" in checked, value["type"]


def test_a_picture_is_added_in_the_form_and_what_was_typed_stays(app: Flask, rahmat: FlaskClient) -> None:
    path = f"{HERE}/new?type=hotspot"
    fields = {**fields_in(read(rahmat, path)), "q.text.id": ["Di mana mejanya?"], "do": ["picture"]}
    refused = rahmat.post(path, data={**fields, "file": (BytesIO(photo()), "meja.jpg")})
    assert refused.status_code == 400 and "Di mana mejanya?" in refused.get_data(as_text=True)
    described = {**fields, "q.alt.id": ["Ruang baca"], "file": (BytesIO(photo()), "meja.jpg")}
    page = rahmat.post(path, data=described).get_data(as_text=True)
    valid_html(page)
    now = fields_in(page)
    assert (now["q.image"], now["q.text.id"]) == (["media/ruang-baca.webp"], ["Di mana mejanya?"])
    assert files(app)["media/ruang-baca.webp"].startswith(b"RIFF")
    areas = {
        "q.areas.0.was": "",
        "q.areas.0.shape": "circle",
        "q.areas.0.label.id": "Kiri",
        "q.areas.0.correct": "true",
    }
    areas |= {"q.areas.0.x": "12,5", "q.areas.0.y": "50", "q.areas.0.radius": "10", "q.mode": "point"}
    tried = rahmat.post("/authoring/contoh/tried-questions/latihan", data={**now, **areas, "do": "preview"})
    assert "/media/" in tried.get_data(as_text=True), "the form began before the picture was there"
    saved = rahmat.post(path, data={**now, **areas, "do": "save"})
    assert saved.status_code == 303 and "            x: 12.5" in lines(app)


def test_questions_that_share_an_id_are_told_and_one_press_gives_each_its_own(
    app: Flask, rahmat: FlaskClient, courses_folder: Path
) -> None:
    published = lines(app)
    send(rahmat, f"{HERE}/ganda", "copy")
    copy = "apa-saja-yang-tercatat-di-katalog"
    # As one who works on the file may leave it.
    yaml = "/authoring/contoh/yaml/01-dasar.yaml"
    sides = dict(re.findall(r'<input type="hidden" name="(form_token|base)" value="([^"]*)">', read(rahmat, yaml)))
    text = "\n".join(lines(app)).replace(f"- id: {copy}", "- id: ganda") + "\n"
    assert rahmat.post(yaml, data={**sides, "text": text, "do": "save"}).status_code == 303
    for page in (f"{HERE}/ganda", "/authoring/contoh/quizzes/latihan"):
        assert "tercatat sebagai satu soal" in read(rahmat, page), page
    form = dict(re.findall(r'<input type="hidden" name="(form_token|base)" value="([^"]*)">', read(rahmat, page)))
    mended = rahmat.post("/authoring/contoh/same-ids/latihan", data=form)
    assert mended.status_code == 303 and "satu soal" not in read(rahmat, mended.headers["Location"])
    text = "\n".join(lines(app))
    assert text.count("- id: ganda") == 1 and f"- id: {copy}" in text
    send(rahmat, f"{HERE}/{copy}", "delete")
    assert lines(app) == published


def test_what_is_no_course_of_hers_or_no_question_is_not_found(app: Flask, rahmat: FlaskClient, db: SQLAlchemy) -> None:
    for path in (f"{HERE}/tidak-ada", "/authoring/contoh/questions/tidak-ada/tunggal", f"{HERE}/new?type=esai"):
        assert rahmat.get(path).status_code == 404, path
    siti = app.test_client()
    sign_in(siti, "siti")
    assert siti.get(f"{HERE}/tunggal").status_code == 403
    elsewhere = update(GrantRow).where(GrantRow.role == "trainer").values(scope_kind="courses", scope_id="tertutup")
    db.session.execute(elsewhere)
    db.session.commit()
    for path in (f"{HERE}/tunggal", f"{HERE}/new"):
        assert rahmat.get(path).status_code == 404, path
    assert post(rahmat, "/authoring/contoh/tried-questions/latihan").status_code == 404


def test_what_was_typed_before_copying_stands_in_both(app: Flask, rahmat: FlaskClient) -> None:
    send(rahmat, f"{HERE}/tunggal", "copy", q__text__en="Typed just now")
    assert "\n".join(lines(app)).count("Typed just now") == 2


def test_what_was_left_in_a_form_is_offered_and_taken_up_again(rahmat: FlaskClient) -> None:
    path = f"{HERE}/tunggal"
    fields = {**fields_in(read(rahmat, path)), "q.text.id": ["Belum disimpan, tetapi tidak hilang"]}
    kept = rahmat.post("/authoring/contoh/pads/questions/latihan/tunggal", data=fields)
    assert kept.status_code in (200, 204)
    assert "Ada isian yang belum disimpan" in read(rahmat, path)
    again = fields_in(read(rahmat, f"{path}?pad=use"))
    assert again["q.text.id"] == ["Belum disimpan, tetapi tidak hilang"]
    assert again["q.options.3.text.id"] == ["Meja baca"]
