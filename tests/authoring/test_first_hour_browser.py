"""A new trainer's first hour: a course, a module and a quiz of ten questions, by what is read on the screen.

Nobody here knows an id, an address or YAML. Each press and each field filled in is one action, and they are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.ground.browser import WATCHED, answering, assert_accessible, assert_fits, sign_in
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start

pytestmark = WATCHED

ALLOWED = 54  # actions from "Susun kursus" to the course being published; whoever needs more says why
PASTED = """
1. Buku basah pertama-tama …
A. dijemur di bawah matahari
B. dibuka dan dianginkan di tempat teduh
C. disetrika
Kunci: B
2. Kertas tisu di antara halaman gunanya …
A. menyerap air
B. memberi warna
C. menandai halaman
Kunci: A
3. Buku yang berjamur disimpan bersama buku lain.
A. Benar
B. Salah
Kunci: B
4. Apa nama zat yang menyerap lembap di dalam lemari?
Jawaban: gel silika
5. Berapa persen kelembapan udara paling tinggi yang aman bagi buku?
Jawaban: 60
"""


@pytest.fixture
def start() -> Start:
    """Other courses are there; this one begins from nothing."""
    return PUBLISHED


@dataclass
class Trainer:
    """Rahmat at a tablet. `actions` counts what he pressed and filled in."""

    page: Page
    actions: int = 0

    def press(self, name: str, *, more: str = "") -> None:
        """A button or link, by its words; `more` is a pattern of what may follow them."""
        words = re.compile(rf"^\s*{re.escape(name)}{more}( …)?\s*$")
        self._act(self.page.locator("button:visible, a:visible").filter(has_text=words).first).click()

    def fill(self, label: str, text: str, at: int = 0) -> None:
        """A field, by its label; `at` counts the fields of that label."""
        self._act(self.page.get_by_role("textbox", name=re.compile(rf"^{label}\b")).nth(at)).fill(text)

    def tick(self, label: str, at: int = 0) -> None:
        self._act(self.page.get_by_role("radio", name=label).nth(at)).check()

    def write(self, kind: str, question: str, right: tuple[str, int] | None = None, **texts: list[str]) -> None:
        """A question of a kind, written and saved; `texts` by the labels of their fields."""
        self.press("Tambah soal")
        self.press(kind, more=r"\s*[A-Z].*")
        self.fill("Pernyataan" if kind == "Benar-salah" else "Pertanyaan", question)
        for label, each in texts.items():
            for at, text in enumerate(each):
                self.fill(label, text, at)
        if right:
            self.tick(*right)
        self.press("Simpan draf")
        expect(self.page.locator("main")).to_contain_text("Draf disimpan")

    def _act(self, what: Locator) -> Locator:
        self.actions += 1
        return what


def test_a_quiz_of_ten_questions_from_nothing(page: Page, app: Flask, cast: Cast) -> None:
    with answering(app) as site:
        page.set_viewport_size({"width": 820, "height": 1100})
        sign_in(page, site, "rahmat")
        page.goto(site)
        rahmat = Trainer(page)
        rahmat.press("Susun kursus")
        rahmat.press("Kursus baru")
        rahmat.fill("Judul kursus", "Merawat buku basah")
        rahmat.fill("Ringkasan", "Anda dapat menolong buku basah.")
        rahmat.fill("Kode", "LP-9")
        rahmat.fill("Jam pelajaran", "2")
        rahmat.press("Buat kursus")
        rahmat.fill("Judul modul", "Buku basah")
        rahmat.press("Tambah modul")
        rahmat.fill("Judul", "Kuis buku basah")
        rahmat.press("Kuis")
        where = ["di bawah matahari", "di tempat teduh", "di oven", "di kulkas"]
        rahmat.write("Pilihan ganda", "Buku basah dikeringkan …", ("Jawaban benar", 1), Pilihan=where)
        rahmat.write("Benar-salah", "Halaman yang lengket dipisahkan selagi basah.", ("Salah", 0))
        rahmat.write("Isian angka", "Berapa jam sebelum jamur tumbuh?", Bilangan=["48"])
        tools, uses = ["tisu", "kipas", "sarung tangan"], ["menyerap", "mengalirkan udara", "melindungi"]
        rahmat.write("Menjodohkan", "Jodohkan alat dan gunanya.", Butir=tools, Pasangannya=uses)
        rahmat.write("Mengurutkan", "Urutkan langkahnya.", Butir=["angkat", "serap", "anginkan"])
        rahmat.press("Kuis buku basah")
        rahmat.press("Tempel soal dari Word")
        rahmat.fill("Soal", PASTED)
        rahmat.press("Periksa")
        assert_accessible(page)
        rahmat.press("Masukkan 5 soal")
        expect(page.locator("li.slot")).to_have_count(10)
        assert_fits(page)
        rahmat.press("Terbitkan")
        rahmat.press("Terbitkan sekarang")
        expect(page.locator(".notice").first).to_contain_text("Sudah terbit")
        assert rahmat.actions <= ALLOWED
