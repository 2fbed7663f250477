"""Attempts may be reopened, taken out and given time of their own; open ones and those of a quiz are found by index."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNDER_WAY = sa.text("state IN ('in_progress', 'overdue')")


def upgrade() -> None:
    """Nothing stored so far was changed by a trainer: no attempt has a time of its own."""
    op.add_column("attempt", sa.Column("own_end", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_attempt_under_way",
        "attempt",
        ["course_slug", "quiz_id"],
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )
    op.create_index("ix_attempt_at_quiz", "attempt", ["course_slug", "quiz_id", "started_at"])
    op.create_table(
        "attempt_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fraction", sa.Double(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_event_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_attempt_event_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_event")),
        sa.UniqueConstraint("attempt_id", "seq", name=op.f("uq_attempt_event_attempt_id_seq")),
    )
    op.create_table(
        "key_shown",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=250), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_key_shown_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_key_shown_person_id_person")),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name=op.f("pk_key_shown")),
    )
    op.create_index(op.f("ix_key_shown_person_id"), "key_shown", ["person_id"])


def downgrade() -> None:
    """The release before knows no attempts that were taken out: there they were never handed in."""
    op.drop_table("key_shown")
    op.drop_table("attempt_event")
    op.execute("DELETE FROM mark WHERE attempt_id IN (SELECT id FROM attempt WHERE state = 'deleted')")
    op.execute("UPDATE attempt SET state = 'abandoned', finished_at = started_at WHERE state = 'deleted'")
    op.drop_index("ix_attempt_at_quiz", table_name="attempt")
    op.drop_index("ix_attempt_under_way", table_name="attempt")
    op.drop_column("attempt", "own_end")
