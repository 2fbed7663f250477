"""What the editor of one question works on: the course as it was when the form was opened, and the question in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.authoring.picture_desk import pictures_in
from app.authoring.rules.question_forms.parts import Filled, QuestionForm
from app.authoring.rules.question_forms.showing import begun, shown
from app.authoring.rules.question_forms.writing import converted, written
from app.authoring.rules.question_homes import Home, find_home
from app.catalogue.queries.drafts import Workspace, get_workspace, get_workspace_at
from app.catalogue.queries.served import kinds_of, shared_now
from app.content.banks import Surroundings
from app.content.editing.values import Value
from app.content.figures import Gallery
from app.content.unwritten import Checked, check_question
from app.errors import NotFound
from app.people.permissions import Scope

PICTURED: Final = "hotspot"


@dataclass(frozen=True)
class QuestionDesk:
    """A question and the course it was opened in. `at` None: a new one, which comes behind the question `after`.

    `old` is what stands in the file; {} for a new question. `form` None: the file names a kind that there is none of.
    """

    workspace: Workspace
    within: Scope
    home: Home
    at: int | None
    old: dict[str, Value]
    form: QuestionForm | None
    after: str = ""

    @property
    def id(self) -> str:
        """The question's id; "" for a new one."""
        return str(self.old.get("id", ""))

    @property
    def place(self) -> str:
        """What the form is kept by, until it is saved."""
        return f"questions/{self.home.id}/{self.id or 'new'}"

    @cached_property
    def published_kind(self) -> str | None:
        """The kind that answers of learners may hang on; None: the question was never published."""
        served = self.workspace.published_id
        if served is None or not self.id:
            return None
        return kinds_of(served).get(self.home.address(self.workspace.slug, self.id))

    @cached_property
    def gallery(self) -> Gallery:
        """The pictures of the course as it is by now: one that was added while the form stood open is among them."""
        found = pictures_in(get_workspace(self.workspace.slug, within=self.within).files)
        media = {path: each for path, each in found.items() if each is not None}
        return Gallery(media, frozenset(found) - frozenset(media))

    def filled(self, language: str) -> Filled:
        """What the form shows of the question as it stands."""
        if self.form is None:
            return {}
        return begun(self.form.parts, language) if self.at is None else shown(self.form.parts, self.old, language)

    def value(self, form: QuestionForm, typed: Filled, language: str) -> dict[str, Value]:
        """The question with what was typed, of the kind that its form is for."""
        was = self.home.forms.get(str(self.old.get("type", "")))
        old = converted(self.old, was, form) if self.old.get("type") != form.type else self.old
        return written(form, typed, old or {"type": form.type}, language)

    def checked(self, value: Value) -> Checked:
        """The question as it would be asked, and what is wrong with it."""
        named = {"id": "soal", **value} if isinstance(value, dict) else value
        pictured = isinstance(value, dict) and value.get("type") == PICTURED
        gallery = self.gallery if pictured else Gallery()
        around = Surroundings(shared_now().framework.competencies, {}, gallery)
        return check_question(named, around, self.home.kinds, self.home.unused)


def get_desk(slug: str, holder: str, question_id: str, *, within: Scope, base: int | None = None) -> QuestionDesk:
    """A question of the course, as it is worked on now or as it was in revision `base`. Raises NotFound."""
    workspace, home = _opened(slug, holder, within, base)
    at = home.position(question_id)
    old = home.items[at] if at is not None else None
    if not isinstance(old, dict):
        raise NotFound
    return QuestionDesk(workspace, within, home, at, old, home.forms.get(str(old.get("type", ""))))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A new question: its kind, "" where none was chosen yet, and the question it comes behind, "" for the end."""

    kind: str = ""
    after: str = ""


def get_new_desk(slug: str, holder: str, wanted: Wanted, *, within: Scope, base: int | None = None) -> QuestionDesk:
    """A question that does not stand anywhere yet. Raises NotFound."""
    workspace, home = _opened(slug, holder, within, base)
    if wanted.kind and wanted.kind not in home.forms:
        raise NotFound
    return QuestionDesk(workspace, within, home, None, {}, home.forms.get(wanted.kind), wanted.after)


def _opened(slug: str, holder: str, within: Scope, base: int | None) -> tuple[Workspace, Home]:
    workspace = get_workspace(slug, within=within) if base is None else get_workspace_at(slug, base, within=within)
    home = find_home(workspace.files, holder)
    if home is None:
        raise NotFound
    return workspace, home
