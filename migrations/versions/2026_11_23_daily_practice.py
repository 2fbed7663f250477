"""The daily practice: who takes part, rounds with their answers, and cards."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody takes part before they choose to."""
    op.create_table(
        "practice_participant",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_practice_participant_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_practice_participant")),
    )
    op.create_table(
        "review_card",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=250), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_card_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "question", name=op.f("pk_review_card")),
    )
    op.create_table(
        "practice_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_practice_round_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_round")),
        sa.UniqueConstraint("person_id", "day", name=op.f("uq_practice_round_person_id_day")),
    )
    op.create_table(
        "practice_answer",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=250), nullable=False),
        sa.Column("response", sa.JSON(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["practice_round.id"], name=op.f("fk_practice_answer_round_id_practice_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "place", name=op.f("pk_practice_answer")),
    )


def downgrade() -> None:
    """Practice answers are gone with it."""
    for table in ("practice_answer", "practice_round", "review_card", "practice_participant"):
        op.drop_table(table)
