"""A quiz through the app, page by page, without scripts, on both databases."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.quizzes.models import Answer, Attempt
from app.quizzes.queries import Sheet
from tests.ground.cast import Cast, form_token, sign_in
from tests.ground.statements import statements
from tests.learn.walker import Walker
from tests.quizzes.cast import right_fields, sheet, wrong_fields


@pytest.fixture
def walker(app: Flask, cast: Cast) -> Walker:
    """Siti's phone."""
    return Walker.of(app)


def begin(walker: Walker, quiz: str, course: str = "contoh") -> None:
    walker.open(f"/courses/{course}/{quiz}")
    walker.send(f"/courses/{course}/{quiz}/attempts")


def work(walker: Walker, cast: Cast, db: SQLAlchemy) -> Sheet:
    """The attempt that is open on the walker's page, as it is stored."""
    found = re.match(r"/attempts/(\d+)", walker.path)
    assert found
    db.session.rollback()
    return sheet(int(found[1]), cast.siti)


def fields(of: Sheet, slot: int, *, right: bool = True) -> dict[str, list[str]]:
    return (right_fields if right else wrong_fields)(of.question(slot), of.place(slot).order)


def stored(db: SQLAlchemy, model: type = Answer) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_siti_takes_a_test_fails_and_passes_it_the_second_time(walker: Walker, cast: Cast, db: SQLAlchemy) -> None:
    assert "Sisa kesempatan 3 kali" in walker.open("/courses/contoh/tes")
    begin(walker, "tes")
    assert "Soal 1 dari 5" in walker.html
    attempt = work(walker, cast, db)
    for slot in range(1, 5):
        walker.answer(slot, fields(attempt, slot, right=False), go="next")
        assert f"Soal {slot + 1} dari 5" in walker.html
        assert f"Soal {slot} tersimpan pukul" in walker.html
    walker.answer(5, {}, go="next")
    assert "Masih ada 1 soal yang belum dijawab" in walker.html
    assert ">soal 5</a>" in walker.html
    assert "Tetap kumpulkan" in walker.html
    walker.send(f"/attempts/{attempt.id}/finish")
    assert walker.path == f"/attempts/{attempt.id}/result"
    assert "Belum lulus" in walker.main()
    assert "benar 0 dari 5 soal" in walker.main()
    assert "Tidak dijawab" in walker.main()
    assert "Sisa kesempatan 2 kali" in walker.main()
    walker.send("/courses/contoh/tes/attempts")
    second = work(walker, cast, db)
    assert second.fact.number == 2
    for slot in range(1, 6):
        walker.answer(slot, fields(second, slot), go="next")
    assert "Semua soal sudah dijawab" in walker.html
    walker.send(f"/attempts/{second.id}/finish")
    assert re.search(r'class="result">100<', walker.html)
    assert "✓ Lulus" in walker.main()
    assert "Kunci jawaban" in walker.main()
    walker.open("/courses/contoh/tes")
    assert "Percobaan ke-2" in walker.html
    assert "Nilai terbaik: <strong>100</strong>" in walker.html


def test_a_practice_checks_each_answer_and_then_leads_on_or_again(walker: Walker, cast: Cast, db: SQLAlchemy) -> None:
    begin(walker, "latihan")
    attempt = work(walker, cast, db)
    walker.answer(1, {}, action="check")
    assert "Belum ada jawaban yang dapat diperiksa" in walker.html
    walker.answer(1, fields(attempt, 1), action="check")
    assert "<strong>Benar</strong>" in walker.html
    assert "Pembahasan" in walker.html
    assert "Soal 1 dari 5" in walker.html
    assert 'name="choice"' not in walker.html and "Kerjakan ulang soal ini" in walker.html
    walker.open(f"/attempts/{attempt.id}")
    assert "Soal 2 dari 5" in walker.html, "it goes on at the first open question"
    before = walker.html
    walker.open(f"/attempts/{attempt.id}?slot=1")
    walker.html = before
    walker.answer(1, fields(attempt, 1, right=False), status=409)
    assert "sudah diperiksa" in walker.html
    assert stored(db) == 1


@pytest.mark.parametrize(
    ("button", "page"),
    [
        ("next", "Soal 3 dari 5"),
        ("previous", "Soal 1 dari 5"),
        ("slot-5", "Soal 5 dari 5"),
        ("slot-99999999999999999999", "Soal 5 dari 5"),
        ("slot-0", "Soal 1 dari 5"),
        ("slot-²", "Soal 2 dari 5"),
        ("stay", "Soal 2 dari 5"),
        ("nonsense", "Soal 2 dari 5"),
        ("overview", "Masih ada 4 soal"),
        ("leave", "Lanjutkan kuis"),
    ],
)
def test_every_button_saves_and_goes_where_it_says(
    walker: Walker, cast: Cast, db: SQLAlchemy, button: str, page: str
) -> None:
    begin(walker, "tes")
    attempt = work(walker, cast, db)
    walker.open(f"/attempts/{attempt.id}?slot=2")
    walker.answer(2, fields(attempt, 2), go=button)
    assert page in walker.main()
    assert stored(db) == 1


