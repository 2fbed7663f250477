"""Two trainers who saved the same place of a course at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.catalogue.operations import Change, Parted, Saved, save_draft
from app.catalogue.queries import get_published, get_workspace_at
from app.people.permissions import Scope
from tests.catalogue.writing import LATER

ALL: Final = Scope(1, everything=True)


def met(slug: str, path: str, old: str, texts: tuple[str, str]) -> Mapping[str, int]:
    """Let two save `old` as one of the two texts each. Tells the ids: `served`, `draft` (the first) and `side`."""
    served = get_published(slug).revision_id
    draft, side = (_saved(slug, path, served, (old, new)) for new in texts)
    assert isinstance(draft, Saved) and isinstance(side, Parted)
    return {"served": served, "draft": draft.revision_id, "side": side.side_id}


def _saved(slug: str, path: str, base: int, change: tuple[str, str]) -> Saved | Parted:
    """Save a file with one text changed, as from a form that began with what is served."""
    text = get_workspace_at(slug, base, within=ALL).files[path].decode()
    assert change[0] in text, change
    files = {path: text.replace(*change, 1).encode()}
    wanted = Change(slug=slug, base=base, files=files, message="", person_id=1, author="Rahmat Hidayat")
    return save_draft(wanted, now=LATER)
