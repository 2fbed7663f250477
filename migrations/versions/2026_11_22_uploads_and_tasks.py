"""Photos and documents that are handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UNUSED = sa.text("NOT used")


def upgrade() -> None:
    """Bytes once under their hash; and who sent them, for which activity."""
    op.create_table(
        "upload_blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_upload_blob")),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("activity_id", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_person_id_person")),
        sa.ForeignKeyConstraint(["sha256"], ["upload_blob.sha256"], name=op.f("fk_upload_sha256_upload_blob")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint(
            "person_id",
            "course_slug",
            "activity_id",
            "sha256",
            name=op.f("uq_upload_person_id_course_slug_activity_id_sha256"),
        ),
    )
    op.create_index(op.f("ix_upload_sha256"), "upload", ["sha256"])
    op.create_index("ix_upload_unused", "upload", ["uploaded_at"], sqlite_where=UNUSED, postgresql_where=UNUSED)


def downgrade() -> None:
    """What was handed in is gone; answers keep its records."""
    op.drop_table("upload")
    op.drop_table("upload_blob")
