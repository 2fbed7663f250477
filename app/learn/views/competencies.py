"""A learner's own competencies, each number open to the answers behind it."""

from __future__ import annotations

from flask import request

from app import clock
from app.competencies.queries.answers import competency_record
from app.learn.blueprint import learn
from app.people.permissions import Action, Scope
from app.web.frame import show_page
from app.web.guard import needs


@learn.get("/competencies")
@needs(Action.LEARN)
def my_competencies(scope: Scope) -> str:
    """What the person's answers say, by area; `?competency=` opens one to its answers."""
    record = competency_record(scope.person_id, request.args.get("competency"), now=clock.now())
    return show_page("learn/my_competencies.html", here="learn.my_competencies", record=record)
