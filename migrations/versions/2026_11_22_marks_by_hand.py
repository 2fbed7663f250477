"""Marks that wait for a person, and the history of what people marked."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'submitted'")


def upgrade() -> None:
    """A mark may wait, its outcome has longer names, and each change by hand is a row."""
    with op.batch_alter_table("mark") as table:
        table.alter_column("fraction", existing_type=sa.Double(), nullable=True)
        table.alter_column("outcome", existing_type=sa.String(10), type_=sa.String(20), existing_nullable=False)
    op.create_index(
        "ix_attempt_waiting", "attempt", ["course_slug", "quiz_id"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    op.create_table(
        "mark_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("marker_id", sa.Integer(), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_mark_change_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["marker_id"], ["person.id"], name=op.f("fk_mark_change_marker_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_change")),
        sa.UniqueConstraint("attempt_id", "slot", "seq", name=op.f("uq_mark_change_attempt_id_slot_seq")),
    )


def downgrade() -> None:
    """The release before knows no waiting: what waits is worth nothing there until it is handed in anew."""
    op.drop_table("mark_change")
    op.drop_index("ix_attempt_waiting", table_name="attempt")
    op.execute("UPDATE attempt SET state = 'finished', fraction = 0.0, passed = false WHERE state = 'submitted'")
    op.execute("UPDATE mark SET fraction = 0.0, outcome = 'wrong' WHERE fraction IS NULL")
    with op.batch_alter_table("mark") as table:
        table.alter_column("outcome", existing_type=sa.String(20), type_=sa.String(10), existing_nullable=False)
        table.alter_column("fraction", existing_type=sa.Double(), nullable=False)
