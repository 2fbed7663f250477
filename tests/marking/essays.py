"""A course with answers that people mark: published beside the others, answered and handed in as learners do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from app.marking.operations.finishing import finish_attempt
from app.people.permissions import Scope
from app.quizzes.operations import answer_question, start_attempt
from app.quizzes.queries import Sheet
from tests.ground.courses import publish
from tests.quizzes.cast import posted, sample_quiz, sheet
from tests.quizzes.content import START

SLUG: Final = "uraian"
QUIZ: Final = "cerita"  # one question that is graded, a text, two essays (2 points with a rubric, 1 without), a survey
GRADED, TEXT, RUBRIC, PLAIN, SURVEY = 1, 2, 3, 4, 5  # its slots
BLIND: Final = "dua-penilai"  # one essay, two markers, names hidden
EXAM: Final = "ujian-uraian"  # one essay, nothing of it shown but the total

COURSE: Final = """\
title: {id: Menulis, en: Writing}
code: UR-1
summary: {id: Anda menulis., en: You write.}
track: service
hours: 1
completion: quizzes
open: true
modules: [01-menulis]
"""
MODULE: Final = """\
title: {id: Menulis, en: Writing}
activities:
  - quiz: cerita
    title: {id: Bercerita, en: Telling}
    preset: PRESET
    pass: 60
    shuffle_questions: false
    questions:
      - id: satu
        type: true-false
        COMPETENCY
        text: {id: Benar?, en: True?}
        answer: true
        explanation: {id: Ya., en: Yes.}
      - id: baca
        type: information
        text: {id: Bagian kedua., en: Part two.}
      - id: kegiatan
        type: essay
        points: 2
        COMPETENCY
        text: {id: Ceritakan satu kegiatan., en: Tell of an activity.}
        rubric:
          - id: isi
            text: {id: Isi, en: Content}
            levels:
              - {text: {id: Lengkap, en: Complete}, points: 3}
              - {text: {id: Kurang, en: Lacking}, points: 1}
          - id: bahasa
            text: {id: Bahasa, en: Language}
            levels:
              - {text: {id: Rapi, en: Tidy}, points: 1}
              - {text: {id: Sulit dibaca, en: Hard to read}, points: 0}
        explanation: {id: rahasiakunci, en: rahasiakunci}
      - id: kesan
        type: essay
        text: {id: Apa kesan Anda?, en: What did you think?}
        COMPETENCY
        explanation: {id: Bebas., en: Free.}
      - id: pendapat
        type: likert
        text: {id: Seberapa setuju?, en: How much do you agree?}
        statements: [{text: {id: Rak rapi, en: Tidy shelves}}]
  - quiz: dua-penilai
    title: {id: Dua penilai, en: Two markers}
    preset: test
    pass: 60
    markers: 2
    blind: true
    questions:
      - id: esai
        type: essay
        text: {id: Tulislah., en: Write.}
        explanation: {id: Bebas., en: Free.}
  - quiz: ujian-uraian
    title: {id: Ujian, en: Exam}
    preset: exam
    pass: 60
    questions:
      - id: esai
        type: essay
        text: {id: Tulislah lagi., en: Write again.}
        explanation: {id: Bebas., en: Free.}
"""
STORY: Final = "Anak-anak mewarnai, lalu <b>meminjam</b> buku & pulang."


def publish_essays(folder: Path, *, preset: str = "test", competency: str = "", now: datetime = START) -> None:
    """Write the course into the folder of courses and publish it; its first quiz has this preset."""
    named = f"competency: {competency}" if competency else "tags: []"
    module = MODULE.replace("preset: PRESET", f"preset: {preset}").replace("COMPETENCY", named)
    publish(folder, SLUG, {"course.yaml": COURSE, "01-menulis.yaml": module}, now=now)


def begin_essays(person_id: int, quiz_id: str = QUIZ, now: datetime = START) -> Sheet:
    """An attempt at a quiz of the course."""
    found, quiz = sample_quiz(quiz_id, SLUG)
    return sheet(start_attempt(person_id, found, quiz, now=now), person_id)


def write_in(work: Sheet, slot: int, text: str = STORY, now: datetime = START) -> None:
    """Write an essay."""
    answer_question(work.id, slot, posted({"text": [text]}), within=Scope(work.person_id), now=now)


def hand_in(work: Sheet, now: datetime = START) -> Sheet:
    """Hand the attempt in; as it then stands."""
    finish_attempt(work.id, within=Scope(work.person_id), now=now)
    return sheet(work.id, work.person_id)


def handed_in(person_id: int, quiz_id: str = QUIZ, now: datetime = START) -> Sheet:
    """An attempt with everything answered and right, as far as a program can tell, that waits for its marks."""
    work = begin_essays(person_id, quiz_id, now)
    for slot in range(1, len(work.places) + 1):
        question = work.question(slot)
        if question.by_hand:
            write_in(work, slot, now=now)
        elif question.type == "true-false":
            answer_question(work.id, slot, posted({"choice": ["true"]}), within=Scope(person_id), now=now)
    return hand_in(work, now)
