"""Which of two forms of a test somebody has before."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was drawn so far; who began a test keeps its form."""
    op.create_table(
        "form_taken",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("pair", sa.String(length=80), nullable=False),
        sa.Column("first_form", sa.String(length=1), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_taken_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "course_slug", "pair", name=op.f("pk_form_taken")),
        sa.UniqueConstraint(
            "course_slug", "pair", "cohort_id", "turn", name=op.f("uq_form_taken_course_slug_pair_cohort_id_turn")
        ),
    )


def downgrade() -> None:
    """What was drawn is forgotten; who began a test keeps its form."""
    op.drop_table("form_taken")
