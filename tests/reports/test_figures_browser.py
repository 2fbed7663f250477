"""What only a browser shows of the staff's figures: one sheet of A4 whatever stands in it; pages that fit a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Page

from app.people.operations import add_organisation
from app.people.rules.organisations import OrganisationKind
from tests.competencies.histories import add_learners, add_score
from tests.ground.browser import answering, assert_accessible_in_both_themes, assert_fits, sign_in
from tests.ground.cast import Cast
from tests.ground.database import ONE_DATABASE, PUBLISHED, Start
from tests.reports.pairs import AFTER, BEFORE, publish_tests, took

pytestmark = [pytest.mark.browser, ONE_DATABASE]
LONG = "Perpustakaan Desa Rindu Alam Sejahtera Bersama " * 4


@pytest.fixture
def start() -> Start:
    """There is a framework to score."""
    return PUBLISHED


def test_the_summary_is_one_sheet_and_the_pages_fit_a_phone(
    app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path, open_page: Callable[..., Page]
) -> None:
    publish_tests(courses_folder)
    place = add_organisation(LONG.strip(), OrganisationKind.VILLAGE, "Kecamatan Hulu")
    for number, person in enumerate(add_learners([f"{number} {LONG}".strip() for number in range(14)], place)):
        for competency in ("F1.satu", "F1.dua", "F2.tiga"):
            add_score(person, competency, 20)
        took(person, BEFORE, 0.1 + number / 100, 0, items=(1.0, 0.0)), took(person, AFTER, 0.8, 60, items=(1.0, 1.0))
    told = {"office": LONG, "office_address": "|".join([LONG] * 3), "office_place": "Kotabaru", "demo": True}
    app.extensions["settings"] = replace(app.extensions["settings"], **told)
    page = open_page()
    with answering(app) as address:
        sign_in(page, address, "noor")
        for path in ("summary", "gain", "trend?weeks=52"):
            page.goto(f"{address}/reports/{path}")
            assert_fits(page)
            assert_accessible_in_both_themes(page)
            if path == "summary":
                sheets = re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True))
                assert len(sheets) == 1
                assert page.locator(".helped tbody tr").count() == 12
