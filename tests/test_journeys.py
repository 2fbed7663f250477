"""The whole way, in a real browser on a phone: read, be quizzed, see the shelf fill, and staff see the score change."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.ground.browser import answer_somehow, assert_accessible_in_both_themes, assert_fits, sign_in
from tests.ground.commands import PASSWORD
from tests.ground.server import Server

pytestmark = pytest.mark.browser

COURSE = "/courses/katalogisasi"
MAIN_PAGES = {
    "-": ["/sign-in", "/help", "/about"],
    "siti": [
        "/",
        COURSE,
        f"{COURSE}/sepuluh-kelas-utama",
        f"{COURSE}/kuis-klasifikasi-ddc",
        "/competencies",
        "/competencies?competency=F2.deskripsi",
        "/account",
        "/account/password",
    ],
    "rahmat": [
        "/teaching/courses",
        "/teaching/courses/katalogisasi",
        "/teaching/courses/katalogisasi/preview/kuis-klasifikasi-ddc",
        "/teaching/courses/katalogisasi/preview/nomor-panggil",
        "/teaching/marking",
        "/teaching/courses/katalogisasi/attempts/kuis-katalog-dan-deskripsi",
        "/teaching/courses/katalogisasi/attempts/kuis-katalog-dan-deskripsi/regrade",
        "/teaching/courses/katalogisasi/live/kuis-klasifikasi-ddc",
        "/teaching/courses/katalogisasi/overrides/kuis-klasifikasi-ddc",
        "/teaching/courses/katalogisasi/analysis/kuis-katalog-dan-deskripsi",
        "/teaching/courses/katalogisasi/analysis/kuis-katalog-dan-deskripsi/items/katalogisasi/deskripsi/sumber-utama",
        "/teaching/courses/katalogisasi/gradebook",
        "/teaching/courses/katalogisasi/gradebook/weights",
        "/teaching/courses/katalogisasi/gradebook/1/kuis-katalog-dan-deskripsi",
        "/teaching/courses/katalogisasi/at-risk",
    ],
    "noor": [
        "/reports/competencies",
        "/reports/competencies?area=F2&rows=districts",
        "/reports/competencies?competency=F2.deskripsi",
        "/reports/competencies/people?area=F2",
        "/reports/competencies/people?competency=F2.deskripsi",
        "/reports/people/1/competencies?competency=F2.deskripsi",
        "/reports/competencies/help",
        "/reports/gain",
        "/reports/trend",
        "/reports/summary",
        "/reports/surveys",
        "/people",
        "/people/new",
        "/people/1",
        "/cohorts",
        "/cohorts/1",
    ],
}


def sign_in_by_hand(page: Page, server: Server, name: str) -> None:
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Nama pengguna atau nomor HP").fill(name)
    page.get_by_label("Kata sandi (password)").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Selamat datang")


def answer_whole_quiz(page: Page) -> int:
    """Answer every question of the open quiz somehow; how many there were."""
    heading = page.get_by_role("heading", level=1).inner_text()
    found = re.search(r"Soal 1 dari (\d+)", heading)
    assert found, heading
    for number in range(1, int(found[1]) + 1):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Soal {number} dari")
        answer_somehow(page)
        page.locator(".pair button").last.click()
    return int(found[1])


def question_count(page: Page, server: Server, competency: str) -> int:
    """On how many questions Siti's score in a competency rests, as her own page tells."""
    page.goto(f"{server.url}/competencies")
    row = page.locator("li", has_text=competency).first.inner_text()
    found = re.search(r"dari (\d+) jawaban|\((\d+) dari", row)
    assert found, row
    return int(found[1] or found[2])


def done_count(page: Page, server: Server) -> int:
    """How many parts of the course Siti has done, as its own page tells."""
    page.goto(f"{server.url}{COURSE}")
    found = re.search(r"(\d+) dari \d+ selesai", page.locator("main").inner_text())
    assert found
    return int(found[1])


def whole_way(page: Page, server: Server) -> None:
    """From signing in to the score that staff see."""
    sign_in_by_hand(page, server, "siti")
    before = question_count(page, server, "Klasifikasi dan penjajaran")
    done = done_count(page, server)
    page.goto(server.url)
    page.get_by_role("button", name="Lanjutkan belajar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sepuluh kelas utama DDC")
    assert_fits(page)
    page.get_by_role("button", name="Selesai membaca, lanjut").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nomor panggil")
    page.get_by_role("button", name="Selesai membaca, lanjut").click()
    page.get_by_role("button", name="Mulai kuis").click()
    count = answer_whole_quiz(page)
    page.get_by_role("button", name=re.compile("Kumpulkan")).last.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Nilai")
    assert done_count(page, server) - done in (2, 3)  # two lessons, and the quiz if those answers passed it
    assert question_count(page, server, "Klasifikasi dan penjajaran") == before + count


