"""Questions that share an id: told on the pages around them, and mended by one press."""

from __future__ import annotations

from collections.abc import Sequence

from app.authoring.holding import change_of
from app.authoring.rules.question_homes import Home, find_home, first_words, in_language
from app.authoring.rules.same_ids import own_ids, sharing
from app.catalogue.operations import Change
from app.catalogue.queries import files_of
from app.catalogue.queries.drafts import Workspace
from app.content.editing import Value, edit_file
from app.errors import N_
from app.people.permissions import Scope
from app.web.languages import language


def same_ids(items: Sequence[Value]) -> list[list[str]]:
    """The questions of a list that share an id, together, each by its first words."""
    return [[_words(items[at]) or name for at in places] for name, places in sharing(items).items()]


def _words(item: Value) -> str:
    return first_words(in_language(item.get("text", ""), language())) if isinstance(item, dict) else ""


def mending(workspace: Workspace, home: Home, scope: Scope) -> Change:
    """The course with an id for each question of a quiz or bank. Raises NotEditable."""
    served = find_home(files_of(workspace.published_id), home.id) if workspace.published_id is not None else None
    edits = own_ids(home.list_at, home.items, served.items if served else ())
    path = home.found.path
    return change_of(
        workspace, scope, {path: edit_file(workspace.files[path], edits)}, N_("Soal yang memakai satu id dipisahkan")
    )
