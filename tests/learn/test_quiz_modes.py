"""Quizzes with hints and tries, and quizzes with certainty, page by page, without scripts, on both databases."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from app.competencies.models import CompetencyScore
from app.quizzes.models import Answer, Attempt, Mark
from tests.competencies.histories import score_over
from tests.ground.cast import Cast
from tests.ground.database import MODES, Start
from tests.ground.statements import statements
from tests.learn.walker import Walker

RIGHT, WRONG, OTHER = "Kelas 400", "Kelas 300", "Kelas 500"


@pytest.fixture
def start() -> Start:
    """A course with a quiz in each of the two modes."""
    return MODES


@pytest.fixture
def walker(app: Flask, cast: Cast) -> Walker:
    """Siti's phone."""
    return Walker.of(app)


def begin(walker: Walker, quiz: str) -> int:
    walker.open(f"/courses/modus/{quiz}")
    walker.send(f"/courses/modus/{quiz}/attempts")
    found = re.match(r"/attempts/(\d+)", walker.path)
    assert found
    return int(found[1])


def option(walker: Walker, text: str) -> dict[str, str]:
    """The field that chooses an option of the open page by its text."""
    found = re.search(r'name="choice" value="(\d+)"[^>]*>\s*<span>' + re.escape(text), walker.main())
    assert found, walker.main()
    return {"choice": found[1]}


def pairs(walker: Walker, **wanted: str) -> dict[str, str]:
    """The fields that match items of the open page, by their texts."""
    found = {}
    for item, name, select_html in re.findall(
        r'<span>(\w+)</span>\s*<select name="(choice-\d+)">(.*?)</select>', walker.main(), re.DOTALL
    ):
        values = {text: value for value, text in re.findall(r'<option value="(\d+)"[^>]*>([^<]+)', select_html)}
        found[name] = values[wanted[item]]
    return found


def rows(db: SQLAlchemy) -> list[tuple[Any, ...]]:
    db.session.rollback()
    found = db.session.execute(select(Answer.slot, Answer.seq, Answer.action, Answer.certainty).order_by(Answer.id))
    return [tuple(row) for row in found]


def marks(db: SQLAlchemy) -> list[tuple[float | None, str, int | None]]:
    db.session.rollback()
    found = db.session.execute(select(Mark.fraction, Mark.outcome, Mark.certainty).order_by(Mark.slot))
    return [(row.fraction, row.outcome, row.certainty) for row in found]


def test_siti_is_given_a_hint_tries_again_and_pays_for_the_try(walker: Walker, db: SQLAlchemy) -> None:
    attempt = begin(walker, "interaktif")
    assert "Kesempatan ke-1 dari 3" in walker.main()
    assert "Petunjuk" not in walker.main()
    walker.answer(1, option(walker, WRONG), action="check")
    assert "<strong>Salah</strong>" in walker.main()
    assert "petunjukrahasia01" in walker.main()
    assert "Anda masih boleh mencoba 2 kali lagi" in walker.main()
    assert 'name="choice"' not in walker.main(), "read-only until she tries again"
    walker.answer(1, {}, action="try_again")
    assert "Kesempatan ke-2 dari 3" in walker.main()
    assert "petunjukrahasia" not in walker.main()
    assert re.search(r'value="\d"[^>]* checked>\s*<span>Kelas 300', walker.main()), "her answer is still there"
    walker.answer(1, option(walker, OTHER), action="check")
    assert "petunjukrahasia02" in walker.main()
    walker.answer(1, {}, action="try_again")
    assert " checked>" not in walker.main(), "this hint clears what was wrong"
    walker.answer(1, option(walker, RIGHT), action="check")
    assert "<strong>Benar · 0,50 dari 1,00 poin</strong>" in walker.main()
    assert "bahasanrahasia01" in walker.main()
    assert [action for _, _, action, _ in rows(db)] == ["check", "try_again", "check", "try_again", "check"]
    walker.send(f"/attempts/{attempt}/finish")
    assert marks(db)[0] == (0.5, "right", None)


def test_parts_that_were_right_stay_and_only_the_others_pay(walker: Walker, db: SQLAlchemy) -> None:
    attempt = begin(walker, "interaktif")
    walker.open(f"/attempts/{attempt}?slot=2")
    walker.answer(2, pairs(walker, DDC="Klasifikasi", RDA="Katalog", OPAC="Deskripsi"), action="check")
    assert "<strong>Sebagian benar</strong>" in walker.main()
    assert "1 bagian sudah benar." in walker.main()
    walker.answer(2, {}, action="try_again")
    assert walker.main().count(" selected>") == 1
    walker.answer(2, pairs(walker, DDC="Klasifikasi", RDA="Deskripsi", OPAC="Katalog"), action="check")
    walker.send(f"/attempts/{attempt}/finish")
    assert marks(db)[1] == (pytest.approx(7 / 9), "right", None)


