"""`flask courses check`, `schema` and `report`: they read files only, before any database or secret exists."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from app.content.checking import Checked, check_path
from app.content.editor_schema import editor_schema_text
from app.content.faults import Fault
from app.errors import N_, Message
from app.texts.local import Language
from app.texts.spoken import Gettext, translation

COURSES: Final = Path("courses")
SCHEMA_FILE: Final = "course.schema.json"


@click.group("courses")
def courses() -> None:
    """Courses as files: check them, report on them, and write the schema for editors."""


@courses.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--strict", is_flag=True, help="Warnings are faults.")
@click.option("--languages", is_flag=True, help="List the texts that have no English yet.")
@click.option("--json", "as_json", is_flag=True, help="Print an array of objects instead of lines.")
@click.option("--language", type=click.Choice(["id", "en"]), help="Language of the messages (default: from LANG).")
def check(paths: Sequence[Path], strict: bool, languages: bool, as_json: bool, language: Language | None) -> None:
    """Say what is wrong with PATH: a file, a course's folder or a folder of courses.

    Without PATH: the folder that RAK_COURSES names, else courses/.
    Each fault is a line `path:line:column: message`. Exit status 1 where there is one.
    """
    say = translation(language)
    checked = Checked.joined([check_path(path) for path in paths or [default_folder()]])
    faults = (*checked.faults, *(checked.warnings if strict else ()))
    advice = () if strict else checked.warnings
    missing = checked.untranslated if languages else ()
    if as_json:
        objects = [_object(each, level, say) for level, group in _levels(faults, advice, missing) for each in group]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
    else:
        for line in _lines(faults, advice, missing, say):
            click.echo(line)
        click.echo(_summary(checked.courses, len(faults), len(advice)).text(say), err=True)
    if faults:
        raise SystemExit(1)


@courses.command("schema")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def schema(folder: Path | None) -> None:
    """Write course.schema.json into FOLDER (default: courses/), so that editors complete and check."""
    path = (folder or default_folder()) / SCHEMA_FILE
    path.write_text(editor_schema_text(), encoding="utf-8", newline="\n")
    click.echo(str(path))


def default_folder() -> Path:
    """The folder that RAK_COURSES names, else courses/. Raises UsageError where there is none."""
    folder = Path(os.environ.get("RAK_COURSES") or COURSES)
    if not folder.is_dir():
        raise click.UsageError(f"There is no folder {folder}: name one.")
    return folder


def _levels(
    faults: Iterable[Fault], advice: Iterable[Fault], missing: Iterable[Fault]
) -> tuple[tuple[str, Iterable[Fault]], ...]:
    return ("fault", faults), ("warning", advice), ("untranslated", missing)


def _object(fault: Fault, level: str, say: Gettext) -> dict[str, object]:
    return {**fault.as_json(say), "level": level}


def _lines(faults: Iterable[Fault], advice: Iterable[Fault], missing: Iterable[Fault], say: Gettext) -> Iterable[str]:
    for fault in faults:
        yield fault.text(say)
    for fault in (*advice, *missing):
        said = N_("Saran: %(advice)s", advice=fault.message)
        yield Fault(fault.path, fault.line, fault.column, said).text(say)


def _summary(count: int, faults: int, advice: int) -> Message:
    if faults:
        return N_(
            "%(courses)s kursus diperiksa: %(faults)s kesalahan, %(advice)s saran.",
            courses=count,
            faults=faults,
            advice=advice,
        )
    return N_("%(courses)s kursus diperiksa: tidak ada kesalahan, %(advice)s saran.", courses=count, advice=advice)
