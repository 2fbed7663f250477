"""The base of every form: WTForms speaking the reader's language. The form token is the guard's, not the form's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from flask import abort, make_response
from wtforms import Field, Form, StringField

from app.db import db
from app.errors import Refusal
from app.texts.typed import tidy_line
from app.web.languages import gettext, ngettext

R = TypeVar("R", bound=Refusal)

DIGITS: Final = 9  # of a row's id: more would name nothing


class _Sentences:
    """WTForms' own sentences, looked up in our catalogue (they are English msgids there)."""

    def gettext(self, msgid: str) -> str:
        return gettext(msgid)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return ngettext(singular, plural, count)


class BaseForm(Form):
    """A form whose labels and faults are translated. Validators are given Indonesian msgids."""

    class Meta:
        def get_translations(self, form: Form) -> Any:
            return _Sentences()


@contextmanager
def shown_again(kind: type[R], page: Callable[[R], str]) -> Iterator[None]:
    """Answer a refusal of this kind in the block by the form's own page, with the reason and all that was typed, not by
    the page that other refusals have. Nothing is stored then.
    """
    try:
        yield
    except kind as refusal:
        db.session.rollback()
        abort(make_response(page(refusal), refusal.status))


class TextField(StringField):
    """One line, without what no database and no file takes."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = tidy_line(str(valuelist[0]))[:200] if valuelist else ""


class NumberField(Field):
    """A row's id, or a place in an order; None where nothing or nothing readable was given."""

    data: int | None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None
