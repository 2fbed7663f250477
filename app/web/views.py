"""Pages that belong to nobody's subject: help, about, the language switch, pictures of courses and uploads."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, make_response, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.catalogue.queries import get_media
from app.people.operations import choose_language
from app.people.permissions import Action, Scope
from app.texts.local import LANGUAGES
from app.uploads.queries import get_upload
from app.web.frame import show_page
from app.web.guard import needs, reach
from app.web.languages import COOKIE
from app.web.links import local_path

web = Blueprint("web", __name__, template_folder="templates")

YEAR = 31_536_000  # seconds
MEDIA_POLICY = "sandbox; default-src 'none'"


@web.get("/help")
@needs(Action.PUBLIC)
def help_page(scope: Scope) -> str:
    """How it works, without jargon."""
    return show_page("web/help.html")


@web.get("/about")
@needs(Action.PUBLIC)
def about(scope: Scope) -> str:
    """What this is, who runs it, whose work it rests on."""
    return show_page("web/about.html")


@web.post("/language")
@needs(Action.PUBLIC)
def switch_language(scope: Scope) -> ResponseReturnValue:
    """Change the language, for the account where somebody is signed in, and go back to the page."""
    wanted = request.form.get("language", "")
    answer = make_response(redirect(local_path(request.form.get("back")) or url_for("learn.shelf"), 303))
    if wanted in LANGUAGES:
        if current_user.is_authenticated:
            choose_language(current_user.id, wanted)
        answer.set_cookie(COOKIE, wanted, max_age=YEAR, samesite="Lax", httponly=True)
    return answer


@web.get("/media/<name>")
@needs(Action.PUBLIC)
def media(scope: Scope, name: str) -> Response:
    """A picture of a course, named by its content's hash: the same for ever, so kept for ever."""
    found = get_media(name)
    answer = Response(found.data, mimetype=found.mime)
    answer.headers["Content-Security-Policy"] = MEDIA_POLICY
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


@web.get("/uploads/<upload_id>")
@needs(Action.LEARN)
def upload(scope: Scope, upload_id: str) -> Response:
    """A photo or document that was handed in, for its owner and those who see their work. Only photos are shown."""
    found = get_upload(upload_id, own=scope, others=reach(Action.SEE_ATTEMPTS))
    answer = send_file(
        BytesIO(found.data), found.mime, download_name=found.name, as_attachment=not found.is_photo, max_age=0
    )
    answer.headers["Content-Security-Policy"] = MEDIA_POLICY
    answer.headers["Cache-Control"] = "no-store"  # on a shared phone it is not the next person's
    return answer
