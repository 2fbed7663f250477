"""Surveys: who answered, named answers, and sums of anonymous ones."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has answered any."""
    op.create_table(
        "survey_taken",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("survey_id", sa.String(length=80), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_survey_taken_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "course_slug", "survey_id", name=op.f("pk_survey_taken")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_response",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("survey_id", sa.String(length=80), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "course_slug", "survey_id"],
            ["survey_taken.person_id", "survey_taken.course_slug", "survey_taken.survey_id"],
            name=op.f("fk_survey_response_person_id_survey_taken"),
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_survey_response_revision_id_revision")),
        sa.PrimaryKeyConstraint("person_id", "course_slug", "survey_id", name=op.f("pk_survey_response")),
    )
    op.create_table(
        "survey_sums",
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("survey_id", sa.String(length=80), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("tallies", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("course_slug", "survey_id", name=op.f("pk_survey_sums")),
    )


def downgrade() -> None:
    """The release before knows no surveys."""
    op.drop_table("survey_sums")
    op.drop_table("survey_response")
    op.drop_table("survey_taken")
