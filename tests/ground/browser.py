"""A real browser on a phone-sized window. `python -m tests.ground.browser` gets one where there is none.

Found in this order: $CHROMIUM, chromium or google-chrome on PATH, the one playwright installed. None is no reason to
skip: the tests fail and say how to get one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Final

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Response, expect, sync_playwright
from werkzeug.serving import make_server

from tests.ground.cast import PASSWORD, form_token
from tests.ground.database import ONE_DATABASE

PHONE: Final = {"width": 360, "height": 740}
expect.set_options(timeout=30_000)  # milliseconds: a bound on hanging, also where several browsers share a machine
HOW_TO_GET_ONE: Final = (
    "There is no browser for the tests. Install Chromium (Debian: apt-get install chromium; elsewhere: "
    ".venv/bin/playwright install chromium), or name one in the variable CHROMIUM."
)
# The marks of a file whose tests watch an app of their own process. One database is enough for what a browser shows.
WATCHED: Final = [
    pytest.mark.browser,
    ONE_DATABASE,
    # A browser that leaves a page drops what it was still fetching; the development server forgets that file open.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Half of what a window costs are the two pages that Chromium keeps ready under its address bar. Of flags with one name
# it hears the last alone, so this one repeats what playwright turns off.
_OFF: Final = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,AvoidCorsURLLoaderRestartOnRedirect,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch"
)
_FLAGS: Final = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    f"--disable-features={_OFF}",
)
# What axe finds in one row of a table it finds in every row that is built like it: the same elements of the same
# classes, types and roles, the same attributes there, the same ones empty. One of each kind is looked at.
_LOOK: Final = """options => {
    const met = new Set();
    const kept = ({ name, value }) => ["class", "type", "role"].includes(name) ? name + value : name;
    const shape = row => [row, ...row.querySelectorAll("*")]
        .map(each => [each.tagName, ...[...each.attributes].map(kept), !each.textContent.trim()]).join();
    const again = [...document.querySelectorAll("tbody tr")].filter(row => met.size === met.add(shape(row)).size);
    return axe.run({ exclude: again }, options);
}"""
# The fields of the open question; the box that says one is unsure of it is none of them.
_ANSWERS: Final = "form[data-answer] :is(input:not([type=hidden], [name=flag]), textarea, select)"
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_browser(playwright: Playwright | None = None) -> str | None:
    """The path of a browser on this machine; None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found or playwright is None:
        return found
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def browser_flags() -> list[str]:
    """What a browser is started with."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox refuses to run as root
    return [*_FLAGS, "--no-sandbox"] if root else list(_FLAGS)


@contextmanager
def answering(app: Any) -> Iterator[str]:
    """The address at which an app of the test's own process (any WSGI app) answers a browser, until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sign_in(page: Page, address: str, name: str = "siti", password: str = PASSWORD) -> None:
    """As one of the cast, without a page: the browser has the session, and what it is to open comes next."""
    token = form_token(page.request.get(f"{address}/sign-in").text())
    fields = {"form_token": token, "login": name, "password": password}
    answer = page.request.post(f"{address}/sign-in", form=fields, max_redirects=0)
    assert answer.status == 303, answer


def fill_sign_in(page: Page, name: str = "siti") -> None:
    """As one of the cast, on the page that is open: its form, sent by Enter."""
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def answer_somehow(page: Page) -> None:
    """Answer the open question, whatever kind was drawn: each of its fields, the first of each set of options."""
    chosen = set()
    for field in page.locator(_ANSWERS).all():
        name, kind = field.evaluate("each => [each.name, each.type]")
        if kind in ("radio", "checkbox"):
            if name not in chosen:
                field.check()
        elif kind == "select-one":
            field.select_option(index=1)
        else:
            field.fill("7")
        chosen.add(name)


def get_browser() -> None:
    """Install what is missing: as root from Debian, else Chromium through playwright. The tests tell of failing."""
    missing = [] if find_browser() else ["chromium"]
    if not _driver_runs():
        missing.append("libatomic1")  # playwright's own node needs it, and a bare Debian lacks it
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing for the browser tests:", *missing, flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
            subprocess.run(["apt-get", "-qq", *command], env=quiet, check=False, stdout=subprocess.DEVNULL)
    if not find_browser():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _driver_runs() -> bool:
    asked = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser per worker process; each test gets a fresh profile in it."""
    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            pytest.fail(HOW_TO_GET_ONE, pytrace=False)
        browser = playwright.chromium.launch(executable_path=path, args=browser_flags())
        yield browser
        browser.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What the browser complained of. `page` fails a test that ends with any; clear it where an error is the point."""
    return []


@pytest.fixture
def open_page(browser: Browser, page_errors: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens further windows, each a phone of its own; keyword arguments as for playwright's `new_context`."""
    contexts = []

    def open_one(**settings: object) -> Page:
        usual = {"viewport": PHONE, "locale": "id-ID", "timezone_id": "Asia/Makassar", "reduced_motion": "reduce"}
        context = browser.new_context(**{**usual, **settings})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: page_errors.extend(_complaint(line)))
        page.on("pageerror", lambda error: page_errors.append(str(error)))
        page.on("request", lambda request: page_errors.extend(_foreign(request.url)))
        page.on("response", lambda response: page_errors.extend(_failure(response)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not page_errors, "the browser complained:\n" + "\n".join(page_errors)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A window of 360 x 740, in Indonesian."""
    return open_page()


def assert_accessible(page: Page) -> None:
    """Fails with axe's findings on the page as it stands now, in the theme it is in (`page.emulate_media`)."""
    _assert_no_findings(page, {"type": "tag", "values": _RULES})


def assert_accessible_in_both_themes(page: Page) -> None:
    """The same in light and in dark; of the second, what a theme can change: the contrast of its colours."""
    page.emulate_media(color_scheme="light")
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    _assert_no_findings(page, {"type": "rule", "values": ["color-contrast"]})


def _assert_no_findings(page: Page, rules: dict[str, Any]) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = AxeResults(page.evaluate(_LOOK, {"runOnly": rules, "resultTypes": ["violations"]}))
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def assert_fits(page: Page) -> None:
    """Fails where the page scrolls sideways."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= window, f"{page.url} is {wide} px wide in a window of {window} px"


def _complaint(line: ConsoleMessage) -> Iterator[str]:
    """Errors and warnings, scripts and styles refused by the page's policy among them. Statuses are judged below."""
    if line.type in ("error", "warning") and not line.text.startswith("Failed to load resource"):
        yield line.text


def _foreign(url: str) -> Iterator[str]:
    if not url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
        yield f"the page asked for {url}: everything is served by the app itself"


def _failure(response: Response) -> Iterator[str]:
    """A refusal (4xx) of what a person asked for is an answer; one of a style, script or picture is a fault."""
    asked = response.request.resource_type in ("document", "xhr", "fetch")
    if response.status >= (500 if asked else 400):
        yield f"{response.status} for {response.url}"


if __name__ == "__main__":
    get_browser()
