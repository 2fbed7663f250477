"""Links that show an activity of a draft to whoever has them, for some days."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There are none yet."""
    op.create_table(
        "preview_link",
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("activity_id", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_preview_link_revision_id_revision")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_preview_link")),
    )
    op.create_index("ix_preview_link_slug", "preview_link", ["slug"])


def downgrade() -> None:
    """Links that were sent show nothing any more."""
    op.drop_table("preview_link")
