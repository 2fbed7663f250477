"""How a migration runs: on the app's own engine, in one transaction, with SQLite's tables rebuilt in batches."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from flask import current_app

from app.db import WRITES, UtcTime, db


def as_plain_type(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """A migration names SQLAlchemy's types only, so that it stays true when the app's own change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcTime) else False


def run() -> None:
    """Upgrade (or compare) the app's database."""
    options = current_app.extensions["migrate"].configure_args
    engine = db.engine.execution_options(**WRITES)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_item=as_plain_type, **options)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