def test_the_page_says_when_the_answer_was_saved_and_shows_it_again(walker: Walker, cast: Cast, db: SQLAlchemy) -> None:
    begin(walker, "latihan")
    attempt = work(walker, cast, db)
    slot = next(slot for slot in range(1, 6) if attempt.question(slot).id == "isian")
    walker.open(f"/attempts/{attempt.id}?slot={slot}")
    walker.answer(slot, {"text": 'rak <b>"buku"</b>'}, go="stay")
    assert re.search(r"✓ Tersimpan pukul \d\d\.\d\d", walker.html)
    assert 'value="rak &lt;b&gt;&#34;buku&#34;&lt;/b&gt;"' in walker.html
    assert "sudah dijawab" in walker.html


def test_an_answer_from_an_older_tab_is_shown_beside_the_newer_one(
    app: Flask, walker: Walker, cast: Cast, db: SQLAlchemy
) -> None:
    begin(walker, "tes")
    attempt = work(walker, cast, db)
    other = Walker(walker.client)
    other.open(f"/attempts/{attempt.id}?slot=1")
    walker.answer(1, fields(attempt, 1, right=False), go="stay")
    other.answer(1, fields(attempt, 1), status=409, go="next")
    assert "Ada jawaban yang lebih baru dari perangkat lain" in other.html
    assert "Jawaban yang tersimpan pukul" in other.html
    assert stored(db) == 1
    hidden = dict(re.findall(r'name="(choice|text|language)" value="([^"]*)"', other.main()))
    other.answer(1, hidden, go="next")
    assert "Soal 2 dari 5" in other.html
    db.session.rollback()
    rows = db.session.execute(select(Answer.seq, Answer.response).order_by(Answer.seq)).all()
    assert [seq for seq, _ in rows] == [1, 2]
    question = attempt.question(1)
    assert question.grade(question.response_of(rows[1].response)).fraction == 1.0


def test_a_script_gets_the_words_and_the_next_page_token_and_nothing_else(
    walker: Walker, cast: Cast, db: SQLAlchemy
) -> None:
    begin(walker, "tes")
    attempt = work(walker, cast, db)
    first = walker.save(1, fields(attempt, 1, right=False))
    assert first.status_code == 200
    assert re.fullmatch(
        r"✓ Tersimpan pukul \d\d\.\d\d\n?"
        r'<input type="hidden" name="page" id="page" value="[\w-]+" hx-swap-oob="true">\n'
        r'<input type="hidden" name="seen" id="seen" value="1" hx-swap-oob="true">\n?',
        first.get_data(as_text=True),
    )
    assert walker.save(1, fields(attempt, 1)).status_code == 200
    old = Walker(
        walker.client, html=walker.html.replace('id="seen" value="2"', 'id="seen" value="0"'), path=walker.path
    )
    old.html = re.sub(r'id="page" value="[^"]*"', 'id="page" value="older"', old.html)
    refused = old.save(1, fields(attempt, 1, right=False))
    assert refused.status_code == 409
    assert "<html" not in refused.get_data(as_text=True)
    assert stored(db) == 2


def test_a_page_left_open_until_the_session_was_lost_loses_nothing(
    app: Flask, walker: Walker, cast: Cast, db: SQLAlchemy
) -> None:
    begin(walker, "tes")
    attempt = work(walker, cast, db)
    walker.client.delete_cookie("rak_session")
    refused = walker.client.post(
        f"/attempts/{attempt.id}/answers/1", data=walker.filled({**fields(attempt, 1), "go": "next"})
    )
    assert refused.status_code == 401
    assert stored(db) == 0
    held = re.search(r'name="held" value="([^"]+)"|name="held"[^>]*value="([^"]+)"', refused.get_data(as_text=True))
    assert held
    kept = sign_in(walker.client, "siti", held=held[1] or held[2])
    page = kept.get_data(as_text=True)
    assert f'action="/attempts/{attempt.id}/answers/1"' in page
    again = dict(re.findall(r'name="(page|seen|choice|text|language|go)" value="([^"]*)"', page))
    sent = walker.client.post(f"/attempts/{attempt.id}/answers/1", data={**again, "form_token": form_token(page)})
    assert sent.headers["Location"].endswith("slot=2")
    assert stored(db) == 1