def test_an_answer_that_is_only_saved_counts_as_one_more_try(walker: Walker, db: SQLAlchemy) -> None:
    attempt = begin(walker, "interaktif")
    walker.answer(1, option(walker, WRONG), action="check")
    walker.answer(1, {}, action="try_again")
    walker.answer(1, option(walker, RIGHT), go="overview")
    walker.send(f"/attempts/{attempt}/finish")
    assert marks(db)[0] == (0.75, "right", None)


def test_while_a_hint_is_shown_nothing_is_overwritten(walker: Walker, db: SQLAlchemy) -> None:
    attempt = begin(walker, "interaktif")
    right, other = option(walker, RIGHT), Walker(walker.client)
    other.open(f"/attempts/{attempt}?slot=1")
    walker.answer(1, option(walker, WRONG), action="check")
    hinted = walker.html
    walker.answer(1, right, status=409)
    assert "Tekan &#34;Coba lagi&#34;" in walker.main() or 'Tekan "Coba lagi"' in walker.main()
    other.answer(1, right, action="check", status=409)
    assert [action for _, _, action, _ in rows(db)] == ["check"]
    walker.html, walker.path = hinted, f"/attempts/{attempt}"
    walker.answer(1, {}, action="try_again")
    walker.html = hinted
    walker.answer(1, {}, action="try_again")
    assert [action for _, _, action, _ in rows(db)] == ["check", "try_again"], "pressed twice, begun once"


def test_the_other_questions_are_reached_from_a_page_with_a_hint(walker: Walker) -> None:
    attempt = begin(walker, "interaktif")
    walker.answer(1, option(walker, WRONG), action="check")
    assert 'href="?slot=2"' in walker.main()
    walker.open(f"/attempts/{attempt}?slot=2")
    walker.open(f"/attempts/{attempt}/overview")
    walker.open(f"/attempts/{attempt}?slot=1")
    assert "petunjukrahasia01" in walker.main(), "the hint is still there"


def test_what_a_person_marks_has_no_check_button_and_one_try_says_nothing_of_tries(walker: Walker) -> None:
    attempt = begin(walker, "sekali-coba")
    for slot in (1, 2):
        walker.open(f"/attempts/{attempt}?slot={slot}")
        assert "Kesempatan ke-" not in walker.main()
        assert ('value="check"' in walker.main()) is ("textarea" not in walker.main())


def test_a_check_without_an_answer_costs_no_try(walker: Walker, db: SQLAlchemy) -> None:
    begin(walker, "interaktif")
    walker.answer(1, {}, action="check")
    assert "Belum ada jawaban yang dapat diperiksa" in walker.html
    assert "Kesempatan ke-1 dari 3" in walker.main()
    assert rows(db) == []


@pytest.mark.parametrize(("right", "words"), [(False, "Ulangi modulnya."), (True, "Sudah separuh jalan.")])
def test_the_result_says_what_the_author_says_to_such_a_result(walker: Walker, right: bool, words: str) -> None:
    attempt = begin(walker, "interaktif")
    walker.answer(1, option(walker, RIGHT if right else WRONG), go="overview")
    walker.send(f"/attempts/{attempt}/finish")
    assert words in walker.main()


SURE = [  # slot, right, certainty; what it came to, and its certainty mark
    ({"choice": "Judul"}, "3"),
    ({"choice": "false"}, "3"),
    ({"text": "kuncirahasia10"}, "1"),
    ({"choice": "true"}, ""),
]


def give_sure(walker: Walker, attempt: int) -> None:
    for slot, (given, certainty) in enumerate(SURE, start=1):
        walker.open(f"/attempts/{attempt}?slot={slot}")
        fields = option(walker, "Judul") if slot == 1 else given
        walker.answer(slot, {**fields, **({"certainty": certainty} if certainty else {})}, go="next")


