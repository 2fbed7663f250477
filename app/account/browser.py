"""The cookie `rak_device`: the accounts this browser has signed in to, so that nobody else's failures slow it down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Final

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

COOKIE: Final = "rak_device"
KEPT: Final = 8  # accounts per browser; the one unused for longest goes first
YEAR: Final = 31_536_000  # seconds


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="device", signer_kwargs={"key_derivation": "hmac"})


def known_accounts() -> Mapping[int, str]:
    """The accounts of this browser: person id -> the mark its failures are counted under. Forged cookies know none."""
    try:
        kept = _serializer().loads(request.cookies.get(COOKIE, ""))
        return {int(person_id): str(mark) for person_id, mark in kept}
    except (BadSignature, ValueError, TypeError, json.JSONDecodeError):
        return {}


def remember_account(answer: Response, person_id: int) -> None:
    """Let the browser prove from now on, at the address it signs in by, that this account was used in it."""
    known = dict(known_accounts())
    mark = known.pop(person_id, None) or token_urlsafe(9)
    newest = [(person_id, mark), *known.items()][:KEPT]
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    value = str(_serializer().dumps(newest))
    answer.set_cookie(COOKIE, value, max_age=YEAR, path=request.path, httponly=True, samesite="Lax", secure=secure)
