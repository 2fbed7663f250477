"""Marks lose an index by question that nothing asked: it cost each hand-in a page of the database per question."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the index."""
    with op.batch_alter_table("mark") as table:
        table.drop_index("ix_mark_question")


def downgrade() -> None:
    """Make it again."""
    with op.batch_alter_table("mark") as table:
        table.create_index("ix_mark_question", ["question"])
