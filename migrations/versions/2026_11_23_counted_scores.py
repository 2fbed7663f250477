"""Sums of scores by organisation, so that pages over many people read few rows; who was active lately."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STATES = ("mastered", "needs_support", "uncertain", "too_few")
HUNDREDTHS = "CAST(round({} * 100) AS BIGINT)"


def upgrade() -> None:
    """The sums are those of the scores that are there (app/competencies/operations/counting.py)."""
    op.create_table(
        "competency_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("competency", sa.String(length=80), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("people", *STATES)),
        *(sa.Column(f"{name}_sum", sa.BigInteger(), nullable=False) for name in ("score", "square", "variance")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_competency_count_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_count")),
    )
    counts = ", ".join(f"sum(CASE WHEN state = '{state}' THEN 1 ELSE 0 END)" for state in STATES)
    score = HUNDREDTHS.format("score")
    people, scores, squares, variances = (
        f"sum(CASE WHEN state <> 'too_few' THEN {each} ELSE 0 END)"
        for each in ("1", score, f"{score} * {score}", HUNDREDTHS.format("(sd * sd)"))
    )
    op.execute(
        "INSERT INTO competency_count (organisation_id, competency, people, mastered, needs_support, uncertain,"  # noqa: S608
        f" too_few, score_sum, square_sum, variance_sum) SELECT organisation_id, competency, {people}, {counts},"
        f" {scores}, {squares}, {variances} FROM person JOIN competency_score ON person_id = person.id"
        " WHERE active AND EXISTS (SELECT 1 FROM role_grant WHERE role_grant.person_id = person.id"
        " AND role = 'learner') GROUP BY organisation_id, competency"
    )
    op.create_index("ix_competency_score_state", "competency_score", ["person_id", "state", "competency"])
    op.create_index("ix_attempt_of_person", "attempt", ["person_id", "started_at"])


def downgrade() -> None:
    """Nothing is lost: the sums are of scores that stay."""
    op.drop_index("ix_attempt_of_person", table_name="attempt")
    op.drop_index("ix_competency_score_state", table_name="competency_score")
    op.drop_table("competency_count")
