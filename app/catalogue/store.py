"""The compiled courses of this process. Nothing here is state: all of it can be made again from the database."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from time import monotonic
from typing import Final, cast

from flask import Flask, current_app

from app.catalogue.renderings import StoredRenderings
from app.catalogue.rules import HeadFact
from app.catalogue.rules.drafts import DraftReading
from app.content.course import Course, Shared
from app.content.faults import Fault
from app.content.readings import Before, Readings

HEADS_FOR: Final = 0.9  # seconds a process trusts the heads it last asked for
REVISIONS: Final = 60  # old revisions kept compiled
READINGS: Final = 20  # drafts kept compiled
FILES: Final = 8  # revisions whose files are kept, as long as they are not larger than this each:
FILES_SIZE: Final = 16_000_000  # bytes


class Store:
    """Compiled courses by revision, and the heads as last asked for."""

    def __init__(self) -> None:
        self.heads: Mapping[str, HeadFact] = {}
        self.asked_at = float("-inf")
        self.courses: OrderedDict[int, Course] = OrderedDict()
        self.shared: OrderedDict[int, Shared] = OrderedDict()
        self.media: OrderedDict[str, bytes] = OrderedDict()
        self.files: OrderedDict[int, Mapping[str, bytes]] = OrderedDict()
        self.readings: OrderedDict[tuple[int, int | None, str], DraftReading] = OrderedDict()
        self.renderings = StoredRenderings()
        self.before = Before(self.renderings, Readings())
        self.unreadable: dict[int, tuple[Fault, ...]] = {}  # heads that this release cannot compile, and why

    def stale(self) -> bool:
        """Whether the heads must be asked for again."""
        return monotonic() - self.asked_at > HEADS_FOR

    def know(self, heads: Iterable[HeadFact]) -> None:
        """Remember the heads as they are now."""
        self.heads = {head.slug: head for head in heads}
        self.asked_at = monotonic()

    def forget_heads(self) -> None:
        """Ask again at the next look: this process has just published."""
        self.asked_at = float("-inf")

    def keep_files(self, revision_id: int, files: Mapping[str, bytes]) -> None:
        """Keep the files of a revision that is committed; versions of one course share the bytes that are the same."""
        if sum(map(len, files.values())) > FILES_SIZE:
            return
        self.files[revision_id] = files
        while len(self.files) > FILES:
            self.files.popitem(last=False)

    def keep_course(self, revision_id: int, course: Course) -> Course:
        """Keep a compiled course; the longest unused goes when there are too many (never a head's)."""
        self.courses[revision_id] = course
        served = {head.revision_id for head in self.heads.values()}
        for old in [each for each in self.courses if each not in served and each != revision_id]:
            if len(self.courses) <= REVISIONS:
                break
            del self.courses[old]
        return course


def store() -> Store:
    """The store of this app."""
    return cast("Store", current_app.extensions["catalogue"])


def init_store(app: Flask) -> None:
    """Give the app an empty store."""
    app.extensions["catalogue"] = Store()
