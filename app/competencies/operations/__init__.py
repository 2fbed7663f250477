"""Keep the projection: with the marks of one person, anew for everybody, and where it is due."""

from app.competencies.operations.counting import fold_counts, fold_grown_counts, store_counted, store_folded
from app.competencies.operations.rebuilding import BATCH, rebuild, refold_due
from app.competencies.operations.scores import store_scores

__all__ = [
    "BATCH",
    "fold_counts",
    "fold_grown_counts",
    "rebuild",
    "refold_due",
    "store_counted",
    "store_folded",
    "store_scores",
]
