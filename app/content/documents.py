"""A file of a course as a map, with the advice that concerns its writing."""

from __future__ import annotations

from app.content.faults import Notes
from app.content.lint import comment_warnings
from app.content.nodes import MapNode
from app.content.reading import read_document


def open_document(data: bytes, notes: Notes) -> MapNode | None:
    """The map a file holds, None where it holds none; every fault and warning goes into `notes`."""
    root = read_document(data, notes)
    for place, message in comment_warnings(root) if root is not None else ():
        notes.add(place, message, warning=True)
    return root
