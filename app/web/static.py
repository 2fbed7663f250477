"""Styles and scripts: served from here, named by their content, kept by the browser for a year."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"
YEAR = 31_536_000  # seconds


@cache
def static_url(name: str) -> str:
    """The address of a file in static/, with a mark that changes when it does."""
    mark = sha256((FOLDER / name).read_bytes()).hexdigest()[:10]
    return f"{PREFIX}{name}?{mark}"


def init_static(app: Flask) -> None:
    """Serve the folder in front of the app, compressed copies first where setup made them."""
    app.jinja_env.globals["static_url"] = static_url
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the documented way to wrap a Flask app
        app.wsgi_app, root=str(FOLDER), prefix=PREFIX, max_age=YEAR, immutable_file_test=lambda path, url: True
    )
