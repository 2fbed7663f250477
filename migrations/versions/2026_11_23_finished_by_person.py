"""An index for when somebody last handed in a quiz: who needs help is asked of every person at once."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing but the index."""
    op.create_index("ix_attempt_finished_by_person", "attempt", ["person_id", "finished_at"])


def downgrade() -> None:
    """It can be made again."""
    op.drop_index("ix_attempt_finished_by_person", table_name="attempt")
