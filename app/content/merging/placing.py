"""Where a conflict is, as people call it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple, cast

from app.content.differences.fields import label_of
from app.content.differences.found import Asked, Subject, SubjectKind
from app.content.differences.versions import BANK, Version, asked_of, is_module, owner_of, titled
from app.content.editing import Value
from app.content.folders import COURSE_FILE
from app.content.matching import kind_of, name_of
from app.content.merging.files import Conflict
from app.content.merging.values import ORDER, Entry, Trail
from app.errors import N_, Message
from app.texts.local import LANGUAGES, Language, LocalText


class ConflictPlace(NamedTuple):
    """Whose the place is, and what the field is called. `label` () is the thing itself, the question if there is one.

    `owner` is what the value there stands in ("quiz", "question" …), `steps` the way to it from there.
    """

    subject: Subject
    question: Asked | None
    label: tuple[Message, ...]
    language: Language | None
    owner: str
    steps: tuple[str | int, ...]


def place_of(conflict: Conflict, files: Mapping[str, bytes]) -> ConflictPlace:
    """The place of a conflict in the files of one side."""
    version = Version(files)
    subject, trail = _subject(conflict, version)
    question, owner = None, str(subject.kind)
    if len(trail) > 1 and trail[0] == "questions" and isinstance(trail[1], Entry):
        question, owner = asked_of(trail[1].value, (version,)), owner_of(trail[1].value)
        trail = trail[2:]
    language = next((each for each in LANGUAGES if trail and each == trail[-1]), None)
    steps = tuple(each.number if isinstance(each, Entry) else each for each in trail if each not in (ORDER, language))
    label = label_of(owner, steps)
    if trail and trail[-1] == ORDER:
        label = (*label, N_("Urutan"))
    return ConflictPlace(subject, question, label, None if language == "id" else language, owner, steps)


def _subject(conflict: Conflict, version: Version) -> tuple[Subject, Trail]:
    """The activity, bank, module or course, and what is left of the way below it."""
    path, trail = conflict.path, conflict.clash.trail
    if conflict.whole:
        media = path.startswith("media/")
        name = PurePosixPath(path).name if media else path
        return Subject("media" if media else "file", path, LocalText.plain(name)), trail
    if len(trail) > 1 and trail[0] == "activities" and isinstance(trail[1], Entry) and kind_of(trail[1].value):
        return _activity(trail[1].value), trail[2:]
    bank = BANK.fullmatch(path)
    kind = "course" if path == COURSE_FILE else "bank" if bank else "module" if is_module(path) else "file"
    return Subject(cast("SubjectKind", kind), PurePosixPath(path).stem, version.title(path)), trail


def _activity(value: Value) -> Subject:
    kind, name = name_of(value) or ("lesson", "")
    title = value.get("title") if isinstance(value, dict) else None
    return Subject(cast("SubjectKind", kind), name, titled(title, name))
