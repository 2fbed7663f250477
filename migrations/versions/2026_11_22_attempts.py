"""An attempt remembers which of its questions its learner doubts, and how far a sequential one has come."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """In attempts made so far nothing was flagged, and none was sequential."""
    op.add_column("attempt", sa.Column("flagged", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("attempt", sa.Column("at_slot", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    """Flags are lost; no mark hangs on them. Sequential attempts go on as any other."""
    with op.batch_alter_table("attempt") as table:
        table.drop_column("at_slot")
        table.drop_column("flagged")
