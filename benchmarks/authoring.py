"""`python -m benchmarks.authoring`: the editor over a course of 100 lessons and 500 questions.

Asked of the app in this process, without a network: what a page costs on the server. Each page is opened in turns with
a bare Flask view that returns the same body. A save is one POST, in which the file is edited and the revision stored,
and the page after it; then the outline, for which only what changed is compiled.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from app import clock
from app.catalogue.operations import sync
from app.content.editing import Put, edit_file, value_in
from app.db import db, let_go, upgrade_database
from app.demonstration.operations.rows import person_row, store_people
from app.people.passwords import hash_password
from app.people.permissions import Role
from benchmarks.figures import markdown_table
from benchmarks.filling import PASSWORD, measured_app
from benchmarks.large_course import BANK, BANK_QUESTION, QUESTION, QUIZ, SLUG, write_courses
from benchmarks.processes import BenchFault
from benchmarks.visitors import visitor

REPEATS: Final = 15
PAGES: Final = {
    "outline": f"/authoring/{SLUG}",
    "quiz": f"/authoring/{SLUG}/quizzes/{QUIZ}",
    "question of a quiz": f"/authoring/{SLUG}/questions/{QUIZ}/{QUESTION}",
    "question of a bank": f"/authoring/{SLUG}/questions/bank/{BANK}/{BANK_QUESTION}",
    "banks": f"/authoring/{SLUG}/banks",
    "lesson": f"/authoring/{SLUG}/lessons/materi-5-3",
}
OPENED: Final = 300  # milliseconds, the target for opening a page
SAVED: Final = 400  # and for saving a question, with the pages after it
MEBIBYTE: Final = 1024 * 1024

Row = list[str]


@dataclass
class _Form(HTMLParser):
    """The fields of the form that is saved, as a browser would send them."""

    fields: MultiDict[str, str] = field(default_factory=MultiDict)
    _inside: bool = False
    _text: str | None = None  # the name of the text area that is open
    _choice: str | None = None  # the name of the list that is open

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        if tag == "form":
            self._inside = of.get("id") == "editor"
        name = of.get("name")
        if not self._inside:
            return
        if tag == "option" and self._choice and "selected" in of:
            self.fields.setlist(self._choice, [of.get("value") or ""])
        if not name:
            return
        if tag == "textarea":
            self._text = name
            self.fields.add(name, "")
        elif tag == "select":
            self._choice = name
        elif tag == "input" and (of.get("type") not in ("checkbox", "radio", "file") or "checked" in of):
            self.fields.add(name, of.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._choice = None

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text] += data


def form_of(page: str) -> MultiDict[str, str]:
    """What the editor's form of a page holds. Raises BenchFault where there is none."""
    parser = _Form()
    parser.feed(page)
    if "base" not in parser.fields:
        raise BenchFault(f"no editor's form on the page:\n{page[:2000]}")
    return parser.fields


class Took(NamedTuple):
    """How long something took in milliseconds: by the wall, and of this process's own time."""

    wall: float
    cpu: float


def took(act: Callable[[], Any]) -> Took:
    """How long something takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Took(1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu))


def told(times: Sequence[Took], beside: Sequence[Took]) -> Row:
    """The figures of a row: medians by the wall and of CPU, the worst by the wall, CPU against the bare view's."""
    wall, cpu = (median(each) for each in zip(*times, strict=True))
    ratio = cpu / median(each.cpu for each in beside)
    return [f"{wall:.0f}", f"{cpu:.0f}", f"{max(each.wall for each in times):.0f}", f"{ratio:,.0f}"]


@dataclass(frozen=True)
class Desk:
    """A trainer at the measured app, and the bare view beside it."""

    client: FlaskClient
    cookie: str

    def get(self, path: str) -> str:
        """A page. Raises BenchFault where it is none."""
        answer = self.client.get(path, headers={"Cookie": self.cookie})
        if answer.status_code != 200:
            raise BenchFault(f"{path}: {answer.status}")
        return answer.get_data(as_text=True)

    def post(self, path: str, fields: MultiDict[str, str]) -> None:
        """Send a form. Raises BenchFault where it was refused."""
        answer = self.client.post(path, data=fields, headers={"Cookie": self.cookie})
        if answer.status_code != 303:
            raise BenchFault(f"POST {path}: {answer.status}\n{answer.get_data(as_text=True)[:2000]}")


