"""`flask quizzes regrade`: everybody's marks of a quiz anew, first shown and then applied."""

from __future__ import annotations

from collections.abc import Sequence

import click
from flask.cli import with_appcontext

from app import clock
from app.catalogue.queries import get_published, history
from app.marking.operations.regrading import Confirmed, apply_regrade
from app.marking.queries.regrading import Planned, previewed, questions_to_decide
from app.marking.rules.decisions import Decision, ReasonMissing, Wanted
from app.marking.rules.marks import Result
from app.people.commands.shared import told
from app.quizzes.commands import quizzes


@quizzes.command("regrade")
@click.argument("course")
@click.argument("quiz")
@click.option("--revision", help="Nomor versi yang kuncinya dipakai (lihat halaman kursus), atau current.")
@click.option("--everybody-right", multiple=True, metavar="SOAL", help="Soal yang dianggap benar bagi semua.")
@click.option("--leave-out", multiple=True, metavar="SOAL", help="Soal yang tidak dihitung.")
@click.option("--reason", default="", help="Alasan, dibaca peserta di halaman hasilnya.")
@click.option("--apply", "wanted_now", is_flag=True, help="Terapkan; tanpa ini hanya pratinjau.")
@with_appcontext
@told
def regrade_command(  # noqa: PLR0913 (one argument for each option)
    course: str,
    quiz: str,
    revision: str | None,
    everybody_right: tuple[str, ...],
    leave_out: tuple[str, ...],
    reason: str,
    *,
    wanted_now: bool,
) -> None:
    """Nilai ulang kuis QUIZ kursus COURSE bagi semua peserta. SOAL ialah id atau alamat soal."""
    decided = [(each, Decision.EVERYBODY_RIGHT) for each in everybody_right]
    decided += [(each, Decision.LEFT_OUT) for each in leave_out]
    found = previewed(Wanted(course, quiz, _revision(course, revision), _addressed(course, quiz, decided)))
    _print(found)
    if not wanted_now:
        return
    if not reason:
        raise ReasonMissing
    made = apply_regrade(Confirmed(found.wanted, reason, found.digest, by=None), now=clock.now())
    click.echo("Ada yang berubah sementara itu. Ulangi perintahnya." if made is None else "Nilai sudah diperbarui.")


def _revision(course: str, named: str | None) -> int | None:
    """The id of the version of that number; None where none is named. Ends the command where there is none such."""
    if named is None:
        return None
    if named == "current":
        return get_published(course).revision_id
    found = next((each.id for each in history(course) if str(each.number) == named), None)
    if found is None:
        raise click.ClickException(f"Kursus {course} tidak punya versi {named}.")
    return found


def _addressed(course: str, quiz: str, decided: Sequence[tuple[str, Decision]]) -> dict[str, Decision]:
    """The same by address. Ends the command where a name is no question of the quiz or several, or is decided twice."""
    known = questions_to_decide(course, quiz) if decided else {}
    found: dict[str, Decision] = {}
    for name, decision in decided:
        meant = [address for address in known if name in (address, address.rpartition("/")[2])]
        if len(meant) != 1:
            choices = ", ".join(meant or known)
            raise click.ClickException(f"{name} bukan nama satu soal kuis ini. Pilih salah satu: {choices}")
        if found.setdefault(meant[0], decision) is not decision:
            raise click.UsageError(f"{name}: pilih --everybody-right atau --leave-out, jangan keduanya.")
    return found


def _print(found: Planned) -> None:
    plan = found.plan
    for each in plan.moved:
        attempt = each.attempt
        click.echo(f"{attempt.name}\t{attempt.number}\t{_told(each.old)}\t{_told(each.new)}")
    for kept in plan.kept:
        click.echo(f"tetap\t{kept.attempt_id}\t{kept.question}\t{kept.reason}")
    click.echo(
        f"{plan.attempts} percobaan diperiksa, {len(plan.moved)} berubah: {plan.up} naik, {plan.down} turun, "
        f"{plan.newly_passed} jadi lulus, {plan.newly_failed} tidak lulus lagi; "
        f"{plan.first_answers} jawaban pertama dari soal yang dikerjakan ulang berubah"
    )


def _told(result: Result) -> str:
    if result.fraction is None:
        return "menunggu dinilai" if result.passed is None else "tanpa nilai"
    return f"{100 * result.fraction:.1f} {'lulus' if result.passed else 'belum lulus'}"
