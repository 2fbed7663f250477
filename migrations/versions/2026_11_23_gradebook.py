"""The gradebook: weights of a course's activities, and grades that trainers changed by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All activities count alike so far, and nothing was changed."""
    op.create_table(
        "gradebook",
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("missing_as_zero", sa.Boolean(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_gradebook_changed_by_person")),
        sa.PrimaryKeyConstraint("course_slug", name=op.f("pk_gradebook")),
    )
    op.create_table(
        "gradebook_weight",
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("activity_id", sa.String(length=80), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("course_slug", "activity_id", name=op.f("pk_gradebook_weight")),
    )
    op.create_table(
        "grade_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("activity_id", sa.String(length=80), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=True),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_grade_override_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_grade_override_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_override")),
        sa.UniqueConstraint(
            "person_id", "course_slug", "activity_id", "seq",
            name=op.f("uq_grade_override_person_id_course_slug_activity_id_seq"),
        ),
    )  # fmt: skip


def downgrade() -> None:
    """Every total is the plain mean again."""
    for table in ("grade_override", "gradebook_weight", "gradebook"):
        op.drop_table(table)
