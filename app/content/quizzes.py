"""Quizzes: presets, settings, and the slots that questions fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.content.banks import Pool, Surroundings, read_list
from app.content.course import DrawSlot, FixedSlot, Quiz, QuizSettings
from app.content.faults import Notes, shown, unknown
from app.content.nodes import ListNode, MapNode, Place, child, maps_at
from app.content.problems import read_as
from app.content.questions import AnyQuestion, is_draw, too_many
from app.content.review import REVIEWS, TIMES, OverallBand, Preset, Reveal, Review
from app.content.schema import PASS_PERCENT, DrawEntry, QuizEntry, ReviewEntry
from app.errors import N_

PRESETS: Final[Mapping[Preset, QuizSettings]] = {
    "practice": QuizSettings("practice", "immediate", None, PASS_PERCENT, True, True, REVIEWS["practice"]),
    "test": QuizSettings("test", "deferred", 3, PASS_PERCENT, True, True, REVIEWS["test"]),
    "exam": QuizSettings("exam", "deferred", 1, PASS_PERCENT, True, True, REVIEWS["exam"]),
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
    settings = replace(settings, markers=entry.markers, blind=entry.blind, grading=entry.grading)
    settings = _timed(settings, entry)
    if "attempts" in entry.model_fields_set:
        settings = replace(settings, attempts=entry.attempts)
    if entry.shuffle_questions is not None:
        settings = replace(settings, shuffle_questions=entry.shuffle_questions)
    if entry.shuffle_options is not None:
        settings = replace(settings, shuffle_options=entry.shuffle_options)
    if entry.feedback is not None:
        settings = replace(settings, feedback=entry.feedback)
    if entry.review is not None:
        settings = replace(settings, review=_review(settings.review, entry.review))
    return settings


def _review(review: Review, entry: ReviewEntry) -> Review:
    """The preset's matrix with what the author changed, setting by setting."""
    changes = {time: row.model_dump(exclude_none=True) for time in TIMES if (row := getattr(entry, time)) is not None}
    return replace(review, **{time: replace(getattr(review, time), **change) for time, change in changes.items()})


def _overall(entry: QuizEntry) -> tuple[OverallBand, ...]:
    bands = (OverallBand(each.percent, each.text) for each in entry.overall)
    return tuple(sorted(bands, key=lambda band: -band.percent))


def _note_settings(entry: QuizEntry, node: MapNode, notes: Notes) -> None:
    settings = settings_of(entry)
    if settings.feedback in ("immediate", "interactive") and not settings.review.during.correctness:
        message = N_(
            "Dengan feedback %(mode)s peserta diberi tahu benar atau salahnya saat memeriksa jawaban, tetapi "
            "review.during.correctness masih false.",
            mode=settings.feedback,
        )
        notes.add(_place(node, "feedback"), message)
    for time in TIMES:
        row = getattr(settings.review, time)
        if not row.answers and replace(row, answers=True) != Reveal(answers=True):
            message = N_(
                "Tanpa answers: true, tidak ada lagi yang ditampilkan dari soal pada saat ini (%(time)s).", time=time
            )
            notes.add(_place(node, "review"), message)
    seen: set[float] = set()
    for band, each in zip(entry.overall, maps_at(node, "overall"), strict=False):
        if band.percent in seen:
            message = N_("Batas from ini sudah dipakai di atas. Setiap batas hanya boleh sekali.")
            notes.add(_place(each, "from"), message)
        seen.add(band.percent)


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
    _note_settings(entry, node, notes)
    _note_times(entry, node, notes)
    quiz = Quiz(entry.quiz, entry.title, settings_of(entry), tuple(slots), entry.intro, _overall(entry))
    return QuizReading(quiz, questions)


# Time


def _timed(settings: QuizSettings, entry: QuizEntry) -> QuizSettings:
    return replace(
        settings,
        time_limit=entry.time_limit,
        opens=entry.opens,
        closes=entry.closes,
        overdue=entry.overdue,
        grace=entry.grace or settings.grace,
        delay=entry.delay or settings.delay,
    )


def _note_times(entry: QuizEntry, node: MapNode, notes: Notes) -> None:
    if entry.preset == "practice" and entry.time_limit is not None:
        message = N_("Latihan (practice) tidak dibatasi waktunya. Hapus time_limit, atau pakai test atau exam.")
        notes.add(_place(node, "time_limit"), message)
    if entry.opens is not None and entry.closes is not None and entry.closes <= entry.opens:
        notes.add(_place(node, "closes"), N_("Kuis ini ditutup sebelum dibuka. Waktu closes harus sesudah opens."))
    if entry.grace is not None and entry.overdue != "grace":
        notes.add(_place(node, "grace"), N_("Masa tenggang (grace) hanya berlaku bersama overdue: grace."))


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
    slot = DrawSlot(entry.draw, pool.addresses(tags, entry.difficulty), entry.points)
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
