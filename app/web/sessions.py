"""Flask's signed session cookie, opened once per cookie instead of once per page.

A cookie says the same every time it comes: its signature is checked when a process first meets it, its age each time.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cached_property, lru_cache
from time import time
from typing import Any, Final, cast

from flask import Flask
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.wrappers import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer

KEPT: Final = 2000  # opened cookies in memory per process


class Sessions(SecureCookieSessionInterface):
    """For one app: its key does not change while it runs."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._opened = lru_cache(maxsize=KEPT)(self._open)

    @cached_property
    def _cookies(self) -> URLSafeTimedSerializer:
        """Made when first asked for: by then the key is known."""
        return cast("URLSafeTimedSerializer", super().get_signing_serializer(self._app))

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        return self._cookies

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        cookie = request.cookies.get(self.get_cookie_name(app))
        if not cookie:
            return self.session_class()
        try:
            data, flat, signed_at = self._opened(cookie)
        except BadSignature:
            return self.session_class()
        fresh = time() - signed_at <= app.permanent_session_lifetime.total_seconds()
        if not fresh:
            return self.session_class()
        return self.session_class(data if flat else deepcopy(data))  # which copies what is flat itself

    def _open(self, cookie: str) -> tuple[dict[str, Any], bool, float]:
        data, signed_at = self._cookies.loads(cookie, return_timestamp=True)
        flat = not any(isinstance(value, list | dict) for value in data.values())
        return data, flat, signed_at.timestamp()
