"""Every route of the house, with addresses that exist in the demonstration, and what is promised of each.

A route that is missing here fails a test: whoever adds one says who may use it and how heavy it may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from app import clock
from app.catalogue.operations.links import LINK_FOR, make_link
from app.catalogue.queries import get_published
from app.catalogue.queries.links import Link
from app.db import db
from app.marking.operations.granting import grant_override
from app.marking.operations.tasks import hand_in_task
from app.marking.queries.overrides import overrides_at
from app.marking.rules.decisions import Decision
from app.people.models import Cohort, Person
from app.people.permissions import Scope
from app.quizzes.granting import Whom
from app.quizzes.models import Attempt
from app.quizzes.rules.limits import Grant
from app.repetition.operations import begin_round, join
from app.repetition.queries.askable import askable
from app.repetition.rules.drawing import Today
from app.uploads.operations import keep_uploads
from app.uploads.queries import Place
from app.uploads.rules.receiving import Received
from app.web.tokens import FIELD, form_token
from tests.authoring.parting import met
from tests.marking.essays import BLIND, QUIZ, RUBRIC, SLUG, handed_in, publish_essays
from tests.marking.regrades import regrade, wanted
from tests.surveys.cast import ANONYMOUS, NAMED, publish_surveys, survey_answers
from tests.surveys.cast import SLUG as REVIEW
from tests.tasks.course import RUBRIC as TASK
from tests.tasks.course import SLUG as TASKS
from tests.tasks.course import assigned, publish_tasks, work, wrote
from tests.uploads.files import photo

ROLES: Final = ("stranger", "learner", "trainer", "staff", "admin")
ACCOUNTS: Final = {"learner": "siti", "trainer": "rahmat", "staff": "noor", "admin": "admin"}
COURSE: Final = "katalogisasi"
LESSON: Final = "sepuluh-kelas-utama"
DONE_QUIZ: Final = "kuis-katalog-dan-deskripsi"
ASKED: Final = f"{COURSE}/deskripsi/sumber-utama"  # a question of DONE_QUIZ
OPEN_QUIZ: Final = "kuis-klasifikasi-ddc"
WRITTEN: Final = "bank/deskripsi/sumber-utama"  # ASKED, where its author finds it
BANK: Final = "klasifikasi"

Statuses = tuple[int, int, int, int, int]
ALL: Final[Statuses] = (200, 200, 200, 200, 200)
SIGNED_IN: Final[Statuses] = (401, 200, 200, 200, 200)
ENROLLED: Final[Statuses] = (401, 200, 404, 404, 404)  # the others are in no cohort: what is not theirs is not found
TRAINERS: Final[Statuses] = (401, 403, 200, 403, 200)
STAFF: Final[Statuses] = (401, 403, 403, 200, 200)
NO_LEARNERS: Final[Statuses] = (401, 403, 200, 200, 200)


@dataclass(frozen=True)
class Page:
    """One GET route. `status` per role in the order of ROLES; `statements` bounds what it may ask the database."""

    endpoint: str
    path: str
    status: Statuses
    statements: int

    @property
    def readers(self) -> list[str]:
        """The roles that see the page."""
        return [role for role, status in zip(ROLES, self.status, strict=True) if status == 200]


PAGES: Final = (
    Page("learn.shelf", "/", SIGNED_IN, 4),
    Page("learn.course", "/courses/katalogisasi", ENROLLED, 3),
    Page("learn.activity", f"/courses/{COURSE}/{LESSON}", ENROLLED, 3),
    Page("learn.activity", f"/courses/{COURSE}/{OPEN_QUIZ}", ENROLLED, 5),
    Page("learn.activity", f"/courses/{REVIEW}/{ANONYMOUS}", SIGNED_IN, 4),
    Page("learn.activity", f"/courses/{REVIEW}/{NAMED}", SIGNED_IN, 4),  # Siti answered it
    Page("learn.completion", f"/courses/{COURSE}/completion", (401, 409, 404, 404, 404), 3),
    Page("learn.attempt", "/attempts/{open}?slot=2", ENROLLED, 4),
    Page("learn.overview", "/attempts/{open}/overview", ENROLLED, 4),
    Page("learn.time_left", "/attempts/{open}/clock", ENROLLED, 3),
    Page("learn.result", "/attempts/{done}/result", ENROLLED, 7),
    Page("learn.result", "/attempts/{waits}/result", ENROLLED, 7),
    Page("learn.changes", "/attempts/{done}/changes", ENROLLED, 7),
    Page("learn.my_competencies", "/competencies", SIGNED_IN, 7),
    Page("learn.daily", "/practice", SIGNED_IN, 8),
    Page("learn.daily_question", "/practice/{round}?question=1", ENROLLED, 3),
    Page("learn.glossary", "/glossary", SIGNED_IN, 3),
    Page("learn.glossary", "/glossary?q=katalog", SIGNED_IN, 3),
    Page("learn.term_practice", "/glossary/practice?draw=7", SIGNED_IN, 3),
    Page("learn.term_practice", "/glossary/practice?draw=7&choice=1&check=1", SIGNED_IN, 3),
    Page("account.sign_in", "/sign-in", (200, 303, 303, 303, 303), 2),
    Page("account.overview", "/account", SIGNED_IN, 4),
    Page("account.change_password", "/account/password", SIGNED_IN, 3),
    Page("teaching.courses", "/teaching/courses", TRAINERS, 6),
    Page("teaching.course", f"/teaching/courses/{COURSE}", TRAINERS, 6),
    Page("teaching.gradebook", f"/teaching/courses/{COURSE}/gradebook", TRAINERS, 11),
    Page("teaching.gradebook", f"/teaching/courses/{TASKS}/gradebook?sort=total&down=1", TRAINERS, 15),
    Page("teaching.gradebook_file", f"/teaching/courses/{COURSE}/gradebook.csv", TRAINERS, 8),
    Page("teaching.gradebook_file", f"/teaching/courses/{COURSE}/gradebook.xlsx", TRAINERS, 8),
    Page("teaching.grade_weights", f"/teaching/courses/{COURSE}/gradebook/weights", TRAINERS, 5),
    Page("teaching.grade", f"/teaching/courses/{COURSE}/gradebook/{{siti}}/{DONE_QUIZ}", TRAINERS, 9),
    Page("teaching.at_risk", f"/teaching/courses/{COURSE}/at-risk", TRAINERS, 15),
    Page("teaching.reminders", f"/teaching/courses/{COURSE}/practice?days=1", TRAINERS, 11),
    Page("teaching.preview", f"/teaching/courses/{COURSE}/preview/{LESSON}", TRAINERS, 4),
    Page("teaching.preview", f"/teaching/courses/{COURSE}/preview/{OPEN_QUIZ}", TRAINERS, 4),
    Page("teaching.paper", f"/teaching/courses/{COURSE}/paper/{OPEN_QUIZ}?seed=123456&form=B&key=1", TRAINERS, 4),
    Page("teaching.preview", f"/teaching/courses/{REVIEW}/preview/{ANONYMOUS}", TRAINERS, 4),
    Page("authoring.courses", "/authoring/", TRAINERS, 6),
    Page("authoring.new_course", "/authoring/new", TRAINERS, 2),
    Page("authoring.outline", f"/authoring/{COURSE}", TRAINERS, 8),
    Page("authoring.settings", f"/authoring/{COURSE}/settings", TRAINERS, 9),
    Page("authoring.publish", f"/authoring/{COURSE}/publish", TRAINERS, 14),
    Page("authoring.preview", f"/authoring/{COURSE}/preview/{LESSON}", TRAINERS, 8),
    Page("authoring.preview", f"/authoring/{COURSE}/preview/{OPEN_QUIZ}", TRAINERS, 8),
    Page("authoring.preview", f"/authoring/{REVIEW}/preview/{ANONYMOUS}", TRAINERS, 8),
    Page("authoring.preview", f"/authoring/{TASKS}/preview/{TASK}", TRAINERS, 8),
    Page("authoring.shared", "/authoring/-/preview/{link}", ALL, 5),
    Page("learn.activity", f"/courses/{TASKS}/{TASK}", SIGNED_IN, 5),
    Page("teaching.preview", f"/teaching/courses/{TASKS}/preview/{TASK}", TRAINERS, 4),
    Page("teaching.task_queue", f"/teaching/tasks/{TASKS}/{TASK}", TRAINERS, 4),
    Page("teaching.task_version", "/teaching/task-versions/{version}", TRAINERS, 5),
    Page("teaching.marking", "/teaching/marking", TRAINERS, 5),
    Page("teaching.queue", f"/teaching/marking/{SLUG}/{QUIZ}", TRAINERS, 5),
    Page("teaching.answer", f"/teaching/attempts/{{waits}}/slots/{RUBRIC}", TRAINERS, 8),
    Page("teaching.attempts", f"/teaching/courses/{COURSE}/attempts/{DONE_QUIZ}", TRAINERS, 6),
    Page("teaching.analysis", f"/teaching/courses/{COURSE}/analysis/{DONE_QUIZ}", TRAINERS, 12),
    Page("teaching.analysis_item", f"/teaching/courses/{COURSE}/analysis/{DONE_QUIZ}/items/{ASKED}", TRAINERS, 13),
    Page("teaching.analysis_file", f"/teaching/courses/{COURSE}/analysis/{DONE_QUIZ}.csv", TRAINERS, 12),
    Page("teaching.regrade", f"/teaching/courses/{COURSE}/attempts/{DONE_QUIZ}/regrade", TRAINERS, 8),
    Page(
        "teaching.regrade_preview",
        f"/teaching/courses/{COURSE}/attempts/{DONE_QUIZ}/regrade/preview?what=left_out&question={ASKED}&reason=x",
        TRAINERS,
        11,
    ),
    Page("teaching.made_regrade", "/teaching/regrades/{regrade}", TRAINERS, 8),
    Page("teaching.attempt", "/teaching/attempts/{waits}", TRAINERS, 8),
    Page("teaching.attempt", "/teaching/attempts/{done}", TRAINERS, 8),
    Page("teaching.changes", "/teaching/attempts/{done}/changes", TRAINERS, 6),
    Page("teaching.changes", "/teaching/attempts/{open}/changes", TRAINERS, 6),
    Page("teaching.live", f"/teaching/courses/{COURSE}/live/{OPEN_QUIZ}", TRAINERS, 5),
    Page("teaching.overrides", f"/teaching/courses/{COURSE}/overrides/{OPEN_QUIZ}?person={{siti}}", TRAINERS, 6),
    Page("teaching.override", "/teaching/overrides/{override}", TRAINERS, 4),
    Page("authoring.history", f"/authoring/{COURSE}/history", TRAINERS, 8),
    Page("authoring.changes", f"/authoring/{COURSE}/changes/{{served}}/{{draft}}", TRAINERS, 9),
    Page("authoring.restore", f"/authoring/{COURSE}/history/{{served}}", TRAINERS, 9),
    Page("authoring.parted", f"/authoring/{COURSE}/parted/{{side}}", TRAINERS, 16),
    Page("authoring.question", f"/authoring/{COURSE}/questions/{WRITTEN}", TRAINERS, 13),
    Page("authoring.new_question", f"/authoring/{COURSE}/questions/{OPEN_QUIZ}/new", TRAINERS, 12),
    Page("authoring.new_question", f"/authoring/{COURSE}/questions/{OPEN_QUIZ}/new?type=cloze", TRAINERS, 12),
    Page("authoring.removed_question", f"/authoring/{COURSE}/removed-questions/{WRITTEN}?of={{served}}", TRAINERS, 12),
    Page("reports.competencies", "/reports/competencies", STAFF, 8),
    Page("reports.competencies_file", "/reports/competencies.csv", STAFF, 8),
    Page("reports.competencies_file", "/reports/competencies.xlsx", STAFF, 8),
    Page("reports.competencies", "/reports/competencies?rows=organisations", STAFF, 9),
    Page("reports.competencies", "/reports/competencies?competency=F2.klasifikasi", STAFF, 8),
    Page("reports.competency_people", "/reports/competencies/people", STAFF, 8),
    Page("reports.competency_people", "/reports/competencies/people?competency=F2.klasifikasi", STAFF, 8),
    Page("reports.competency_people_file", "/reports/competencies/people.csv", STAFF, 8),
    Page("reports.people_in_need", "/reports/competencies/help", STAFF, 9),
    Page("reports.people_in_need_file", "/reports/competencies/help.csv", STAFF, 8),
    Page("reports.gain", "/reports/gain", STAFF, 8),
    Page("reports.gain", "/reports/gain?rows=districts", STAFF, 8),
    Page("reports.gain_file", "/reports/gain.csv", STAFF, 8),
    Page("reports.gain_file", "/reports/gain.xlsx", STAFF, 8),
    Page("reports.trend", "/reports/trend", STAFF, 7),
    Page("reports.summary", "/reports/summary", STAFF, 18),
    Page("reports.person", "/reports/people/{siti}/competencies", STAFF, 8),
    Page("reports.people", "/people", STAFF, 8),
    Page("reports.new_person", "/people/new", STAFF, 8),
    Page("reports.person_account", "/people/{siti}", STAFF, 8),
    Page("reports.cohorts", "/cohorts", STAFF, 6),
    Page("reports.cohort", "/cohorts/{cohort}", STAFF, 8),
    Page("reports.surveys", "/reports/surveys", NO_LEARNERS, 5),
    Page("reports.survey", f"/reports/surveys/{REVIEW}/{ANONYMOUS}", NO_LEARNERS, 7),
    Page("reports.survey", f"/reports/surveys/{REVIEW}/{NAMED}", NO_LEARNERS, 7),
    Page("reports.survey_file", f"/reports/surveys/{REVIEW}/{NAMED}.csv", NO_LEARNERS, 7),
    Page("authoring.lesson", f"/authoring/{COURSE}/lessons/{LESSON}", TRAINERS, 10),
    Page("authoring.task", f"/authoring/{TASKS}/tasks/{TASK}", TRAINERS, 10),
    Page("authoring.paste", f"/authoring/{COURSE}/paste/{OPEN_QUIZ}", TRAINERS, 9),
    Page("authoring.quiz", f"/authoring/{COURSE}/quizzes/{OPEN_QUIZ}", TRAINERS, 9),
    Page("authoring.quiz_settings", f"/authoring/{COURSE}/quizzes/{OPEN_QUIZ}/settings", TRAINERS, 9),
    Page("authoring.yaml_side", f"/authoring/{COURSE}/yaml/bank/{BANK}.yaml?at=3", TRAINERS, 12),
    Page("authoring.survey", f"/authoring/{REVIEW}/surveys/{NAMED}", TRAINERS, 9),
    Page("authoring.banks", f"/authoring/{COURSE}/banks", TRAINERS, 9),
    Page("authoring.bank", f"/authoring/{COURSE}/banks/{BANK}?words=buku", TRAINERS, 9),
    Page("authoring.shared_banks", "/authoring/@shared", TRAINERS, 20),
    Page("authoring.publish", "/authoring/@shared/publish", TRAINERS, 14),
    Page("authoring.yaml_side", "/authoring/@shared/yaml/glossary.yaml", TRAINERS, 12),
    Page("authoring.question_versions", f"/authoring/{COURSE}/versions/bank/{BANK}/novel-indonesia", TRAINERS, 16),
    Page("web.help_page", "/help", ALL, 2),
    Page("web.about", "/about", ALL, 2),
    Page("web.media", "{media}", ALL, 3),
    Page("web.upload", "/uploads/{upload}", (401, 200, 200, 404, 200), 4),
)

MAY_ALL: Final = (True, True, True, True, True)
NOBODY: Final = (False, False, False, False, False)
MAY_SIGNED_IN: Final = (False, True, True, True, True)
MAY_STAFF: Final = (False, False, False, True, True)
MAY_TRAINERS: Final = (False, False, True, False, True)
FORMS: Final[Mapping[tuple[str, str], tuple[bool, bool, bool, bool, bool]]] = {
    ("web.switch_language", "/language"): MAY_ALL,
    ("account.begin", "/sign-in"): NOBODY,  # without a password
    ("account.demo_sign_in", "/demo-sign-in"): MAY_ALL,
    ("account.sign_out", "/sign-out"): MAY_SIGNED_IN,
    ("account.keep_password", "/account/password"): MAY_SIGNED_IN,
    ("learn.start_attempt", f"/courses/{COURSE}/{OPEN_QUIZ}/attempts"): MAY_SIGNED_IN,
    ("learn.lesson_done", f"/courses/{COURSE}/{LESSON}/done"): MAY_SIGNED_IN,
    ("learn.hand_in_survey", f"/courses/{REVIEW}/{ANONYMOUS}/survey"): MAY_SIGNED_IN,
    ("learn.answer", "/attempts/{open}/answers/1"): MAY_SIGNED_IN,
    ("learn.answer_all", "/attempts/{open}/answers"): MAY_SIGNED_IN,
    ("learn.go_on", "/attempts/{open}/answers/1/passed"): MAY_SIGNED_IN,
    ("learn.finish", "/attempts/{open}/finish"): MAY_SIGNED_IN,
    ("learn.join_daily", "/practice/join"): MAY_SIGNED_IN,
    ("learn.leave_daily", "/practice/leave"): MAY_SIGNED_IN,
    ("learn.begin_daily", "/practice/rounds"): MAY_SIGNED_IN,
    ("learn.answer_daily", "/practice/{round}/answers/1"): MAY_SIGNED_IN,
    ("teaching.change", "/teaching/attempts/{done}/changes"): MAY_TRAINERS,
    ("teaching.extend", "/teaching/attempts/{open}/time"): MAY_TRAINERS,
    ("teaching.grant_limits", f"/teaching/courses/{COURSE}/overrides/{OPEN_QUIZ}"): MAY_TRAINERS,
    ("teaching.change_limits", "/teaching/overrides/{override}"): MAY_TRAINERS,
    ("teaching.keep_grade_weights", f"/teaching/courses/{COURSE}/gradebook/weights"): MAY_TRAINERS,
    ("teaching.keep_grade", f"/teaching/courses/{COURSE}/gradebook/{{siti}}/{DONE_QUIZ}"): MAY_TRAINERS,
    ("authoring.begin_course", "/authoring/new"): MAY_TRAINERS,
    ("authoring.add_activity", f"/authoring/{COURSE}/activities"): MAY_TRAINERS,
    ("authoring.change_activity", f"/authoring/{COURSE}/activities/{LESSON}"): MAY_TRAINERS,
    ("authoring.add_module", f"/authoring/{COURSE}/modules"): MAY_TRAINERS,
    ("authoring.change_module", f"/authoring/{COURSE}/modules/01"): MAY_TRAINERS,
    ("authoring.bring_back", f"/authoring/{COURSE}/removed"): MAY_TRAINERS,
    ("authoring.keep_settings", f"/authoring/{COURSE}/settings"): MAY_TRAINERS,
    ("authoring.publish_now", f"/authoring/{COURSE}/publish"): MAY_TRAINERS,
    ("authoring.schedule", f"/authoring/{COURSE}/due"): MAY_TRAINERS,
    ("authoring.discard", f"/authoring/{COURSE}/discarded"): MAY_TRAINERS,
    ("authoring.share", f"/authoring/{COURSE}/preview/{LESSON}"): MAY_TRAINERS,
    ("authoring.keep_pad", f"/authoring/{COURSE}/pads/lessons/{LESSON}"): MAY_TRAINERS,
    ("authoring.drop_pad", f"/authoring/{COURSE}/dropped-pads/lessons/{LESSON}"): MAY_TRAINERS,
    ("authoring.presence", f"/authoring/{COURSE}/presence/lessons/{LESSON}"): MAY_TRAINERS,
    ("learn.keep_task", f"/courses/{TASKS}/{TASK}/task"): MAY_SIGNED_IN,
    ("teaching.judge_version", "/teaching/task-versions/{version}"): MAY_TRAINERS,
    ("teaching.mark_answer", f"/teaching/attempts/{{waits}}/slots/{RUBRIC}"): MAY_TRAINERS,
    ("teaching.confirm_regrade", f"/teaching/courses/{COURSE}/attempts/{DONE_QUIZ}/regrade"): MAY_TRAINERS,
    ("teaching.undo_regrade", "/teaching/regrades/{regrade}/undo"): MAY_TRAINERS,
    ("authoring.keep_lesson", f"/authoring/{COURSE}/lessons/{LESSON}"): MAY_TRAINERS,
    ("authoring.keep_task", f"/authoring/{TASKS}/tasks/{TASK}"): MAY_TRAINERS,
    ("authoring.look", f"/authoring/{COURSE}/looks/{LESSON}"): MAY_TRAINERS,
    ("authoring.keep_picture", f"/authoring/{COURSE}/pictures"): MAY_TRAINERS,
    ("authoring.take_pasted", f"/authoring/{COURSE}/paste/{OPEN_QUIZ}"): MAY_TRAINERS,
    ("authoring.restore_version", f"/authoring/{COURSE}/history/{{served}}"): MAY_TRAINERS,
    ("authoring.resolve_parted", f"/authoring/{COURSE}/parted/{{side}}"): MAY_TRAINERS,
    ("authoring.change_quiz", f"/authoring/{COURSE}/quizzes/{OPEN_QUIZ}"): MAY_TRAINERS,
    ("authoring.change_survey", f"/authoring/{REVIEW}/surveys/{NAMED}"): MAY_TRAINERS,
    ("authoring.put_slot_back", f"/authoring/{COURSE}/lists/{OPEN_QUIZ}/undo"): MAY_TRAINERS,
    ("authoring.draw_fit", f"/authoring/{COURSE}/quizzes/{OPEN_QUIZ}/fit"): MAY_TRAINERS,
    ("authoring.keep_quiz_settings", f"/authoring/{COURSE}/quizzes/{OPEN_QUIZ}/settings"): MAY_TRAINERS,
    ("authoring.check_quiz_settings", f"/authoring/{COURSE}/quizzes/{OPEN_QUIZ}/settings/check"): MAY_TRAINERS,
    ("authoring.save_yaml", f"/authoring/{COURSE}/yaml/bank/{BANK}.yaml"): MAY_TRAINERS,
    ("authoring.check_yaml", f"/authoring/{COURSE}/checked-yaml/bank/{BANK}.yaml"): MAY_TRAINERS,
    ("authoring.take_folder", f"/authoring/{COURSE}/taken-folder"): MAY_TRAINERS,
    ("authoring.add_bank", f"/authoring/{COURSE}/banks"): MAY_TRAINERS,
    ("authoring.change_bank", f"/authoring/{COURSE}/banks/{BANK}"): MAY_TRAINERS,
    ("authoring.change_questions", f"/authoring/{COURSE}/banks/questions"): MAY_TRAINERS,
    ("authoring.keep_question", f"/authoring/{COURSE}/questions/{WRITTEN}"): MAY_TRAINERS,
    ("authoring.add_question", f"/authoring/{COURSE}/questions/{OPEN_QUIZ}/new"): MAY_TRAINERS,
    ("authoring.restore_question", f"/authoring/{COURSE}/removed-questions/{WRITTEN}"): MAY_TRAINERS,
    ("authoring.try_question", f"/authoring/{COURSE}/tried-questions/{OPEN_QUIZ}"): MAY_TRAINERS,
    ("authoring.mend_ids", f"/authoring/{COURSE}/same-ids/{OPEN_QUIZ}"): MAY_TRAINERS,
    ("reports.add_person", "/people"): MAY_STAFF,
    ("reports.correct_person", "/people/{siti}"): MAY_STAFF,
    ("reports.join_cohort", "/people/{siti}/cohorts"): MAY_STAFF,
    ("reports.leave_cohort", "/people/{siti}/cohorts/{cohort}/leave"): MAY_STAFF,
    ("reports.deactivate", "/people/{siti}/deactivate"): MAY_STAFF,
    ("reports.reactivate", "/people/{siti}/reactivate"): MAY_STAFF,
    ("reports.grant_role", "/people/{siti}/grants"): MAY_STAFF,
    ("reports.reset_password", "/people/{siti}/password"): MAY_STAFF,
    ("reports.add_cohort", "/cohorts"): MAY_STAFF,
    ("reports.set_courses", "/cohorts/{cohort}/courses"): MAY_STAFF,
    ("reports.remove_member", "/cohorts/{cohort}/members/{siti}/leave"): MAY_STAFF,
}
"""(endpoint, path) of every POST route -> per role, whether the guard lets it through to the view."""


def routes(app: Flask, method: str) -> list[Rule]:
    """Every route that answers `method`."""
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def places(app: Flask) -> dict[str, object]:
    """The ids that the paths name. Started here: Siti has an attempt of OPEN_QUIZ under way, and one that waits."""
    siti = visitor(app, "learner")
    started = send(siti, f"/courses/{COURSE}/{OPEN_QUIZ}/attempts")
    assert started.status_code == 303, started.get_data(as_text=True)
    with app.app_context():
        person = db.session.scalar(select(Person.id).where(Person.user_name == "siti"))
        attempts = select(Attempt.id).where(Attempt.person_id == person)
        publish_essays(app.extensions["settings"].courses)
        publish_surveys(app.extensions["settings"].courses)
        survey_answers(person)
        quiz = get_published(COURSE).course.activity(OPEN_QUIZ)
        grant_override(COURSE, quiz, Whom(person_id=person), Grant(attempts=9), now=clock.now())
        picture = next(iter(get_published(COURSE).course.media.values()))
        return {
            "siti": person,
            "cohort": db.session.scalar(select(Cohort.id)),
            "done": db.session.scalar(attempts.where(Attempt.quiz_id == DONE_QUIZ, Attempt.state == "finished")),
            "open": db.session.scalar(attempts.where(Attempt.quiz_id == OPEN_QUIZ, Attempt.state == "in_progress")),
            "waits": handed_in(person).id,
            "regrade": regrade(wanted(decisions={f"{SLUG}/{BLIND}/esai": Decision.LEFT_OUT}, quiz=BLIND, slug=SLUG)),
            "media": picture.url,
            "link": preview_link(get_published(COURSE).revision_id),
            "upload": uploaded(person),
            "override": overrides_at(COURSE, OPEN_QUIZ, Scope(0, everything=True))[0].id,
            "version": handed_in_task(app, person),
            "round": practice_round(app, person),
            **met(COURSE, "02-klasifikasi-ddc.yaml", "minutes: 10", ("minutes: 12", "minutes: 15")),
        }


def uploaded(person_id: int) -> str:
    """A photo that somebody handed in for a course that every trainer of the demonstration sees."""
    (kept,) = keep_uploads(
        Place(person_id, COURSE, OPEN_QUIZ), [Received(photo(), "image/webp", "rak.webp")], now=clock.now()
    )
    return kept.id


def preview_link(revision_id: int) -> str:
    """A link that shows a quiz to whoever has it."""
    rahmat = db.session.scalar(select(Person.id).where(Person.user_name == ACCOUNTS["trainer"]))
    link = Link("demonstration-link", revision_id, COURSE, OPEN_QUIZ, rahmat, clock.now() + LINK_FOR)
    make_link(link, now=clock.now())
    return link.token


def practice_round(app: Flask, person_id: int) -> int:
    """Today's round of the daily practice, nothing of it answered."""
    join(person_id, now=clock.now())
    return begin_round(
        person_id, askable([get_published(COURSE)]), Today(clock.now(), app.extensions["settings"].time_zone)
    )


def handed_in_task(app: Flask, person_id: int) -> int:
    """A version of a task that waits."""
    publish_tasks(app.extensions["settings"].courses)
    hand_in_task(assigned(person_id), wrote("Tiga buku sudah dicatat."), now=clock.now())
    return work(person_id).versions[-1].id


def visitor(app: Flask, role: str) -> FlaskClient:
    """A client signed in as the demonstration's account of a role, or nobody."""
    client = app.test_client()
    if role in ACCOUNTS:
        with app.app_context():
            chosen = select(Person.id, Person.session_version).where(Person.user_name == ACCOUNTS[role])
            person_id, version = db.session.execute(chosen).one()
        with client.session_transaction() as session:
            session["_user_id"] = f"{person_id}.{version}"
    return client


def send(client: FlaskClient, path: str, **fields: object):  # type: ignore[no-untyped-def]  # werkzeug's test response
    """POST with a valid token of whoever the client is."""
    with client.session_transaction() as session:
        session.setdefault("stranger", "-nobody")
        owner = session.get("_user_id")
        nobody = session["stranger"]
    with client.application.test_request_context():
        from flask import session as here

        here["stranger"] = nobody
        token = form_token(owner)
    return client.post(path, data={FIELD: token, **fields})
