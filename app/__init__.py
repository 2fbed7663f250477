"""Rak Belajar: wiring only. Blueprints, loaders and commands are joined here.

Packages are imported when an app is made, not when `app` is: the pure ones stay usable without the frameworks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings

PACKAGES = (
    "web", "people", "catalogue", "competencies", "repetition", "marking", "account", "learn", "authoring", "teaching",
    "reports", "chores", "demonstration",
)  # fmt: skip
MAX_POST = 1_000_000  # bytes; answers are text


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application. `overrides` replace single settings (tests); everything else comes from the environment."""
    from flask import Flask
    from flask_compress import Compress

    from app.db import init_database
    from app.settings import Settings

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy loads: processes share the cores, not sums
    settings = Settings.from_environment(os.environ, overrides)
    app = Flask(__name__, static_folder=None, instance_path=str(settings.instance))
    app.extensions["settings"] = settings
    app.config.update(_config(settings))
    templating = import_module("app.web.templating")
    templating.prepare_templating(app)
    init_database(app)
    Compress(app)
    _add_commands(app)
    for package in PACKAGES:
        import_module(f"app.{package}").init_app(app)
    templating.init_templating(app)
    _trust(app, settings.trusted_proxies)
    return app


def _config(settings: Settings) -> dict[str, Any]:
    from app.settings import kept_secret_key

    return {
        "SECRET_KEY": settings.secret_key or kept_secret_key(settings.instance),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "MAX_CONTENT_LENGTH": MAX_POST,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=settings.session_days),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_NAME": "rak_session",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
        "COMPRESS_ZSTD_LEVEL": 2,
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_LEVEL": 4,
    }


def _add_commands(app: Flask) -> None:
    """Those of the pure packages, which know no app."""
    from app.content.commands import courses
    from app.content.report_command import report
    from app.psychometrics.ability_command import ability
    from app.psychometrics.commands import analyse
    from app.questions.commands import questions

    analyse.add_command(ability)
    courses.add_command(report)
    for command in (courses, questions, analyse):
        app.cli.add_command(command)


def _trust(app: Flask, proxies: int) -> None:
    """Take a visitor's address, host and protocol from as many proxies as stand in front; 0: from nobody."""
    if proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
