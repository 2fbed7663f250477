"""Rahmat writes a task: what to do, what is handed in, and the rubric it is judged by."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.authoring.rules.question_forms.names import fields_of
from app.authoring.rules.tasks import ACCEPT, ACCEPTS, MARKING, task_filled, task_sent, task_with
from app.catalogue.queries import draft_reading, get_workspace
from app.content.activities import Task
from app.content.editing import Value
from app.content.editing.finding import find_activity
from app.people.permissions import Scope
from tests.ground.cast import Cast, post, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html
from tests.tasks.course import RUBRIC, SLUG, publish_tasks

ALL = Scope(1, everything=True)
PAGE = f"/authoring/{SLUG}/tasks/{RUBRIC}"


@pytest.fixture
def start() -> Start:
    """There are courses."""
    return PUBLISHED


@pytest.fixture
def rahmat(client: FlaskClient, cast: Cast, db: object, courses_folder: Path) -> FlaskClient:
    """Rahmat, a trainer of every course, at his browser; one course has tasks."""
    publish_tasks(courses_folder)
    sign_in(client, "rahmat")
    return client


def written() -> dict[str, Value]:
    """The task as the draft has it."""
    found = find_activity(get_workspace(SLUG, within=ALL).files, RUBRIC)
    assert found is not None
    return found.value


def sent(client: FlaskClient, **changes: str) -> dict[str, object]:
    """What the form sends: all as it was opened, but for `changes`."""
    page = client.get(PAGE).get_data(as_text=True)
    valid_html(page)
    base = re.search(r'name="base" value="(\d+)"', page)
    assert base is not None
    filled = task_filled(written(), "id")
    fields = {**fields_of(MARKING.parts, filled.marking), **fields_of(ACCEPTS.parts, filled.accepts, ACCEPT)}
    typed = {"title_id": "Tugas", "title_en": "", "minutes": "", "body_id": "Kerjakan.", "body_en": "", "do": "save"}
    return {**fields, **typed, "base": base[1], **changes}


def test_a_task_is_saved_with_what_is_handed_in_and_who_looks_at_it(rahmat: FlaskClient, db: object) -> None:
    before = written()
    answer = post(rahmat, PAGE, PAGE, **sent(rahmat, **{f"{ACCEPT}.photos": "3", "q.pass": "80", "minutes": "45"}))
    assert (answer.status_code, answer.location) == (303, PAGE)
    after = written()
    accepted = after["accept"]
    assert isinstance(accepted, dict) and accepted["photos"] == "3"
    assert (after["pass"], after["minutes"], after["rubric"]) == ("80", "45", before["rubric"])
    course = draft_reading(get_workspace(SLUG, within=ALL)).course
    assert course is not None and isinstance(task := course.activity(RUBRIC), Task)
    assert (task.pass_percent, task.accepts.photos) == (80, 3)


def test_a_criterion_is_added_without_scripts_and_nothing_typed_is_lost(rahmat: FlaskClient) -> None:
    count = len(task_filled(written(), "id").marking["rubric"])
    answer = post(rahmat, PAGE, PAGE, **sent(rahmat, do="add q.rubric", body_id="Sedang ditulis"))
    page = answer.get_data(as_text=True)
    valid_html(page)
    assert answer.status_code == 200 and "Sedang ditulis" in page and f'id="q.rubric.{count}-row"' in page


TASKS: list[dict[str, Value]] = [
    {"task": "a", "title": "A", "body": "B", "accept": {"text": "true"}},
    {"task": "a", "title": "A", "body": "B", "accept": {"text": "false", "photos": "2"}, "marked_by": "self"},
    {"task": "a", "title": "A", "body": "B", "accept": {}, "pass": "70", "catatan": "x"},
    {
        "task": "a",
        "title": "A",
        "body": "B",
        "accept": {"text": "true", "min_words": "3", "lain": "x"},
        "rubric": [{"id": "isi", "text": "Isi", "levels": [{"text": "Baik", "points": "2.5"}]}],
    },
]


@pytest.mark.parametrize("value", TASKS)
def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(value: dict[str, Value]) -> None:
    filled = task_filled(value, "id")
    fields = {**fields_of(MARKING.parts, filled.marking), **fields_of(ACCEPTS.parts, filled.accepts, ACCEPT)}
    assert task_with(value, task_sent(fields, "id"), "id") == value
