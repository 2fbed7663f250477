"""Forms of the outline. They read what was pressed and typed; whether it can be done the rules say."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.authoring.rules.outline import KIND_WORDS
from app.authoring.rules.shelving import Kind, Wish
from app.errors import N_, Refusal
from app.web.forms import BaseForm, NumberField, TextField


class NoMoment(Refusal):
    """A draft was to be published at a time that was not given, or cannot be read."""

    status = 422

    def __init__(self) -> None:
        super().__init__(N_("Pilih tanggal dan jam terbitnya."))


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
    """Publishing: the draft that the page showed, what is said about it, and when, where it is not at once."""

    base = NumberField()
    message = TextField(default="")
    at = TextField(default="")

    def moment(self, zone: ZoneInfo) -> datetime:
        """The time that was chosen, a wall time of the office. Raises NoMoment."""
        try:
            return datetime.fromisoformat(self.at.data or "").replace(tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            raise NoMoment from None


class LinkForm(BaseForm):
    """A link to a preview: `base` is the revision that it is to show, `token` the one to withdraw."""

    base = NumberField()
    do = TextField(default="")
    token = TextField(default="")
