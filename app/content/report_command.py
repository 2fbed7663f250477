"""`flask courses report`: what each course holds and lacks, from files alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from app.content.commands import default_folder
from app.content.report import PRACTICE_LEAST, Counts, CourseReport, Report, report_on
from app.errors import N_
from app.texts.local import Language
from app.texts.spoken import Gettext, spoken_language, translation


@click.command("report")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option("--language", type=click.Choice(["id", "en"]), help="Language of the report (default: from LANG).")
def report(folder: Path | None, as_json: bool, language: Language | None) -> None:
    """Say what each course of FOLDER (default: the folder that RAK_COURSES names, else courses/) holds and lacks.

    Words in both languages, minutes and JP, questions by kind, competency and difficulty, figures, and what is missing.
    Questions held back for tests before and after are counted apart. Exit status 1 where a course cannot be read.
    """
    say = translation(language)
    found = report_on(folder or default_folder())
    if as_json:
        click.echo(json.dumps(_object(found, say), ensure_ascii=False, indent=2))
    else:
        for line in _lines(found, say, spoken_language(language)):
            click.echo(line)
    for slug in found.broken:
        broken = N_("%(course)s tidak dapat dibaca; courses check menyebut salahnya.", course=slug)
        click.echo(broken.text(say), err=True)
    if found.broken:
        raise SystemExit(1)


# JSON


def _object(found: Report, say: Gettext) -> dict[str, object]:
    return {
        "courses": [_course_object(each, say) for each in found.courses],
        "broken": list(found.broken),
        "practice_items": sum(each.practice.items for each in found.courses),
        "competencies": dict(found.competencies),
    }


def _course_object(course: CourseReport, say: Gettext) -> dict[str, object]:
    return {
        "slug": course.slug,
        "code": course.code,
        "title": dict(course.title.items()),
        "modules": course.modules,
        "lessons": course.lessons,
        "words": dict(course.words),
        "minutes": course.minutes,
        "jp": course.hours,
        "figures": course.figures,
        "practice": _counts_object(course.practice),
        "held_back": _counts_object(course.held_back),
        "missing": [each.text(say) for each in course.missing],
    }


def _counts_object(counts: Counts) -> dict[str, object]:
    return {
        "items": counts.items,
        "kinds": dict(counts.kinds),
        "competencies": dict(counts.competencies),
        "difficulties": dict(counts.difficulties),
    }


# Lines


def _lines(found: Report, say: Gettext, spoken: Language) -> Iterator[str]:
    head = (
        N_("Kursus"), N_("Modul"), N_("Materi"), N_("Kata (id)"), N_("Kata (en)"), N_("Menit"), N_("JP"),
        N_("Soal latihan"), N_("Soal tes"), N_("Gambar"),
    )  # fmt: skip
    rows = [[f"{each.code} {each.slug}", *map(str, _figures(each))] for each in found.courses]
    sums = [sum(column) for column in zip(*map(_figures, found.courses), strict=True)]
    total = [[N_("Jumlah").text(say), *map(str, sums)]] if len(rows) > 1 else []
    yield from _aligned([[each.text(say) for each in head], *rows, *total])
    for course in found.courses:
        yield ""
        yield f"{course.code} {course.title.in_(spoken)}"
        yield from _details(course, say)
    if found.short:
        yield ""
        yield N_("Kompetensi dengan kurang dari %(least)s soal latihan:", least=PRACTICE_LEAST).text(say)
        yield f"  {_listed(found.short)}"


def _figures(course: CourseReport) -> tuple[int, ...]:
    return (
        course.modules, course.lessons, course.words["id"], course.words["en"], course.minutes, course.hours,
        course.practice.items, course.held_back.items, course.figures,
    )  # fmt: skip


def _details(course: CourseReport, say: Gettext) -> Iterator[str]:
    for name, counts in ((N_("Soal latihan"), course.practice), (N_("Soal tes"), course.held_back)):
        if counts.items:
            yield f"  {name.text(say)}: {_listed(counts.kinds)}"
            yield f"    {_listed(counts.difficulties)}"
            yield f"    {_listed(counts.competencies)}"
    for each in course.missing:
        yield f"  ! {each.text(say)}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """The rows as lines: names begin together, numbers end together."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join((first.ljust(widths[0]), *cells))
