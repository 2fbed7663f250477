"""`flask db …`: Alembic's commands, loaded when one is asked for, as they would cost every start of the server."""

from __future__ import annotations

import click

from app.db.handle import join_migrations


@click.command("db", context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def migration_commands(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Ubah tabel database (Alembic)."""
    from flask_migrate.cli import db

    join_migrations(context.obj.load_app())
    db.main(list(arguments), prog_name="flask db", obj=context.obj)
