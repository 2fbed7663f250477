"""`flask quizzes override`: other limits than a quiz has, for a person or a cohort."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import click
from flask.cli import with_appcontext

from app import clock
from app.catalogue.queries import published
from app.content.activities import Quiz
from app.marking.operations.granting import grant_override, withdraw_override
from app.marking.queries.overrides import OverrideFact, overrides_at
from app.people.commands.shared import EVERYBODY, account, settings, told
from app.people.queries import cohort_named
from app.quizzes.commands import quizzes
from app.quizzes.granting import Whom
from app.quizzes.rules.limits import ALWAYS, AS_OFTEN_AS_LIKED, NEVER, NO_LIMIT, Grant

_FORM: Final = "%Y-%m-%d %H:%M"


class WallTime(click.ParamType):
    """A wall time of the office, still without its zone; or a word for a moment that is no bound."""

    name = "waktu"

    def __init__(self, word: str, meaning: datetime) -> None:
        self.word, self.meaning = word, meaning

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The word's moment, or the wall time: which zone it is in only the app knows, and here there is none yet."""
        if value == self.word:
            return self.meaning
        try:
            return datetime.strptime(value, _FORM)  # noqa: DTZ007 (a wall time)
        except ValueError:
            self.fail(f'{value}: tulis seperti "2026-11-22 08:00", atau {self.word}.', param, ctx)


@quizzes.command("override")
@click.argument("course")
@click.argument("quiz")
@click.option("--person", help="Nama pengguna atau nomor HP.")
@click.option("--cohort", help="Nama angkatan.")
@click.option("--minutes", type=click.IntRange(0, 10_000), help="Batas waktu dalam menit; 0: tanpa batas.")
@click.option("--attempts", type=click.IntRange(0, 100), help="Berapa kali boleh dikerjakan; 0: tanpa batas.")
@click.option("--opens", type=WallTime("always", ALWAYS), help='Dibuka, misalnya "2026-11-22 08:00", atau always.')
@click.option("--closes", type=WallTime("never", NEVER), help='Ditutup, misalnya "2026-11-29 16:00", atau never.')
@click.option("--remove", is_flag=True, help="Cabut kelonggarannya.")
@with_appcontext
@told
def override_command(
    course: str, quiz: str, person: str | None, cohort: str | None, *, remove: bool, **granted: Any
) -> None:
    """Beri kelonggaran di kuis QUIZ kursus COURSE bagi seseorang atau seangkatan, sebagai ganti yang lama.

    Tanpa --person dan --cohort: daftar kelonggaran yang berlaku.
    """
    found = _quiz(course, quiz)
    if person is None and cohort is None:
        for row in overrides_at(course, quiz, EVERYBODY):
            click.echo(_line(row))
        return
    whom = _whom(person, cohort)
    if remove:
        gone = withdraw_override(course, found, whom, now=clock.now())
        click.echo("Kelonggaran dicabut." if gone else "Tidak ada kelonggaran untuk dicabut.")
        return
    grant = _grant(**granted)
    if grant == Grant():
        raise click.UsageError("Sebutkan --minutes, --attempts, --opens, atau --closes.")
    grant_override(course, found, whom, grant, now=clock.now())
    click.echo("Kelonggaran berlaku mulai sekarang.")


def _grant(minutes: int | None, attempts: int | None, opens: datetime | None, closes: datetime | None) -> Grant:
    limit = None if minutes is None else timedelta(minutes=minutes)
    return Grant(_moment(opens), _moment(closes), limit, attempts)


def _moment(told: datetime | None) -> datetime | None:
    if told is None or told.tzinfo is not None:
        return told
    return told.replace(tzinfo=settings().time_zone).astimezone(UTC)


def _quiz(course: str, quiz: str) -> Quiz:
    served = published().get(course)
    found = served.course.written_activity(quiz) if served else None
    if not isinstance(found, Quiz):
        raise click.ClickException(f"Tidak ada kuis {course}/{quiz}.")
    return found


def _whom(person: str | None, cohort: str | None) -> Whom:
    if person is not None and cohort is not None:
        raise click.UsageError("Pilih --person atau --cohort, jangan keduanya.")
    if person is not None:
        return Whom(person_id=account(person).id)
    found = cohort_named(str(cohort))
    if found is None:
        raise click.ClickException(f"Tidak ada angkatan {cohort}.")
    return Whom(cohort_id=found.id)


def _line(fact: OverrideFact) -> str:
    whose = fact.user_name or f"angkatan {fact.name}"
    minutes = None if fact.grant.time_limit is None else int(fact.grant.time_limit.total_seconds()) // 60
    granted = [
        ("waktu", minutes, int(NO_LIMIT.total_seconds()), " menit"),
        ("percobaan", fact.grant.attempts, AS_OFTEN_AS_LIKED, " kali"),
        ("dibuka", fact.grant.opens, ALWAYS, ""),
        ("ditutup", fact.grant.closes, NEVER, ""),
    ]
    told = [f"{name} {_told(value, none)}{unit}" for name, value, none, unit in granted if value is not None]
    return f"{whose}\t{', '.join(told)}"


def _told(value: Any, none: Any) -> str:
    if value == none:
        return "tanpa batas"
    return value.astimezone(settings().time_zone).strftime(_FORM) if isinstance(value, datetime) else str(value)
