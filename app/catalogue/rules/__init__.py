"""What the catalogue decides: pure."""

from app.catalogue.rules.looking import (
    DRAFT,
    FOLDER,
    PATH_LIMIT,
    PUBLISHED,
    RESOLVED,
    SHARED,
    SIDE,
    SLUG_LIMIT,
    TAKEN,
    Decision,
    HeadFact,
    decide,
    folder_key,
    name_faults,
)

__all__ = [
    "DRAFT",
    "FOLDER",
    "PATH_LIMIT",
    "PUBLISHED",
    "RESOLVED",
    "SHARED",
    "SIDE",
    "SLUG_LIMIT",
    "TAKEN",
    "Decision",
    "HeadFact",
    "decide",
    "folder_key",
    "name_faults",
]
