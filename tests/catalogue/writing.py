"""Hands of an author: small changes to the sample courses on disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

NOW: Final = datetime(2026, 11, 22, 2, 24, tzinfo=UTC)
LATER: Final = NOW + timedelta(minutes=1)

MODULE: Final = "contoh/01-dasar.yaml"


def retitle(folder: Path, old: str = "Modul dasar", new: str = "Modul pertama") -> None:
    """Give the first module of `contoh` another title."""
    file = folder / MODULE
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def spoil(folder: Path) -> str:
    """Break that module with an unknown key in line 4. Tells the file as it was."""
    file = folder / MODULE
    text = file.read_text()
    assert text.splitlines()[3].startswith("title:")
    file.write_text(text.replace("\ntitle:", "\ntitel:", 1))
    return text
