"""Siti's daily practice through a browser without scripts: take part, five questions, the end of a day, leaving."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select, update

from app import clock
from app.people.permissions import Scope
from app.quizzes.models import Mark
from app.repetition.models import PracticeRound
from app.repetition.queries.cards import takes_part
from app.repetition.queries.rounds import get_round
from tests.competencies.histories import stored_scores
from tests.learn.walker import Walker
from tests.quizzes.cast import right_fields, wrong_fields
from tests.repetition.practice import day, taken

JOIN = "Ikut latihan harian"


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The clock of the app: so many days after the usual morning, an hour later."""
    at = {"days": 0}
    monkeypatch.setattr(clock, "now", lambda: day(at["days"]) + timedelta(hours=1))
    return at


def words(walker: Walker) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", walker.main()).split())


def fields(walker: Walker, siti: int, place: int, *, right: bool) -> dict[str, list[str]]:
    """What the form sends for a right or a wrong answer."""
    item = get_round(int(walker.path.split("/")[2].split("?")[0]), within=Scope(siti)).item(place)
    return (right_fields if right else wrong_fields)(item.question, item.order)


def answer(walker: Walker, siti: int, place: int, *, right: bool = True) -> str:
    """Answer the open question and press its button."""
    action = re.search(r'action="(/practice/\d+/answers/\d+)"', walker.html)
    assert action and action[1].endswith(f"/{place}"), walker.path
    return walker.send(action[1], fields(walker, siti, place, right=right))


def test_siti_takes_part_practises_five_questions_and_is_told_when_the_next_come(
    app: Flask, siti: int, db: SQLAlchemy, noon: dict[str, int]
) -> None:
    taken(siti, right=4)
    scores = stored_scores(siti)
    walker = Walker.of(app)
    assert JOIN in walker.open("/competencies")
    walker.send("/practice/join")
    assert walker.path == "/practice" and "Hari ini tidak ada yang perlu diulang" in words(walker)
    assert "besok, 23 November 2026: 1 soal 24 November 2026: 4 soal" in words(walker)
    assert "tidak mengubah perkiraan di “Kompetensi saya”" in words(walker)
    assert JOIN not in walker.open("/competencies") and 'href="/practice"' in walker.main()

    noon["days"] = 2
    assert "5 soal untuk hari ini" in walker.open("/practice")
    walker.send("/practice/rounds")
    first = walker.path
    assert "Soal 1 dari 5" in walker.html and "Kunci jawaban" not in walker.main() and "rahasia" not in walker.main()
    answer(walker, siti, 1, right=False)
    assert "Salah" in words(walker) and "Kunci jawaban" in walker.main() and "Pembahasan" in walker.main()
    walker.open(f"{first}?question=1")
    assert "Periksa jawaban ini" not in walker.main(), "the way back shows what was answered"
    for place in range(2, 6):
        walker.open(re.search(r'href="([^"]+)">Berikutnya', walker.html)[1])  # type: ignore[index]
        answer(walker, siti, place)
        assert "Benar" in words(walker)
    walker.open(re.search(r'href="([^"]+)">Selesai', walker.html)[1])  # type: ignore[index]
    assert "Latihan hari ini selesai. Besok lagi. Benar 4 dari 5 soal." in words(walker)
    assert "besok, 25 November 2026: 1 soal" in words(walker)
    assert walker.open(first) and walker.path == "/practice", "there is nothing to go on with"
    db.session.rollback()
    assert stored_scores(siti) == scores


def test_a_practice_left_half_way_goes_on_where_it_was(app: Flask, siti: int, noon: dict[str, int]) -> None:
    taken(siti)
    walker = Walker.of(app)
    walker.open("/practice")
    walker.send("/practice/join")
    noon["days"] = 4
    walker.send("/practice/rounds")
    round_url = walker.path
    answer(walker, siti, 1)
    assert "1 dari 5 soal hari ini sudah Anda jawab." in walker.open("/practice")
    walker.open(round_url)
    assert "Soal 2 dari 5" in walker.html
    walker.send("/practice/rounds")
    assert walker.path == round_url, "the button of an old page"


