"""Marks may be given anew for everybody at a quiz, and bad questions decided on; old and new marks are both kept."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STANDING = sa.text("standing")


def upgrade() -> None:
    """Nothing stored so far was regraded."""
    op.add_column("attempt", sa.Column("regraded", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "regrade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("quiz_id", sa.String(length=80), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_regrade_made_by_person")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_regrade_revision_id_revision")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_regrade_undone_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade")),
        sa.UniqueConstraint("digest", name=op.f("uq_regrade_digest")),
    )
    op.create_index("ix_regrade_quiz", "regrade", ["course_slug", "quiz_id"])
    op.create_table(
        "regrade_mark",
        sa.Column("regrade_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("old_fraction", sa.Double(), nullable=True),
        sa.Column("old_outcome", sa.String(length=20), nullable=False),
        sa.Column("old_certainty", sa.SmallInteger(), nullable=True),
        sa.Column("new_fraction", sa.Double(), nullable=True),
        sa.Column("new_outcome", sa.String(length=20), nullable=False),
        sa.Column("new_certainty", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_regrade_mark_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrade.id"], name=op.f("fk_regrade_mark_regrade_id_regrade")),
        sa.PrimaryKeyConstraint("regrade_id", "attempt_id", "slot", name=op.f("pk_regrade_mark")),
    )
    op.create_index(op.f("ix_regrade_mark_attempt_id"), "regrade_mark", ["attempt_id"])
    op.create_table(
        "regrade_result",
        sa.Column("regrade_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("at_hand_in", sa.Boolean(), nullable=False),
        sa.Column("old_state", sa.String(length=20), nullable=False),
        sa.Column("old_fraction", sa.Double(), nullable=True),
        sa.Column("old_passed", sa.Boolean(), nullable=True),
        sa.Column("new_state", sa.String(length=20), nullable=False),
        sa.Column("new_fraction", sa.Double(), nullable=True),
        sa.Column("new_passed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_regrade_result_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrade.id"], name=op.f("fk_regrade_result_regrade_id_regrade")),
        sa.PrimaryKeyConstraint("regrade_id", "attempt_id", name=op.f("pk_regrade_result")),
    )
    op.create_index(op.f("ix_regrade_result_attempt_id"), "regrade_result", ["attempt_id"])
    op.create_table(
        "question_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("quiz_id", sa.String(length=80), nullable=False),
        sa.Column("question", sa.String(length=250), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("regrade_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrade.id"], name=op.f("fk_question_decision_regrade_id_regrade")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_decision")),
    )
    op.create_index(
        "ix_question_decision_standing",
        "question_decision",
        ["course_slug", "quiz_id", "question"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def downgrade() -> None:
    """The release before knows neither outcome: what counted for everybody was right there, what did not was wrong."""
    for table in ("question_decision", "regrade_result", "regrade_mark", "regrade"):
        op.drop_table(table)
    op.execute("UPDATE mark SET outcome = 'right' WHERE outcome = 'credited'")
    op.execute("UPDATE mark SET outcome = 'wrong', fraction = 0.0 WHERE outcome = 'left_out'")
    op.execute("UPDATE attempt SET fraction = 0.0 WHERE state = 'finished' AND fraction IS NULL")
    op.drop_column("attempt", "regraded")
