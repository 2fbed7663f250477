"""Hands of an author: small changes to the sample courses, on disk and in the browser; and what may stop them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from app.catalogue import folder as writing_files
from app.catalogue.operations import Change, Publication, agreeing

NOW: Final = datetime(2026, 11, 22, 2, 24, tzinfo=UTC)
LATER: Final = NOW + timedelta(minutes=1)

SLUG: Final = "contoh"
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


def change(base: int, files: dict[str, bytes | None]) -> Change:
    """What Rahmat saves over the version `base`."""
    return Change(slug=SLUG, base=base, files=files, message="", person_id=1, author="Rahmat")


def publication(revision_id: int, slug: str = SLUG) -> Publication:
    """What Rahmat publishes."""
    return Publication(slug=slug, revision_id=revision_id, person_id=1, author="Rahmat")


class PowerCut(Exception):
    """The process ends here."""


@contextmanager
def power_cut(step: int) -> Iterator[None]:
    """The block publishes, and ends where this step of it would begin: 0 is the look at the head after it has moved,
    then comes each file, last the note that folder and database agree.
    """
    done = 0

    def cut(real: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object) -> object:
            nonlocal done
            if done == step:
                raise PowerCut
            done += 1
            return real(*args)

        return counted

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(agreeing, "head_now", cut(agreeing.head_now))
        patched.setattr(writing_files, "_replace", cut(writing_files._replace))
        patched.setattr(agreeing, "store_agreement", cut(agreeing.store_agreement))
        with pytest.raises(PowerCut):
            yield
