"""Drafts beside what is served, publishing at a time, what stands in unsaved forms, and who has a form open."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every revision so far was published, and every head came from the folder as it stands."""
    op.add_column("revision", sa.Column("state", sa.String(length=12), server_default="published", nullable=False))
    op.add_column("revision", sa.Column("person_id", sa.Integer(), nullable=True))
    op.add_column("head", sa.Column("agreed_sha256", sa.String(length=64), server_default="", nullable=False))
    op.execute(
        "UPDATE head SET agreed_sha256 = (SELECT revision.sha256 FROM revision WHERE revision.id = head.revision_id)"
    )
    op.create_table(
        "draft",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["base_id"], ["revision.id"], name=op.f("fk_draft_base_id_revision")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_draft_revision_id_revision")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_draft")),
    )
    op.create_table(
        "due_publication",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("refused", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["base_id"], ["revision.id"], name=op.f("fk_due_publication_base_id_revision")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_due_publication_revision_id_revision")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_due_publication")),
    )
    op.create_index("ix_due_publication_at", "due_publication", ["at"])
    op.create_table(
        "pad",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "slug", "place", name=op.f("pk_pad")),
    )
    op.create_index("ix_pad_saved_at", "pad", ["saved_at"])
    op.create_table(
        "presence",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slug", "place", "person_id", name=op.f("pk_presence")),
    )
    op.create_index("ix_presence_seen_at", "presence", ["seen_at"])


def downgrade() -> None:
    """The release before serves every revision it finds by its head alone; drafts would be versions there: they go."""
    for table in ("presence", "pad", "due_publication", "draft"):
        op.drop_table(table)
    op.execute("DELETE FROM revision_file WHERE revision_id IN (SELECT id FROM revision WHERE state <> 'published')")
    op.execute("DELETE FROM revision WHERE state <> 'published'")
    op.drop_column("head", "agreed_sha256")
    op.drop_column("revision", "person_id")
    op.drop_column("revision", "state")
