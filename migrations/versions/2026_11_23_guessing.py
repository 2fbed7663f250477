"""Marks and calibrated questions say what a blind guess earns; scores made without it are due."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Scores made so far are made anew as soon as the server runs; `flask competencies rebuild` does it at once.

    What earlier calibrations found was found without guessing, and counts so until the next one.
    """
    op.add_column("mark", sa.Column("guess", sa.Double(), nullable=True))
    op.add_column("item_parameter", sa.Column("guess", sa.Double(), server_default="0", nullable=False))
    op.execute("UPDATE competency_score SET basis = ''")


def downgrade() -> None:
    """Scores stay as they were made."""
    with op.batch_alter_table("item_parameter") as table:
        table.drop_column("guess")
    with op.batch_alter_table("mark") as table:
        table.drop_column("guess")
