"""An attempt remembers which of its questions its learner doubts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """In attempts made so far nothing was flagged."""
    op.add_column("attempt", sa.Column("flagged", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Flags are lost; no mark hangs on them."""
    with op.batch_alter_table("attempt") as table:
        table.drop_column("flagged")
