"""An attempt remembers which of its questions its learner doubts, and how far a sequential one has come.

A mark keeps what the first answer was worth where its question was done again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """In attempts made so far nothing was flagged, none was sequential, and nothing was done again."""
    op.add_column("attempt", sa.Column("flagged", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("attempt", sa.Column("at_slot", sa.Integer(), server_default="1", nullable=False))
    op.add_column("mark", sa.Column("first_fraction", sa.Double(), nullable=True))


def downgrade() -> None:
    """Flags are lost; no mark hangs on them. Sequential attempts go on as any other, and redone answers are evidence.

    The release before knows no `redo`: to it such a row is an answer emptied.
    """
    op.execute("UPDATE answer SET action = 'save' WHERE action = 'redo'")
    # Not by a batch: where answers point at attempts, SQLite lets no copy take the table's place.
    op.drop_column("mark", "first_fraction")
    op.drop_column("attempt", "at_slot")
    op.drop_column("attempt", "flagged")
