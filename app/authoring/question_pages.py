"""The page of the question editor: the form with what is wrong beside its fields, and the preview that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import request
from markupsafe import Markup

from app.authoring.question_desk import QuestionDesk, pictures_in
from app.authoring.question_use import use_of
from app.authoring.rules.question_forms.names import ROOT, child, filled_from, pressed, rearranged
from app.authoring.rules.question_forms.parts import Filled, Part, QuestionForm, Rows
from app.authoring.rules.question_forms.showing import new_row, recast
from app.authoring.rules.question_forms.writing import applies, settled
from app.authoring.rules.question_homes import course_title, first_words, in_language
from app.authoring.rules.question_words import told_at_fields
from app.catalogue.queries.served import shared_now
from app.content.editing.values import Value
from app.content.review import ALL
from app.errors import Message
from app.questions.base import Grade, Question
from app.questions.registry import scripts_of, template_of
from app.questions.survey import WORDS_LIMIT
from app.quizzes.rules.review import WHILE_ANSWERING
from app.web.forms import DIGITS
from app.web.frame import show_page
from app.web.languages import language
from app.web.templating import render

LANGUAGE: Final = f"{ROOT}.language"  # of the page that a form was typed on: its numbers are written so
ENGLISH: Final = "english"  # whether the fields for English are in sight


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


def sent_form(desk: QuestionDesk, fields: Any = None) -> Sent | None:
    """What was sent (or left in the form by `fields`), after what its button did to rows; None without a known kind."""
    fields = request.form if fields is None else fields
    form = desk.home.forms.get(fields.get("type", "")) or desk.form
    if form is None:
        return None
    wanted = desk.home.forms.get(fields.get("kind", ""), form)
    spoken = fields.get(LANGUAGE, language())
    lists = {name: fields.getlist(name) for name in fields}
    typed = filled_from(form.parts, lists)
    do = fields.get("do", "")
    press = pressed(do)
    if press is not None:
        typed = rearranged(form.parts, typed, press, spoken)
    typed = settled(form.parts, typed)
    return Sent(wanted, typed if wanted is form else recast(wanted.parts, typed, spoken), do, spoken)


def sent_base() -> int | None:
    """The revision that the sent form began from; None where it does not say."""
    base = request.form.get("base", "")
    return int(base) if base.isascii() and base.isdecimal() and len(base) <= DIGITS else None


def question_page(desk: QuestionDesk, sent: Sent | None, refused: Message | None = None) -> str:
    """The editor. `sent` None: as the question stands in the course."""
    form = sent.form if sent else desk.form
    if form is None:
        return show_page("authoring/question_unknown.html", desk=desk, **_around(desk))
    typed = sent.typed if sent else desk.filled(language())
    value = desk.value(form, typed, sent.language if sent else language()) if sent else desk.old or {"type": form.type}
    told = _told(desk, form, typed, value) if (sent.is_checked if sent else desk.at is not None) else {}
    return show_page(
        "authoring/question.html",
        desk=desk,
        form=form,
        typed=typed,
        told=told,
        checked=sent is not None and sent.is_checked,
        refused=refused,
        asked_id=request.form.get("id", ""),
        groups=(sections := _sections(form)),
        rare_told=any(name.split(".")[1] in {part.key for part in sections["rare"]} for name in told if "." in name),
        english=request.form.get(ENGLISH) == "1" or any(_english(value)),
        preview=preview_part(desk, value, sent.do if sent else ""),
        use=use_of(desk),
        scripts=scripts_of([checked]) if (checked := desk.checked(value).question) else (),
        **_helpers(typed),
        **_around(desk),
    )


def _told(desk: QuestionDesk, form: QuestionForm, typed: Filled, value: Value) -> Mapping[str, Sequence[Any]]:
    return told_at_fields(form.parts, typed, desk.checked(value).findings)


def _helpers(typed: Filled) -> dict[str, Any]:
    """What the form's template asks of the rules."""
    return {
        "root": ROOT,
        "child": child,
        "is_rows": lambda part: isinstance(part, Rows),
        "new_row": lambda rows, shape: new_row(rows, shape, language()),
        "applies": lambda part, row: applies(part, row, typed),
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
        "slug_title": course_title(desk.workspace.files, language()) or desk.workspace.slug,
        "home_title": in_language(desk.home.title, language()) or desk.home.id,
        "words": first_words(in_language(desk.old.get("text", ""), language())),
        "pictures": pictures_in(desk.workspace.files),
    }


# The preview


def preview_part(desk: QuestionDesk, value: Value, do: str) -> Markup:
    """The question as a learner has it, to be answered; after `do` "try" with what the answer is worth and why."""
    question = desk.checked(value).question
    if question is None:
        return Markup(render("authoring/_question_preview.html", question=None))  # noqa: S704 (a rendered template)
    order = question.order(None)
    response = question.read(_answer_fields(), order) if request.method == "POST" and do != "again" else None
    tried = do == "try" and question.asks and desk.home.kind != "survey"
    part = render(
        "authoring/_question_preview.html",
        question=question,
        template="questions/survey.html" if desk.home.kind == "survey" else template_of(question),
        order=order,
        response=response,
        state="locked" if tried else "open",
        reveal=ALL if tried else WHILE_ANSWERING,
        grade=_grade(question, response) if tried else None,
        tries=question.asks and desk.home.kind != "survey",
        language=language(),
        words_limit=WORDS_LIMIT,
        prefix="",
    )
    return Markup(part)  # noqa: S704 (a rendered template)


def _grade(question: Question, response: Any) -> Grade:
    return question.unanswered if response is None else question.grade(response)


def _answer_fields() -> dict[str, list[str]]:
    """What was answered in the preview: every field that is not the editor's own."""
    return {name: request.form.getlist(name) for name in request.form if not name.startswith(f"{ROOT}.")}


# Pages around it


def kinds_page(desk: QuestionDesk) -> str:
    """The kinds of question that may stand here, to choose one from."""
    after = request.args.get("after", "")
    return show_page("authoring/question_kinds.html", desk=desk, forms=desk.home.forms, after=after, **_around(desk))


def removed_page(desk: QuestionDesk) -> str:
    """What was deleted, with a button that takes it back."""
    return show_page("authoring/question_removed.html", desk=desk, **_around(desk))
