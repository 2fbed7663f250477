"""The page of a task: its text as a lesson's, and beside it what is handed in and how it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from app.authoring.body_desk import BodyDesk
from app.authoring.body_forms import BodyForm
from app.authoring.body_pages import body_page
from app.authoring.holding import told_of
from app.authoring.rules.question_forms.names import ROOT, child
from app.authoring.rules.question_forms.parts import Rows, Typed
from app.authoring.rules.question_forms.showing import new_row
from app.authoring.rules.question_forms.writing import applies
from app.authoring.rules.tasks import ACCEPT, ACCEPTS, MARKING, TaskFilled, task_filled, task_sent
from app.content.editing import Value
from app.content.faults import Fault
from app.errors import Message
from app.people.permissions import Scope
from app.web.languages import language


class TaskForm(BodyForm):
    """A task says how long it takes only where its author knows."""

    needs_minutes = False


def filled_in(fields: Mapping[str, Any], value: Mapping[str, Value]) -> TaskFilled:
    """The part beside the text, from the file (a plain map of fields) or from what was sent or left in the form."""
    if not isinstance(fields, MultiDict):
        return task_filled(value, language())
    return task_sent({name: fields.getlist(name) for name in fields}, language())


def task_page(desk: BodyDesk, form: BodyForm, filled: TaskFilled, scope: Scope, refused: Message | None = None) -> str:
    """The editor of a task."""
    return body_page(
        desk,
        form,
        scope,
        refused,
        marking=MARKING,
        accepts=ACCEPTS,
        accept=ACCEPT,
        filled=filled,
        faults=_faults(desk) if request.method == "GET" else (),
        english=bool(request.form.get("english")) or _in_english(filled.marking.get("rubric")),
        root=ROOT,
        child=child,
        told={},
        is_rows=lambda part: isinstance(part, Rows),
        new_row=lambda rows, shape: new_row(rows, shape, language()),
        applies=lambda part, row: applies(part, row, filled.marking),
    )


def _faults(desk: BodyDesk) -> tuple[Fault, ...]:
    """What keeps this task from being published."""
    told = told_of(desk.workspace)
    mine = (faults for entry, faults in told.items() if (entry.path, entry.holder) == (desk.found.path, desk.id))
    return tuple(fault for faults in mine for fault in faults if not fault.warning)


def _in_english(typed: Typed | None) -> bool:
    """Whether anything in the rubric is written in English too."""
    if isinstance(typed, dict):
        return bool(typed.get("en")) or any(map(_in_english, typed.values()))
    return isinstance(typed, list) and any(map(_in_english, typed))
