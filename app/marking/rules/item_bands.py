"""How hard a question is, how well it tells people apart, what may be wrong with it: the kinds of it. Pure."""

from __future__ import annotations

from enum import StrEnum


class Hardness(StrEnum):
    """How hard a question was for those who had it."""

    HARD = "hard"
    MEDIUM = "medium"
    EASY = "easy"


class Power(StrEnum):
    """How well a question tells people apart who do well in the rest from people who do not."""

    NEGATIVE = "negative"
    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"
    VERY_GOOD = "very_good"


class Flag(StrEnum):
    """What may be wrong with a question, the gravest first."""

    NEGATIVE = "negative"
    BELOW_GUESSING = "below_guessing"
    ABLE_CHOOSE_WRONG = "able_choose_wrong"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    POOR = "poor"
    UNCHOSEN = "unchosen"


class Quality(StrEnum):
    """What questions of a bank are looked for by."""

    CHECK = "check"  # there is something to look into
    GOOD = "good"  # it tells people apart well
    HARD = "hard"
    MEDIUM = "medium"
    EASY = "easy"
    UNKNOWN = "unknown"  # nobody's answers tell of it yet
