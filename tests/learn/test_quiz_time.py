"""Time on the learner's pages: what is promised, how much is left, and what is said once it is up."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app import clock
from app.quizzes.models import Answer, Attempt
from tests.ground.cast import Cast
from tests.ground.statements import statements
from tests.learn.walker import Walker
from tests.marking.test_time import settings
from tests.quizzes.cast import right_fields, sheet
from tests.quizzes.content import START, minute


class Watch:
    """The clock that the pages look at."""

    now = START

    def to(self, minutes: float, seconds: float = 0) -> None:
        self.now = minute(minutes) + timedelta(seconds=seconds)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(clock, "now", watch)
    return watch


@pytest.fixture
def walker(app: Flask, cast: Cast, watch: Watch) -> Walker:
    """Siti's phone, at 10.24."""
    return Walker.of(app)


def begin(walker: Walker, db: SQLAlchemy, cast: Cast):  # type: ignore[no-untyped-def]
    walker.open("/courses/contoh/tes")
    walker.send("/courses/contoh/tes/attempts")
    found = re.match(r"/attempts/(\d+)", walker.path)
    assert found
    return sheet(int(found[1]), cast.siti)


def right(work, slot: int = 1):  # type: ignore[no-untyped-def]
    return right_fields(work.question(slot), work.place(slot).order)


def state(db: SQLAlchemy) -> str:
    db.session.rollback()
    return str(db.session.scalar(select(Attempt.state)))


def test_a_practice_says_that_it_has_no_limit(walker: Walker) -> None:
    walker.open("/courses/contoh/latihan")
    assert "Kuis ini tanpa batas waktu. Anda boleh berhenti dan melanjutkan nanti." in walker.main()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["time_limit: 15 min"], ["15 menit sejak dimulai", "dikumpulkan dengan sendirinya"]),
        (["time_limit: 2 hours", "overdue: grace"], ["2 jam sejak dimulai", "selama 1 hari"]),
        (["time_limit: 90 min", "overdue: abandon"], ["90 menit sejak dimulai", "tidak dinilai"]),
        (["closes: 2026-11-23 16:00"], ["Ditutup 23 November 2026, 16.00 WITA.", "tanpa batas waktu"]),
        (["delay: 1 day"], ["Jeda antara dua percobaan: 1 hari."]),
    ],
)
def test_the_start_page_says_how_long_one_has(
    walker: Walker, db: SQLAlchemy, courses_folder: Path, lines: list[str], words: list[str]
) -> None:
    settings(courses_folder, *lines)
    page = walker.open("/courses/contoh/tes")
    assert [word for word in words if word not in page] == []


