"""Quizzes: presets, settings, and the slots that questions fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.content.banks import Pool, Surroundings, read_list
from app.content.course import DrawSlot, FixedSlot, Preset, Quiz, QuizSettings
from app.content.faults import Notes, shown, unknown
from app.content.nodes import ListNode, MapNode, Place, child
from app.content.problems import read_as
from app.content.questions import AnyQuestion, is_draw, too_many
from app.content.schema import PASS_PERCENT, DrawEntry, QuizEntry
from app.errors import N_

PRESETS: Final[Mapping[Preset, QuizSettings]] = {
    "practice": QuizSettings("practice", "immediate", None, PASS_PERCENT, True, True, True, True, "question"),
    "test": QuizSettings("test", "deferred", 3, PASS_PERCENT, True, True, True, True, "passed_or_used_up"),
    "exam": QuizSettings("exam", "deferred", 1, PASS_PERCENT, True, True, False, False, "never"),
}

ITEMS_LIMIT: Final = 500  # questions and draws written in one quiz

Slot = FixedSlot | DrawSlot
Pools = Mapping[str, Pool | None]  # the banks a quiz may draw from, by name; None for one that cannot be read


@dataclass(frozen=True, slots=True)
class QuizReading:
    """A quiz as far as it could be read, with the questions written in it by their addresses."""

    quiz: Quiz | None
    questions: Mapping[str, AnyQuestion]


def settings_of(entry: QuizEntry) -> QuizSettings:
    """The preset's settings with what the author changed."""
    settings = replace(PRESETS[entry.preset], pass_percent=entry.pass_percent)
    if "attempts" in entry.model_fields_set:
        settings = replace(settings, attempts=entry.attempts)
    if entry.shuffle_questions is not None:
        settings = replace(settings, shuffle_questions=entry.shuffle_questions)
    if entry.shuffle_options is not None:
        settings = replace(settings, shuffle_options=entry.shuffle_options)
    return settings


def read_quiz(node: MapNode, prefix: str, pools: Pools, around: Surroundings, notes: Notes) -> QuizReading:
    """A quiz among a module's activities; `prefix` is its course's address with a slash."""
    entry = read_as(QuizEntry, node, notes)
    name = entry.quiz if entry is not None else str(child(node, "quiz"))
    entries = child(node, "questions")
    items = entries if isinstance(entries, ListNode) else ListNode()
    if len(items) > ITEMS_LIMIT:
        notes.add(items.span.start, too_many(ITEMS_LIMIT))
        items = ListNode()
    written = read_list([each for each in items if not is_draw(each)], f"{prefix}{name}/", around, notes)
    by_node = {id(each.node): f"{prefix}{name}/{each.question.id}" for each in written}
    slots: list[Slot] = []
    for each in items:
        if isinstance(each, MapNode) and is_draw(each):
            slots.extend(_draw(each, pools, slots, notes))
        elif id(each) in by_node:
            slots.append(FixedSlot(by_node[id(each)]))
    questions = {f"{prefix}{name}/{each.question.id}": each.question for each in written}
    if entry is None:
        return QuizReading(None, questions)
    return QuizReading(Quiz(entry.quiz, entry.title, settings_of(entry), tuple(slots), entry.intro), questions)


# Draws


def _draw(node: MapNode, pools: Pools, before: Sequence[Slot], notes: Notes) -> list[DrawSlot]:
    entry = read_as(DrawEntry, node, notes)
    if entry is None:
        return []
    if entry.source not in pools:
        fault = N_('Bank soal "%(name)s" tidak ada.', name=shown(entry.source))
        notes.add(_place(node, "from"), unknown(fault, entry.source, pools))
        return []
    pool = pools[entry.source]
    if pool is None:
        return []
    tags = frozenset(entry.tags)
    slot = DrawSlot(entry.draw, pool.addresses(tags))
    if not tags <= pool.tags:
        _note_tag(node, sorted(tags - pool.tags)[0], pool, notes)
    elif len(slot.addresses) < slot.count:
        message = N_(
            'Bank "%(bank)s" punya %(count)s soal yang cocok, tidak cukup untuk mengambil %(draw)s.',
            bank=pool.name,
            count=len(slot.addresses),
            draw=slot.count,
        )
        notes.add(_place(node, "draw"), message)
    elif left_for(slot, before) < slot.count:
        message = N_(
            'Pengambilan sebelumnya di kuis ini dapat menghabiskan soal bank "%(bank)s": mungkin hanya '
            "tersisa %(left)s, sedangkan di sini diambil %(draw)s. Kurangi, atau taruh pengambilan tersempit di depan.",
            bank=pool.name,
            left=left_for(slot, before),
            draw=slot.count,
        )
        notes.add(_place(node, "draw"), message)
    return [slot]


def left_for(slot: DrawSlot, before: Sequence[Slot]) -> int:
    """How many questions are left for a draw at worst, when the draws before it have taken theirs and none repeats."""
    own = set(slot.addresses)
    taken = sum(
        min(earlier.count, len(own.intersection(earlier.addresses)))
        for earlier in before
        if isinstance(earlier, DrawSlot)
    )
    return len(own) - min(taken, len(own))


def _note_tag(node: MapNode, tag: str, pool: Pool, notes: Notes) -> None:
    fault = N_('Tidak ada soal bertag "%(tag)s" di bank "%(bank)s".', tag=shown(tag), bank=pool.name)
    notes.add(_place(node, "tags"), unknown(fault, tag, sorted(pool.tags)))


def _place(node: MapNode, key: str) -> Place:
    found = child(node, key)
    return (found if found is not None else node).span.start