def test_pressing_start_and_hand_in_twice_changes_nothing(walker: Walker, cast: Cast, db: SQLAlchemy) -> None:
    walker.open("/courses/contoh/tes")
    start = walker.filled()
    first, second = (walker.client.post("/courses/contoh/tes/attempts", data=start) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    walker.open(first.headers["Location"])
    attempt = work(walker, cast, db)
    walker.open(f"/attempts/{attempt.id}/overview")
    finish = walker.filled()
    for _ in range(2):
        assert walker.client.post(f"/attempts/{attempt.id}/finish", data=finish).headers["Location"].endswith("/result")
    assert walker.client.post("/courses/contoh/tes/attempts", data=start).headers["Location"].endswith(f"/{attempt.id}")
    assert stored(db, Attempt) == 1


def test_an_answer_after_handing_in_is_told_so_and_leads_to_the_result(
    walker: Walker, cast: Cast, db: SQLAlchemy
) -> None:
    begin(walker, "tes")
    attempt = work(walker, cast, db)
    late = Walker(walker.client)
    late.open(f"/attempts/{attempt.id}?slot=1")
    walker.open(f"/attempts/{attempt.id}/overview")
    walker.send(f"/attempts/{attempt.id}/finish")
    late.answer(1, fields(attempt, 1), status=409)
    assert "sudah dikumpulkan" in late.html
    assert late.open(f"/attempts/{attempt.id}") == late.open(f"/attempts/{attempt.id}/overview")
    assert late.path.endswith("/result")
    assert stored(db) == 0


def test_a_result_before_handing_in_leads_back_to_the_question(walker: Walker, cast: Cast, db: SQLAlchemy) -> None:
    begin(walker, "tes")
    attempt = work(walker, cast, db)
    assert "Soal 1 dari 5" in walker.open(f"/attempts/{attempt.id}/result")


def test_a_used_up_quiz_offers_no_start_and_refuses_one(walker: Walker, cast: Cast, db: SQLAlchemy) -> None:
    begin(walker, "ujian")
    attempt = work(walker, cast, db)
    walker.open(f"/attempts/{attempt.id}/overview")
    walker.send(f"/attempts/{attempt.id}/finish")
    assert "Kerjakan lagi" not in walker.html
    walker.open("/courses/contoh/ujian")
    assert "sudah habis" in walker.main()
    walker.send("/courses/contoh/ujian/attempts", {"number": "2"}, status=409)
    assert stored(db, Attempt) == 1


def test_on_a_shared_phone_handing_in_shows_the_result_and_signs_out(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    walker = Walker.of(app, shared="y")
    begin(walker, "latihan")
    attempt = work(walker, cast, db)
    walker.answer(1, fields(attempt, 1), go="overview")
    walker.send(f"/attempts/{attempt.id}/finish")
    assert walker.path.endswith("/finish"), "the result is the answer itself"
    assert "Anda sudah dikeluarkan dari HP ini" in walker.html
    assert "Nilai Anda" in walker.html
    assert "Siti" not in walker.html
    assert "Kerjakan lagi" not in walker.html
    assert walker.client.get(f"/attempts/{attempt.id}/result").status_code == 401


@pytest.mark.parametrize("path", ["", "/overview", "/result", "/answers/1", "/finish"])
def test_nobody_elses_attempt_is_there(app: Flask, walker: Walker, cast: Cast, db: SQLAlchemy, path: str) -> None:
    begin(walker, "tes")
    attempt = work(walker, cast, db)
    for name in ("rahmat", "noor", "admin"):
        other = Walker.of(app, name)
        other.open("/account")
        if path in ("/answers/1", "/finish"):
            other.send(f"/attempts/{attempt.id}{path}", {"choice": "0"}, status=404)
        else:
            other.open(f"/attempts/{attempt.id}{path}", status=404)


@pytest.mark.parametrize("path", ["/attempts/99999999999999999999", "/attempts/1?slot=9", "/attempts/1?slot=0"])
def test_an_address_of_nothing_is_not_found(walker: Walker, path: str) -> None:
    begin(walker, "tes")
    walker.open(path, status=404)


def test_a_quiz_of_a_course_one_is_not_enrolled_in_cannot_be_started(walker: Walker, db: SQLAlchemy) -> None:
    walker.open("/courses/contoh/tes")
    for path in ("tertutup/kuis-tertutup", "contoh/pengantar", "contoh/tidak-ada", "tidak-ada/tes"):
        walker.open("/courses/contoh/tes")
        walker.send(f"/courses/{path}/attempts", status=404)
    assert stored(db, Attempt) == 0


def test_english_readers_read_english(app: Flask, walker: Walker, cast: Cast, db: SQLAlchemy) -> None:
    begin(walker, "latihan")
    attempt = work(walker, cast, db)
    walker.send("/language", {"language": "en", "back": f"/attempts/{attempt.id}?slot=1"})
    assert attempt.question(1).text.in_("en") in walker.html
    assert '<html lang="en">' in walker.html


def test_a_question_page_costs_four_statements_and_saving_an_answer_four(
    app: Flask, walker: Walker, cast: Cast, db: SQLAlchemy
) -> None:
    begin(walker, "tes")
    attempt = work(walker, cast, db)
    db.session.remove()
    for slot in (1, 2):
        with statements(app) as sent:
            assert walker.client.get(f"/attempts/{attempt.id}?slot={slot}").status_code == 200
        assert len(sent) <= 4, "\n\n".join(sent)
        data = walker.filled({**fields(attempt, slot), "go": "next"})
        for _ in range(2):
            with statements(app) as sent:
                assert walker.client.post(f"/attempts/{attempt.id}/answers/{slot}", data=data).status_code == 303
            assert len(sent) <= 4, "\n\n".join(sent)
