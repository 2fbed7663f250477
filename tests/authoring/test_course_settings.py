"""The settings of a course between its file and the form: what nobody changed is written back byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.authoring.rules.course_settings import course_with, fields_of
from app.content.editing import edit_file, edits_between, value_in
from tests.ground.folder import ROOT

COURSES = sorted(ROOT.glob("courses/*/course.yaml")) + sorted(ROOT.glob("tests/courses*/*/course.yaml"))


def kept(data: bytes, fields: dict[str, str]) -> bytes:
    course = value_in(data)
    assert isinstance(course, dict)
    return edit_file(data, edits_between(course, course_with(course, fields)))


@pytest.mark.parametrize("path", COURSES, ids=lambda path: path.parent.name)
def test_opening_and_saving_changes_no_byte(path: Path) -> None:
    data = path.read_bytes()
    course = value_in(data)
    assert isinstance(course, dict)
    assert kept(data, fields_of(course)) == data and kept(data, {}) == data


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"title": "Baru"}, "title: Baru # judul\nhours: 2\n"),
        ({"title_en": "New"}, "title: {id: Lama, en: New} # judul\nhours: 2\n"),
        ({"hours": "3"}, "title: Lama # judul\nhours: 3\n"),
        ({"open": "false", "completion": "all"}, "title: Lama # judul\nhours: 2\n"),
        ({"open": "true"}, "title: Lama # judul\nhours: 2\nopen: true\n"),
    ],
)
def test_only_what_changed_is_written(fields: dict[str, str], wanted: str) -> None:
    data = b"title: Lama # judul\nhours: 2\n"
    after = kept(data, fields)
    assert value_in(after) == value_in(wanted.encode()) and b"# judul" in after
