"""`flask analyse ability`: items and people on one scale, from a file alone, before any database or secret exists."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

import click

from app.psychometrics.commands import tell
from app.psychometrics.models import MODELS, REMARKS, Model
from app.psychometrics.printing import harmless
from app.psychometrics.tables import FaultyTable
from app.texts.local import Language
from app.texts.spoken import Gettext, spoken_language, translation

if TYPE_CHECKING:
    from app.psychometrics.ability_report import Found
    from app.psychometrics.answer_file import Sheet

ITEM_FIGURES = ("a", "b", "se_a", "se_b")
PERSON_FIGURES = ("eap", "eap_se", "map", "map_se")


@click.command("ability")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--model", type=click.Choice(MODELS), required=True, help="Slopes: all 1, one for all, one for each item."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, null where a figure is undefined.")
@click.option(
    "--language", type=click.Choice(get_args(Language)), help="Language of tables and messages (default: from LANG)."
)
def ability(file: BinaryIO, model: Model, as_json: bool, language: Language | None) -> None:
    """Difficulty of items and ability of people from FILE (`-`: standard input).

    FILE is a CSV: the first row names the items after its first cell; each row a person, then 1 (right), 0 (wrong), a
    fraction between them, or nothing where the item was not asked. docs/scores.md explains each figure.
    Exit status 1 where the file has faults.
    """
    from app.psychometrics.ability_report import report
    from app.psychometrics.answer_file import read_answers

    say = translation(language)
    try:
        sheet = read_answers(file.read())
    except FaultyTable as refused:
        tell(refused, say)
        raise SystemExit(1) from None
    found = _analysed(sheet, model)
    if as_json:
        click.echo(json.dumps(_figures(found), allow_nan=False, ensure_ascii=False, indent=2))
        _tell_remarks(found, say)
        return
    for line in report(found, say, spoken_language(language)):
        click.echo(line)


def _analysed(sheet: Sheet, model: Model) -> Found:
    from app.psychometrics.ability import abilities
    from app.psychometrics.ability_report import Found
    from app.psychometrics.calibration import calibrate
    from app.psychometrics.fit import item_fit
    from app.psychometrics.responses import Responses

    answers = Responses.of_matrix(sheet.answers)
    watched = sys.stderr.isatty()
    calibration = calibrate(answers, model, progress=_say_progress if watched else None)
    if watched:
        click.echo(err=True)
    return Found(sheet, calibration, item_fit(answers, calibration.items), abilities(answers, calibration.items))


def _say_progress(step: int, log_likelihood: float) -> None:
    click.echo(f"\r{step}: {log_likelihood:.3f}", err=True, nl=False)


def _figures(found: Found) -> dict[str, Any]:
    items = [
        {"item": name, **{each: getattr(item, each) for each in ITEM_FIGURES}}
        for name, item in zip(found.sheet.items, found.calibration.items, strict=True)
    ]
    columns = [getattr(found.abilities, each).tolist() for each in PERSON_FIGURES]
    persons = [
        {"person": name, **dict(zip(PERSON_FIGURES, figures, strict=True))}
        for name, *figures in zip(found.sheet.people, *columns, strict=True)
    ]
    return {"items": items, "log_likelihood": found.calibration.log_likelihood, "persons": persons}


def _tell_remarks(found: Found, say: Gettext) -> None:
    """What the figures leave unsaid, beside the output."""
    from app.psychometrics.ability_report import cautions

    for name, item in zip(found.sheet.items, found.calibration.items, strict=True):
        if item.remark:
            click.echo(f"{harmless(name)}: {REMARKS[item.remark].text(say)}", err=True)
    for caution in cautions(found):
        click.echo(caution.text(say), err=True)
