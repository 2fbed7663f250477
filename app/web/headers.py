"""What every answer carries: what the page may load, and that it is nobody else's."""

from __future__ import annotations

from flask import Flask, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # On a shared phone the next person must not meet this one's pages through the back button.
    "Cache-Control": "no-store",
}


def init_headers(app: Flask) -> None:
    """Add the headers that a view has not set itself."""

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        present = {name.lower() for name, _ in headers}
        headers.extend((name, value) for name, value in HEADERS.items() if name.lower() not in present)
        return response
