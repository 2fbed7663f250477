"""What the question editor does to a course's files: write, add, copy, delete, and take a deletion back."""

from __future__ import annotations

from collections.abc import Sequence

from app.authoring.question_desk import QuestionDesk
from app.authoring.rules.question_homes import Home, find_home, named_question
from app.authoring.rules.undoing import item_brought_back
from app.catalogue.operations import Change
from app.catalogue.queries.drafts import Workspace
from app.content.editing import Edit, Insert, Origin, Remove, edit_file, edits_between
from app.content.editing.values import Value
from app.content.problems import kebab
from app.errors import N_, Refusal


class IdTaken(Refusal):
    """Another question of the same quiz or bank has this id."""

    def __init__(self, name: str) -> None:
        super().__init__(N_('Id "%(id)s" sudah dipakai soal lain. Pilih id lain.', id=name))


class Gone(Refusal):
    """The quiz or bank that a question came from is not in the course any more."""

    def __init__(self) -> None:
        super().__init__(N_("Kuis atau bank soal ini sudah tidak ada, jadi soalnya tidak dapat dikembalikan."))


def writing(desk: QuestionDesk, value: dict[str, Value], person_id: int) -> tuple[Change, str]:
    """The question as its form says, and the id it has then. Under an id that learners answered another kind is new.

    Raises NotEditable.
    """
    if desk.at is None:
        return _adding(desk, named_question(value, desk.home), _behind(desk), person_id)
    if desk.published_kind not in (None, value.get("type")):
        return _adding(desk, named_question(value, desk.home), desk.at + 1, person_id)
    edits = edits_between(desk.old, value, (*desk.home.list_at, desk.at))
    return _change(desk.workspace, desk.home, edits, N_("Menyunting soal").msgid, person_id), str(value.get("id", ""))


def renamed(desk: QuestionDesk, value: dict[str, Value], wanted: str) -> dict[str, Value]:
    """The question under another id, where nobody can have answered it yet. Raises IdTaken."""
    name = kebab(wanted)
    if not name or name == desk.id or desk.at is None or desk.published_kind is not None:
        return value
    if name in [*desk.home.ids, "new"]:
        raise IdTaken(name)
    return {key: name if key == "id" else each for key, each in value.items()}


def copying(desk: QuestionDesk, value: dict[str, Value], person_id: int) -> tuple[Change, str]:
    """The question as its form says, once more right behind itself, and the id of the copy. Raises NotEditable."""
    at = desk.at or 0
    copy = named_question(value, desk.home)
    kept = desk.old if desk.published_kind not in (None, value.get("type")) else value
    again = Insert(desk.home.list_at, at + 1, copy, Origin(_file(desk), (*desk.home.list_at, at)))
    edits = [*edits_between(desk.old, kept, (*desk.home.list_at, at)), again]
    return _change(desk.workspace, desk.home, edits, N_("Menyalin soal").msgid, person_id), str(copy["id"])


def deleting(desk: QuestionDesk, person_id: int) -> Change:
    """The course without the question."""
    edits = [Remove((*desk.home.list_at, desk.at or 0))]
    return _change(desk.workspace, desk.home, edits, N_("Menghapus soal").msgid, person_id)


def restoring(now: Workspace, desk: QuestionDesk, person_id: int) -> Change:
    """The course with a question that was deleted where it stood; whatever was changed since stays. Raises Gone."""
    home = find_home(now.files, desk.home.id)
    if home is None:
        raise Gone
    data, at = now.files[home.found.path], desk.at or 0
    if desk.id in home.ids:
        return _of_file(now, home, data, "", person_id)
    spot = (*home.list_at, min(at, len(home.items)))
    back = item_brought_back(_file(desk), (*desk.home.list_at, at), data, spot)
    return _of_file(now, home, back, N_("Mengembalikan soal").msgid, person_id)


def _file(desk: QuestionDesk) -> bytes:
    """The file that the question stands in, as it was when the form was opened."""
    return desk.workspace.files[desk.home.found.path]


def _adding(desk: QuestionDesk, value: dict[str, Value], at: int, person_id: int) -> tuple[Change, str]:
    edits = [Insert(desk.home.list_at, at, value)]
    return _change(desk.workspace, desk.home, edits, N_("Menambah soal").msgid, person_id), str(value["id"])


def _behind(desk: QuestionDesk) -> int:
    """The position behind the question that a new one was asked for, else the end of the list."""
    at = desk.home.position(desk.after) if desk.after else None
    return len(desk.home.items) if at is None else at + 1


def _change(workspace: Workspace, home: Home, edits: Sequence[Edit], message: str, person_id: int) -> Change:
    path = home.found.path
    return _of_file(workspace, home, edit_file(workspace.files[path], edits), message, person_id)


def _of_file(workspace: Workspace, home: Home, data: bytes, message: str, person_id: int) -> Change:
    return Change(
        slug=workspace.slug,
        base=workspace.revision_id,
        files={home.found.path: data},
        message=message,
        person_id=person_id,
    )
