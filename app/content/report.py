"""What each course of a folder holds, in figures, and what it still lacks by the curriculum's measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.content.activities import Lesson, Quiz, Survey, Task
from app.content.checking import english_missing
from app.content.compile import read_course
from app.content.course import Course, Module
from app.content.faults import Findings
from app.content.folders import read_tree
from app.content.shared import SharedReading, read_shared
from app.errors import N_, Message
from app.questions.base import Question
from app.texts.local import DEFAULT_LANGUAGE, LANGUAGES, LocalText

PRACTICE_LEAST: Final = 12  # questions of a competency to practise with, so that a score has evidence
WORDS_LEAST: Final = 400  # of a lesson in Indonesian
WORDS_MOST: Final = 700
JP_MINUTES: Final = 45
TIME_APART: Final = 0.15  # of the course's JP: how far the minutes may be from them
# What reading and answering a question takes, in seconds: in practice the feedback is read too.
_PRACTICE_SECONDS: Final = 80
_TEST_SECONDS: Final = 50
_SURVEY_SECONDS: Final = 30
_FIGURE: Final = "<figure"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions there are, by kind, competency and difficulty."""

    items: int
    kinds: Mapping[str, int]
    competencies: Mapping[str, int]
    difficulties: Mapping[str, int]

    @classmethod
    def of(cls, questions: Iterable[Question]) -> Counts:
        """The counts of questions, the most frequent kind first; texts between questions ask nothing."""
        asked = [each for each in questions if each.asks]
        return cls(
            len(asked),
            dict(Counter(each.type for each in asked).most_common()),
            dict(sorted(Counter(each.competency for each in asked if each.competency).items())),
            {level: sum(each.difficulty == level for each in asked) for level in ("easy", "medium", "hard")},
        )


@dataclass(frozen=True, slots=True)
class CourseReport:
    """One course. `words` of all lessons by language; `minutes` as its authors reckon, `hours` the JP it is given for.

    `practice` are the questions of its quizzes but for those `held_back` for tests before and after; `figures` count
    once for both languages.
    """

    slug: str
    code: str
    title: LocalText
    modules: int
    lessons: int
    words: Mapping[str, int]
    minutes: int
    hours: int
    figures: int
    practice: Counts
    held_back: Counts
    missing: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All courses of a folder that can be read; `broken` are the others. `competencies`: questions to practise with."""

    courses: tuple[CourseReport, ...]
    broken: tuple[str, ...]
    competencies: Mapping[str, int]

    @property
    def short(self) -> Mapping[str, int]:
        """The competencies of the framework with too few questions to practise with."""
        return {name: count for name, count in self.competencies.items() if count < PRACTICE_LEAST}


def report_on(root: Path) -> Report:
    """The report on a folder of courses."""
    tree = read_tree(root)
    shared = read_shared(tree.shared_files, {}, Findings("courses"))
    read = {slug: _compiled(slug, files, shared) for slug, files in tree.courses.items()}
    courses = [
        course_report(course, english_missing=len(english_missing(tree.courses[slug])))
        for slug, course in read.items()
        if course is not None
    ]
    counted = Counter[str]()
    for each in courses:
        counted.update(each.practice.competencies)
    return Report(
        tuple(sorted(courses, key=lambda each: each.code)),
        tuple(sorted(slug for slug, course in read.items() if course is None)),
        {name: counted[name] for name in shared.shared.framework.competencies},
    )


def course_report(course: Course, *, english_missing: int = 0) -> CourseReport:
    """The report on one course. `english_missing`: how many of its texts have no English."""
    lessons = [each for each in course.activities if isinstance(each, Lesson)]
    held_back = {address for quiz in course.quizzes if _is_test(quiz) for address in quiz.addresses}
    practised = {address for quiz in course.quizzes if not _is_test(quiz) for address in quiz.addresses} - held_back
    practice = Counts.of(course.questions[address] for address in sorted(practised))
    minutes = _minutes(course)
    idle = {f"{course.slug}/{bank.name}/{each.id}" for bank in course.banks.values() for each in bank.questions}
    missing = [*_lacks(course, lessons), *_few(practice)]
    if idle - practised - held_back:
        missing.append(
            N_("%(count)s soal di bank tidak dipakai kuis mana pun.", count=len(idle - practised - held_back))
        )
    if english_missing:
        missing.append(N_("%(count)s teks belum ada bahasa Inggrisnya.", count=english_missing))
    if abs(minutes - course.hours * JP_MINUTES) > TIME_APART * course.hours * JP_MINUTES:
        missing.append(
            N_("Waktunya %(minutes)s menit, JP-nya %(planned)s.", minutes=minutes, planned=course.hours * JP_MINUTES)
        )
    return CourseReport(
        course.slug,
        course.code,
        course.title,
        len(course.modules),
        len(lessons),
        {language: sum(each.words[language] for each in lessons) for language in LANGUAGES},
        minutes,
        course.hours,
        sum(map(_figures, lessons)),
        practice,
        Counts.of(course.questions[address] for address in sorted(held_back)),
        tuple(missing),
    )


def _compiled(slug: str, files: Mapping[str, bytes], shared: SharedReading) -> Course | None:
    return read_course(slug, files, shared, {}, Findings(f"courses/{slug}"))


def _is_test(quiz: Quiz) -> bool:
    return quiz.settings.purpose != "practice"


def _figures(lesson: Lesson) -> int:
    return lesson.html[DEFAULT_LANGUAGE].count(_FIGURE)


def _minutes(course: Course) -> int:
    """What a learner needs, who meets one form of each test."""
    seconds = 0
    for each in course.activities:
        if isinstance(each, Quiz):
            seconds += each.question_count * (_TEST_SECONDS if _is_test(each) else _PRACTICE_SECONDS)
        elif isinstance(each, Survey):
            seconds += each.question_count * _SURVEY_SECONDS
        else:
            seconds += 60 * (each.minutes or 0)
    return round(seconds / 60)


# What is missing


def _lacks(course: Course, lessons: Iterable[Lesson]) -> Iterator[Message]:
    tasks = [each for each in course.activities if isinstance(each, Task)]
    if not tasks:
        yield N_("Belum ada tugas praktik.")
    for task in tasks:
        if not task.rubric:
            yield N_("Tugas %(task)s belum punya rubrik.", task=task.id)
    for module in course.modules:
        yield from _module_lacks(module)
    for lesson in lessons:
        words = lesson.words[DEFAULT_LANGUAGE]
        if not WORDS_LEAST <= words <= WORDS_MOST:
            yield N_(
                "Materi %(lesson)s: %(words)s kata, bukan %(least)s sampai %(most)s.",
                lesson=lesson.id,
                words=words,
                least=WORDS_LEAST,
                most=WORDS_MOST,
            )


def _module_lacks(module: Module) -> Iterator[Message]:
    if not any(isinstance(each, Lesson) and _figures(each) for each in module.activities):
        yield N_("Modul %(module)s belum punya gambar.", module=module.name)
    if not any(isinstance(each, Quiz) for each in module.activities):
        yield N_("Modul %(module)s belum punya kuis.", module=module.name)


def _few(practice: Counts) -> Iterator[Message]:
    for competency, count in practice.competencies.items():
        if count < PRACTICE_LEAST:
            yield N_(
                "%(competency)s: %(count)s soal latihan, kurang dari %(least)s.",
                competency=competency,
                count=count,
                least=PRACTICE_LEAST,
            )
