"""What a phone is told of an answer that it had kept and sends by itself, on both databases."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock
from app.quizzes.models import Answer, Attempt
from app.quizzes.queries import Sheet
from tests.ground.cast import Cast
from tests.learn.test_quiz_journey import begin, fields, work
from tests.learn.test_quiz_time import Watch
from tests.learn.walker import Walker
from tests.marking.test_time import settings

SAVED = re.compile(r"✓ Tersimpan pukul \d\d\.\d\d( WITA)?")


@pytest.fixture
def walker(app: Flask, cast: Cast) -> Walker:
    """Siti's phone, on the first question of the test."""
    walker = Walker.of(app)
    begin(walker, "tes")
    return walker


def send(walker: Walker, attempt: Sheet, *, right: bool = True, **names: str) -> TestResponse:
    """What the phone sends of the first question, from whatever page is open; `names`: `page` and `seen` as kept."""
    values = walker.filled({**fields(attempt, 1, right=right), **names})
    return walker.client.post(f"/attempts/{attempt.id}/answers/1", data=values, headers={"Accept": "application/json"})


def told(response: TestResponse) -> tuple[int, str | None]:
    body: dict[str, Any] = response.get_json()
    assert body.keys() == ({"saved", "page", "seen"} if response.status_code == 200 else {"reason", "error"})
    return response.status_code, body.get("reason")


def stored(db: SQLAlchemy) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(Answer)) or 0)


def test_a_kept_answer_is_stored_once_however_often_it_comes_and_from_any_page(
    walker: Walker, cast: Cast, db: SQLAlchemy
) -> None:
    attempt = work(walker, cast, db)
    walker.open("/")
    for _ in range(2):
        answer = send(walker, attempt, page="lama", seen="0")
        assert SAVED.fullmatch(answer.get_json()["saved"])
    assert stored(db) == 1
    assert "tersimpan" not in walker.open("/account").lower(), "no notice for whoever reads the next page"


def test_an_emptied_slot_that_is_still_empty_is_acknowledged_too(walker: Walker, cast: Cast, db: SQLAlchemy) -> None:
    attempt = work(walker, cast, db)
    answer = walker.client.post(
        f"/attempts/{attempt.id}/answers/1", data=walker.filled(), headers={"Accept": "application/json"}
    )
    assert told(answer) == (200, None)
    assert (answer.get_json()["saved"], answer.get_json()["seen"]) == ("", 0)


def test_a_newer_answer_a_checked_one_and_a_finished_attempt_each_have_their_reason(
    walker: Walker, cast: Cast, db: SQLAlchemy
) -> None:
    attempt = work(walker, cast, db)
    walker.answer(1, fields(attempt, 1), go="stay")
    assert told(send(walker, attempt, right=False, page="lama", seen="0")) == (409, "newer")
    walker.open(f"/attempts/{attempt.id}/overview")
    walker.send(f"/attempts/{attempt.id}/finish")
    assert told(send(walker, attempt, right=False, page="lama", seen="0")) == (409, "over")
    assert told(send(walker, attempt, page="lama", seen="0")) == (200, None), "it counts, so there is nothing to say"
    begin(walker, "latihan")
    practice = work(walker, cast, db)
    walker.answer(1, fields(practice, 1), action="check")
    assert told(send(walker, practice, right=False, page="lama", seen="0")) == (409, "checked")


def test_what_comes_after_the_time_is_refused_in_words_and_the_attempt_is_closed(
    walker: Walker, cast: Cast, db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(courses_folder, "time_limit: 15 min")
    watch = Watch()
    monkeypatch.setattr(clock, "now", watch)
    walker.send(f"/attempts/{work(walker, cast, db).id}/finish")
    begin(walker, "tes")
    attempt = work(walker, cast, db)
    watch.to(15, seconds=30)
    assert told(send(walker, attempt)) == (200, None), "on its way when the time was up"
    watch.to(30)
    late = send(walker, attempt, right=False)
    assert told(late) == (409, "over")
    assert stored(db) == 1
    assert db.session.scalar(select(Attempt.state).where(Attempt.id == attempt.id)) == "finished"
    assert 'role="status">Jawaban terakhir' not in walker.open("/")


def test_without_a_session_or_under_another_account_nothing_is_stored_and_the_phone_keeps_it(
    app: Flask, walker: Walker, cast: Cast, db: SQLAlchemy
) -> None:
    attempt = work(walker, cast, db)
    other = Walker.of(app, "rahmat")
    other.open("/account")
    assert send(other, attempt).status_code == 404
    mixed = send(Walker(other.client, html=walker.html), attempt)
    assert mixed.status_code == 409, "Siti's page in Rahmat's session"
    assert "reason" not in mixed.get_json()
    walker.client.delete_cookie("rak_session")
    assert send(walker, attempt).status_code == 401
    assert stored(db) == 0


def test_every_page_knows_whose_answers_it_may_send_and_a_strangers_page_nobodys(walker: Walker, cast: Cast) -> None:
    for _ in range(2):  # made, and filled
        assert f'data-person="{cast.siti}"' in walker.open("/")
    assert 'id="unsent"' not in walker.client.application.test_client().get("/help").get_data(as_text=True)
