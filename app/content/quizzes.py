"""Quizzes: presets, settings, and the slots that questions fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.content.activities import Quiz, QuizSettings, addresses_of
from app.content.banks import Surroundings
from app.content.faults import Notes
from app.content.nodes import ListNode, MapNode, Place, child, maps_at, texts_below
from app.content.problems import read_as
from app.content.questions import AnyQuestion, too_many
from app.content.rendering import NO_PICTURES, hurting_problems, note_problems
from app.content.review import NOTHING, REVIEWS, TIMES, OverallBand, Preset, Reveal, Review
from app.content.schema import PASS_PERCENT, QuizEntry, ReviewEntry
from app.content.slots import Pools, read_slots
from app.errors import N_

PRESETS: Final[Mapping[Preset, QuizSettings]] = {
    "practice": QuizSettings("practice", "immediate", None, PASS_PERCENT, True, True, REVIEWS["practice"]),
    "test": QuizSettings("test", "deferred", 3, PASS_PERCENT, True, True, REVIEWS["test"]),
    "exam": QuizSettings("exam", "deferred", 1, PASS_PERCENT, True, True, REVIEWS["exam"]),
}

ITEMS_LIMIT: Final = 500  # questions and draws written in one quiz


@dataclass(frozen=True, slots=True)
class QuizReading:
    """A quiz as far as it could be read, with the questions written in it by their addresses."""

    quiz: Quiz | None
    questions: Mapping[str, AnyQuestion]


def settings_of(entry: QuizEntry) -> QuizSettings:
    """The preset's settings with what the author changed."""
    settings = replace(PRESETS[entry.preset], pass_percent=entry.pass_percent)
    settings = replace(settings, markers=entry.markers, blind=entry.blind)
    settings = replace(settings, grading=entry.grading, navigation=entry.navigation, pages=entry.pages)
    settings = replace(settings, purpose=entry.purpose, pair=entry.pair, form=entry.form)
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
    may_redo = _may_redo(settings)
    return replace(settings, redo=may_redo if entry.redo is None else entry.redo and may_redo)


def _may_redo(settings: QuizSettings) -> bool:
    """Whether doing a question again takes nothing from anybody: no attempt is saved by it, and no key is kept back."""
    checked = settings.feedback in ("immediate", "interactive")
    return settings.preset == "practice" and checked and settings.attempts is None


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
            "Dengan umpan balik %(mode)s peserta diberi tahu benar atau salahnya saat memeriksa jawaban. Izinkan "
            "juga di yang boleh dilihat saat mengerjakan (review.during.correctness).",
            mode=settings.feedback,
        )
        notes.add(_place(node, "feedback"), message)
    if settings.pages == "all" and settings.navigation == "sequential":
        message = N_("Soal yang dikerjakan berurutan (navigation: sequential) tidak dapat berada di satu halaman.")
        notes.add(_place(node, "pages"), message)
    if settings.pages == "all" and settings.feedback in ("immediate", "interactive"):
        message = N_(
            "Dengan umpan balik %(mode)s setiap soal diperiksa di halamannya sendiri. Pilih satu soal per halaman "
            "(pages: one).",
            mode=settings.feedback,
        )
        notes.add(_place(node, "pages"), message)
    if entry.redo and not settings.redo:
        message = N_(
            "Soal hanya dapat dikerjakan ulang (redo) di latihan (practice) tanpa batas percobaan, yang jawabannya "
            "dapat diperiksa (immediate atau interactive)."
        )
        notes.add(_place(node, "redo"), message)


def _note_review(entry: QuizEntry, node: MapNode, notes: Notes) -> None:
    settings = settings_of(entry)
    for time in TIMES:
        row = getattr(settings.review, time)
        if not row.answers and replace(row, answers=True) != Reveal(answers=True):
            message = N_(
                "Tanpa jawaban sendiri (answers: true), tidak ada lagi yang tampil dari soal pada saat ini (%(time)s).",
                time=time,
            )
            notes.add(_place(node, "review"), message)


def _note_bands(entry: QuizEntry, node: MapNode, notes: Notes) -> None:
    seen: set[float] = set()
    for band, each in zip(entry.overall, maps_at(node, "overall"), strict=False):
        if band.percent in seen:
            message = N_("Batas nilai ini (from) sudah dipakai di atas. Setiap batas hanya boleh sekali.")
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
    read = read_slots(items, f"{prefix}{name}/", pools, around, notes)
    if entry is None:
        return QuizReading(None, read.questions)
    _note_entry(entry, node, notes)
    quiz = Quiz(
        entry.quiz,
        entry.title,
        settings_of(entry),
        read.slots,
        entry.intro,
        _overall(entry),
        sections=read.sections,
        texts=read.texts.intersection(addresses_of(read.slots)),
        hidden=entry.hidden,
    )
    return QuizReading(quiz, read.questions)


def check_settings(node: MapNode, notes: Notes) -> None:
    """Note what is wrong with a quiz's own keys, alone and together; its questions are not looked into."""
    entry = read_as(QuizEntry, node, notes)
    if entry is not None:
        _note_entry(entry, node, notes)


def _note_entry(entry: QuizEntry, node: MapNode, notes: Notes) -> None:
    for note in (_note_settings, _note_review, _note_bands, _note_times, _note_purpose, _note_intro):
        note(entry, node, notes)


def _note_intro(entry: QuizEntry, node: MapNode, notes: Notes) -> None:
    intro = child(node, "intro")
    for text in texts_below(intro) if intro is not None else ():
        note_problems(hurting_problems(text), text, NO_PICTURES, notes)


def _note_purpose(entry: QuizEntry, node: MapNode, notes: Notes) -> None:
    """What is asked again after the course teaches nothing before it: a pre-test shows its total alone."""
    if entry.purpose == "practice":
        for key in ("pair", "form"):
            if getattr(entry, key) is not None:
                message = N_("%(key)s hanya untuk tes awal atau tes akhir (purpose: pretest atau posttest).", key=key)
                notes.add(_place(node, key), message)
        return
    if entry.purpose != "pretest":
        return
    settings = settings_of(entry)
    if settings.feedback in ("immediate", "interactive") or any(
        replace(getattr(settings.review, time), answers=False) != NOTHING for time in TIMES
    ):
        message = N_(
            "Tes awal hanya memperlihatkan nilai total, supaya tes akhir tetap adil. Pakai preset: exam, tanpa review "
            "dan feedback lain."
        )
        notes.add(_place(node, "purpose"), message)
    if settings.pass_percent:
        message = N_("Tes awal tidak menentukan kelulusan. Tulis pass: 0.")
        notes.add(_place(node, "pass" if "pass_percent" in entry.model_fields_set else "purpose"), message)


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
        message = N_(
            "Latihan (practice) tidak dibatasi waktunya. Kosongkan batas waktunya (time_limit), atau pakai tes (test) "
            "atau ujian (exam)."
        )
        notes.add(_place(node, "time_limit"), message)
    if entry.opens is not None and entry.closes is not None and entry.closes <= entry.opens:
        notes.add(
            _place(node, "closes"),
            N_("Kuis ini ditutup sebelum dibuka. Waktu tutup (closes) harus sesudah waktu buka (opens)."),
        )
    if entry.grace is not None and entry.overdue != "grace":
        notes.add(
            _place(node, "grace"),
            N_(
                "Masa tenggang (grace) hanya berlaku kalau jawaban masih boleh dikumpulkan selama itu (overdue: grace)."
            ),
        )


def _place(node: MapNode, key: str) -> Place:
    found = child(node, key)
    return (found if found is not None else node).span.start
