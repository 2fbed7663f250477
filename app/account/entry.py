"""Getting in: the sign-in form as an answer, the session that begins, and what was typed before it ended."""

from __future__ import annotations

from typing import Final, cast

from flask import Response, flash, g, jsonify, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from app import clock
from app.account.forms import PasswordForm, SignInForm
from app.errors import N_, Message, Refusal
from app.people.identity import SignedIn, signed_in
from app.people.operations import Entered
from app.web.frame import show_page
from app.web.guard import person
from app.web.languages import choose_language, tell
from app.web.links import local_path
from app.web.templating import render
from app.web.tokens import FIELD, Held, hold, unhold

KEPT: Final = N_("Silakan masuk lagi. Jawaban Anda tidak hilang.")
TOO_LARGE: Final = N_("Silakan masuk lagi. Isian Anda terlalu panjang untuk disimpan di halaman ini.")
WITHOUT_FILES: Final = N_("Silakan masuk lagi. Isian Anda tidak hilang, tetapi file atau fotonya harus dipilih lagi.")
DROPPED: Final = N_("Isian yang belum terkirim tadi milik akun lain, jadi tidak dikirim dan sudah dihapus.")
NEVER_HELD: Final = frozenset({"account.sign_out", "account.keep_password", "web.switch_language"})
"""Forms that nobody wants sent later: they hold passwords, or concern the session that is gone."""


def sign_in_page(form: SignInForm, sentence: Message | None = None, status: int = 200) -> Response:
    """The sign-in form, with a sentence above it where there is something to say."""
    wrong = bool(form.login.data)  # the sentence is about what was typed here, not about why the form is shown
    page = show_page("account/sign_in.html", form=form, wrong=wrong, sentence=tell(sentence) if sentence else "")
    return make_response(page, status)


def ask_to_sign_in(refusal: Refusal) -> ResponseReturnValue:
    """The answer to a request without a session: the form, holding where it was going and what was typed."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error=tell(KEPT), status=401), 401
    if request.headers.get("HX-Request"):
        return render("account/sign_in_asked.html", sentence=tell(KEPT)), 401
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.full_path.removesuffix("?")
        return sign_in_page(form, refusal.message, 401)
    owner = g.get("form_owner")
    if owner is None or request.endpoint in NEVER_HELD:
        return sign_in_page(form, refusal.message, 401)
    fields = {name: values for name, values in request.form.to_dict(flat=False).items() if name != FIELD}
    form.held.data = hold(Held(owner, request.full_path.removesuffix("?"), fields))
    kept = WITHOUT_FILES if any(each.filename for each in request.files.values()) else KEPT
    return sign_in_page(form, kept if form.held.data else TOO_LARGE, 401)


def begin_session(entered: Entered, *, shared: bool) -> None:
    """A session of this person alone: whatever the browser kept of another's is gone before it begins."""
    session.clear()
    who = cast("SignedIn", signed_in(entered.session_id))
    session.permanent = not shared
    session["seen"] = int(clock.now().timestamp())
    if shared:
        session["shared"] = True
    login_user(who)
    choose_language(who.language)


def go_on(target: str | None, held_text: str | None) -> Response:
    """Where a person goes after signing in: a new password first, then what was typed, the page, or the shelf."""
    who, held = person(), unhold(held_text)
    if held is not None and held.owner.partition(".")[0] != str(who.id):
        flash(tell(DROPPED))
        held, target = None, None
    path = local_path(target)
    if held is not None:  # too long for an address, so this answer itself carries it
        return password_page(PasswordForm(held=held_text)) if who.must_change_password else resend_page(held)
    if who.must_change_password:
        return cast("Response", redirect(url_for("account.change_password", next=path), 303))
    return cast("Response", redirect(path or url_for("learn.shelf"), 303))


def resend_page(held: Held) -> Response:
    """What was typed before the session ended, and one button that sends it. It is never sent by itself."""
    path = local_path(held.path) or url_for("learn.shelf")
    fields = [(name, value) for name, values in held.fields.items() for value in values]
    return make_response(show_page("account/resend.html", path=path, fields=fields))


def password_page(form: PasswordForm, sentence: Message | None = None, status: int = 200) -> Response:
    """The form for a new password."""
    must = person().must_change_password
    page = show_page("account/password.html", form=form, must=must, sentence=tell(sentence) if sentence else "")
    return make_response(page, status)
