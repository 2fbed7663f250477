"""The guard: signed in? allowed? whose form? Each view says `@needs(Action.X)` and is handed its Scope."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any, Concatenate, ParamSpec, cast

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user, logout_user

from app.errors import N_, Message, NotFound, Refusal
from app.people.identity import SignedIn, signed_in
from app.people.permissions import Action, Scope, allows, scope_for
from app.settings import Settings
from app.uploads.rules.refusals import MEGABYTE
from app.web.languages import choose_language
from app.web.tokens import FIELD, owner_of_session, owner_of_token

P = ParamSpec("P")
DAY = 86_400  # seconds
LONG_TEXT = 4 * MEGABYTE  # a file of a course; each byte of a letter may take three on the way
FILES_AT_ONCE = 3  # as large as they may be; more of them where they are smaller


class SignInNeeded(Refusal):
    """Nobody is signed in, or no longer. The answer is the sign-in form, with what was typed kept inside it."""

    status = 401

    def __init__(self) -> None:
        super().__init__(N_("Silakan masuk dahulu."))


class NotAllowed(Refusal):
    """The person's roles do not reach this page."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("Halaman ini tidak tersedia untuk akun Anda."))


class FormRefused(Refusal):
    """A form without a valid token: forged, or from a browser that keeps no cookies."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            N_("Formulir ini tidak dapat diterima. Muat ulang halamannya, lalu kirim lagi. Cookie harus diizinkan.")
        )


class OthersForm(Refusal):
    """A form from another person's page, sent after the account was switched."""

    status = 409

    def __init__(self) -> None:
        message: Message = N_(
            "Halaman ini dibuka dengan akun lain, jadi isiannya tidak dikirim. "
            "Masuklah dengan akun itu untuk mengirimnya."
        )
        super().__init__(message)


def visitor() -> SignedIn | None:
    """Who is signed in; None for a stranger."""
    who = current_user._get_current_object()  # once: each look through the proxy costs
    return cast("SignedIn", who) if who.is_authenticated else None


def person() -> SignedIn:
    """Who is signed in. Raises SignInNeeded."""
    who = visitor()
    if who is None:
        raise SignInNeeded
    return who


def session_id() -> str | None:
    """What the session keeps of the signed-in person; None for a stranger."""
    who = visitor()
    return who.get_id() if who else None


def needs(action: Action) -> Callable[[Callable[Concatenate[Scope, P], Any]], Callable[P, Any]]:
    """Declare what a route lets a person do. The view's first argument is the Scope (of nobody for PUBLIC)."""

    def declare(view: Callable[Concatenate[Scope, P], Any]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if action is Action.PUBLIC:
                return view(Scope(0), *args, **kwargs)
            who = person()
            if who.must_change_password and action is not Action.OWN_ACCOUNT:
                return redirect(url_for("account.change_password"), 303)
            scope = scope_for(action, who.id, who.grants)
            if scope is None:
                raise NotAllowed
            return view(scope, *args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]  # read by the test that walks all routes
        return guarded

    return declare


def takes_files(view: Callable[P, Any]) -> Callable[P, Any]:
    """Let a route's form carry files: it may be as large as `FILES_AT_ONCE` of them. Stands below `@needs`."""
    view.takes_files = True  # type: ignore[attr-defined]  # read before the form is
    return view


def takes_long_text(view: Callable[P, Any]) -> Callable[P, Any]:
    """Let a route's form carry a whole file of a course as text. Stands below `@needs`."""
    view.takes_long_text = True  # type: ignore[attr-defined]  # read before the form is
    return view


def bound_request() -> None:
    """Widen the bound of a form with files or a whole file's text; every other stays at what texts need."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_long_text", False):
        request.max_content_length = LONG_TEXT
    if request.mimetype == "multipart/form-data" and getattr(view, "takes_files", False):
        settings = cast("Settings", current_app.extensions["settings"])
        texts = cast("int", current_app.config["MAX_CONTENT_LENGTH"])
        request.max_content_length = texts + FILES_AT_ONCE * settings.upload_megabytes * MEGABYTE


def reach(action: Action) -> Scope | None:
    """How far the person of this request may do another action than the route's own; None: not at all."""
    who = person()
    return scope_for(action, who.id, who.grants)


def may(action: Action) -> bool:
    """Whether the person of this request may do the action: for links and buttons."""
    who = visitor()
    return action is Action.PUBLIC or (who is not None and allows(action, who.grants))


def check_form() -> None:
    """Refuse a change whose form is not this person's own. Raises SignInNeeded, FormRefused or OthersForm."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    owner = owner_of_token(request.form.get(FIELD) or request.headers.get("X-Form-Token"))
    if owner is None:
        raise FormRefused
    here = session_id()
    if owner == owner_of_session(here):
        return
    if here is None and not owner.startswith("-"):
        g.form_owner = owner
        raise SignInNeeded
    if here is not None and owner.partition(".")[0] == here.partition(".")[0]:
        return  # the same person, with a newer password
    raise OthersForm


def keep_session_alive() -> None:
    """End a shared phone's idle session; renew the others about once a day, so that 60 days count from the last use."""
    if not session.get("_user_id"):
        return
    moment = int(time())
    seen = int(session.get("seen", 0))
    settings = cast("Settings", current_app.extensions["settings"])
    if session.get("shared"):
        if moment - seen > settings.shared_idle_minutes * 60:
            session.clear()
        elif moment - seen >= 60:
            session["seen"] = moment
    elif moment - seen > DAY:
        session["seen"] = moment


def end_shared_session() -> None:
    """Sign out after a quiz was handed in where the phone is shared; nothing where it is one's own."""
    if session.get("shared"):
        session.clear()
        logout_user()


def init_guard(app: Flask) -> None:
    """Join Flask-Login and the checks that run before every view."""
    manager = LoginManager(app)
    manager.session_protection = None  # phones change their address all day
    manager.user_loader(signed_in)

    @app.before_request
    def before() -> Response | None:
        if request.endpoint == "static":
            return None
        keep_session_alive()
        who = visitor()
        choose_language(who.language if who else None)
        if "\0" in request.path or b"%00" in request.query_string:
            raise NotFound  # no database takes that sign
        if request.method == "POST":
            bound_request()
        check_form()
        return None
