"""The form of a task beside its text: what is handed in, who looks at it, by which rubric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.by_hand import RUBRIC
from app.authoring.rules.question_forms.names import ROOT, filled_from, pressed, rearranged
from app.authoring.rules.question_forms.parts import Field, Filled, Only, Parts, QuestionForm, Widget
from app.authoring.rules.question_forms.showing import shown
from app.authoring.rules.question_forms.writing import written
from app.content.editing import Value
from app.errors import N_

ACCEPT: Final = "accept"  # begins the names of its fields

_BY: Final = MappingProxyType(
    {
        "trainer": N_("Pengajar menilai, dan peserta memperbaiki sampai diterima"),
        "self": N_("Peserta memeriksa sendiri dengan rubrik"),
    }
)
_MARKING: Final[Parts] = (
    Field("marked_by", N_("Siapa yang memeriksa?"), Widget.CHOICE, choices=_BY, default="trainer"),
    Field(
        "pass",
        N_("Diterima mulai nilai"),
        Widget.PERCENT,
        default="70",
        suffix="%",
        only=Only("marked_by", frozenset({"trainer"})),
    ),
    RUBRIC,
)
_ACCEPT: Final[Parts] = (
    Field("text", N_("Teks yang ditulis peserta"), Widget.FLAG, default="false"),
    Field("min_words", N_("Kata paling sedikit"), Widget.NUMBER, hint=N_("Boleh dikosongkan. Hanya diberitahukan.")),
    Field("max_words", N_("Kata paling banyak"), Widget.NUMBER, hint=N_("Boleh dikosongkan. Hanya diberitahukan.")),
    Field("photos", N_("Foto paling banyak"), Widget.NUMBER, default="0"),
    Field("files", N_("Dokumen paling banyak"), Widget.NUMBER, default="0"),
)
MARKING: Final = QuestionForm("task", N_("Tugas praktik"), N_("Penilaian"), _MARKING, ())
ACCEPTS: Final = QuestionForm("accept", N_("Yang dikumpulkan"), N_("Yang dikumpulkan"), _ACCEPT, ())


@dataclass(frozen=True, slots=True)
class TaskFilled:
    """What stands in the form beside the task's text."""

    marking: Filled
    accepts: Filled


def task_filled(value: Mapping[str, Value], language: str) -> TaskFilled:
    """The form as the file has it. Numbers are shown as `language` writes them."""
    return TaskFilled(shown(MARKING.parts, dict(value), language), shown(ACCEPTS.parts, _accept(value), language))


def task_sent(fields: Mapping[str, Sequence[str]], language: str) -> TaskFilled:
    """The form as it was sent, after what its button did to the rubric's rows."""
    marking = filled_from(MARKING.parts, fields, ROOT)
    press = pressed(next(iter(fields.get("do", ())), ""))
    if press is not None:
        marking = rearranged(MARKING.parts, marking, press, language)
    return TaskFilled(marking, filled_from(ACCEPTS.parts, fields, ACCEPT))


def task_with(value: Mapping[str, Value], filled: TaskFilled, language: str) -> dict[str, Value]:
    """The task with what was typed beside its text."""
    accepted = written(ACCEPTS, filled.accepts, _accept(value), language)
    changed = written(MARKING, filled.marking, dict(value), language)
    return {**changed, ACCEPT: accepted} if accepted != value.get(ACCEPT) else changed


def _accept(value: Mapping[str, Value]) -> dict[str, Value]:
    found = value.get(ACCEPT)
    return dict(found) if isinstance(found, dict) else {}
