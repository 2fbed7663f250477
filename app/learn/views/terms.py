"""The glossary: looking a term up, and practising the terms one by one."""

from __future__ import annotations

from secrets import randbelow

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.learn.blueprint import learn
from app.learn.term_pages import glossary_page, term_page
from app.people.permissions import Action, Scope
from app.web.guard import needs

DRAWS = 1_000_000  # numbers that a practice may begin with


@learn.get("/glossary")
@needs(Action.LEARN)
def glossary(scope: Scope) -> str:
    """The terms of the trade and what they mean; `q`: only those that have these words."""
    return glossary_page(request.args.get("q", ""))


@learn.get("/glossary/practice")
@needs(Action.LEARN)
def term_practice(scope: Scope) -> ResponseReturnValue:
    """One term asked, by the number in the address; without a number one is drawn. An answer is shown at once."""
    draw = request.args.get("draw", type=int)
    if draw is None:
        return redirect(url_for("learn.term_practice", draw=randbelow(DRAWS)), 303)
    return term_page(draw, request.args.to_dict(flat=False))
