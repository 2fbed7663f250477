"""The servers of one run: the real one over each database, and the bare one beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from flask import Flask

from app.settings import Settings
from benchmarks.client import Reply
from benchmarks.filling import SECRET
from benchmarks.processes import Server, python, serving


def real_server(name: str, app: Flask, port: int, log: Path, **environment: str) -> AbstractContextManager[Server]:
    """The server and the chores over the app's database, nothing brought up to date first."""
    command = python("-m", "benchmarks.serve", "real")
    return serving(name, command, port, _environment(app, port) | environment, log)


def whole_start(app: Flask, port: int, log: Path) -> AbstractContextManager[Server]:
    """`flask serve` as it is, on a database that is up to date."""
    return serving("serve", python("-m", "flask", "--app", "wsgi", "serve"), port, _environment(app, port), log)


@contextmanager
def bare_servers(app: Flask, port: int, bodies: Path) -> Iterator[Mapping[bool, Server]]:
    """A bare Flask view under the same server with the same options: without compression, and with the app's."""
    compression = {key: value for key, value in app.config.items() if key.startswith("COMPRESS_")}
    folder = {"RAK_BENCH_BODIES": str(bodies)}
    command = python("-m", "benchmarks.serve", "bare")
    plain = {**folder, "RAK_BENCH_COMPRESSION": "", **_environment(app, port)}
    packed = {**folder, "RAK_BENCH_COMPRESSION": json.dumps(compression), **_environment(app, port + 1)}
    with (
        serving("bare", command, port, plain, bodies / "bare.log") as without,
        serving("bare, compressed", command, port + 1, packed, bodies / "compressed.log") as with_it,
    ):
        yield {False: without, True: with_it}


def keep_body(bodies: Path, name: str, reply: Reply) -> None:
    """Let the bare view answer as the app answered."""
    headers = {key: value for key in ("Content-Type", "Location") if (value := reply.header(key))}
    (bodies / name).write_bytes(reply.body)
    (bodies / f"{name}.head").write_text(json.dumps({"status": reply.status, "headers": headers}))


def _environment(app: Flask, port: int) -> dict[str, str]:
    settings: Settings = app.extensions["settings"]
    return {
        "RAK_INSTANCE": str(settings.instance),
        "RAK_COURSES": str(settings.courses),
        "RAK_DATABASE_URL": settings.database_url,
        "RAK_SECRET_KEY": SECRET,
        "RAK_PORT": str(port),
    }
