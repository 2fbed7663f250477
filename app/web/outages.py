"""What a person is told while the database cannot work: that nothing was kept, and how to send it again."""

from __future__ import annotations

from typing import Final

from flask import g, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from app.errors import N_, Message
from app.web.frame import frame_without_person
from app.web.languages import choose_language, tell
from app.web.templating import render

STATUS: Final = 503
AGAIN_AFTER: Final = 5  # seconds
UNAVAILABLE: Final = N_(
    'Ada gangguan pada sistem, bukan kesalahan Anda. Jawaban bertanda "Tersimpan" tetap aman. Coba lagi sebentar lagi.'
)


def outage_answer() -> ResponseReturnValue:
    """A page, a fragment for htmx, or JSON; made without the database, so also without knowing who asks."""
    if "language" not in g:
        choose_language()
    response = make_response(_said(UNAVAILABLE), STATUS)
    response.headers["Retry-After"] = str(AGAIN_AFTER)
    return response


def _said(message: Message) -> ResponseReturnValue:
    sentence = tell(message)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error=sentence, status=STATUS)
    if request.headers.get("HX-Request"):
        return render("web/refused.html", status=STATUS, sentence=sentence)
    return render(
        "web/outage.html",
        frame=frame_without_person(),
        sentence=sentence,
        status=STATUS,
        method=request.method,
        path="/" + request.full_path.rstrip("?").lstrip("/"),  # never to another site, as `//…` would lead
        fields=_to_send_again(),
    )


def _to_send_again() -> list[tuple[str, str]]:
    """What was sent, for a form that sends it again as it was; empty where it holds a password or a file."""
    fields = list(request.form.items(multi=True))
    secret = any("password" in name for name, _ in fields)
    return [] if secret or request.files else fields
