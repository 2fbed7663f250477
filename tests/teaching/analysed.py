"""Attempts at the sample course's practice quiz, stored as if they had been taken: who answered what is chosen here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import insert

from app.catalogue.queries import get_published
from app.db import db
from app.people.models import Person
from app.quizzes.models import Answer, Attempt, Mark
from tests.quizzes.content import START, minute

SLUG: Final = "contoh"
QUIZ: Final = "latihan"
SINGLE: Final = f"{SLUG}/{QUIZ}/tunggal"  # its second option is right
JUDGED: Final = f"{SLUG}/{QUIZ}/benar-salah"  # "false" is right
TYPED: Final = f"{SLUG}/{QUIZ}/isian"
RIGHT: Final[Mapping[str, Mapping[str, Any]]] = {
    SINGLE: {"choice": 1},
    JUDGED: {"choice": False},
    TYPED: {"text": "rak"},
}
"""What somebody answers who knows; each is worth a point."""
Given = Mapping[str, tuple[Mapping[str, Any] | None, float]]  # address -> response (None: nothing), fraction


def knows(address: str) -> tuple[Mapping[str, Any], float]:
    return RIGHT[address], 1.0


def people(count: int) -> list[int]:
    """So many learners."""
    rows = [
        {"name": f"Peserta {n}", "user_name": f"peserta{n}", "password_hash": "-", "created_at": START}
        for n in range(count)
    ]
    return list(db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows))


def took(person_id: int, given: Given, number: int = 1, state: str = "finished", outcome: str = "right") -> int:
    """An attempt with these answers; its id."""
    points = dict.fromkeys(given, 1.0)
    layout = [{"question": address, "order": [], "points": 1.0} for address in given]
    total = sum(fraction for _, fraction in given.values()) / len(given)
    attempt = {
        "person_id": person_id, "course_slug": SLUG, "quiz_id": QUIZ, "revision_id": get_published(SLUG).revision_id,
        "number": number, "seed": 1, "layout": layout, "state": state, "started_at": START, "finished_at": minute(9),
        "fraction": total if state == "finished" else None, "flagged": [],
    }  # fmt: skip
    attempt_id = db.session.scalar(insert(Attempt).returning(Attempt.id), attempt)
    for slot, (address, (response, fraction)) in enumerate(given.items(), start=1):
        at = minute(slot)
        if response is not None:
            answer = {"attempt_id": attempt_id, "slot": slot, "seq": 1, "page_token": "x"}
            db.session.execute(insert(Answer).values(**answer, action="save", response=response, saved_at=at))
        mark = {"attempt_id": attempt_id, "slot": slot, "question": address, "points": points[address]}
        said = outcome if fraction else "wrong"
        answered = None if response is None else at
        db.session.execute(insert(Mark).values(**mark, fraction=fraction, outcome=said, answered_at=answered))
    return attempt_id


def class_of(count: int) -> Sequence[int]:
    """A class in which the key of the single question is wrong: whoever knows the rest chose its first option.

    One in two knows the rest. Of those who do not, half have the "right" option and half the third; nobody the fourth.
    """
    able: Given = {SINGLE: ({"choice": 0}, 0.0), JUDGED: knows(JUDGED), TYPED: knows(TYPED)}
    lucky: Given = {SINGLE: knows(SINGLE), JUDGED: ({"choice": True}, 0.0), TYPED: ({"text": "pintu"}, 0.0)}
    weak: Given = {SINGLE: ({"choice": 2}, 0.0), JUDGED: ({"choice": True}, 0.0), TYPED: (None, 0.0)}
    made = people(count)
    for place, person_id in enumerate(made):
        took(person_id, (able, lucky, able, weak)[place % 4])
    db.session.commit()
    return made
