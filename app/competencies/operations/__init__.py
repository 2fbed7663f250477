"""Keep the projection: with the marks of one person, anew for everybody, and where it is due."""

from app.competencies.operations.rebuilding import BATCH, rebuild, refold_due
from app.competencies.operations.scores import store_scores

__all__ = ["BATCH", "rebuild", "refold_due", "store_scores"]
