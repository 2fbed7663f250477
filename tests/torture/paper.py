"""The exam of the torture: twenty questions of six kinds, and of each some answers with what they are worth.

Worth and stored form stand here by hand. Nothing of them is asked from the app, which is what they judge.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.ground.database import COURSES_OF_MODES

COURSE: Final = "siksa"
QUIZ: Final = "ujian"
TIMED_QUIZ: Final = "berwaktu"
QUESTIONS: Final = 20
MARK: Final = "Butir"  # and two digits: by this a page tells which question it shows

Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """Something a learner may say: the form's fields, the row's JSON, and its worth (0.0 .. 1.0 of the points)."""

    fields: Fields
    stored: Any
    worth: float


@dataclass(frozen=True)
class Question:
    """One question: its YAML (as JSON, which YAML holds), its points and the answers that learners give."""

    source: dict[str, Any]
    points: float
    answers: tuple[Answer, ...]


def _single(key: int) -> tuple[dict[str, Any], list[Answer]]:
    options = [{"text": f"pilihan {each}", **({"correct": True} if each == key else {})} for each in range(4)]
    answers = [Answer({"choice": str(each)}, {"choice": each}, float(each == key)) for each in range(4)]
    return {"type": "single", "shuffle": False, "options": options}, answers


def _multiple(key: int) -> tuple[dict[str, Any], list[Answer]]:
    right = {key, key + 1}
    options = [{"text": f"pilihan {each}", **({"correct": True} if each in right else {})} for each in range(5)]
    wrong = next(each for each in range(5) if each not in right)
    picks = [([key, key + 1], 1.0), ([key], 1 / 2), (sorted([key, wrong]), 1 / 2 - 1 / 3), ([wrong], 0.0)]
    answers = [Answer({"choice": [str(each) for each in pick]}, {"choices": pick}, worth) for pick, worth in picks]
    return {"type": "multiple", "shuffle": False, "options": options}, answers


def _true_false(key: int) -> tuple[dict[str, Any], list[Answer]]:
    right = key % 2 == 0
    answers = [
        Answer({"choice": "true"}, {"choice": True}, float(right)),
        Answer({"choice": "false"}, {"choice": False}, float(not right)),
    ]
    return {"type": "true-false", "answer": right}, answers


def _short_text(key: int) -> tuple[dict[str, Any], list[Answer]]:
    texts = [(f"kata {key}", 1.0), (f"KATA  {key}", 1.0), (f"kata{key}", 0.5), ("rak \u00e9 <b>&", 0.0)]
    answers = [Answer({"text": text}, {"text": text}, worth) for text, worth in texts]
    return {"type": "short-text", "answers": [{"text": f"kata {key}"}, {"text": "kata*", "fraction": 50}]}, answers


def _number(key: int) -> tuple[dict[str, Any], list[Answer]]:
    texts = [(f"{key},5", 1.0), (f"{key},55", 1.0), (f"{key + 1}", 0.25), ("900", 0.0)]
    answers = [
        Answer({"text": text, "language": "id"}, {"text": text, "language": "id"}, worth) for text, worth in texts
    ]
    accepted = [{"value": key + 0.5, "tolerance": 0.1}, {"value": key + 1, "fraction": 25}]
    return {"type": "number", "answers": accepted}, answers


def _cloze(key: int) -> tuple[dict[str, Any], list[Answer]]:
    gaps = [
        {"type": "text", "answers": [{"text": f"ini {key}"}]},
        {"type": "number", "weight": 3, "answers": [{"value": key}]},
    ]
    given = [((f"ini {key}", f"{key}"), 1.0), (("itu", f"{key}"), 3 / 4), ((f"ini {key}", "77"), 1 / 4)]
    answers = [
        Answer({"gap-1": one, "gap-2": two, "language": "id"}, {"gaps": [one, two], "language": "id"}, worth)
        for (one, two), worth in given
    ]
    return {"type": "cloze", "gaps": gaps}, answers


_KINDS: Final = (_single, _multiple, _true_false, _short_text, _number, _cloze)


def _question(number: int) -> Question:
    more, answers = _KINDS[number % len(_KINDS)](number % 4)
    gaps = " [[1]] dan [[2]]" if more["type"] == "cloze" else ""
    points = 2.0 if number % 5 == 0 else 1.0
    source = {"id": f"butir-{number:02}", "competency": "F1.satu", "text": f"{MARK} {number:02}.{gaps}"}
    return Question({**source, **more, "points": points}, points, tuple(answers))


PAPER: Final = tuple(_question(number) for number in range(1, QUESTIONS + 1))


def question(number: int) -> Question:
    """The question that calls itself `Butir <number>`, from 1."""
    return PAPER[number - 1]


def write_course(folder: Path) -> Path:
    """A courses folder that holds the exam; and the same once more with a time limit."""
    shutil.copytree(COURSES_OF_MODES, folder, ignore=lambda *_: {"modus"})
    (folder / COURSE).mkdir()
    activities = [
        {"quiz": QUIZ, "title": "Ujian", "preset": "test", "questions": [each.source for each in PAPER]},
        {
            "quiz": TIMED_QUIZ,
            "title": "Ujian berwaktu",
            "preset": "test",
            "time_limit": "30 min",
            "questions": [{**PAPER[0].source, "id": "lain"}],
        },
    ]
    about = {"title": "Siksa", "code": "UJI-9", "summary": "Ujian untuk uji beban.", "track": "it", "hours": 1}
    course = {**about, "completion": "quizzes", "open": True, "modules": ["01-ujian"]}
    (folder / COURSE / "course.yaml").write_text(json.dumps(course))
    (folder / COURSE / "01-ujian.yaml").write_text(json.dumps({"title": "Ujian", "activities": activities}))
    return folder
