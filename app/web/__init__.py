"""The frame of every page: base template, guard, forms, error pages, languages, static files, headers."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask, get_flashed_messages

from app.settings import Settings
from app.web import views
from app.web.errors import init_errors
from app.web.guard import init_guard, may
from app.web.headers import init_headers
from app.web.languages import init_languages
from app.web.links import RowId
from app.web.sessions import Sessions
from app.web.static import init_static
from app.web.texts import init_texts
from app.web.tokens import init_tokens


def init_app(app: Flask) -> None:
    """Join the frame to the app."""
    settings = cast("Settings", app.extensions["settings"])
    app.url_map.converters["int"] = RowId  # before any route is added
    app.session_interface = Sessions(app)
    init_languages(app, settings)
    init_tokens(app)
    init_static(app)
    init_guard(app)
    init_errors(app)
    init_headers(app)
    init_texts(app)
    app.jinja_env.globals.update(may=may, settings=settings, notices=_notices)
    app.register_blueprint(views.web)
    app.register_blueprint(Blueprint("questions", "app.questions", template_folder="templates"))


def _notices() -> list[str]:
    """What is to be said once on the next page; what a second press of a button said again, once."""
    return list(dict.fromkeys(get_flashed_messages()))
