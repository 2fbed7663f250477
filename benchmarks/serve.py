"""`python -m benchmarks.serve real|bare`: the server under the benchmark, started by the same lines as `flask serve`.

real: the app and the chores beside it, on a database that is up to date. With RAK_BENCH_STATEMENTS=1 each answer says
in a header how many SQL statements it took (without BEGIN and COMMIT); figures of time are taken without it.
bare: the bare Flask view under the same server with the same options.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

from flask import Flask, Response, g
from sqlalchemy import event

from app.chores.serving import pair_of, run_server, warm_up
from app.db import db
from app.settings import Settings

_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


def count_statements(app: Flask) -> None:
    """Add the header X-Statements to each answer."""
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "before_cursor_execute")
    def counted(connection: object, cursor: object, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(_NOT_COUNTED):
            g.statements = g.get("statements", 0) + 1

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers["X-Statements"] = str(g.get("statements", 0))
        return response


def serve_real() -> int:
    """The app of wsgi.py and its chores."""
    from wsgi import app

    if os.environ.get("RAK_BENCH_STATEMENTS"):
        count_statements(app)
    with app.app_context():
        warm_up()
    return pair_of(app.extensions["settings"]).supervise()


def serve_bare() -> int:
    """The bare view, where the server looks for the app."""
    import benchmarks.bare

    sys.modules["wsgi"] = benchmarks.bare
    settings = Settings.from_environment(os.environ)
    gc.collect()
    gc.freeze()  # as the real server's parent does
    run_server(settings.host, settings.port, settings.workers)
    return 0


if __name__ == "__main__":
    sys.exit({"real": serve_real, "bare": serve_bare}[sys.argv[1]]())
