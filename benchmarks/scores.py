"""What a hand-in pays for its competency scores, by hand: `python -m benchmarks.scores`.

One learner with a long history over a SQLite file; a quiz of ten questions from three competencies is handed in again
and again. Measured is the processor's time of `store_scores` within the transaction: reading the evidence, the
posteriors, writing the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import insert

from app import clock
from app.catalogue.models import Revision
from app.competencies.operations import rebuild, store_scores
from app.db import db, upgrade_database, writing
from app.demonstration.operations.rows import person_row, store_people
from app.people.permissions import Role
from app.quizzes.models import Attempt, Mark
from benchmarks.filling import measured_app

COMPETENCIES = tuple(f"F{area}.k{number}" for area in range(1, 8) for number in range(1, 4))
TOUCHED = COMPETENCIES[:3]
ANSWERS = (5, 20, 60)  # in each competency
REPEATS = 200


def main() -> None:
    """Print the milliseconds for histories of several lengths, and what folding one person anew takes."""
    for answers in ANSWERS:
        with TemporaryDirectory() as folder:
            app = measured_app(Path(folder), Path("courses"))
            with app.app_context():
                upgrade_database(Path(folder))
                person = _learner(answers)
                taken = [_hand_in(person) for _ in range(REPEATS)]
                began = perf_counter()
                rebuild(now=clock.now())
                whole = 1000 * (perf_counter() - began)
                db.session.remove()
        print(
            f"{answers:>3} answers in each of {len(COMPETENCIES)} competencies: {_told(taken)}; rebuild {whole:.1f} ms"
        )


def _told(taken: Sequence[float]) -> str:
    return f"store_scores CPU median {median(taken):.2f} ms, 95 % within {quantiles(taken, n=20)[-1]:.2f} ms"


def _learner(answers: int) -> int:
    now = clock.now()
    (person,) = store_people([person_row("Siti", "siti", created_at=now)], [Role.LEARNER], now=now)
    revision = Revision(slug="contoh", sha256="0" * 64, author="-", kinds={}, created_at=now)
    db.session.add(revision)
    db.session.flush()
    for number in range(answers):
        attempt = Attempt(
            person_id=person, course_slug="contoh", quiz_id="kuis", revision_id=revision.id, number=number + 1, seed=1,
            layout=[], state="finished", started_at=now, finished_at=now, fraction=1.0, passed=True,
        )  # fmt: skip
        db.session.add(attempt)
        db.session.flush()
        marks = [
            {
                "attempt_id": attempt.id, "slot": slot, "question": f"contoh/kuis/{name}-{number}", "competency": name,
                "fraction": float((slot + number) % 2), "points": 1.0, "outcome": "right", "difficulty": "medium",
                "guess": 0.25,
                "answered_at": now, "key_opened_at": None,
            }
            for slot, name in enumerate(COMPETENCIES, start=1)
        ]  # fmt: skip
        db.session.execute(insert(Mark), marks)
    db.session.commit()
    db.session.remove()
    return person


def _hand_in(person: int) -> float:
    with writing():
        began = process_time()
        store_scores(person, TOUCHED, now=clock.now())
        return 1000 * (process_time() - began)


if __name__ == "__main__":
    main()
