"""Rendered lessons in the database, so that a start compiles courses without rendering them anew."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select

from app.catalogue.models import Rendering
from app.content.renderings import as_json, from_json
from app.db import insert_unless_there, read_one, writing
from app.texts.markdown import RenderedLesson

_ONE: Final = select(Rendering.__table__.c.page).where(Rendering.__table__.c.key == bindparam("key"))
NEW_LIMIT: Final = 1000  # pages kept that are not stored


class StoredRenderings:
    """What the database has, and what this process rendered since: reading never writes."""

    def __init__(self) -> None:
        self.new: dict[str, RenderedLesson] = {}

    def find(self, key: str) -> RenderedLesson | None:
        """A page from the database, or one rendered by this process."""
        if key in self.new:
            return self.new[key]
        row = read_one(_ONE, {"key": key})
        return None if row is None else from_json(row.page)

    def keep(self, key: str, page: RenderedLesson) -> None:
        """Keep a page until `store_new`; the oldest goes where nobody stores them, as while drafts are written."""
        self.new[key] = page
        while len(self.new) > NEW_LIMIT:
            del self.new[next(iter(self.new))]

    def store_new(self) -> int:
        """Store what this process rendered; how many pages. Commits."""
        new, self.new = self.new, {}
        if new:
            with writing():
                for key, page in new.items():
                    insert_unless_there(Rendering.__table__, {"key": key, "page": as_json(page)})
        return len(new)


class Borrowed:
    """Pages rendered before, for texts that are not saved: what they come to is not kept."""

    def __init__(self, known: StoredRenderings) -> None:
        self._known = known

    def find(self, key: str) -> RenderedLesson | None:
        """A page that is there."""
        return self._known.find(key)

    def keep(self, key: str, page: RenderedLesson) -> None:
        """Nothing."""
