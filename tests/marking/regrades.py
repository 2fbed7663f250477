"""Regrading as a trainer does it: look at what would move, then confirm it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from app.catalogue.operations import sync
from app.catalogue.queries import get_published
from app.competencies.models import CompetencyScore
from app.db import db
from app.marking.operations.regrading import Confirmed, apply_regrade
from app.marking.queries.regrading import previewed
from app.marking.rules.decisions import Decision, Wanted
from app.quizzes.models import Attempt, Mark
from tests.quizzes.content import minute

SLUG: Final = "contoh"
QUIZ: Final = "ujian"  # an exam: two questions that everybody has, one of which is drawn, each worth a point
HARD: Final = f"{SLUG}/{QUIZ}/tersulit"
PASSWORD: Final = f"{SLUG}/{QUIZ}/sandi"


def correct_key(folder: Path, now: datetime | None = None) -> int:
    """Publish the course with the gardener as the owner of the catalogue; the revision's id."""
    module = folder / SLUG / "02-lanjut.yaml"
    written = module.read_text("utf-8")
    reader = "Semua pembaca, en: Every reader}\n            correct: true\n"
    gardener = "Tukang kebun, en: The gardener}\n"
    assert reader in written and gardener in written
    changed = written.replace(reader, reader.replace("            correct: true\n", ""))
    module.write_text(changed.replace(gardener, f"{gardener}            correct: true\n"), "utf-8")
    sync(folder, now=now or minute(50))
    return get_published(SLUG).revision_id


def wanted(
    revision_id: int | None = None, decisions: Mapping[str, Decision] | None = None, quiz: str = QUIZ, slug: str = SLUG
) -> Wanted:
    return Wanted(slug, quiz, revision_id, decisions or {})


def confirmed(what: Wanted, by: int | None = None, reason: str = "Kuncinya salah.") -> Confirmed:
    """What is sent after the preview as it is now."""
    return Confirmed(what, reason, previewed(what).digest, by)


def regrade(what: Wanted, by: int | None = None, at: float = 60) -> int:
    """Preview and confirm at once."""
    made = apply_regrade(confirmed(what, by), now=minute(at))
    assert made is not None
    return made


def everything_stored() -> dict[str, Any]:
    """All marks, results and scores as the tables hold them, but since when keys are open and scores were looked at."""
    db.session.rollback()
    columns = {
        "marks": [each for each in Mark.__table__.c if each.name != "key_opened_at"],
        "attempts": list(Attempt.__table__.c),
        "scores": [each for each in CompetencyScore.__table__.c if each.name != "updated_at"],
    }
    return {name: sorted(map(repr, db.session.execute(select(*chosen)).all())) for name, chosen in columns.items()}
