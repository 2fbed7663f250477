"""The page of the question editor: the form with what is wrong beside its fields, and the preview that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import request

from app.authoring.question_desk import PICTURED, QuestionDesk
from app.authoring.question_preview import preview_part
from app.authoring.question_sent import Sent
from app.authoring.question_use import use_of
from app.authoring.rules.pictures import WANTED
from app.authoring.rules.question_forms.names import ROOT, child
from app.authoring.rules.question_forms.parts import Filled, Part, QuestionForm, Rows
from app.authoring.rules.question_forms.showing import new_row
from app.authoring.rules.question_forms.writing import applies
from app.authoring.rules.question_homes import first_words, in_language
from app.authoring.rules.question_words import told_at_fields
from app.authoring.same_ids import same_ids
from app.catalogue.queries.served import shared_now
from app.content.editing.values import Value
from app.errors import Message
from app.questions.registry import scripts_of
from app.web.frame import show_page
from app.web.languages import language

ENGLISH: Final = "english"  # whether the fields for English are in sight


def question_page(desk: QuestionDesk, sent: Sent | None, refused: Message | None = None) -> str:
    """The editor. `sent` None: as the question stands in the course."""
    form = sent.form if sent else desk.form
    if form is None:
        return show_page("authoring/question_unknown.html", desk=desk, **_around(desk))
    typed = sent.typed if sent else desk.filled(language())
    value = desk.value(form, typed, sent.language) if sent else desk.old or {"type": form.type}
    checked = desk.checked(value)
    asked = sent.is_checked if sent else desk.at is not None
    told = told_at_fields(form.parts, typed, checked.findings) if asked else {}
    return show_page(
        "authoring/question.html",
        desk=desk,
        form=form,
        typed=typed,
        told=told,
        praised=sent is not None and asked,
        refused=refused,
        asked_id=request.form.get("id", ""),
        groups=_sections(form),
        english=request.form.get(ENGLISH) == "1" or any(_english(value)),
        preview=preview_part(desk.home, checked.question, sent.do if sent else ""),
        use=use_of(desk),
        same_ids=same_ids([each for each in desk.home.items if isinstance(each, dict) and each.get("id") == desk.id]),
        scripts=scripts_of([checked.question]) if checked.question else (),
        pictures=desk.gallery.media if form.type == PICTURED else {},
        picture_limit=WANTED // 1000,
        **_helpers(typed, told),
        **_around(desk),
    )


def _helpers(typed: Filled, told: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """What the form's template asks of the rules."""
    return {
        "root": ROOT,
        "child": child,
        "is_rows": lambda part: isinstance(part, Rows),
        "new_row": lambda rows, shape: new_row(rows, shape, language()),
        "applies": lambda part, row: applies(part, row, typed),
        "told_within": lambda name: any(each == name or each.startswith(f"{name}.") for each in told),
        "areas": shared_now().framework.areas,
    }


def _sections(form: QuestionForm) -> dict[str, list[Part]]:
    """The parts by where they stand on the page; what is most used comes first."""
    marking = ("competency", "difficulty", "points")
    first = [part for part in form.parts if part.key == "text"]
    rest = [part for part in form.parts if part.key not in ("text", "explanation", *marking)]
    return {
        "first": [*first, *(part for part in rest if not part.rare)],
        "why": [part for part in form.parts if part.key == "explanation"],
        "marking": [part for part in form.parts if part.key in marking],
        "rare": [part for part in rest if part.rare],
    }


def _english(value: Value) -> Sequence[str]:
    """The English texts in a question."""
    if isinstance(value, dict):
        own = value.get("en")
        return [*([own] if isinstance(own, str) else []), *(text for each in value.values() for text in _english(each))]
    return [text for each in value for text in _english(each)] if isinstance(value, list) else []


def _around(desk: QuestionDesk) -> dict[str, Any]:
    """Where the question stands: its quiz or bank, and its neighbours there."""
    ids = desk.home.ids
    place = ids.index(desk.id) if desk.id in ids else len(ids)
    return {
        "slug": desk.workspace.slug,
        "number": place + 1,
        "count": len(ids),
        "before": ids[place - 1] if 0 < place < len(ids) else None,
        "behind": ids[place + 1] if place + 1 < len(ids) else None,
        "home_title": in_language(desk.home.title, language()) or desk.home.id,
        "words": first_words(in_language(desk.old.get("text", ""), language())),
    }


# Pages around it


def kinds_page(desk: QuestionDesk) -> str:
    """The kinds of question that may stand here, to choose one from."""
    after = request.args.get("after", "")
    return show_page("authoring/question_kinds.html", desk=desk, forms=desk.home.forms, after=after, **_around(desk))


def removed_page(desk: QuestionDesk) -> str:
    """What was deleted, with a button that takes it back."""
    return show_page("authoring/question_removed.html", desk=desk, **_around(desk))
