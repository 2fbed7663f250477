"""Who takes part in the daily practice and may like to be reminded, each with a message to send."""

from __future__ import annotations

from flask import current_app, request, url_for

from app import clock
from app.content.course import Course
from app.gradebook.queries.people import cohort_choices, organisation_choices, people_ids
from app.gradebook.queries.reminders import Reminder, reminders
from app.gradebook.rules.messages import PracticeReminder, reminder_lines, whatsapp_link
from app.people.permissions import Action, Scope
from app.repetition.rules.drawing import Today
from app.teaching.blueprint import teaching
from app.teaching.grade_forms import RemindersAsked
from app.teaching.letters import phones_in_reach, written
from app.teaching.paging import paged
from app.teaching.queries import get_course_taught
from app.web.frame import show_page
from app.web.guard import needs, person


@teaching.get("/teaching/courses/<slug>/practice", endpoint="reminders")
@needs(Action.SEE_ATTEMPTS)
def list_reminders(scope: Scope, slug: str) -> str:
    """Those in reach who chose the practice and have something of the course to practise, the longest pause first."""
    course, asked = get_course_taught(slug, within=scope), RemindersAsked(request.args)
    today = Today(clock.now(), current_app.extensions["settings"].time_zone)
    found = reminders(people_ids(course, asked.wanted, scope), course, today, asked.away)
    page = paged(sorted(found, key=lambda each: each.since), asked.page.data)
    phones = phones_in_reach([each.person.id for each in page.items])
    return show_page(
        "teaching/reminders.html",
        course=course,
        asked=asked,
        rows=[(each, *_message(each, course, phones.get(each.person.id))) for each in page.items],
        paging=page,
        choices={"cohorts": cohort_choices(course), "organisations": organisation_choices(course, scope)},
        now=today.now,
        days_since=today.days_since,
    )


def _message(reminder: Reminder, course: Course, phone: str | None) -> tuple[str, str]:
    """The message in the language of who gets it, and where WhatsApp opens with it ("": no number)."""
    who = reminder.person
    link = url_for("learn.daily", _external=True)
    told = PracticeReminder(who.name, course.title.in_(who.language), reminder.due, link, person().name)
    text = written(reminder_lines(told), who.language)
    return text, whatsapp_link(phone, text) if phone else ""
