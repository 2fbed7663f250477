"""Courses that a test writes beside the others and publishes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.catalogue.operations import sync


def publish(folder: Path, slug: str, files: dict[str, str], *, now: datetime) -> None:
    """Write a course of these files, by name, into the folder of courses, or over the one that is there; publish it."""
    course = folder / slug
    course.mkdir(exist_ok=True)
    for name, text in files.items():
        (course / name).write_text(text, "utf-8")
    sync(folder, now=now)
