"""Rendered lessons are kept, so that a start need not render them anew."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "rendering",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("page", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rendering")),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("rendering")
