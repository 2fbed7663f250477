"""Pages of one's own account: sign in, password, language."""

from __future__ import annotations

from flask import Flask

from app.account.views import account, init_account


def init_app(app: Flask) -> None:
    """Join the account's pages, and the sign-in form that answers a request without a session."""
    app.register_blueprint(account)
    init_account(app)
