"""The pages of the glossary: its terms, and one of them asked. Nothing of it is kept or counted."""

from __future__ import annotations

from markupsafe import Markup

from app.catalogue.queries import shared_now
from app.content.course import GlossaryTerm
from app.content.review import ALL
from app.errors import N_, NotFound
from app.learn.quiz_parts import part
from app.learn.rules.terms import Drawn, drawn, in_alphabet, looked_up
from app.questions.base import Fields
from app.questions.options import Option
from app.questions.outcomes import OUTCOME_WORDS
from app.questions.registry import template_of
from app.questions.single import Single, SingleResponse
from app.quizzes.rules.review import WHILE_ANSWERING
from app.texts.local import LocalText
from app.web.frame import show_page
from app.web.languages import language, tell

LONGEST = 100  # characters looked for


def glossary_page(typed: str) -> str:
    """All terms under their letters, or those that have what was typed."""
    wanted = " ".join(typed.split())[:LONGEST]
    terms = shared_now().glossary
    found = looked_up(terms, wanted)
    return show_page(
        "learn/glossary.html",
        wanted=wanted,
        found=found if wanted else (),
        letters=() if wanted else in_alphabet(found, language()),
        count=len(terms),
        practised=len(terms) > 1,
    )


def term_page(draw: int, fields: Fields) -> str:
    """A term asked; with an answer in `fields` also how it came out, and why. Raises NotFound: there is none to ask."""
    found = drawn(shared_now().glossary, draw)
    if found is None:
        raise NotFound
    question = _question(found)
    order = question.order(None)
    response = question.read(fields, order)
    return show_page(
        "learn/glossary_practice.html",
        draw=draw,
        question=_asked(question, order, response),
        verdict=OUTCOME_WORDS[question.grade(response).outcome] if response else None,
        forgotten="check" in fields and response is None,
    )


def _asked(question: Single, order: tuple[int, ...], response: SingleResponse | None) -> Markup:
    status, shown = ("locked", ALL) if response else ("open", WHILE_ANSWERING)
    return part(
        template_of(question),
        question=question,
        order=order,
        response=response,
        state=status,
        reveal=shown,
        language=language(),
    )


def _question(found: Drawn) -> Single:
    """The drawn term as a question in the language of the page."""
    spoken, term = language(), found.term
    label, meaning = term.label.in_(spoken), term.definition.in_(spoken)
    if found.by_meaning:
        text = tell(N_("Istilah mana yang artinya begini? **%(meaning)s**", meaning=meaning))
    else:
        text = tell(N_("Apa arti istilah **%(term)s**?", term=label))
    return Single(
        id=term.id,
        text=LocalText.plain(text),
        options=tuple(_option(each, found, spoken) for each in found.choices),
        explanation=LocalText.plain(f"**{label}**: {meaning}"),
    )


def _option(term: GlossaryTerm, found: Drawn, spoken: str) -> Option:
    """One of the choices. A wrong one tells what it does mean, or what it is the meaning of."""
    label, meaning = term.label.in_(spoken), term.definition.in_(spoken)
    shown, other = (label, meaning) if found.by_meaning else (meaning, label)
    right = term is found.term
    told = None if right else LocalText.plain(tell(N_("Ini: %(told)s", told=other)))
    return Option(text=LocalText.plain(shown), correct=right, feedback=told)
