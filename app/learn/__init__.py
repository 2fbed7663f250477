"""Pages of the learner: shelf, course, lesson, quiz, own competencies, glossary."""

from __future__ import annotations

from flask import Flask

from app.learn.blueprint import learn
from app.learn.views import competencies, daily, quiz, shelf, survey, task, terms  # noqa: F401  (their routes join the blueprint)


def init_app(app: Flask) -> None:
    """Join the learner's pages."""
    app.register_blueprint(learn)
