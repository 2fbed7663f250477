"""One handler for what is refused and one for what broke: a page, a fragment for htmx, or JSON."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from app.db import db, give_up, is_outage
from app.errors import N_, NOT_FOUND, Message, Refusal
from app.uploads.rules.refusals import MEGABYTE, too_large
from app.web.frame import show_page
from app.web.guard import SignInNeeded
from app.web.languages import choose_language, tell
from app.web.outages import outage_answer
from app.web.templating import render

SENTENCES: dict[int, Message] = {
    400: N_("Permintaan ini tidak dapat dimengerti. Kembali ke halaman sebelumnya, lalu coba lagi."),
    404: NOT_FOUND,
    405: N_("Halaman ini tidak dapat dibuka dengan cara itu. Kembali ke halaman sebelumnya."),
    413: N_("Kiriman terlalu besar."),
    429: N_("Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi."),
    500: N_('Ada gangguan pada sistem, bukan kesalahan Anda. Jawaban bertanda "Tersimpan" tetap aman.'),
}


def error_page(status: int, message: Message, **more: Any) -> ResponseReturnValue:
    """An error in the form the asker understands, with what to do next."""
    if "language" not in g:
        choose_language()
    sentence = tell(message)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error=sentence, status=status), status
    if request.headers.get("HX-Request"):
        return make_response(render("web/refused.html", status=status, sentence=sentence), status)
    return make_response(show_page("web/error.html", status=status, sentence=sentence, **more), status)


def _too_large() -> Message:
    limit = request.max_content_length or 0
    if request.mimetype == "multipart/form-data":
        return too_large(request.content_length or 0, limit)
    return N_("Kiriman terlalu besar, batasnya %(limit)s MB.", limit=round(limit / MEGABYTE, 1))


def init_errors(app: Flask) -> None:
    """Join the handlers. A transaction that was open is given up first, so that the page can be made."""

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> ResponseReturnValue:
        db.session.rollback()
        if isinstance(refusal, SignInNeeded):
            return app.extensions["sign_in_page"](refusal)
        return error_page(refusal.status, refusal.message)

    @app.errorhandler(HTTPException)
    def http(fault: HTTPException) -> ResponseReturnValue:
        status = fault.code or 500
        if status < 400:
            return fault
        if isinstance(fault, RequestEntityTooLarge):
            return error_page(413, _too_large())
        return error_page(status, SENTENCES.get(status, SENTENCES[400 if status < 500 else 500]))

    @app.errorhandler(Exception)
    def broken(fault: Exception) -> ResponseReturnValue:
        if is_outage(fault):
            app.logger.error("%s %s: %s", request.method, request.path, fault.args[0])
            give_up()
            return outage_answer()
        if isinstance(fault, SQLAlchemyError):
            db.session.rollback()
        app.logger.exception("%s %s", request.method, request.path)
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise fault
        return error_page(500, SENTENCES[500])