def bare(body: str) -> Callable[[], Any]:
    """Asks a Flask view that returns this body and does nothing else."""
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/", view_func=lambda: body)
    client = app.test_client(use_cookies=False)
    return lambda: client.get("/").get_data()


def measured(folder: Path) -> Iterator[str]:
    """The report, part by part."""
    courses = write_courses(folder / "courses")
    app = measured_app(folder, courses)
    with app.app_context():
        upgrade_database(folder)
        first = took(lambda: sync(courses, now=clock.now()))
        row = person_row("Rahmat Hidayat", "rahmat", created_at=clock.now(), password_hash=hash_password(PASSWORD))
        (trainer,) = store_people([row], [Role.TRAINER], now=clock.now())
        db.session.commit()
        let_go()
    desk = Desk(app.test_client(use_cookies=False), visitor(app, trainer).cookie)
    yield f"The course read, rendered and published for the first time: {first.wall:,.0f} ms.\n"
    heads = ["ms", "CPU ms", "worst ms", "x bare", "target"]
    yield markdown_table(["opened", *heads], [_opened(desk, *each) for each in PAGES.items()])
    saved = [row for name in ("question of a quiz", "question of a bank") for row in _saved(desk, name, PAGES[name])]
    yield "\n" + markdown_table(["saved", *heads], saved)
    yield "\n" + markdown_table(["a file of 1 MiB", "ms", "CPU ms"], _large_file())


def _opened(desk: Desk, name: str, path: str) -> Row:
    ask = bare(desk.get(path))
    pairs = [(took(lambda: desk.get(path)), took(ask)) for _ in range(REPEATS)]
    return [name, *told(*map(list, zip(*pairs, strict=True))), f"< {OPENED}"]


def _saved(desk: Desk, name: str, path: str) -> list[Row]:
    steps: dict[str, list[Took]] = {f"{name}: POST": [], "page after it": [], "outline then": [], "together": []}
    body = desk.get(path)
    ask = bare(body)
    for turn in range(REPEATS):
        fields = form_of(body)
        fields["q.text"] = f"Kelas mana yang tepat, {name} {turn}?"
        fields["do"] = "save"
        each = [took(partial(desk.post, path, fields)), took(partial(desk.get, path))]
        each.append(took(partial(desk.get, PAGES["outline"])))
        each.append(Took(*map(sum, zip(*each, strict=True))))
        for step, one in zip(steps.values(), each, strict=True):
            step.append(one)
        body = desk.get(path)
    beside = [took(ask) for _ in range(REPEATS)]
    return [[step, *told(times, beside), f"< {SAVED}" if step == "together" else ""] for step, times in steps.items()]


def _large_file() -> list[Row]:
    """The largest file there may be: read as values, and one text of it edited; none of it seen before."""
    head = "title: {id: Besar, en: Large}\nquestions:\n"
    item = (
        "  - id: soal-{0}\n    type: true-false\n    text: {{id: 'Apakah {0} benar?', en: 'Is {0} right?'}}\n"
        "    answer: true\n    explanation: {{id: '{1}', en: '{1}'}}\n"
    )
    reason = "Nomor panggil menunjukkan letak buku di rak, jadi label yang lepas membuat buku hilang. " * 2
    text = head
    for number in count():
        more = item.format(number, reason)
        if len(text) + len(more) > MEBIBYTE:
            break
        text += more
    data = text.encode()
    edit = Put(("questions", 100, "text", "id"), "Apakah ini benar?")
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("read as values", lambda: value_in(data)),
        ("read as values again", lambda: value_in(data)),
        ("one text edited", lambda: edit_file(data, [edit])),
    ]
    return [[name, *(f"{each:,.0f}" for each in took(step))] for name, step in steps]


def main() -> int:
    """Measure and tell; 1 where something was not as it must be."""
    try:
        with tempfile.TemporaryDirectory(prefix="rak-bench-") as folder:
            for part in measured(Path(folder)):
                print(part, flush=True)
    except BenchFault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
