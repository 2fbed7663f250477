"""Scores carry their uncertainty and until when they hold; marks the difficulty; questions can be calibrated."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# What is known before any answer is looked at. The empty basis makes every score due: the chores make them anew.
NOTHING_KNOWN = {
    "sd": "20.8", "low": "16.2", "high": "83.8", "theta": "0", "se": "1", "certainty": "0.2",
}  # fmt: skip


def upgrade() -> None:
    """Scores made so far are made anew as soon as the server runs; `flask competencies rebuild` does it at once."""
    op.create_table(
        "calibration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model", sa.String(length=10), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("log_likelihood", sa.Double(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
    )
    op.create_table(
        "item_parameter",
        sa.Column("question", sa.String(length=250), nullable=False),
        sa.Column("a", sa.Double(), nullable=False),
        sa.Column("b", sa.Double(), nullable=False),
        sa.Column("sd_b", sa.Double(), nullable=False),
        sa.Column("calibration_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"], ["calibration.id"], name=op.f("fk_item_parameter_calibration_id_calibration")
        ),
        sa.PrimaryKeyConstraint("question", name=op.f("pk_item_parameter")),
    )
    op.add_column("mark", sa.Column("difficulty", sa.String(length=10), nullable=True))
    with op.batch_alter_table("competency_score") as table:
        for name, value in NOTHING_KNOWN.items():
            table.add_column(sa.Column(name, sa.Double(), server_default=value, nullable=False))
        table.add_column(sa.Column("state", sa.String(length=20), server_default="too_few", nullable=False))
        table.add_column(sa.Column("more", sa.Integer(), nullable=True))
        table.add_column(sa.Column("basis", sa.String(length=40), server_default="", nullable=False))
        table.add_column(sa.Column("holds_until", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("calibration_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_competency_score_calibration_id_calibration"), "calibration", ["calibration_id"], ["id"]
        )
        table.create_index(op.f("ix_competency_score_holds_until"), ["holds_until"])


def downgrade() -> None:
    """Scores stay as they were made; what is known of their uncertainty is lost."""
    with op.batch_alter_table("competency_score") as table:
        table.drop_index(op.f("ix_competency_score_holds_until"))
        table.drop_constraint(op.f("fk_competency_score_calibration_id_calibration"), type_="foreignkey")
        for name in ("calibration_id", "holds_until", "basis", "more", "state", *reversed(NOTHING_KNOWN)):
            table.drop_column(name)
    with op.batch_alter_table("mark") as table:
        table.drop_column("difficulty")
    op.drop_table("item_parameter")
    op.drop_table("calibration")