def test_an_answer_that_cannot_be_checked_is_shown_again_and_a_second_one_changes_nothing(
    app: Flask, siti: int, noon: dict[str, int]
) -> None:
    taken(siti)
    walker = Walker.of(app)
    walker.open("/practice")
    walker.send("/practice/join")
    noon["days"] = 4
    walker.send("/practice/rounds")
    round_url = walker.path
    practised = get_round(int(round_url.rpartition("/")[2]), within=Scope(siti))
    number = next(place for place, item in enumerate(practised.items, 1) if item.address.endswith("/angka"))
    walker.open(f"{round_url}?question={number}")
    post = f"{round_url}/answers/{number}"
    assert "Belum ada jawaban yang dapat diperiksa" in walker.send(post, {"text": "", "language": "id"}, 422)
    typed = walker.send(post, {"text": "seratus", "language": "id"}, 422)
    assert "Jawaban ini tidak dapat dibaca" in typed and 'value="seratus"' in typed
    form = walker.filled({"text": "7", "language": "id"})
    walker.send(post, form)
    assert "Salah" in words(walker)
    walker.send(post, {"form_token": form["form_token"], "text": "7", "language": "id"})
    assert "yang pertama yang dihitung" not in walker.html, "a double click"
    right = right_fields(practised.item(number).question, ())
    walker.send(post, {"form_token": form["form_token"], **right})
    assert "Soal ini sudah Anda jawab; jawaban yang pertama yang dihitung." in walker.html
    assert "Salah" in words(walker)


def test_without_anything_to_repeat_the_page_says_what_comes_first(
    app: Flask, siti: int, db: SQLAlchemy, noon: dict[str, int]
) -> None:
    walker = Walker.of(app)
    assert JOIN not in walker.open("/competencies"), "before there is anything to forget"
    walker.open("/practice")
    walker.send("/practice/join")
    assert "Belum ada soal untuk diulang. Kerjakan dahulu satu kuis latihan" in words(walker)
    taken(siti, quiz="ujian")
    noon["days"] = 30
    assert "Belum ada soal untuk diulang." in walker.open("/practice"), "what an exam asks is never asked here"
    assert "Hari ini belum ada soal yang perlu diulang." in walker.send("/practice/rounds", status=409)
    db.session.rollback()
    assert db.session.scalars(select(PracticeRound.id)).all() == []


def test_the_result_of_a_practice_quiz_offers_it_and_that_of_a_test_does_not(
    app: Flask, siti: int, noon: dict[str, int]
) -> None:
    practice, test = taken(siti), taken(siti, quiz="tes")
    walker = Walker.of(app)
    assert JOIN not in walker.open(f"/attempts/{test}/result")
    assert JOIN in walker.open(f"/attempts/{practice}/result")
    walker.send("/practice/join")
    assert takes_part(siti)
    assert JOIN not in walker.open(f"/attempts/{practice}/result") and 'href="/practice"' in walker.main()


def test_whoever_leaves_is_asked_no_more_and_may_come_again(app: Flask, siti: int, noon: dict[str, int]) -> None:
    taken(siti)
    walker = Walker.of(app)
    walker.open("/practice")
    walker.send("/practice/join")
    page = walker.send("/practice/leave")
    assert "Anda boleh ikut lagi kapan saja" in page and JOIN in page and "Berhenti ikut" not in page
    assert not takes_part(siti)
    walker.send("/practice/join")
    noon["days"] = 5
    assert "5 soal untuk hari ini" in walker.open("/practice")


def test_a_round_of_somebody_else_and_a_question_that_is_not_there_are_not_found(
    app: Flask, siti: int, db: SQLAlchemy, noon: dict[str, int]
) -> None:
    taken(siti)
    walker = Walker.of(app)
    walker.open("/practice")
    walker.send("/practice/join")
    noon["days"] = 4
    walker.send("/practice/rounds")
    mine = walker.path
    for path in (f"{mine}?question=6", f"{mine}?question=-1", "/practice/999999", f"/practice/{2**40}"):
        walker.open(path, 404)
    Walker.of(app, "rahmat").open(mine, 404)
    db.session.execute(update(Mark).values(fraction=0.0))
    db.session.commit()
    assert "Soal 1 dari 5" in walker.open(mine), "what is drawn stays drawn"
