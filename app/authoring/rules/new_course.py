"""A course as it is begun: what was typed, and the file it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from app.content.course import Track
from app.content.editing import Value, new_file
from app.content.folders import COURSE_FILE
from app.errors import N_, Refusal
from app.texts.typed import tidy_typed

TEXT_LIMIT: Final = 2000
RESERVED: Final = frozenset({"new", "bank"})  # no course's address: a page and a folder of ours have it


class NewCourseUnclear(Refusal):
    """What was typed cannot begin a course; `field` names what to put right."""

    status = 422
    field = ""


class TitleMissing(NewCourseUnclear):
    """A course without a title."""

    field = "title"

    def __init__(self) -> None:
        super().__init__(N_("Tulis judul kursusnya."))


class HoursUnclear(NewCourseUnclear):
    """Hours that are no whole number above 0."""

    field = "hours"

    def __init__(self) -> None:
        super().__init__(N_("Jam pelajaran ditulis dengan angka bulat, misalnya 4."))


@dataclass(frozen=True, slots=True)
class NewCourse:
    """What was typed, each as text; "" where nothing was."""

    title: str = ""
    title_en: str = ""
    code: str = ""
    track: str = "it"
    hours: str = ""
    summary: str = ""
    summary_en: str = ""

    @classmethod
    def of_fields(cls, fields: Mapping[str, str]) -> NewCourse:
        """What a browser sent."""
        given = {name: " ".join(tidy_typed(fields.get(name, "")).split())[:TEXT_LIMIT] for name in cls.__slots__}
        return cls(**{**given, "track": given["track"] if given["track"] in get_args(Track) else "it"})

    def files(self) -> dict[str, bytes]:
        """The course's first file. What was left empty can follow later. Raises NewCourseUnclear."""
        if not self.title:
            raise TitleMissing
        if self.hours and not (self.hours.isascii() and self.hours.isdecimal() and 0 < int(self.hours[:6]) < 1000):
            raise HoursUnclear
        value: dict[str, Value] = {
            "title": _text(self.title, self.title_en),
            "code": self.code,
            "summary": _text(self.summary, self.summary_en),
            "track": self.track,
            "hours": self.hours,
        }
        written: dict[str, Value] = {key: each for key, each in value.items() if each}
        return {COURSE_FILE: new_file({**written, "modules": []})}


def _text(indonesian: str, english: str) -> Value:
    return {"id": indonesian, "en": english} if english else indonesian
