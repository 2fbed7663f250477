"""What the catalogue decides: pure."""

from app.catalogue.rules.looking import (
    DRAFT,
    PATH_LIMIT,
    PUBLISHED,
    RESOLVED,
    SHARED,
    SIDE,
    SLUG_LIMIT,
    Decision,
    HeadFact,
    decide,
    folder_key,
    name_faults,
)

__all__ = [
    "DRAFT",
    "PATH_LIMIT",
    "PUBLISHED",
    "RESOLVED",
    "SHARED",
    "SIDE",
    "SLUG_LIMIT",
    "Decision",
    "HeadFact",
    "decide",
    "folder_key",
    "name_faults",
]