def test_siti_reads_is_quizzed_and_noor_sees_her_score_change(
    server: Server, page: Page, open_page: Callable[..., Page]
) -> None:
    noors = open_page(viewport={"width": 1200, "height": 800})
    sign_in_staff(noors, server)
    before = noors.locator("tr", has_text="Siti Aminah").first.inner_text()
    whole_way(page, server)
    noors.reload()
    assert noors.locator("tr", has_text="Siti Aminah").first.inner_text() != before


def sign_in_staff(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/sign-in")
    page.get_by_role("button", name="Masuk sebagai Noor").click()
    page.goto(f"{server.url}/reports/competencies/people?name=Siti+Aminah")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.postgres_journey
def test_the_whole_way_on_postgresql(postgres_server: Server, page: Page) -> None:
    whole_way(page, postgres_server)


def test_after_switching_accounts_nothing_of_the_first_person_comes_back(
    server: Server, page: Page, page_errors: list[str]
) -> None:
    sign_in_by_hand(page, server, "siti")
    page.goto(f"{server.url}/competencies")
    page.get_by_role("button", name="Bukan Siti Aminah? Ganti akun").click()
    page.get_by_role("button", name="Masuk sebagai Noor").click()
    expect(page.locator("footer")).to_contain_text("Noor")
    for _ in range(4):
        page.go_back()
        page.wait_for_load_state()
        assert "Siti Aminah" not in page.locator("body").inner_text()
    page_errors.clear()  # going back to a page that needs nobody's session is answered 401


@pytest.mark.parametrize("name", list(MAIN_PAGES))
def test_every_main_page_is_accessible_and_fits_a_phone(server: Server, page: Page, name: str) -> None:
    if name != "-":
        sign_in(page, server.url, name, PASSWORD)
    for path in MAIN_PAGES[name]:
        answer = page.goto(server.url + path)
        assert answer and answer.ok, path
        assert_fits(page)
        assert_accessible_in_both_themes(page)


def test_large_type_leaves_the_pages_whole(server: Server, page: Page) -> None:
    sign_in(page, server.url, "siti", PASSWORD)
    for path in MAIN_PAGES["siti"]:
        page.goto(server.url + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert_fits(page)


def test_the_printed_slip_holds_the_three_words_and_not_what_is_said_to_the_office(server: Server, page: Page) -> None:
    sign_in(page, server.url, "noor", PASSWORD)
    page.goto(f"{server.url}/people?name=Tri+Puspitasari")
    page.locator("main table a").first.click()
    page.get_by_role("button", name="Atur ulang kata sandi").click()
    notice = page.get_by_text("Kata sandi ini hanya tampil sekali.")
    expect(notice).to_be_visible()
    page.emulate_media(media="print")
    expect(notice).to_be_hidden()
    expect(page.locator(".words")).to_be_visible()
    expect(page.locator("main a, main button").locator("visible=true")).to_have_count(0)


def test_a_term_is_explained_where_it_is_touched_without_leaving_the_place(server: Server, page: Page) -> None:
    sign_in(page, server.url, "siti", PASSWORD)
    page.goto(f"{server.url}{COURSE}/fungsi-katalog")
    term = page.locator("a.term").first
    term.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    term.click()
    explained = page.locator(".terms div:target")
    expect(explained).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - before) < 400
    explained.get_by_role("link", name="Tutup").click()
    expect(page.locator(".terms div:target")).to_have_count(0)
    expect(term).to_be_in_viewport()


def test_everything_works_without_scripts(server: Server, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    sign_in_by_hand(page, server, "siti")
    page.goto(f"{server.url}/courses/layanan-prima/sikap-dan-standar")
    page.get_by_role("button", name="Selesai membaca, lanjut").click()
    page.goto(f"{server.url}/courses/layanan-prima/kuis-layanan-prima")
    page.get_by_role("button", name=re.compile("kuis")).first.click()
    answer_whole_quiz(page)
    page.get_by_role("button", name=re.compile("Kumpulkan|kumpulkan")).last.click()
    expect(page.locator("main")).to_contain_text("Nilai")
