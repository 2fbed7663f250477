"""Changes of the catalogue, split by subject."""

from app.catalogue.operations.drafting import (
    Change,
    Parted,
    Saved,
    create_course,
    discard_draft,
    restore_revision,
    save_draft,
)
from app.catalogue.operations.due import cancel_publication, publish_due, schedule_publication
from app.catalogue.operations.publishing import Manuscript, publish
from app.catalogue.operations.releasing import Issued, Publication, publish_draft
from app.catalogue.operations.syncing import SyncReport, sync

__all__ = [
    "Change",
    "Issued",
    "Manuscript",
    "Parted",
    "Publication",
    "Saved",
    "SyncReport",
    "cancel_publication",
    "create_course",
    "discard_draft",
    "publish",
    "publish_draft",
    "publish_due",
    "restore_revision",
    "save_draft",
    "schedule_publication",
    "sync",
]
