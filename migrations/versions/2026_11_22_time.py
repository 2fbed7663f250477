"""Attempts that may run out of time are known, and people and cohorts may be granted other limits than a quiz has."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIMED = sa.text("timed")


def upgrade() -> None:
    """Nothing stored so far has a time limit."""
    op.add_column("attempt", sa.Column("timed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_attempt_timed", "attempt", ["state"], sqlite_where=TIMED, postgresql_where=TIMED)
    op.create_table(
        "quiz_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("quiz_id", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (cohort_id IS NULL)", name=op.f("ck_quiz_override_whose")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_quiz_override_cohort_id_cohort")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_quiz_override_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_override")),
        sa.UniqueConstraint(
            "course_slug", "quiz_id", "cohort_id", name=op.f("uq_quiz_override_course_slug_quiz_id_cohort_id")
        ),
        sa.UniqueConstraint(
            "course_slug", "quiz_id", "person_id", name=op.f("uq_quiz_override_course_slug_quiz_id_person_id")
        ),
    )


def downgrade() -> None:
    """The release before knows neither overdue nor abandoned attempts: they go on there."""
    op.drop_table("quiz_override")
    op.execute("UPDATE attempt SET state = 'in_progress', finished_at = NULL WHERE state IN ('overdue', 'abandoned')")
    op.drop_index("ix_attempt_timed", table_name="attempt")
    op.drop_column("attempt", "timed")
