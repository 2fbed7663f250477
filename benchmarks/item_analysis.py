"""`python -m benchmarks.item_analysis`: a quiz of 30 questions that 10,000 people took, analysed on its trainer's page.

Asked of the app in this process, without a network: what the page costs on the server. Answers are made up by a Rasch
model with a fixed seed; the database is kept in a folder that is named on the command line.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from math import exp
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final

from flask import Flask
from sqlalchemy import insert, select

from app import clock
from app.catalogue.operations import sync
from app.catalogue.queries import get_published
from app.db import begin_write, db, let_go, upgrade_database
from app.demonstration.operations.rows import person_row, store_people
from app.people.models import Person
from app.people.passwords import hash_password
from app.people.permissions import Role
from app.quizzes.models import Answer, Attempt, Mark
from benchmarks.figures import markdown_table
from benchmarks.filling import PASSWORD, measured_app
from benchmarks.large_course import COMPETENCY, write_courses
from benchmarks.visitors import visitor

SLUG: Final = "analisis"
QUIZ: Final = "kuis-besar"
ITEMS: Final = 30
PEOPLE: Final = 10_000
OPTIONS: Final = 4
REPEATS: Final = 7
AT_A_TIME: Final = 500
NOBODY: Final = "!"  # the hash of no password
TARGET: Final = 2000  # milliseconds
PAGES: Final = {
    "analysis": f"/teaching/courses/{SLUG}/analysis/{QUIZ}",
    "one item": f"/teaching/courses/{SLUG}/analysis/{QUIZ}/items/{SLUG}/{QUIZ}/soal-12",
    "XLSX": f"/teaching/courses/{SLUG}/analysis/{QUIZ}.xlsx",
}


def write_course(folder: Path) -> Path:
    """The courses of the editor's benchmark, and one with the quiz."""
    write_courses(folder)
    head = (
        "title: {id: Kursus analisis, en: A course}\ncode: ANA-1\ntrack: it\nhours: 2\nopen: true\n"
        "summary: {id: Anda mengukur., en: You measure.}\nmodules: [01-satu]\n"
    )
    questions = "\n".join(_question(number) for number in range(1, ITEMS + 1))
    module = (
        "title: {id: Satu, en: One}\nactivities:\n- quiz: " + QUIZ + "\n  title: {id: Kuis besar, en: Large quiz}\n"
        "  preset: test\n  questions:\n" + questions + "\n"
    )
    (folder / SLUG).mkdir()
    (folder / SLUG / "course.yaml").write_text(head, "utf-8")
    (folder / SLUG / "01-satu.yaml").write_text(module, "utf-8")
    return folder


def _question(number: int) -> str:
    options = "".join(
        f"      - {{text: {{id: Pilihan {letter} soal {number}, en: Option {letter} of {number}}}"
        f"{', correct: true' if letter == 'A' else ''}}}\n"
        for letter in "ABCD"
    )
    return (
        f"  - id: soal-{number}\n    type: single\n    competency: {COMPETENCY}\n"
        f"    text: {{id: Pertanyaan nomor {number} dari kuis?, en: Question {number} of the quiz?}}\n"
        f"    options:\n{options}".rstrip()
    )


def fill(app: Flask) -> int:
    """Put the people and their attempts into an empty database; gives back the trainer's id."""
    now = clock.now()
    begin_write()
    (trainer,) = store_people(
        [person_row("Rahmat Hidayat", "rahmat", created_at=now, password_hash=hash_password(PASSWORD))],
        [Role.TRAINER],
        now=now,
    )
    db.session.commit()
    revision = get_published(SLUG).revision_id
    chance = Random(7)
    for start in range(0, PEOPLE, AT_A_TIME):
        begin_write()
        numbers = range(start, start + AT_A_TIME)
        rows = [person_row(f"Peserta {n}", f"peserta{n}", created_at=now, password_hash=NOBODY) for n in numbers]
        people = store_people(rows, [Role.LEARNER] * AT_A_TIME, now=now)
        attempts = [_attempt(person, revision, now) for person in people]
        ids = db.session.scalars(insert(Attempt).returning(Attempt.id, sort_by_parameter_order=True), attempts).all()
        made = [each for attempt_id in ids for each in _slots(attempt_id, chance, now)]
        db.session.execute(insert(Answer), [answer for answer, _ in made])
        db.session.execute(insert(Mark), [mark for _, mark in made])
        db.session.commit()
    return trainer


def _attempt(person_id: int, revision_id: int, now: Any) -> dict[str, Any]:
    layout = [
        {"question": f"{SLUG}/{QUIZ}/soal-{n}", "order": list(range(OPTIONS)), "points": 1.0}
        for n in range(1, ITEMS + 1)
    ]
    return {
        "person_id": person_id, "course_slug": SLUG, "quiz_id": QUIZ, "revision_id": revision_id, "number": 1,
        "seed": 1, "layout": layout, "state": "finished", "started_at": now - timedelta(hours=1), "finished_at": now,
        "fraction": 0.5, "passed": False, "flagged": [],
    }  # fmt: skip


def _slots(attempt_id: int, chance: Random, now: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    theta = chance.gauss(0, 1)
    for slot in range(1, ITEMS + 1):
        right = chance.random() < 1 / (1 + exp((slot - ITEMS / 2) / 7 - theta))
        choice = 0 if right else chance.randint(1, OPTIONS - 1)
        answer = {
            "attempt_id": attempt_id, "slot": slot, "seq": 1, "action": "save", "response": {"choice": choice},
            "page_token": "x", "saved_at": now,
        }  # fmt: skip
        mark = {
            "attempt_id": attempt_id, "slot": slot, "question": f"{SLUG}/{QUIZ}/soal-{slot}", "competency": COMPETENCY,
            "fraction": float(right), "points": 1.0, "outcome": "right" if right else "wrong", "answered_at": now,
        }  # fmt: skip
        yield answer, mark


def main() -> int:
    """Fill, open the pages in turns, tell; 1 where a page takes longer than it may."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    courses = write_course(folder / "courses")
    app = measured_app(folder, courses)
    mark = folder / "analysis.json"
    with app.app_context():
        if not mark.exists():
            upgrade_database(folder)
            sync(courses, now=clock.now())
            mark.write_text(json.dumps(fill(app)))
        trainer = db.session.scalar(select(Person.id).where(Person.user_name == "rahmat"))
        let_go()
    found = {name: _times(app, path, trainer) for name, path in PAGES.items()}
    rows = [[name, f"{times[0]:.0f}", f"{median(times[1:]):.0f}", str(TARGET)] for name, times in found.items()]
    print(markdown_table(["page", "first, ms", "median, ms", "at most, ms"], rows))
    return int(any(median(times) > TARGET for times in found.values()))


def _times(app: Flask, path: str, person: int) -> list[float]:
    client, cookie = app.test_client(use_cookies=False), visitor(app, person).cookie
    found = []
    for _ in range(REPEATS):
        before = time.perf_counter()
        answer = client.get(path, headers={"Cookie": cookie})
        found.append((time.perf_counter() - before) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)  # noqa: S101
    return found


if __name__ == "__main__":
    sys.exit(main())
