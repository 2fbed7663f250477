"""`flask analyse items`: what marks tell of questions, from a file alone, before any database or secret exists.

numpy is imported where the command runs: the server joins commands too, and never analyses when it starts.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, BinaryIO, Final, get_args

import click

from app.errors import N_
from app.psychometrics.figures import ItemStatistics, TestStatistics
from app.psychometrics.item_file import read_marks
from app.psychometrics.item_report import report
from app.psychometrics.printing import harmless
from app.psychometrics.tables import FaultyTable
from app.texts.local import Language
from app.texts.spoken import Gettext, spoken_language, translation

FAULTS_SHOWN: Final = 20


@click.group("analyse")
def analyse() -> None:
    """Results as files: statistics of items, abilities of people."""


@analyse.command("items")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, null where a figure is undefined.")
@click.option(
    "--language", type=click.Choice(get_args(Language)), help="Language of table and messages (default: from LANG)."
)
def items(file: BinaryIO, as_json: bool, language: Language | None) -> None:
    """Statistics of the items of FILE (`-`: standard input), a CSV with the columns attempt, item, mark and max.

    Totals are the sums of the marks. docs/scores.md explains each figure. Exit status 1 where the file has faults.
    """
    from app.psychometrics.classical import analyse as analysed

    say = translation(language)
    try:
        analysis = analysed(read_marks(file.read()))
    except FaultyTable as refused:
        tell(refused, say)
        raise SystemExit(1) from None
    if as_json:
        found = {"items": [figures(item) for item in analysis.items], "test": figures(analysis.test)}
        click.echo(json.dumps(found, allow_nan=False, ensure_ascii=False, indent=2))
        return
    for line in report(analysis, say, spoken_language(language)):
        click.echo(line)


def tell(refused: FaultyTable, say: Gettext) -> None:
    """What is wrong with a file, a sentence a line, beside the output."""
    for fault in refused.faults[:FAULTS_SHOWN]:
        click.echo(harmless(fault.told().text(say)), err=True)
    if len(refused.faults) > FAULTS_SHOWN:
        more = N_("… dan %(count)s kesalahan lain.", count=len(refused.faults) - FAULTS_SHOWN)
        click.echo(more.text(say), err=True)


def figures(found: ItemStatistics | TestStatistics) -> dict[str, Any]:
    """The figures by name, in their order, without the reasons of those that are undefined."""
    return {field.name: getattr(found, field.name) for field in fields(found) if field.name != "why"}
