"""Figures over everybody that are kept; indexes for lists by name and for when somebody last read."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is kept yet: the chores begin with it."""
    op.create_table(
        "kept_figure",
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_kept_figure")),
    )
    op.create_index("ix_person_by_name", "person", [sa.text("lower(name)"), "id"])
    op.create_index("ix_lesson_done_of_person", "lesson_done", ["person_id", "done_at"])


def downgrade() -> None:
    """What was kept can be made again."""
    op.drop_index("ix_lesson_done_of_person", table_name="lesson_done")
    op.drop_index("ix_person_by_name", table_name="person")
    op.drop_table("kept_figure")
