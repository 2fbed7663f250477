"""Which attempts at a quiz its questions are judged by. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.errors import N_, Message


class AttemptChoice(StrEnum):
    """Which of each person's fully marked attempts count. Source: Moodle's four ways to choose."""

    FIRST = "first"
    ALL = "all"
    LAST = "last"
    HIGHEST = "highest"


CHOICE_WORDS: Final[Mapping[AttemptChoice, Message]] = {
    AttemptChoice.FIRST: N_("Percobaan pertama setiap orang"),
    AttemptChoice.ALL: N_("Semua percobaan"),
    AttemptChoice.LAST: N_("Percobaan terakhir setiap orang"),
    AttemptChoice.HIGHEST: N_("Percobaan dengan nilai terbaik setiap orang"),
}
