"""Two versions of a course that began from the same one, made into one; what cannot be is told as conflicts."""

from app.content.merging.files import Conflict, Merged, merge_files, resolve
from app.content.merging.placing import ConflictPlace, place_of
from app.content.merging.values import ORDER, Choice, Clash, Entry, Pick

__all__ = [
    "ORDER",
    "Choice",
    "Clash",
    "Conflict",
    "ConflictPlace",
    "Entry",
    "Merged",
    "Pick",
    "merge_files",
    "place_of",
    "resolve",
]
