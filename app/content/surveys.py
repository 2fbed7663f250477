"""Surveys: questions without right answers, asked on one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.content.activities import Survey
from app.content.banks import Surroundings, note_kind, read_list
from app.content.faults import Notes
from app.content.nodes import ListNode, MapNode, TextNode, child, maps_at, text_at
from app.content.problems import read_as
from app.content.questions import too_many
from app.content.rendering import Pictures, inline_problems, note_problems
from app.content.schema import SurveyEntry
from app.errors import N_
from app.questions.information import Information
from app.questions.survey import (
    IN_SURVEYS,
    UNUSED_KEYS,
    SurveyEssay,
    SurveyLikert,
    SurveyMultiple,
    SurveyQuestion,
    SurveySingle,
)

QUESTIONS_LIMIT: Final = 50  # on one page of a phone


def read_survey(node: MapNode, prefix: str, around: Surroundings, notes: Notes) -> Survey | None:
    """A survey among a module's activities, None where it cannot be read. `prefix`: its course's slug and "/"."""
    entry = read_as(SurveyEntry, node, notes)
    name = str(child(node, "survey"))
    entries = child(node, "questions")
    items = entries if isinstance(entries, ListNode) else ListNode()
    if len(items) > QUESTIONS_LIMIT:
        notes.add(items.span.start, too_many(QUESTIONS_LIMIT))
        return None
    for key in _unused_keys(node):
        message = N_('"%(key)s" tidak dipakai di survei: jawabannya tidak dinilai. Hapus kunci ini.', key=str(key))
        notes.add(key.span.start, message)
    written = read_list(items, f"{prefix}{name}/", around, notes, IN_SURVEYS)
    if entry is None:
        return None
    _note_intro(node, notes)
    questions = tuple(found for each in written if (found := _of_survey(each.question)) is not None)
    survey = Survey(entry.survey, entry.title, entry.anonymous, questions, entry.intro, entry.hidden)
    note_kind(text_at(node, "survey"), f"{prefix}{name}", survey.kind, around, notes)
    if len(written) == len(items) and not survey.asked:
        notes.add(items.span.start, N_("Survei ini belum menanyakan apa-apa. Tulis paling sedikit satu pertanyaan."))
    return survey


def _unused_keys(survey: MapNode) -> Iterator[TextNode]:
    for question in maps_at(survey, "questions"):
        for node in (question, *maps_at(question, "options")):
            yield from (key for key in node if key in UNUSED_KEYS)


def _of_survey(question: object) -> SurveyQuestion | None:
    kinds = SurveyLikert | SurveyEssay | SurveySingle | SurveyMultiple | Information
    return question if isinstance(question, kinds) else None


def _note_intro(node: MapNode, notes: Notes) -> None:
    intro = child(node, "intro")
    for each in intro.values() if isinstance(intro, MapNode) else [intro]:
        if isinstance(each, TextNode):
            note_problems(inline_problems(each), each, Pictures(), notes)
