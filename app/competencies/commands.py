"""`flask competencies`: fold every score anew from the marks, calibrate the questions, tell what calibrations found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.competencies.operations import rebuild
from app.competencies.queries.calibrations import calibrations, get_report
from app.competencies.rules.calibrating import NO_SCORE, CalibratedItem, Report
from app.errors import NotFound
from app.psychometrics.posterior import State

MOST_MOVED: Final = 15  # questions listed
STATE_WORDS: Final = {
    State.MASTERED: "Menguasai",
    State.NEEDS_SUPPORT: "Perlu penguatan",
    State.UNCERTAIN: "Belum pasti",
    State.TOO_FEW: "Data belum cukup",
    NO_SCORE: "tanpa skor",
}
VERDICT_WORDS: Final = {
    "fits": "sesuai",
    "noisy": "kurang mengikuti kemampuan: periksa kunci dan rumusan",
    "surprising": "ada jawaban sangat tak terduga: mungkin ditebak",
    "predictable": "terlalu mudah diduga: mungkin mengulang soal lain",
}


@click.group("competencies")
def competencies_command() -> None:
    """Skor kompetensi."""


@competencies_command.command("rebuild")
@with_appcontext
def rebuild_command() -> None:
    """Hitung ulang skor semua orang dari jawaban yang sudah dinilai."""
    count = rebuild(now=clock.now())
    click.echo(f"skor dihitung ulang untuk {count} orang")


@competencies_command.command("calibrate")
@click.option("--model", type=click.Choice(["rasch", "2pl"]), default="rasch", show_default=True)
@click.option("--dry-run", is_flag=True, help="Hanya tunjukkan hasilnya; tidak ada yang disimpan.")
@with_appcontext
def calibrate_command(model: Literal["rasch", "2pl"], dry_run: bool) -> None:
    """Hitung tingkat kesukaran soal dari jawaban semua orang, lalu hitung ulang semua skor dengannya."""
    from app.competencies.operations.calibrating import plan_calibration, store_calibration  # loads numpy

    report = plan_calibration(model, now=clock.now(), tell=_tell_progress)
    _tell(report)
    if not report.items:
        click.echo("Belum ada jawaban untuk dikalibrasi; tidak ada yang disimpan.")
    elif dry_run:
        click.echo("Percobaan saja: tidak ada yang disimpan.")
    else:
        now = clock.now()  # planning may have taken minutes: who handed in meanwhile was scored without it
        made = store_calibration(report, now=now)
        click.echo(f"Disimpan sebagai kalibrasi {made}. Kalau terputus sekarang, jalankan: flask competencies rebuild")
        click.echo(f"skor dihitung ulang untuk {rebuild(now=now)} orang")


@competencies_command.command("reports")
@click.argument("calibration_id", type=click.IntRange(1, 2**31 - 1), required=False)
@with_appcontext
def reports_command(calibration_id: int | None) -> None:
    """Daftar kalibrasi; dengan CALIBRATION_ID hasil salah satunya, yang berlaku ialah yang terakhir."""
    if calibration_id is not None:
        try:
            _tell(get_report(calibration_id))
        except NotFound:
            raise click.ClickException(f"Kalibrasi {calibration_id} tidak ada.") from None
        return
    zone = current_app.extensions["settings"].time_zone
    found = calibrations()
    for each in found:
        figures = f"{each.people} orang, {each.items} soal, log-likelihood {each.log_likelihood:.2f}"
        click.echo(f"{each.id:>4}  {each.made_at.astimezone(zone):%Y-%m-%d %H:%M}  {each.model:<5}  {figures}")
    if not found:
        click.echo("Belum ada kalibrasi: skor memakai tingkat kesukaran menurut penulis soal.")


def _tell_progress(competency: str, step: int, log_likelihood: float) -> None:
    if step % 10 == 1:
        click.echo(f"  {competency}: langkah {step}, log-likelihood {log_likelihood:.2f}", err=True)


def _tell(report: Report) -> None:
    for line in _lines(report):
        click.echo(line)


def _lines(report: Report) -> Iterator[str]:
    yield f"Model {report.model}, {report.people} orang, {len(report.items)} soal"
    for each in report.competencies:
        figures = (
            f"{each.people} orang (rata-rata {each.ability:+.2f} logit), {each.items} soal, {each.answers} jawaban"
        )
        reached = "" if each.converged else " (belum konvergen: baca dengan hati-hati)"
        yield f"  {each.competency}: {figures}, log-likelihood {each.log_likelihood:.2f}{reached}"
    if report.items:
        yield "Soal yang tingkat kesukarannya paling berubah (logit: sebelum -> sesudah ± galat baku):"
    for item in report.most_moved(MOST_MOVED):
        yield f"  {_item(item)}"
    misfits = [item for item in report.items if item.verdict not in (None, "fits")]
    if misfits:
        yield "Soal yang jawabannya tidak sesuai model:"
    for item in misfits:
        yield f"  {item.question}: infit {item.infit:.2f}, outfit {item.outfit:.2f}: {VERDICT_WORDS[str(item.verdict)]}"
    for question in report.left_out:
        yield f"  {question}: jawabannya tidak menentukan apa-apa; dipakai tingkat kesukaran menurut penulis"
    yield f"Status berubah untuk {report.people_moved} orang"
    for move in report.states:
        yield f"  {move.competency}: {STATE_WORDS[move.before]} -> {STATE_WORDS[move.after]}: {move.people} orang"


def _item(item: CalibratedItem) -> str:
    return (
        f"{item.question}: {item.before_b:+.2f} -> {item.b:+.2f} ± {item.sd_b:.2f}, daya beda {item.a:.2f},"
        f" {item.answers} jawaban"
    )
