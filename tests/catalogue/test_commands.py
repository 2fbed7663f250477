"""`flask courses sync`."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from tests.catalogue.writing import MODULE, spoil


def test_the_command_says_what_it_published(app: Flask, courses_folder: Path) -> None:
    done = app.test_cli_runner().invoke(args=["courses", "sync"])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == ["terbit: @shared", "terbit: contoh", "terbit: tertutup"]


def test_the_command_tells_the_faults_each_time_and_ends_with_status_1(app: Flask, courses_folder: Path) -> None:
    spoil(courses_folder)
    for _ in range(2):
        done = app.test_cli_runner().invoke(args=["courses", "sync"])
        assert done.exit_code == 1
        assert f"courses/{MODULE}:4:1: " in done.output
