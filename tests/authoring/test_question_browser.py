"""The question editor in a real browser: rows move without a new page, areas are drawn, the preview follows."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.ground.browser import WATCHED, answering, assert_accessible_in_both_themes, assert_fits, sign_in
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start

pytestmark = WATCHED
HERE = "/authoring/contoh/questions/latihan"


@pytest.fixture
def start() -> Start:
    """There is a course to work on."""
    return PUBLISHED


def texts(page: Page) -> list[str]:
    """The options as they stand, from the first."""
    return [each.input_value() for each in page.locator('ol textarea[name^="q.options."][name$=".text.id"]').all()]


def test_a_trainer_writes_a_question_on_a_phone_and_answers_it(page: Page, app: Flask, cast: Cast) -> None:
    with answering(app) as site:
        sign_in(page, site, "rahmat")
        page.goto(f"{site}{HERE}/new")
        assert_accessible_in_both_themes(page)
        assert_fits(page)
        page.get_by_role("link", name="Pilihan ganda", exact=False).first.click()
        page.get_by_label("Pertanyaan", exact=True).fill("Di mana **kamus**?")
        for place, text in enumerate(("Rak fiksi", "Rak rujukan")):
            page.locator(f'[name="q.options.{place}.text.id"]').fill(text)
        page.get_by_role("radio", name="Jawaban benar").nth(1).check()
        page.get_by_role("button", name="Tambah pilihan").click()
        expect(page.locator('[name="q.options.4.text.id"]')).to_be_focused()
        page.keyboard.type("Gudang")
        page.get_by_role("button", name="Naik Pilihan 2").click()
        page.get_by_role("button", name="Hapus Pilihan 3").click()
        assert texts(page) == ["Rak rujukan", "Rak fiksi", "", "Gudang"]
        expect(page.get_by_role("radio", name="Jawaban benar").first).to_be_checked()
        preview = page.locator("#preview")
        expect(preview.locator("strong")).to_have_text("kamus")
        preview.get_by_role("radio", name="Rak fiksi").check()
        preview.get_by_role("button", name="Periksa jawaban").click()
        expect(preview.get_by_role("status")).to_contain_text("Salah")
        assert_accessible_in_both_themes(page)
        assert_fits(page)
        page.get_by_role("button", name="Simpan draf").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Soal 6 dari 6: Pilihan ganda")
        assert texts(page) == ["Rak rujukan", "Rak fiksi", "Gudang"]
        assert_accessible_in_both_themes(page)


def places(page: Page) -> dict[str, str]:
    """The numbers that tell where areas are, by the ends of their fields' names."""
    fields = page.locator(
        'ol [name^="q.areas."]:is([name$=x], [name$=y], [name$=width], [name$=height], [name$=radius])'
    )
    return {(each.get_attribute("name") or "")[8:]: each.input_value() for each in fields.all()}


def stroke(page: Page, *points: tuple[float, float]) -> None:
    """Press at the first point of the picture, in per cent, go through the others, and let go."""
    page.locator(".stage").scroll_into_view_if_needed()
    box = page.locator(".stage img").bounding_box()
    assert box is not None
    for index, (x, y) in enumerate(points):
        page.mouse.move(box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100)
        if index == 0:
            page.mouse.down()
    page.mouse.up()


def test_areas_are_drawn_on_the_picture_and_numbers_and_drawing_follow_each_other(
    page: Page, app: Flask, cast: Cast
) -> None:
    with answering(app) as site:
        sign_in(page, site, "rahmat")
        page.goto(f"{site}{HERE}/new?type=hotspot")
        page.get_by_label("Pertanyaan", exact=True).fill("Di mana rak?")
        page.get_by_label("Apa yang tampak di gambar", exact=True).fill("Alur mencari buku")
        page.get_by_label("Gambar", exact=True).select_option("media/alur.svg")
        page.get_by_role("button", name="+ Kotak").click()
        stroke(page, (10, 20), (30, 40), (40, 60))
        expect(page.locator('[name="q.areas.0.label.id"]')).to_be_focused()
        page.keyboard.type("Kiri")
        assert places(page) == {"0.x": "10", "0.y": "20", "0.width": "30", "0.height": "40"}
        page.get_by_role("button", name="+ Lingkaran").click()
        stroke(page, (70, 50))
        page.keyboard.type("Kanan")
        page.get_by_role("checkbox", name="Jawaban benar").nth(1).check()
        stroke(page, (12, 22), (17, 22))
        page.get_by_role("button", name="Lingkaran 2 (Kanan): geser").focus()
        page.keyboard.press("Shift+ArrowUp")
        page.get_by_role("button", name="Lingkaran 2: ubah ukuran").press("ArrowRight")
        now = places(page)
        assert now["0.x"] == "15" and [now[f"1.{key}"] for key in ("x", "y", "radius")] == ["70", "45", "11"]
        page.locator(".qrow").first.get_by_text("Letak dan ukuran dengan angka").click()
        page.locator('[name="q.areas.0.x"]').fill("7,5")
        expect(page.locator(".stage rect")).to_have_attribute("x", "7.5")
        expect(page.locator("#preview")).to_contain_text("2. Kanan")
        assert_accessible_in_both_themes(page)
        assert_fits(page)
        page.get_by_role("button", name="Simpan draf").click()
        page.get_by_role("button", name="Kotak 1 (Kiri): geser").wait_for()
        assert places(page)["0.x"] == "7,5"


def test_a_selected_word_becomes_a_gap_with_itself_as_the_answer(page: Page, app: Flask, cast: Cast) -> None:
    with answering(app) as site:
        sign_in(page, site, "rahmat")
        page.goto(f"{site}{HERE}/new?type=cloze")
        text = page.get_by_label("Teks dengan rumpang", exact=True)
        text.fill("Kamus ada di rak rujukan.")
        text.evaluate("area => area.setSelectionRange(17, 24)")
        page.get_by_role("button", name="Rumpang kata", exact=True).click()
        expect(text).to_have_value("Kamus ada di rak [[1]].")
        expect(page.locator('[name="q.gaps.0.answers.0.text.id"]')).to_have_value("rujukan")
        expect(page.locator("#preview").get_by_role("textbox")).to_have_count(1)
        text.fill("Kamus ada di rak [[2]].")
        told = "Tanda [[2]] belum punya isian di bawah. Rumpang 1 belum punya tempat di teks ini."
        expect(page.locator("[data-gaps-said]")).to_have_text(told)
        page.get_by_role("button", name="Rumpang kata", exact=True).click()
        expect(text).to_have_value("Kamus ada di rak [[2]].[[1]]")
