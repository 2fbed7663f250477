"""What the curriculum drafted: how many questions for each lesson, which are held back for the tests of the training,
which were dropped. A question made from a draft says so in a comment above it (`# draf: TI-1.1.1-Q2`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

# Course -> the folder that teaches it, and the number of drafted questions lesson by lesson, modules apart.
COURSES: Final[Mapping[str, tuple[str, str]]] = {
    "TI-1": ("literasi-digital", "4 3 | 4 4 4 | 4 5 | 3 4"),
    "TI-2": ("otomasi", "3 5 | 3 4 | 3 4 | 3 3 3"),
    "TI-3": ("katalogisasi", "4 5 | 6 4 | 3 4 | 4 4"),
    "TI-4": ("perpustakaan-digital", "4 4 | 4 5 | 4 4 | 4 3 | 5 4"),
    "LP-1": ("fondasi", "4 4 | 5 6 4 | 4 6 | 4 4"),
    "LP-2": ("layanan-prima", "4 3 | 4 3 | 4 4 | 4 4"),
    "LP-3": ("literasi-dan-dongeng", "4 4 | 3 4 4 | 5 4 | 4 4"),
    "LP-4": ("koleksi-dan-program", "4 3 | 5 4 | 5 4 | 4 4 4"),
}
TRAINING: Final = "bimtek"  # the folder of the tests before and after
FORMS: Final = ("form-a", "form-b")
QUESTIONS: Final = 30  # of a form
# How many of them ask what each course teaches.
BLUEPRINT: Final[Mapping[str, int]] = {
    "TI-1": 4, "TI-2": 4, "TI-3": 4, "TI-4": 4, "LP-1": 4, "LP-2": 3, "LP-3": 4, "LP-4": 3,
}  # fmt: skip


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


HELD_BACK: Final = _codes(
    """
    TI-1.2.2-Q3 TI-1.3.1-Q1 TI-1.3.2-Q5 TI-1.4.2-Q3 TI-2.1.1-Q1 TI-2.2.1-Q1 TI-2.3.2-Q4 TI-2.4.2-Q2 TI-3.1.2-Q1
    TI-3.2.1-Q1 TI-3.2.2-Q1 TI-3.4.1-Q1 TI-4.1.1-Q2 TI-4.2.2-Q3 TI-4.3.1-Q3 TI-4.5.1-Q1 LP-1.1.1-Q3 LP-1.2.1-Q1
    LP-1.3.2-Q1 LP-1.4.1-Q3 LP-2.1.2-Q1 LP-2.3.1-Q2 LP-2.4.1-Q2 LP-3.1.1-Q2 LP-3.2.2-Q2 LP-3.3.1-Q4 LP-3.4.1-Q1
    LP-4.2.1-Q2 LP-4.3.1-Q1 LP-4.4.1-Q2
    TI-1.2.3-Q1 TI-1.3.1-Q4 TI-1.3.2-Q4 TI-1.4.2-Q1 TI-2.1.2-Q3 TI-2.2.1-Q2 TI-2.3.1-Q2 TI-2.4.1-Q3 TI-3.1.2-Q3
    TI-3.2.1-Q4 TI-3.2.2-Q2 TI-3.4.2-Q1 TI-4.1.2-Q1 TI-4.2.2-Q5 TI-4.3.2-Q2 TI-4.5.1-Q4 LP-1.1.1-Q2 LP-1.2.2-Q1
    LP-1.3.2-Q5 LP-1.4.1-Q2 LP-2.1.1-Q4 LP-2.3.2-Q1 LP-2.4.2-Q1 LP-3.1.1-Q1 LP-3.2.2-Q4 LP-3.3.1-Q5 LP-3.4.2-Q2
    LP-4.2.1-Q4 LP-4.3.1-Q3 LP-4.4.1-Q3
    """
)
# Trivia, a question that answers itself, the slogan of an office-holder, a rule that may have been replaced.
DROPPED: Final = _codes("TI-3.3.1-Q3 LP-3.1.2-Q2 TI-2.4.1-Q3 LP-3.4.1-Q3 LP-1.1.1-Q4 LP-3.1.1-Q2")
# Held back, but in neither form: the forms were evened out over the areas of competence.
IN_RESERVE: Final = _codes(
    """
    TI-2.3.1-Q2 TI-2.3.2-Q4 TI-4.1.1-Q2 TI-4.1.2-Q1 LP-1.4.1-Q2 LP-1.4.1-Q3 LP-3.4.1-Q1 LP-4.3.1-Q1 LP-4.3.1-Q3
    """
)


def drafted(course: str) -> Iterator[str]:
    """The codes of all drafted questions of a course."""
    for module, lessons in enumerate(COURSES[course][1].split("|"), 1):
        for lesson, count in enumerate(map(int, lessons.split()), 1):
            yield from (f"{course}.{module}.{lesson}-Q{number}" for number in range(1, count + 1))
