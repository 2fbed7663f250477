"""Two saves that met at the same place: what each says there, and what a trainer chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s, sha256
from pathlib import PurePosixPath

from app.authoring.changes import Changes, changes_of
from app.catalogue.operations import Change
from app.catalogue.queries import Workspace, get_workspace, get_workspace_at
from app.catalogue.queries.past import Side, get_side
from app.content.differences import differences
from app.content.differences.fields import parts_of, said_at
from app.content.differences.found import FieldChange
from app.content.differences.runs import Run, line_runs, word_runs
from app.content.editing import Value
from app.content.merging import Choice, Conflict, ConflictPlace, Merged, Pick, merge_files, place_of, resolve
from app.errors import N_, Message, Refusal
from app.people.permissions import Scope

PICKS: Mapping[str, Pick] = {"mine": "mine", "theirs": "theirs", "both": "both", "own": "own"}


class ChoiceMissing(Refusal):
    """A conflict for which nothing was chosen, or an own text that was left empty."""

    def __init__(self) -> None:
        super().__init__(N_("Pilih satu untuk setiap bagian. Kalau menulis sendiri, isi teksnya."))


@dataclass(frozen=True, slots=True)
class Parting:
    """A side save, joined as far as possible with what stands there now.

    `now` is what trainers work on.
    """

    side: Side
    now: Workspace
    merged: Merged


@dataclass(frozen=True, slots=True)
class Shown:
    """What one side says at a conflict. `gone`: there is nothing there. `picture`: where the page finds it."""

    gone: bool = False
    runs: Sequence[Run] = ()
    words: Message | None = None
    parts: Sequence[FieldChange] = ()
    picture: str = ""
    text: str = ""  # what an own text begins with


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict as its page shows it; `name` is the field of its choice."""

    name: str
    place: ConflictPlace
    picks: Sequence[Pick]
    base: Shown
    mine: Shown
    theirs: Shown


def get_parting(slug: str, side_id: int, *, within: Scope, seen: int | None = None) -> Parting:
    """A side save beside what stands now, or beside the revision that a page showed. Raises NotFound."""
    side = get_side(slug, side_id, within=within)
    base = get_workspace_at(slug, side.base_id, within=within)
    mine = get_workspace_at(slug, side_id, within=within)
    now = get_workspace(slug, within=within) if seen is None else get_workspace_at(slug, seen, within=within)
    return Parting(side, now, merge_files(base.files, mine.files, now.files))


def shown_conflicts(parting: Parting) -> list[ShownConflict]:
    """Every conflict, in words."""
    return [_shown(each, parting) for each in parting.merged.conflicts]


def joined_silently(parting: Parting) -> Changes:
    """What of the side save is taken without a question."""
    return changes_of(differences(parting.now.files, parting.merged.files))


def resolved(parting: Parting, fields: Mapping[str, str], person_id: int) -> Change:
    """What a trainer chose, as a change of what they work on. Raises ChoiceMissing."""
    choices = {each.key: _choice(each, fields) for each in parting.merged.conflicts}
    files = resolve(parting.merged, choices)
    before = parting.now.files
    changed = {path: files.get(path) for path in {*before, *files} if before.get(path) != files.get(path)}
    return Change(
        slug=parting.now.slug,
        base=parting.now.revision_id,
        files=changed,
        message=parting.side.message,
        person_id=person_id,
    )


def field_name(conflict: Conflict) -> str:
    """The name of a conflict's field."""
    return blake2s("\0".join(conflict.key).encode(), digest_size=8).hexdigest()


def _choice(conflict: Conflict, fields: Mapping[str, str]) -> Choice:
    name = field_name(conflict)
    pick = PICKS.get(fields.get(f"pick-{name}", ""))
    text = fields.get(f"own-{name}", "").replace("\0", "").replace("\r\n", "\n")
    if pick not in conflict.clash.picks or (pick == "own" and not text.strip()):
        raise ChoiceMissing
    return Choice(pick, text)


# Showing


def _shown(conflict: Conflict, parting: Parting) -> ShownConflict:
    clash, place = conflict.clash, place_of(conflict, parting.now.files)
    merged = parting.merged
    sides = ((merged.base, clash.base), (merged.mine, clash.mine), (merged.theirs, clash.theirs))
    if conflict.whole:
        base, mine, theirs = (_file(conflict.path, files, clash.base) for files, _ in sides)
    else:
        base, mine, theirs = (_value(place, value, clash.base) for _, value in sides)
    worded = mine.words is not None or theirs.words is not None  # a setting, of which only some values mean anything
    picks = [each for each in clash.picks if each != "own" or not worded]
    return ShownConflict(field_name(conflict), place, picks, base, mine, theirs)


def _value(place: ConflictPlace, value: Value | None, base: Value | None) -> Shown:
    """What stands at a place, compared with what stood there."""
    if value is None:
        return Shown(gone=True)
    if isinstance(value, dict) and not place.label:
        return Shown(parts=parts_of(value, place.owner, ("questions",)))
    if isinstance(value, list) and place.steps:
        return Shown(parts=parts_of({str(place.steps[-1]): value}, place.owner))
    said = said_at(place.owner, place.steps, value)
    if isinstance(said, Message):
        return Shown(words=said)
    before = "" if base is None else said_at(place.owner, place.steps, base)
    compared = isinstance(before, str) and before and value != base
    return Shown(runs=word_runs(str(before), said) if compared else (Run("kept", said),), text=said)


def _file(path: str, files: Mapping[str, bytes], base: Value | None) -> Shown:
    """A whole file of one side."""
    data = files.get(path)
    if data is None:
        return Shown(gone=True)
    if path.startswith("media/"):
        return Shown(picture=f"/media/{sha256(data).hexdigest()}{PurePosixPath(path).suffix}")
    return Shown(runs=line_runs(base if isinstance(base, str) else "", data.decode("utf-8", "replace")))
