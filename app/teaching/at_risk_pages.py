"""Who of a course may need help, in words, each with a message to send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from babel.dates import format_date
from flask import current_app, url_for

from app.content.activities import Quiz
from app.content.course import Course
from app.errors import N_, Message
from app.gradebook.queries.at_risk import AtRisk
from app.gradebook.rules.at_risk import Reason, Risk
from app.gradebook.rules.messages import Letter, message_lines, whatsapp_link
from app.settings import Settings
from app.teaching.letters import written
from app.texts.markdown import plain
from app.web.languages import gettext, language, ngettext, number

REASON_WORDS: Mapping[Reason, Message] = {
    Reason.NEVER_BEGAN: N_("Belum pernah mulai"),
    Reason.INACTIVE: N_("Tidak aktif"),
    Reason.USED_UP: N_("Kesempatan habis, belum lulus"),
    Reason.NOT_PASSED: N_("Belum lulus, masih boleh mencoba"),
    Reason.STUCK: N_("Berulang kali salah di satu soal"),
}
_EXCERPT = 80  # characters of a question


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One person: the reasons in words, each with since when; the message, and where WhatsApp opens with it ("": the
    reader may not see the number, or there is none).
    """

    found: AtRisk
    reasons: tuple[tuple[str, datetime], ...]
    message: str
    whatsapp: str


def risk_row(found: AtRisk, course: Course, sender: str, phone: str | None, now: datetime) -> RiskRow:
    """A person's row."""
    reasons = tuple((_told(risk, found, course, now), risk.since) for risk in found.risks)
    text = message_to(found, course, sender)
    return RiskRow(found, reasons, text, whatsapp_link(phone, text) if phone else "")


def message_to(found: AtRisk, course: Course, sender: str) -> str:
    """The message, in the language of who gets it."""
    speech = found.person.language
    inactive = next((risk.since for risk in found.risks if risk.reason is Reason.INACTIVE), None)
    letter = Letter(
        name=found.person.name,
        course=course.title.in_(speech),
        reasons=[(risk.reason, _title(course, risk.activity_id, speech)) for risk in found.risks],
        last_day=_day(inactive, speech) if inactive else "",
        still_open=[each.title.in_(speech) for each in found.still_open],
        link=url_for("learn.course", slug=course.slug, _external=True),
        sender=sender,
    )
    return written(message_lines(letter), speech)


def _told(risk: Risk, found: AtRisk, course: Course, now: datetime) -> str:
    if risk.reason is Reason.NEVER_BEGAN:
        never = found.person.first_signed_in_at is None
        return gettext("Belum pernah masuk") if never else gettext("Belum mulai kursus ini")
    if risk.reason is Reason.INACTIVE:
        days = (now - risk.since).days
        return ngettext("Tidak aktif %(count)s hari", "Tidak aktif %(count)s hari", days) % {"count": number(days)}
    quiz = course.activity(risk.activity_id or "")
    values = {"quiz": _title(course, risk.activity_id, language())}
    if risk.reason is Reason.STUCK:
        values |= {"question": _excerpt(course, risk.question or ""), "count": number(risk.times)}
        return gettext("%(quiz)s: salah di %(count)s percobaan pada soal “%(question)s”") % values
    values["limit"] = number(quiz.settings.pass_percent) if isinstance(quiz, Quiz) else "?"
    if risk.best is None:
        return gettext("%(quiz)s: kesempatan habis, belum ada nilai") % values
    values["grade"] = number(risk.best * 100, 1)
    if risk.reason is Reason.USED_UP:
        return gettext("%(quiz)s: kesempatan habis, nilai %(grade)s (batas lulus %(limit)s)") % values
    return gettext("%(quiz)s: nilai %(grade)s (batas lulus %(limit)s), masih boleh mencoba") % values


def _title(course: Course, activity_id: str | None, speech: str) -> str:
    activity = course.activity(activity_id) if activity_id else None
    return activity.title.in_(speech) if activity else activity_id or ""


def _excerpt(course: Course, address: str) -> str:
    """How a question begins; the end of its address where the course has it no more."""
    question = course.question(address)
    text = " ".join(plain(question.text.in_(language())).split()) if question else address.rpartition("/")[2]
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"


def _day(moment: datetime, speech: str) -> str:
    zone = cast("Settings", current_app.extensions["settings"]).time_zone
    return str(format_date(moment.astimezone(zone).date(), "d MMMM y", locale=speech))
