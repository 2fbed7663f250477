"""A course with a test before and one after in two forms, published beside the others, and people who took them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import insert

from app.catalogue.queries import heads
from app.db import db
from app.quizzes.models import Attempt, Mark
from tests.competencies.histories import at
from tests.ground.cast import NOW
from tests.ground.courses import publish

SLUG: Final = "bimtek"
BEFORE, AFTER = "tes-awal", "tes-akhir"  # form A; the other form's ids end in -b

COURSE: Final = """\
title: {id: Bimtek perpustakaan, en: Library training}
code: BT-1
summary: Tes sebelum dan sesudah.
track: service
hours: 2
open: true
modules: [01-tes]
"""
BANK: Final = """\
title: Soal tes
questions:
  - {id: rak, type: true-false, text: Buku berdiri di rak., answer: true}
  - {id: katalog, type: true-false, text: Katalog adalah daftar harga., answer: false}
  - {id: label, type: true-false, text: Label ada di punggung buku., answer: true}
  - {id: tamu, type: true-false, text: Buku tamu memuat NIK., answer: false}
"""
TEST: Final = """\
  - quiz: {id}
    title: {title}
    preset: exam
    pass: 0
    purpose: {purpose}
    {form}
    questions: [{{use: tes/{asked[0]}}}, {{use: tes/{asked[1]}}}]
"""


def publish_tests(courses: Path, *, forms: bool = False, after: bool = True) -> None:
    """The course with its tests; `forms`: A and B of each."""
    entries = []
    for quiz_id, purpose in ((BEFORE, "pretest"), (AFTER, "posttest"))[: 2 if after else 1]:
        for form in ("A", "B") if forms else ("",):
            named = quiz_id if form in ("", "A") else f"{quiz_id}-b"
            line = f"form: {form}" if form else "hidden: false"
            asked = ("label", "tamu") if form == "B" else ("rak", "katalog")
            entries.append(TEST.format(id=named, title=purpose, purpose=purpose, form=line, asked=asked))
    (courses / SLUG / "bank").mkdir(parents=True, exist_ok=True)
    files = {
        "course.yaml": COURSE,
        "01-tes.yaml": f"title: Tes\nactivities:\n{''.join(entries)}",
        "bank/tes.yaml": BANK,
    }
    publish(courses, SLUG, files, now=NOW)


def took(
    person_id: int,
    quiz_id: str,
    fraction: float | None,
    minute: int,
    *,
    items: Sequence[float | None] = (),
    state: str = "finished",
    number: int = 1,
    course: str = SLUG,
) -> int:
    """An attempt begun at a minute after eight and handed in five minutes later. Commits."""
    values = {"layout": [], "seed": 1, "passed": True, "started_at": at(minute), "finished_at": at(minute + 5)}
    whose = {"person_id": person_id, "course_slug": course, "revision_id": heads()[course].revision_id}
    attempt = Attempt(**whose, **values, quiz_id=quiz_id, number=number, state=state, fraction=fraction)
    db.session.add(attempt)
    db.session.flush()
    rows = [
        {
            "attempt_id": attempt.id, "slot": slot, "question": f"{SLUG}/tes/{name}", "competency": None,
            "fraction": share, "points": 1.0, "outcome": "right", "answered_at": at(minute),
        }
        for slot, (name, share) in enumerate(zip(("rak", "katalog"), items, strict=False), start=1)
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Mark), rows)
    db.session.commit()
    return attempt.id
