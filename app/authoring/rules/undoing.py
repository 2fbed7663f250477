"""Bringing back what was removed, whatever was edited since: nothing of either is lost."""

from __future__ import annotations

from app.authoring.rules.shelving import Changed, Files, after
from app.content.editing import Insert, Origin, Path, Remove, applied, edit_file, value_at, value_in
from app.content.merging import merge_files
from app.content.merging.lines import merged_lines
from app.errors import N_, NotFound, Refusal


class CannotBringBack(Refusal):
    """What was removed was touched by somebody else meanwhile, so the two cannot be put together without a choice."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Ini tidak dapat dikembalikan begitu saja, karena sudah ada perubahan lain di tempat yang sama. Versi "
                "sebelum dihapus masih ada di Riwayat perubahan."
            )
        )


def brought_back(before: Files, removal: Changed, now: Files) -> Changed:
    """What `now` must change so that the removal from `before` is undone, byte for byte where nothing else changed.

    Raises CannotBringBack.
    """
    merged = merge_files(after(before, removal), before, now)
    if merged.conflicts:
        raise CannotBringBack
    paths = {*merged.files, *now}
    return {path: merged.files.get(path) for path in sorted(paths) if merged.files.get(path) != now.get(path)}


def item_brought_back(before: bytes, place: Path, now: bytes, spot: Path) -> bytes:
    """The file `now` with the item that stood at `place` of the file `before`: at `spot` of `now`, as it was written.

    Where nothing was changed beside it since, that is byte for byte what undoing its removal leaves. Raises NotFound
    where nothing stood at `place`.
    """
    was, value = value_in(before), value_in(now)
    item = None if was is None else value_at(was, place)
    if item is None or value is None:
        raise NotFound
    back = Insert(spot[:-1], int(spot[-1]), item, Origin(before, place))
    together = merged_lines(edit_file(before, [Remove(place)]), before, now)
    if together is not None and value_in(together) == applied(value, back):
        return together
    return edit_file(now, [back])
