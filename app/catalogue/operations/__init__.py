"""Changes of the catalogue."""

from app.catalogue.operations.publishing import Manuscript, publish
from app.catalogue.operations.syncing import SyncReport, sync

__all__ = ["Manuscript", "SyncReport", "publish", "sync"]
