"""How a score is made of graded answers: which count, what they say and how surely, and the mean over people. Pure."""

from app.competencies.rules.evidence import Check, GradedSlot, counts_until, evidence_of
from app.competencies.rules.means import FEW_PEOPLE, Mean, Pooled, mean_of, pooled
from app.competencies.rules.scores import (
    MINIMUM,
    STEPS,
    ItemParameter,
    Score,
    Weighed,
    Yardstick,
    competency_scores,
    tint,
    weighed,
)
from app.psychometrics.intervals import INDICATIVE
from app.psychometrics.posterior import State

__all__ = [
    "FEW_PEOPLE",
    "INDICATIVE",
    "MINIMUM",
    "STEPS",
    "Check",
    "GradedSlot",
    "ItemParameter",
    "Mean",
    "Pooled",
    "Score",
    "State",
    "Weighed",
    "Yardstick",
    "competency_scores",
    "counts_until",
    "evidence_of",
    "mean_of",
    "pooled",
    "tint",
    "weighed",
]
