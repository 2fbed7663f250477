"""Tasks: what to do, what is handed in, and by what it is judged."""

from __future__ import annotations

from dataclasses import replace

from app.content.activities import Accepts, Task
from app.content.faults import Notes
from app.content.lessons import Library, read_body
from app.content.nodes import MapNode, child, deepest
from app.content.problems import read_as
from app.content.schema import TaskEntry
from app.errors import N_
from app.questions.flaws import sentence
from app.questions.rubric import rubric_flaws
from app.texts.local import LANGUAGES


def read_task(node: MapNode, library: Library, notes: Notes) -> Task | None:
    """A task among a module's activities; None where it cannot be read. It links to no glossary term."""
    entry = read_as(TaskEntry, node, notes)
    if entry is None:
        return None
    _note_accepts(entry, node, notes)
    for flaw in rubric_flaws(entry.rubric):
        notes.add(deepest(node, flaw.path).span.start, sentence(flaw))
    plain = replace(library, terms=dict.fromkeys(LANGUAGES, ()))
    pages = read_body(node, entry.body, entry.task, plain, notes)
    return Task(
        id=entry.task,
        title=entry.title,
        html={language: page.html for language, page in pages.items()},
        accepts=Accepts(**entry.accept.model_dump()),
        rubric=entry.rubric,
        marked_by=entry.marked_by,
        pass_percent=entry.pass_percent,
        minutes=entry.minutes,
        hidden=entry.hidden,
    )


def _note_accepts(entry: TaskEntry, node: MapNode, notes: Notes) -> None:
    accept, place = entry.accept, deepest(node, ["accept"]).span.start
    if not (accept.text or accept.photos or accept.files):
        notes.add(place, N_("Tugas ini tidak mengumpulkan apa-apa. Tulis text: true, photos, atau files."))
    if accept.min_words is not None and accept.max_words is not None and accept.min_words > accept.max_words:
        message = N_(
            "min_words (%(least)s) lebih besar daripada max_words (%(most)s).",
            least=accept.min_words,
            most=accept.max_words,
        )
        notes.add(place, message)
    if "pass_percent" in entry.model_fields_set and entry.marked_by == "self":
        found = child(node, "pass")
        notes.add(
            (found if found is not None else node).span.start,
            N_("Tugas yang diperiksa sendiri (marked_by: self) tidak punya batas lulus. Hapus pass."),
        )
