"""Answers, and the marks that come of them, tell how sure the learner was."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing stored so far was asked for it."""
    op.add_column("answer", sa.Column("certainty", sa.SmallInteger(), nullable=True))
    op.add_column("mark", sa.Column("certainty", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    """Marks stay what they were; how sure somebody was is lost. Another try is an answer saved."""
    op.execute("UPDATE answer SET action = 'save' WHERE action = 'try_again'")
    with op.batch_alter_table("mark") as table:
        table.drop_column("certainty")
    with op.batch_alter_table("answer") as table:
        table.drop_column("certainty")
