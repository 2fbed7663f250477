"""The pictures of the README and of docs/, taken anew: `make pictures`.

A server of its own over the demonstration, one path through it, one picture at each stop. What changed in the pages is
then seen in the pictures, and never the other way about.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.ground.browser import browser_flags, find_browser
from tests.ground.commands import environment
from tests.ground.folder import ROOT, VARIABLE
from tests.ground.server import serving

DOCS: Final = ROOT / "docs"
PICTURES: Final = DOCS / "pictures"
PHONE: Final = ViewportSize(width=360, height=740)
DESK: Final = ViewportSize(width=1100, height=760)


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a server over a demonstration of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        courses = Path(shutil.copytree(ROOT / "courses", folder / "courses"))
        os.environ[VARIABLE] = place
        settings = environment("", folder / "instance", courses, demo=True)
        with serving(settings, folder / "server.log") as server:
            yield server.url


@contextmanager
def opened(window: ViewportSize, address: str, who: str) -> Iterator[Page]:
    """A browser's page, somebody signed in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(playwright), args=browser_flags())
        page = browser.new_page(viewport=window, locale="id-ID", color_scheme="light")
        page.goto(f"{address}/sign-in")
        page.locator(f"button[value={who}]").click()
        page.wait_for_url(f"{address}/")
        yield page
        browser.close()


PASTED: Final = """1. Nomor panggil ditempel di …
A. halaman judul
B. punggung buku
C. sampul belakang
Kunci: B

2. Judul utama disalin dari …
A. sampul
*B. halaman judul
C. punggung buku

3. Sebutkan dua kegunaan katalog!
"""


def on_the_phone(page: Page, address: str) -> None:
    """The shelf, as Siti sees it."""
    page.goto(address)
    page.screenshot(path=DOCS / "shelf.png")


def at_the_desk(page: Page, address: str) -> None:
    """What Rahmat sees who writes a course."""
    course = f"{address}/authoring/katalogisasi"
    page.goto(course)
    page.screenshot(path=PICTURES / "outline.png")
    page.goto(f"{course}/questions/bank/deskripsi/sumber-utama")
    page.screenshot(path=PICTURES / "question.png")
    page.goto(f"{course}/paste/kuis-katalog-dan-deskripsi")
    page.locator("textarea").first.fill(PASTED)
    page.get_by_role("button", name="Periksa", exact=True).click()
    page.get_by_role("button", name="Masukkan").first.wait_for()
    page.screenshot(path=PICTURES / "paste.png")
    page.goto(f"{course}/lessons/fungsi-katalog")
    page.get_by_role("textbox", name="Judul materi", exact=True).fill("Apa gunanya katalog?")
    page.get_by_role("button", name="Simpan draf").first.click()
    page.locator(".notice").first.wait_for()
    page.goto(f"{course}/publish")
    page.screenshot(path=PICTURES / "publish.png")


def main() -> None:
    """Take them all."""
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as address:
        with opened(PHONE, address, "siti") as page:
            on_the_phone(page, address)
        with opened(DESK, address, "rahmat") as page:
            at_the_desk(page, address)


if __name__ == "__main__":
    main()
