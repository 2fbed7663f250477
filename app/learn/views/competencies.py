"""A learner's own competencies: what they are, what stands behind each number, what to do next."""

from __future__ import annotations

from flask import current_app, request

from app import clock
from app.competencies.queries.answers import competency_record
from app.competencies.queries.yardstick import yardstick_now
from app.learn.blueprint import learn
from app.learn.competency_pages import advice_for, latest_attempts
from app.learn.rules.weeks import weeks
from app.people.permissions import Action, Scope
from app.progress.queries import done_by
from app.repetition.queries.cards import takes_part
from app.web.estimates import estimate_drawing, line_drawing
from app.web.frame import show_page
from app.web.guard import needs


@learn.get("/competencies")
@needs(Action.LEARN)
def my_competencies(scope: Scope) -> str:
    """What the person's answers say, by area; `?competency=` opens one to its answers."""
    now = clock.now()
    record = competency_record(scope.person_id, request.args.get("competency"), now=now)
    done = done_by(scope.person_id)
    by_week = weeks(done, zone=current_app.extensions["settings"].time_zone, now=now)
    return show_page(
        "learn/my_competencies.html",
        here="learn.my_competencies",
        record=record,
        advice=advice_for(scope.person_id, record, done),
        weeks=by_week,
        line=line_drawing([each.mean for each in by_week]),
        attempts=latest_attempts(done),
        drawing=estimate_drawing,
        certainty=yardstick_now().certainty,
        daily=takes_part(scope.person_id),
    )
