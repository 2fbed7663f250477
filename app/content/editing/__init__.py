"""Edits of a YAML file that touch only their node: comments, order, quotes and line breaks elsewhere stay as they are.

A file's bytes become values, a form changes them, `edits_between` tells what changed, and `edit_file` writes just that.
"""

from app.content.editing.between import edits_between
from app.content.editing.edits import Edit, Insert, Move, NotEditable, Origin, Put, Remove, applied
from app.content.editing.files import edit_file, new_file, value_in
from app.content.editing.values import Path, Value, value_at, value_of

__all__ = [
    "Edit",
    "Insert",
    "Move",
    "NotEditable",
    "Origin",
    "Path",
    "Put",
    "Remove",
    "Value",
    "applied",
    "edit_file",
    "edits_between",
    "new_file",
    "value_at",
    "value_in",
    "value_of",
]
