"""The form of a lesson or a task: its title, its text in both languages, its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wtforms import StringField, ValidationError

from app.texts.local import TEXT_LIMIT
from app.texts.scalars import read_whole
from app.texts.typed import tidy_text
from app.web.forms import BaseForm, TextField
from app.web.languages import gettext

MINUTES_LIMIT: Final = 24 * 60


class ProseField(StringField):
    """A text of any length, its lines' ends as line feeds."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = tidy_text(str(valuelist[0])) if valuelist else ""


class BodyForm(BaseForm):
    """What was typed, or what stands in the file."""

    title_id = TextField(default="")
    title_en = TextField(default="")
    minutes = TextField(default="")
    body_id = ProseField(default="")
    body_en = ProseField(default="")
    needs_minutes = True

    def validate_title_id(self, field: StringField) -> None:
        """A title is asked for."""
        if not field.data:
            raise ValidationError(gettext("Tulis judulnya."))

    def validate_minutes(self, field: StringField) -> None:
        """A whole number of minutes, up to a day."""
        if not field.data and not self.needs_minutes:
            return
        try:
            good = 1 <= read_whole(field.data) <= MINUTES_LIMIT
        except ValueError:
            good = False
        if not good:
            raise ValidationError(gettext("Tulis lamanya dalam menit, dengan angka bulat. Misalnya 10."))

    def validate_body_id(self, field: StringField) -> None:
        """A text is asked for."""
        if not (field.data or "").strip():
            raise ValidationError(gettext("Isinya masih kosong. Tulis dulu dalam bahasa Indonesia."))
        _check_length(field)

    def validate_body_en(self, field: StringField) -> None:
        """It may be left empty."""
        _check_length(field)


def _check_length(field: StringField) -> None:
    if len(field.data or "") > TEXT_LIMIT:
        raise ValidationError(gettext("Teks ini terlalu panjang. Bagilah menjadi dua materi."))
