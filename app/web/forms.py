"""The base of every form: WTForms speaking the reader's language. The form token is the guard's, not the form's."""

from __future__ import annotations

from typing import Any

from wtforms import Form

from app.web.languages import gettext, ngettext


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
