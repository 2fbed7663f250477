"""What the pages and files of scores have in common: what was asked, what can be chosen, and how a file is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self, cast

from flask import Response, current_app, request, stream_with_context

from app import clock
from app.catalogue.queries import shared_now
from app.competencies.queries.groups import Grouping
from app.competencies.queries.learners import PAGE, cohort_choices
from app.content.course import Competency, Framework
from app.errors import N_, Message
from app.paging import page_within
from app.people.permissions import Scope
from app.people.queries.places import DistrictFact, districts
from app.people.rules.organisations import KIND_LABELS
from app.reports.competency_sheet import Cohorts, Sheet, filter_words, person_filter_words
from app.reports.forms.competencies import Asked, read_asked
from app.reports.queries.help import InNeed, Reason, Sought
from app.reports.rules.columns import Column, columns_of, competencies_of
from app.reports.state_words import MEANS, SIGNS, STATES
from app.settings import Settings
from app.web.frame import show_page
from app.web.languages import language
from app.web.sheets import CSV_TYPE, XLSX_TYPE, csv_parts, xlsx_bytes

GROUPINGS: Final = {
    Grouping.KINDS: N_("Jenis lembaga"),
    Grouping.DISTRICTS: N_("Kecamatan"),
    Grouping.ORGANISATIONS: N_("Lembaga"),
}
REASONS: Final = {
    Reason.BELOW: N_("Di bawah batas penguasaan"),
    Reason.INACTIVE: N_("Tidak aktif"),
    Reason.NEVER: N_("Belum pernah masuk"),
}


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page stands among all; `page` counts from 1 and is never beyond the last."""

    total: int
    page: int
    pages: int

    @classmethod
    def of(cls, total: int, page: int) -> Self:
        """The page asked for, among as many as `total` rows take."""
        return cls(total, *page_within(total, page, PAGE))


@dataclass(frozen=True, slots=True)
class Desk:
    """What the reader asked, and what there is to choose from."""

    asked: Asked
    framework: Framework
    places: Sequence[DistrictFact]
    cohorts: Cohorts
    now: datetime

    @classmethod
    def here(cls, scope: Scope) -> Self:
        """As this request's address says."""
        framework = shared_now().framework
        asked = read_asked(request.args, framework)
        return cls(asked, framework, districts(scope), cohort_choices(), clock.now())

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of groups."""
        return columns_of(self.framework, self.asked.area, self.asked.wanted.competency)

    @property
    def competencies(self) -> tuple[Competency, ...]:
        """The columns of people."""
        return competencies_of(self.framework, self.asked.area, self.asked.wanted.competency)

    @property
    def group_words(self) -> list[Message]:
        """What was asked of groups."""
        return list(filter_words(self.asked, self.places, self.cohorts))

    @property
    def person_words(self) -> list[Message]:
        """What was asked of people."""
        return [*person_filter_words(self.asked, self.competencies), *self.group_words]

    @property
    def help_words(self) -> list[Message]:
        """What was asked of those who need help."""
        reason = [REASONS[self.asked.reason]] if self.asked.reason else []
        return [*reason, N_("tidak aktif lebih dari %(days)s hari", days=self.asked.days), *self.person_words]

    @property
    def sought(self) -> Sought:
        """Which of those who need help are looked for."""
        since = self.now - timedelta(days=self.asked.days)
        return Sought(self.asked.wanted, since, tuple(self.framework.competencies), self.asked.reason)

    def reasons(self, each: InNeed) -> list[Message]:
        """Why somebody needs help, in words; that a competency needs support is said once, of the first."""
        told = []
        for number, weak in enumerate(each.weak):
            name = self.framework.competencies[weak.competency].title.in_(language())
            values = {"name": name, "score": round(weak.score), "low": round(weak.low), "high": round(weak.high)}
            if number:
                told.append(N_("%(name)s: %(score)s (%(low)s–%(high)s)", **values))
            else:
                told.append(N_("perlu penguatan di %(name)s: %(score)s (%(low)s–%(high)s)", **values))
        if each.seen_at is None:
            told.append(N_("belum pernah masuk"))
        elif each.inactive:
            told.append(N_("tidak aktif %(days)s hari", days=(self.now - each.seen_at).days))
        return told

    def page(self, template: str, told: Sequence[Message], **values: Any) -> str:
        """One of the pages."""
        offered = {"districts": self.places, "cohorts": self.cohorts, "kinds": KIND_LABELS}
        offered |= {"groupings": GROUPINGS, "states": STATES, "means": MEANS, "reasons": REASONS}
        offered["areas"] = [each for each in self.framework.areas if each.competencies]
        offered["competencies"] = tuple(self.framework.competencies.values())
        return show_page(
            template,
            here="reports.competencies",
            asked=self.asked,
            told=told,
            choices=offered,
            competencies=self.competencies,
            signs=SIGNS,
            now=self.now,
            **values,
        )


def settings_now() -> Settings:
    """The office's settings."""
    return cast("Settings", current_app.extensions["settings"])


def file_answer(sheet: Sheet, name: str, ending: str, now: datetime) -> Response:
    """A sheet as a file to keep (`ending` csv or xlsx), made row by row: their number does not matter to memory."""
    settings = settings_now()
    rows = (row for part in (sheet.above, sheet.rows) for row in part)
    if ending == "csv":
        answer = Response(stream_with_context(csv_parts(rows)), content_type=CSV_TYPE)
    else:
        answer = Response(xlsx_bytes(sheet.title, rows, head=len(sheet.above)), content_type=XLSX_TYPE)
    name = f"{'contoh-' if settings.demo else ''}{name}-{now.astimezone(settings.time_zone):%Y-%m-%d}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
