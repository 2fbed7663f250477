"""A bare Flask view that returns bodies it was given: what server and framework cost with nothing behind them.

Served as `benchmarks.bare:app`. The bodies lie in the folder that RAK_BENCH_BODIES names, one file each, beside a
`.head` file with the status and the headers. RAK_BENCH_COMPRESSION holds the app's settings of compression as JSON;
empty: none.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from flask import Flask, Response, request
from flask_compress import Compress


def bare_app(bodies: Path) -> Flask:
    """An app with one view. A POST's form is read, as every handler of one must."""
    app = Flask(__name__, static_folder=None)
    kept: dict[str, tuple[str, int, dict[str, str]]] = {}

    @app.route("/<name>", methods=["GET", "POST"])
    def body(name: str) -> Response:
        if name not in kept:
            told = json.loads((bodies / f"{name}.head").read_text())
            kept[name] = ((bodies / name).read_text(), told["status"], told["headers"])
        if request.method == "POST":
            request.form.to_dict()
        text, status, headers = kept[name]
        return Response(text, status, headers)

    @app.get("/about")
    def about() -> str:
        return "bare"

    return app


app = bare_app(Path(os.environ["RAK_BENCH_BODIES"]))
if os.environ.get("RAK_BENCH_COMPRESSION"):
    app.config.update(json.loads(os.environ["RAK_BENCH_COMPRESSION"]))
    Compress(app)
