"""What every command about people needs: refusals told as sentences, and accounts found by their names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast

import click
from flask import current_app

from app.db import db
from app.errors import Refusal
from app.people.permissions import Scope
from app.people.queries import PersonFact, person_named
from app.settings import Settings

EVERYBODY: Final = Scope(0, everything=True)

P = ParamSpec("P")
R = TypeVar("R")


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command end with a refusal's sentence and exit status 1."""

    @wraps(command)
    def telling(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Refusal as refusal:
            db.session.rollback()
            raise click.ClickException(str(refusal.message)) from refusal

    return telling


def settings() -> Settings:
    """The host's settings."""
    return cast("Settings", current_app.extensions["settings"])


def account(login: str) -> PersonFact:
    """The account of a user name or phone. Ends the command where there is none."""
    found = person_named(login, settings().phone_region)
    if found is None:
        raise click.ClickException(f"Tidak ada akun {login}.")
    return found
