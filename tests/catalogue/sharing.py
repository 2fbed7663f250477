"""A shared bank, and a quiz of `contoh` that takes from it: a question by name and two by chance."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.catalogue.operations import Change, Issued, Publication, Saved, publish_draft, save_draft
from app.catalogue.queries import get_workspace
from app.catalogue.rules import SHARED
from app.people.permissions import Scope
from tests.catalogue.writing import LATER

ALL: Final = Scope(1, everything=True)
BANK: Final = "bank/umum.yaml"
QUIZ: Final = "02-lanjut.yaml"
TAKES: Final = "      - use: umum/tamu\n      - draw: 2\n        from: umum\n        tags: [dasar]\n"


TEXTS: Final = {
    name: f"  - id: {name}\n    type: true-false\n    tags: [dasar]\n    text: {text}\n    answer: true\n"
    for name, text in (
        ("tamu", "Buku tamu perlu."),
        ("denda", "Denda wajib diumumkan."),
        ("jam", "Jam buka ditulis di pintu."),
    )
}
UMUM: Final = "# dipakai semua kursus\ntitle: Umum\nquestions:\n" + "".join(TEXTS.values())


def share(courses_folder: Path, bank: str = UMUM) -> None:
    """Put the bank into the folder, and let the second quiz of `contoh` take from it."""
    (courses_folder / "bank").mkdir(exist_ok=True)
    (courses_folder / BANK).write_text(bank)
    quiz = courses_folder / "contoh" / QUIZ
    text = quiz.read_text()
    if TAKES not in text:
        place = "      - draw: 4\n        from: kumpulan\n"
        assert place in text
        quiz.write_text(text.replace(place, place + TAKES, 1))


def save(old: str, new: str) -> int:
    """The bank with a text replaced, as a draft; its revision."""
    began = get_workspace(SHARED, within=ALL)
    assert old.encode() in began.files[BANK]
    files = {BANK: began.files[BANK].replace(old.encode(), new.encode())}
    done = save_draft(
        Change(slug=SHARED, base=began.revision_id, files=files, message="", person_id=1, author="Rahmat"), now=LATER
    )
    assert isinstance(done, Saved)
    return done.revision_id


def issue(revision_id: int, courses_folder: Path | None) -> Issued:
    """Publish that draft."""
    wanted = Publication(slug=SHARED, revision_id=revision_id, person_id=1, author="Rahmat", message="Diperjelas")
    done = publish_draft(wanted, folder=courses_folder, now=LATER)
    assert isinstance(done, Issued)
    return done
