"""Forms of the outline. They read what was pressed and typed; whether it can be done the rules say."""

from __future__ import annotations

from app.authoring.rules.outline import KIND_WORDS
from app.authoring.rules.shelving import Kind, Wish
from app.web.forms import BaseForm, NumberField, TextField


class OutlineForm(BaseForm):
    """A button of the outline; each small form has some of these fields. `base`: the revision its page showed."""

    base = NumberField()
    do = TextField(default="")
    title = TextField(default="")
    module = TextField(default="")
    at = NumberField()
    kind = TextField(default="")

    @property
    def wish(self) -> Wish:
        """What the button asks for."""
        return Wish(self.do.data or "", self.title.data or "", self.module.data or "", self.at.data or 0)

    @property
    def chosen_kind(self) -> Kind:
        """The kind of activity to add; a lesson where the form was sent without a button."""
        return self.kind.data if self.kind.data in KIND_WORDS else "lesson"


class RemovalForm(BaseForm):
    """What was removed: `before` is the revision that still had it; `activity` or `module` names it."""

    before = NumberField()
    activity = TextField(default="")
    module = TextField(default="")


class PublishForm(BaseForm):
    """Publishing: the draft that the page showed, and what is said about it."""

    base = NumberField()
    message = TextField(default="")
