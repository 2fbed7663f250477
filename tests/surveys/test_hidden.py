"""A trainer hides what learners had begun: they see and open it no more, and nothing they did is lost."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from tests.ground.cast import Cast, sign_in
from tests.learn.walker import Walker
from tests.surveys.cast import ANONYMOUS, MODULE, NAMED, SLUG, hand_in, needs, publish_surveys

HIDDEN = MODULE.replace(f"  - survey: {NAMED}\n", f"  - survey: {NAMED}\n    hidden: true\n")


def test_what_is_hidden_is_not_found_and_comes_back_with_what_was_done(
    app: Flask, surveys: Cast, courses_folder: Path, db: SQLAlchemy
) -> None:
    hand_in(surveys.siti, NAMED, needs(3, "Metadata"))
    publish_surveys(courses_folder, HIDDEN)
    siti = Walker.of(app)
    assert NAMED not in siti.open(f"/courses/{SLUG}")
    assert "Belum dimulai" in siti.open("/")
    assert siti.client.get(f"/courses/{SLUG}/{NAMED}").status_code == 404
    rahmat = app.test_client()
    sign_in(rahmat, "rahmat")
    assert "tersembunyi" in rahmat.get(f"/teaching/courses/{SLUG}").get_data(as_text=True)
    assert rahmat.get(f"/teaching/courses/{SLUG}/preview/{NAMED}").status_code == 200
    assert "Kebutuhan pelatihan" in rahmat.get(f"/reports/surveys/{SLUG}/{NAMED}").get_data(as_text=True)
    publish_surveys(courses_folder, MODULE)
    assert "sudah diisi" in siti.open(f"/courses/{SLUG}")
    assert siti.client.get(f"/courses/{SLUG}/{ANONYMOUS}").status_code == 200
