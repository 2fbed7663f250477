"""The tables that migrations make are the tables that the models mean, on both databases; and data outlives the way."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect, select

from app.db import db as handle
from app.db import join_migrations
from app.people.models import Person
from tests.ground.cast import Cast


# SQLite cannot tell what an index by lower(name) is of; PostgreSQL does, and there it is compared.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_the_migrated_tables_are_those_of_the_models(db: SQLAlchemy) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, handle.metadata) == []


def test_what_is_stored_is_still_there_after_another_upgrade(app: Flask, cast: Cast) -> None:
    with app.app_context():
        join_migrations(app)
        upgrade()
        assert handle.session.scalar(select(Person.name).where(Person.id == cast.siti)) == "Siti Aminah"


def test_the_way_back_leaves_nothing_and_the_way_up_works_again(app: Flask) -> None:
    with app.app_context():
        join_migrations(app)
        downgrade(revision="base")
        assert set(inspect(handle.engine).get_table_names()) == {"alembic_version"}
        upgrade()
        assert "person" in inspect(handle.engine).get_table_names()
