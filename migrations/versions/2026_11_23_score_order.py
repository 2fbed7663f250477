"""An index for people by their score in a competency, in place of that by the competency alone."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing but the index."""
    op.create_index("ix_competency_score_order", "competency_score", ["competency", "score"])
    op.drop_index("ix_competency_score_competency", table_name="competency_score")


def downgrade() -> None:
    """As it was."""
    op.create_index("ix_competency_score_competency", "competency_score", ["competency"])
    op.drop_index("ix_competency_score_order", table_name="competency_score")
