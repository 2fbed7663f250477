"""The form token, and what was typed into a form whose session is gone.

A token is signed for one person and one password version. It lives as long as that password: a page left open overnight
still posts, another person's page does not. Because it says whose page it was, a POST refused for a lost session can be
kept inside the sign-in form and handed back, to that person only.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hmac import compare_digest
from secrets import token_urlsafe
from zlib import compress, decompressobj

from flask import Flask, current_app, session
from itsdangerous import BadSignature, Signer

FIELD = "form_token"
HELD_LIMIT = 1_500_000  # bytes of typed text that are kept across a sign-in: a course's largest file as a form sends it
PACKED_LIMIT = 800_000  # letters that they take in the page, so that the sign-in form is not too long to be sent


@dataclass(frozen=True, slots=True)
class Held:
    """A refused POST: where it was going, what it said, and whose page it came from."""

    owner: str
    path: str
    fields: Mapping[str, Sequence[str]]


@lru_cache(maxsize=8)
def _signer(secret: str, purpose: str) -> Signer:
    return Signer(secret, salt=purpose, key_derivation="hmac")


@lru_cache(maxsize=4096)
def _token(secret: str, owner: str) -> str:
    return _signer(secret, "form").sign(owner).decode()  # the same for every page of one owner


def _sign(purpose: str, value: str) -> str:
    return _signer(str(current_app.secret_key), purpose).sign(value).decode()


def _unsign(purpose: str, value: str) -> str | None:
    try:
        return _signer(str(current_app.secret_key), purpose).unsign(value).decode()
    except BadSignature:
        return None


def owner_of_session(session_id: str | None) -> str:
    """Whom a token is for: the signed-in person and version, else this browser's own stranger."""
    if session_id:
        return session_id
    if "stranger" not in session:
        session["stranger"] = "-" + token_urlsafe(9)
        session.permanent = True
    return str(session["stranger"])


def form_token(session_id: str | None) -> str:
    """The token for a form on this page."""
    return _token(str(current_app.secret_key), owner_of_session(session_id))


def owner_of_token(token: str | None) -> str | None:
    """Whose page a posted token came from; None where it is missing or forged."""
    if not token:
        return None
    owner = token.rpartition(".")[0]
    # What this process signed itself need not be taken apart.
    return owner if compare_digest(token.encode(), _token(str(current_app.secret_key), owner).encode()) else None


def hold(held: Held) -> str | None:
    """A refused POST as a text for a hidden field; None where it is too large to keep."""
    fields = {name: list(values) for name, values in held.fields.items()}
    text = json.dumps([held.owner, held.path, fields], ensure_ascii=False).encode("utf-8", "replace")
    if len(text) > HELD_LIMIT:
        return None
    packed = urlsafe_b64encode(compress(text)).decode()
    return _sign("held", packed) if len(packed) <= PACKED_LIMIT else None


def unhold(text: str | None) -> Held | None:
    """What `hold` kept; None where it is missing, forged or too large."""
    packed = _unsign("held", text) if text else None
    if packed is None:
        return None
    owner, path, fields = json.loads(decompressobj().decompress(urlsafe_b64decode(packed), 2 * HELD_LIMIT))
    return Held(owner, path, fields)


def init_tokens(app: Flask) -> None:
    """Let templates write the hidden field's name."""
    app.jinja_env.globals["token_field"] = FIELD
