"""Photos and documents that are handed in, and tasks with every version of what was made."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UNUSED = sa.text("NOT used")
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Bytes once under their hash; who sent them, for which activity; versions of tasks and what was said of them."""
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
    _create_tasks()


def _create_tasks() -> None:
    op.create_table(
        "task_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_slug", sa.String(length=80), nullable=False),
        sa.Column("task_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("page_token", sa.String(length=40), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("own_levels", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_version_person_id_person")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_task_version_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_version")),
        sa.UniqueConstraint(
            "person_id",
            "course_slug",
            "task_id",
            "number",
            name=op.f("uq_task_version_person_id_course_slug_task_id_number"),
        ),
    )
    op.create_index(
        "ix_task_version_waiting", "task_version", ["course_slug", "task_id"], sqlite_where=WAITING,
        postgresql_where=WAITING,
    )  # fmt: skip
    op.create_table(
        "task_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("marker_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["marker_id"], ["person.id"], name=op.f("fk_task_verdict_marker_id_person")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["task_version.id"], name=op.f("fk_task_verdict_version_id_task_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_verdict")),
        sa.UniqueConstraint("version_id", "seq", name=op.f("uq_task_verdict_version_id_seq")),
    )


def downgrade() -> None:
    """What was handed in is gone; answers keep its records."""
    op.drop_table("task_verdict")
    op.drop_table("task_version")
    op.drop_table("upload")
    op.drop_table("upload_blob")