def test_the_time_that_is_left_is_told_in_minutes_and_agrees_after_a_reload(
    walker: Walker, watch: Watch, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    settings(courses_folder, "time_limit: 15 min")
    work = begin(walker, db, cast)
    assert "Sisa waktu 15 menit" in walker.main()
    assert 'data-remaining="900"' in walker.main()
    for minutes, words in ((2.5, "Sisa waktu 13 menit"), (14, "Sisa waktu kurang dari 1 menit")):
        watch.to(minutes)
        assert words in walker.open(f"/attempts/{work.id}?slot=1")
        assert words in walker.open(f"/attempts/{work.id}/overview")
        told = walker.client.get(f"/attempts/{work.id}/clock").get_json()
        assert told == {"remaining": 900 - minutes * 60}
    assert "countdown.js" in walker.html
    watch.to(16)
    assert walker.client.get(f"/attempts/{work.id}/clock").get_json() == {"remaining": 0}


def test_an_untimed_quiz_shows_no_clock(walker: Walker, db: SQLAlchemy, cast: Cast) -> None:
    work = begin(walker, db, cast)
    assert "data-remaining" not in walker.html
    assert "countdown.js" not in walker.html
    assert walker.client.get(f"/attempts/{work.id}/clock").get_json() == {"remaining": None}


def test_the_answer_sent_at_the_end_is_kept_and_the_result_follows(
    walker: Walker, watch: Watch, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    settings(courses_folder, "time_limit: 15 min")
    work = begin(walker, db, cast)
    watch.to(15, seconds=1)
    walker.answer(1, right(work))
    assert walker.path == f"/attempts/{work.id}/result"
    assert 'class="result">20<' in walker.html
    assert state(db) == "finished"


def test_an_answer_that_comes_too_late_is_told_so_and_the_result_follows(
    walker: Walker, watch: Watch, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    settings(courses_folder, "time_limit: 15 min")
    work = begin(walker, db, cast)
    watch.to(20)
    walker.answer(1, right(work))
    assert "Jawaban terakhir datang setelah waktu habis" in walker.html
    assert 'class="result">0<' in walker.html
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 0


def test_a_script_is_led_to_the_result_too(
    walker: Walker, watch: Watch, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    settings(courses_folder, "time_limit: 15 min")
    work = begin(walker, db, cast)
    watch.to(15, seconds=1)
    saved = walker.save(1, right(work))
    assert saved.headers["HX-Redirect"] == f"/attempts/{work.id}/result"


def test_looking_at_an_attempt_whose_time_is_up_writes_nothing_and_says_so(
    walker: Walker, watch: Watch, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    settings(courses_folder, "time_limit: 15 min")
    work = begin(walker, db, cast)
    walker.answer(1, right(work))
    watch.to(17)
    for path in ("", "/overview", "/result"):
        walker.open(f"/attempts/{work.id}{path}")
        assert "Waktu habis. Jawaban yang tersimpan sudah dikumpulkan." in walker.main()
        assert work.question(1).text.in_("id") not in walker.html
    assert "sudah dikumpulkan" in walker.open("/courses/contoh/tes")
    assert "Sedang dikerjakan" not in walker.html
    assert state(db) == "in_progress"
    walker.open(f"/attempts/{work.id}/result")
    walker.send(f"/attempts/{work.id}/finish")
    assert 'class="result">20<' in walker.html


def test_an_overdue_attempt_asks_to_be_handed_in_until_when(
    walker: Walker, watch: Watch, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    settings(courses_folder, "time_limit: 15 min", "overdue: grace", "grace: 30 min")
    work = begin(walker, db, cast)
    walker.answer(1, right(work))
    watch.to(20)
    walker.open(f"/attempts/{work.id}")
    assert "Lewat waktu, segera kumpulkan" in walker.main()
    assert "11.09 WITA" in walker.main(), "15 + 30 minutes after 10.24"
    assert "Lewat waktu, segera kumpulkan" in walker.open("/courses/contoh/tes")
    walker.open(f"/attempts/{work.id}/result")
    walker.send(f"/attempts/{work.id}/finish")
    assert 'class="result">20<' in walker.html


def test_an_abandoned_attempt_says_that_it_has_no_result(
    walker: Walker, watch: Watch, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    settings(courses_folder, "time_limit: 15 min", "overdue: abandon")
    work = begin(walker, db, cast)
    watch.to(17)
    assert "Tidak dikumpulkan" in walker.open(f"/attempts/{work.id}")
    assert "<form" not in walker.main()
    assert "Tidak dikumpulkan" in walker.open("/courses/contoh/tes")
    walker.send("/courses/contoh/tes/attempts")
    assert "Soal 1 dari 5" in walker.html


def test_a_quiz_that_is_not_open_offers_no_start_and_refuses_one(
    walker: Walker, watch: Watch, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    settings(courses_folder, "opens: 2026-11-23 08:00", "closes: 2026-11-24 08:00")
    walker.open("/courses/contoh/tes")
    assert "Kuis ini belum dibuka." in walker.main()
    assert "Boleh dikerjakan mulai 23 November 2026, 08.00 WITA." in walker.main()
    assert "Mulai kuis" not in walker.main()
    walker.send("/courses/contoh/tes/attempts", status=409)
    watch.to(3 * 24 * 60)
    assert "Kuis ini sudah ditutup." in walker.open("/courses/contoh/tes")


def test_a_timed_question_and_its_answer_cost_no_more_statements(
    app: Flask, walker: Walker, watch: Watch, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    settings(courses_folder, "time_limit: 15 min")
    work = begin(walker, db, cast)
    db.session.remove()
    with statements(app) as sent:
        assert walker.client.get(f"/attempts/{work.id}?slot=1").status_code == 200
    assert len(sent) <= 4, "\n\n".join(sent)
    data = walker.filled({**right(work), "go": "next"})
    with statements(app) as sent:
        assert walker.client.post(f"/attempts/{work.id}/answers/1", data=data).status_code == 303
    assert len(sent) <= 4, "\n\n".join(sent)
