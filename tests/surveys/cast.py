"""A course with two surveys, published beside the others, and people who answer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from app.catalogue.queries import Published, get_published
from app.content.activities import Survey
from app.people.operations import NewPerson, add_person
from app.progress.operations import finish_survey
from app.surveys.rules.answers import filled_in
from tests.ground.cast import NOW, PASSWORD
from tests.ground.courses import publish

SLUG: Final = "tinjauan"
ANONYMOUS: Final = "evaluasi"
NAMED: Final = "kebutuhan"
FORMULA: Final = "=HYPERLINK(1)"

COURSE: Final = """\
title: {id: Meninjau kursus, en: Reviewing the course}
code: TJ-1
summary: {id: Dua survei., en: Two surveys.}
track: service
hours: 1
open: true
modules: [01-tinjauan]
"""
MODULE: Final = """\
title: {id: Tinjauan, en: Review}
activities:
  - survey: evaluasi
    title: {id: Evaluasi kursus, en: Course evaluation}
    intro: {id: "Tiga menit, **terima kasih**.", en: "Three minutes, **thank you**."}
    anonymous: true
    questions:
      - id: materi
        type: likert
        required: true
        text: {id: Seberapa setuju Anda?, en: How much do you agree?}
        statements:
          - {id: jelas, text: {id: Materinya jelas., en: The lessons are clear.}}
          - {id: cukup, text: {id: Waktunya cukup., en: There was enough time.}}
      - id: pembatas
        type: information
        text: {id: Sekarang tentang alat., en: Now about devices.}
      - id: alat
        type: single
        text: {id: Alat apa yang paling sering Anda pakai?, en: Which device do you use most?}
        options: [{text: HP}, {text: Laptop}, {text: {id: Komputer perpustakaan, en: Library computer}}]
      - id: waktu
        type: multiple
        text: {id: Kapan Anda belajar?, en: When do you learn?}
        options: [{text: {id: Pagi, en: Morning}}, {text: {id: Siang, en: Noon}}, {text: {id: Malam, en: Evening}}]
      - id: saran
        type: essay
        text: {id: Apa saran Anda?, en: What do you suggest?}
  - survey: kebutuhan
    title: {id: Kebutuhan pelatihan, en: Training needs}
    anonymous: false
    questions:
      - id: minat
        type: likert
        text: {id: Seberapa sering?, en: How often?}
        scale: frequency-5
        statements: [{id: ddc, text: {id: Saya memberi nomor kelas., en: I assign class numbers.}}]
      - id: harapan
        type: essay
        required: true
        text: {id: Pelatihan apa yang Anda perlukan?, en: Which training do you need?}
"""


def publish_surveys(folder: Path, module: str = MODULE, *, now: datetime = NOW) -> None:
    """Write the course into the folder of courses and publish it."""
    publish(folder, SLUG, {"course.yaml": COURSE, "01-tinjauan.yaml": module}, now=now)


def served(survey_id: str) -> tuple[Published, Survey]:
    """The survey as it is served now."""
    found = get_published(SLUG)
    survey = found.course.activity(survey_id)
    assert isinstance(survey, Survey)
    return found, survey


def hand_in(person_id: int, survey_id: str, fields: Mapping[str, Sequence[str] | str], now: datetime = NOW) -> bool:
    """Answer as the page's form does; whether that completed the course."""
    found, survey = served(survey_id)
    given = {name: [each] if isinstance(each, str) else list(each) for name, each in fields.items()}
    filled = filled_in(survey, given)
    assert not filled.refused, filled.wanting
    return finish_survey(person_id, found, survey, filled.answers, now=now)


def evaluation(clear: int, enough: int, words: str = "") -> dict[str, Sequence[str] | str]:
    """Fields of the anonymous survey: two labels from 0, and a suggestion."""
    return {"materi.statement-0": str(clear), "materi.statement-1": str(enough), "saran.text": words}


def needs(often: int, words: str) -> dict[str, Sequence[str] | str]:
    """Fields of the named one."""
    return {"minat.statement-0": str(often), "harapan.text": words}


def add_takers(count: int, name: str = "Peserta") -> list[int]:
    """So many learners."""
    people = [NewPerson(name=f"{name} {each}", password=PASSWORD) for each in range(1, count + 1)]
    return [add_person(each, now=NOW).person_id for each in people]


def survey_answers(person_id: int) -> None:
    """Enough answers to both surveys for results to be shown; the person's own to the named one."""
    takers = add_takers(5)
    for number, each in enumerate(takers):
        hand_in(each, ANONYMOUS, evaluation(number, 4, "Lanjutkan."))
    for each in [person_id, *takers]:
        hand_in(each, NAMED, needs(3, "Metadata"))
