"""The pages of other limits than a quiz has, whom a form of theirs means, and the limits in words."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import cast

from flask import current_app

from app.content.activities import Quiz, QuizSettings
from app.errors import N_, Message, NotFound
from app.marking.queries.overrides import (
    OverrideFact,
    cohorts_with,
    has_course,
    learner_named,
    learner_numbered,
    overrides_at,
)
from app.people.permissions import Scope
from app.people.queries import get_cohort
from app.quizzes.granting import GrantRefused, Whom
from app.quizzes.rules.limits import ALWAYS, NEVER, NO_LIMIT, Grant
from app.settings import Settings
from app.teaching.change_forms import OverrideForm
from app.teaching.queries import NamedQuiz, get_quiz
from app.web.frame import show_page
from app.web.languages import gettext, ngettext, tell
from app.web.templating import filtered


class WhomUnclear(GrantRefused):
    """Neither one person nor one cohort."""

    def __init__(self) -> None:
        super().__init__(N_("Pilih satu peserta atau satu angkatan."))


class NobodyNamed(GrantRefused):
    """A user name or phone number of nobody in reach."""

    def __init__(self, login: str) -> None:
        super().__init__(N_('Tidak ada peserta "%(login)s". Periksa nama pengguna atau nomor HP.', login=login))


class OwnLimits(GrantRefused):
    """Nobody grants anything to oneself."""

    def __init__(self) -> None:
        super().__init__(N_("Kelonggaran untuk Anda sendiri diberikan oleh orang lain."))


def list_page(scope: Scope, quiz: NamedQuiz, form: OverrideForm, why: Message | None = None) -> str:
    """All of a quiz's, and the form for more; `why` says why that was refused."""
    return show_page(
        "teaching/overrides.html",
        quiz=quiz,
        own=_words(_of_quiz(served(quiz).settings)),
        rows=[(each, _words(each.grant)) for each in overrides_at(quiz.course_slug, quiz.quiz_id, scope)],
        cohorts=cohorts_with(quiz.course_slug, scope),
        chosen=learner_numbered(form.person.data, quiz.course_slug, scope),
        form=form,
        zone_label=_settings().time_zone_label,
        sentence=tell(why) if why else "",
    )


def one_page(quiz: NamedQuiz, found: OverrideFact, form: OverrideForm, why: Message | None = None) -> str:
    """One of them in its form."""
    return show_page(
        "teaching/override.html",
        quiz=quiz,
        own=_words(_of_quiz(served(quiz).settings)),
        found=found,
        form=form,
        zone_label=_settings().time_zone_label,
        sentence=tell(why) if why else "",
    )


def get_served(slug: str, quiz_id: str, scope: Scope) -> NamedQuiz:
    """A quiz in reach that can be taken. Raises NotFound."""
    quiz = get_quiz(slug, quiz_id, within=scope)
    if quiz.served is None:
        raise NotFound
    return quiz


def served(quiz: NamedQuiz) -> Quiz:
    """The quiz itself, of one that `get_served` gave."""
    return cast("Quiz", quiz.served)


def whom_of(form: OverrideForm, slug: str, scope: Scope) -> Whom:
    """Whom a form means, in reach. Raises WhomUnclear, NobodyNamed, OwnLimits, NotFound."""
    login, person, cohort = form.login.data or None, form.person.data, form.cohort.data
    if [login, person, cohort].count(None) != 2:
        raise WhomUnclear
    if login is not None:
        found = learner_named(login, slug, scope, _settings().phone_region)
        if found is None:
            raise NobodyNamed(login)
        person = found.id
    return checked_whom(Whom(person, cohort), slug, scope)


def checked_whom(whom: Whom, slug: str, scope: Scope) -> Whom:
    """The same, once it is in reach. Raises NotFound, and OwnLimits for oneself."""
    if whom.person_id == scope.person_id:
        raise OwnLimits
    if whom.cohort_id is None:
        reached = learner_numbered(whom.person_id, slug, scope) is not None
    else:
        reached = has_course(slug, scope) and get_cohort(whom.cohort_id) is not None
    if not reached:
        raise NotFound
    return whom


def office_zone() -> tzinfo:
    """The zone in which an office's times are written."""
    return _settings().time_zone


def _of_quiz(settings: QuizSettings) -> Grant:
    """What a quiz itself says, as a grant would."""
    return Grant(
        _aware(settings.opens), _aware(settings.closes), settings.time_limit or NO_LIMIT, settings.attempts or 0
    )


def _words(grant: Grant) -> list[str]:
    """What a grant says, one phrase for each bound."""
    told = []
    if grant.time_limit is not None:
        told.append(_minutes(grant.time_limit))
    if grant.attempts is not None:
        many = ngettext("%(count)s kali", "%(count)s kali", grant.attempts) % {"count": grant.attempts}
        told.append(many if grant.attempts else gettext("boleh diulang kapan saja"))
    if grant.opens is not None:
        said = gettext("dibuka %(moment)s") % {"moment": filtered("moment", grant.opens)}
        told.append(gettext("sudah dibuka") if grant.opens == ALWAYS else said)
    if grant.closes is not None:
        said = gettext("ditutup %(moment)s") % {"moment": filtered("moment", grant.closes)}
        told.append(gettext("tidak ditutup") if grant.closes == NEVER else said)
    return told


def _minutes(limit: timedelta) -> str:
    count = int(limit.total_seconds()) // 60
    return (
        ngettext("%(count)s menit", "%(count)s menit", count) % {"count": count}
        if count
        else gettext("tanpa batas waktu")
    )


def _aware(wall: datetime | None) -> datetime | None:
    return None if wall is None else wall.replace(tzinfo=office_zone())


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])
