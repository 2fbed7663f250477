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
    question_prefix,
    root_of,
    told_at,
    way_to_schema,
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
    "question_prefix",
    "root_of",
    "told_at",
    "way_to_schema",
]
