"""What changed between two versions of a course, told by activity, question and field instead of by line."""

from app.content.differences.courses import differences
from app.content.differences.found import Asked, Change, Difference, FieldChange, Subject
from app.content.differences.renewed import Renewed, renewed
from app.content.differences.telling import difference_lines, tally

__all__ = [
    "Asked",
    "Change",
    "Difference",
    "FieldChange",
    "Renewed",
    "Subject",
    "difference_lines",
    "differences",
    "renewed",
    "tally",
]
