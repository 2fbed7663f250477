"""The form of a question as a browser sent it, after what its buttons did to the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MultiDict

from app.authoring.question_desk import QuestionDesk
from app.authoring.rules.question_forms.names import ROOT, filled_from, pressed, rearranged
from app.authoring.rules.question_forms.parts import Filled, QuestionForm
from app.authoring.rules.question_forms.showing import recast, shown
from app.authoring.rules.question_forms.writing import settled
from app.web.forms import DIGITS
from app.web.languages import language

LANGUAGE: Final = f"{ROOT}.language"  # of the page that a form was typed on: its numbers are written so


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent. `do` names the button; `language` the page's, by which numbers are read."""

    form: QuestionForm
    typed: Filled
    do: str
    language: str

    @property
    def is_checked(self) -> bool:
        """Whether its author asks what is wrong."""
        return self.do == "check"


def sent_form(desk: QuestionDesk, fields: MultiDict[str, str]) -> Sent | None:
    """What was sent, or was left in the form before; None where no form is known for it."""
    form = desk.home.forms.get(fields.get("type", "")) or desk.form
    if form is None:
        return None
    spoken, do = fields.get(LANGUAGE, language()), fields.get("do", "")
    stood = shown(form.parts, desk.old if desk.old.get("type") == form.type else {}, spoken)
    typed = {**stood, **filled_from(form.parts, {name: fields.getlist(name) for name in fields})}
    press = pressed(do)
    if press is not None:
        typed = rearranged(form.parts, typed, press, spoken)
    typed = settled(form.parts, typed)
    wanted = desk.home.forms.get(fields.get("kind", ""), form)
    return Sent(wanted, typed if wanted is form else recast(wanted.parts, typed, spoken), do, spoken)


def revision_named(text: str | None) -> int | None:
    """The revision that a form or an address names; None where it names none."""
    known = text is not None and text.isascii() and text.isdecimal() and len(text) <= DIGITS
    return int(text or "") if known else None
