"""An answer tells what else waits on its phone; a regrade keeps what first answers came to before and after it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No answer so far told it; no regrade so far changed what a first answer came to."""
    op.add_column("answer", sa.Column("unsent", sa.SmallInteger(), nullable=True))
    for side in ("old", "new"):
        op.add_column("regrade_mark", sa.Column(f"{side}_first_fraction", sa.Double(), nullable=True))
    first = (
        "(SELECT mark.first_fraction FROM mark"
        " WHERE mark.attempt_id = regrade_mark.attempt_id AND mark.slot = regrade_mark.slot)"
    )
    op.execute(f"UPDATE regrade_mark SET old_first_fraction = {first}, new_first_fraction = {first}")  # noqa: S608


def downgrade() -> None:
    """What first answers come to stays as the regrades left it."""
    with op.batch_alter_table("regrade_mark") as table:
        table.drop_column("old_first_fraction")
        table.drop_column("new_first_fraction")
    with op.batch_alter_table("answer") as table:
        table.drop_column("unsent")
