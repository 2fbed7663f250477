"""Pages of one's own account: sign in and out, a new password, and what this place knows of one."""

from __future__ import annotations

from typing import Final, cast

from flask import Blueprint, Flask, abort, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from app import clock
from app.account.browser import known_accounts, remember_account
from app.account.entry import ask_to_sign_in, begin_session, go_on, password_page, sign_in_page
from app.account.forms import PasswordForm, SignInForm
from app.db import db
from app.errors import Message, Refusal
from app.people.operations import Attempt, Entered, authenticate, enter
from app.people.operations import change_password as store_new_password
from app.people.operations.sign_in import AccountClosed, SignInFailed
from app.people.permissions import Action, Scope
from app.people.queries import cohorts_of, get_person
from app.people.rules.delays import SignInDelayed
from app.people.rules.passwords import PasswordRefused
from app.settings import Settings
from app.web.errors import error_page
from app.web.frame import show_page
from app.web.guard import OthersForm, needs
from app.web.languages import gettext
from app.web.links import local_path

account = Blueprint("account", __name__, template_folder="templates")

DEMO_NAMES: Final = ("siti", "rahmat", "noor", "admin")


@account.get("/sign-in")
@needs(Action.PUBLIC)
def sign_in(scope: Scope) -> ResponseReturnValue:
    """The sign-in form; whoever is signed in already goes on."""
    target = request.args.get("next")
    if current_user.is_authenticated:
        return redirect(local_path(target) or url_for("learn.shelf"), 303)
    return sign_in_page(SignInForm(next=target or ""))


@account.post("/sign-in")
@needs(Action.PUBLIC)
def begin(scope: Scope) -> ResponseReturnValue:
    """Sign in with a password."""
    form = SignInForm(request.form)
    attempt = Attempt(
        login=form.login.data or "",
        password=form.password.data or "",
        address=request.remote_addr or "",
        browsers=known_accounts(),
        region=_settings().phone_region,
    )
    entered = authenticate(attempt, now=clock.now())
    begin_session(entered, shared=bool(form.shared.data))
    answer = go_on(form.next.data, form.held.data)
    remember_account(answer, entered.person_id)
    return answer


@account.post("/demo-sign-in")
@needs(Action.PUBLIC)
def demo_sign_in(scope: Scope) -> ResponseReturnValue:
    """Sign in to one of the demonstration's four accounts. In a real office there is no such page."""
    name = request.form.get("name", "")
    if not _settings().demo or name not in DEMO_NAMES:
        abort(404)
    begin_session(enter(name, now=clock.now()), shared=False)
    return go_on(request.form.get("next"), request.form.get("held"))


@account.post("/sign-out")
@needs(Action.OWN_ACCOUNT)
def sign_out(scope: Scope) -> ResponseReturnValue:
    """End this browser's session; the pages it kept are dropped too."""
    session.clear()
    logout_user()
    if "switch" not in request.form:
        flash(gettext("Anda sudah keluar."))
    answer = redirect(url_for("account.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@account.get("/account")
@needs(Action.OWN_ACCOUNT)
def overview(scope: Scope) -> str:
    """Who one is here, and who can see what."""
    return show_page(
        "account/overview.html",
        who=get_person(scope.person_id, within=scope),
        cohorts=cohorts_of(scope.person_id),
        here="account.overview",
    )


@account.get("/account/password")
@needs(Action.OWN_ACCOUNT)
def change_password(scope: Scope) -> ResponseReturnValue:
    """The form for a new password."""
    return password_page(PasswordForm(next=request.args.get("next", "")))


@account.post("/account/password")
@needs(Action.OWN_ACCOUNT)
def keep_password(scope: Scope) -> ResponseReturnValue:
    """Keep a new password; sessions on other phones end, this one goes on."""
    form = PasswordForm(request.form)
    if not form.validate():
        return password_page(form, Message(str(form.again.errors[0])), 422)
    version = store_new_password(scope.person_id, form.old.data or "", form.new.data or "", now=clock.now())
    begin_session(Entered(scope.person_id, version), shared=bool(session.get("shared")))
    flash(gettext("Kata sandi sudah diganti."))
    return go_on(form.next.data or url_for("account.overview"), form.held.data)


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


@account.errorhandler(SignInFailed)
@account.errorhandler(SignInDelayed)
@account.errorhandler(AccountClosed)
@account.errorhandler(PasswordRefused)
def typed_wrong(refusal: Refusal) -> ResponseReturnValue:
    """The same form again, with why; passwords are not written into it."""
    db.session.rollback()
    if request.endpoint == "account.keep_password":
        return password_page(PasswordForm(request.form), refusal.message, refusal.status)
    answer = sign_in_page(SignInForm(request.form), refusal.message, refusal.status)
    if isinstance(refusal, SignInDelayed):
        answer.headers["Retry-After"] = str(refusal.seconds)
    return answer


@account.errorhandler(OthersForm)
def signed_in_elsewhere(refusal: OthersForm) -> ResponseReturnValue:
    """A sign-in form sent (again) after another tab signed in goes where it would have gone; others stay refused."""
    if request.endpoint in {"account.begin", "account.demo_sign_in"}:
        return go_on(request.form.get("next"), request.form.get("held"))
    return error_page(refusal.status, refusal.message)


def init_account(app: Flask) -> None:
    """Answer every request that lacks a session with the sign-in form."""
    app.extensions["sign_in_page"] = ask_to_sign_in
