"""Bringing back what was removed from the outline, whatever was edited since: nothing of either is lost."""

from __future__ import annotations

from app.authoring.rules.shelving import Changed, Files, after
from app.content.merging import merge_files
from app.errors import N_, Refusal


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