def test_siti_says_how_sure_she_is_and_reads_how_well_it_fitted(walker: Walker, db: SQLAlchemy) -> None:
    walker.open("/courses/modus/yakin")
    for words in ("Seberapa yakin", "Kurang yakin", "80-100%", "67-80%", "-6"):
        assert words.replace("Seberapa yakin", "seberapa yakin") in walker.main()
    attempt = begin(walker, "yakin")
    assert "Seberapa yakin Anda?" in walker.main()
    give_sure(walker, attempt)
    walker.open(f"/attempts/{attempt}?slot=1")
    assert re.search(r'name="certainty" value="3" checked>', walker.main())
    assert [(slot, certainty) for slot, _, _, certainty in rows(db)] == [(1, 3), (2, 3), (3, 1), (4, None)]
    walker.open(f"/attempts/{attempt}/overview")
    walker.send(f"/attempts/{attempt}/finish")
    assert marks(db) == [(1.0, "right", 3), (0.0, "wrong", 3), (1.0, "right", 1), (1.0, "right", 1)]
    # A = 3/4, T = (3 - 6 + 1 + 1)/4 = -1/4; one certainty for all would earn max(A, 4A - 2, 9A - 6) = 1 at best:
    # 0.75 + 0.1 (-0.25 - 1) = 0.625
    assert db.session.scalar(select(Attempt.fraction)) == pytest.approx(0.625)
    assert re.search(r'class="result">62<', walker.html)
    assert "Ketepatan 75,0 dari 100, bonus keyakinan -12,5." in walker.main()
    cells = (
        r'<th scope="row">([^<]+)<br><span class="meta">([^<]+)</span></th><td>(\d)</td><td>(\d+%)</td><td>([\d-]+%)'
    )
    assert re.findall(cells, walker.main()) == [
        ("Kurang yakin", "Sedikit kurang yakin", "2", "100%", "0-67%"),
        ("Sangat yakin", "Sedikit terlalu yakin", "2", "50%", "80-100%"),
    ]
    assert "Sangat yakin · nilai keyakinan -6,0" in walker.main()


def test_competencies_count_what_was_right_and_not_how_sure_one_was(walker: Walker, db: SQLAlchemy) -> None:
    attempt = begin(walker, "yakin")
    give_sure(walker, attempt)
    walker.send(f"/attempts/{attempt}/finish")
    db.session.rollback()
    scores = db.session.execute(select(CompetencyScore.competency, CompetencyScore.score))
    right, wrong, both = (score_over(*each, said=None).score for each in ([1.0], [0.0], [1.0, 1.0]))
    assert {row.competency: row.score for row in scores} == {"F1.satu": right, "F1.dua": wrong, "F2.tiga": both}


def test_another_certainty_alone_is_kept_and_one_without_an_answer_is_not(walker: Walker, db: SQLAlchemy) -> None:
    attempt = begin(walker, "yakin")
    judul = option(walker, "Judul")
    walker.answer(1, {"certainty": "2"}, go="stay")
    walker.answer(1, {**judul, "certainty": "2"}, go="stay")
    walker.answer(1, {**judul, "certainty": "2"}, go="stay")
    walker.answer(1, {**judul, "certainty": "3"}, go="stay")
    walker.answer(1, {**judul, "certainty": "9"}, go="stay")
    assert [(seq, certainty) for _, seq, _, certainty in rows(db)] == [(1, 2), (2, 3), (3, None)]
    assert attempt


def test_an_older_tab_shows_both_answers_with_how_sure_each_was(walker: Walker, db: SQLAlchemy) -> None:
    attempt = begin(walker, "yakin")
    judul, other = option(walker, "Judul"), Walker(walker.client)
    other.open(f"/attempts/{attempt}?slot=1")
    walker.answer(1, {**judul, "certainty": "3"}, go="stay")
    other.answer(1, {**judul, "certainty": "1"}, go="stay", status=409)
    assert "Judul · Sangat yakin" in other.main()
    assert "Judul · Kurang yakin" in other.main()


@pytest.mark.parametrize("quiz", ["interaktif", "yakin"])
def test_a_page_and_a_save_cost_no_more_than_in_other_modes(app: Flask, walker: Walker, quiz: str) -> None:
    attempt = begin(walker, quiz)
    for fields in ({"choice": "0"}, {"choice": "0", "action": "check"}, {"action": "try_again"}):
        with statements(app) as sent:
            assert walker.client.get(f"/attempts/{attempt}?slot=1").status_code == 200
        assert len(sent) <= 4, "\n\n".join(sent)
        data = walker.filled({**fields, "certainty": "2"})
        with statements(app) as sent:
            walker.client.post(f"/attempts/{attempt}/answers/1", data=data)
        assert len(sent) <= 4, "\n\n".join(sent)
    walker.open(f"/attempts/{attempt}/overview")
    walker.send(f"/attempts/{attempt}/finish")
    with statements(app) as sent:
        assert walker.client.get(f"/attempts/{attempt}/result").status_code == 200
    assert len(sent) <= 7, "\n\n".join(sent)
