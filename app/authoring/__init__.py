"""Pages of those who author: courses, outline, lessons, quizzes, questions, banks, history, publishing."""

from __future__ import annotations

from flask import Flask

from app.authoring.blueprint import authoring
from app.authoring.changes import init_changes
from app.authoring.desk import init_desk
from app.authoring.views import (  # noqa: F401  (their routes join the blueprint)
    banks,
    bodies,
    courses,
    new_course,
    outline,
    pads,
    parted,
    past,
    pasting,
    previews,
    publishing,
    question_versions,
    questions,
    quiz,
    quiz_settings,
    same_ids,
    settings,
    tasks,
    unreadable,
    yaml_side,
)


def init_app(app: Flask) -> None:
    """Join the pages of authors."""
    init_desk(app)
    init_changes(app)
    app.register_blueprint(authoring)
