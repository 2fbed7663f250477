"""Sequential quizzes through their pages: the slot reached and no other, and going on is final."""

from __future__ import annotations

import pytest
from flask import Flask

from app.people.permissions import Scope
from app.quizzes.queries import get_sheet, slots_of
from tests.ground.cast import Cast
from tests.ground.database import ATTEMPTS, Start
from tests.learn.walker import Walker

COURSE = "/courses/percobaan"


@pytest.fixture
def start() -> Start:
    """Quizzes that differ in what an attempt can be."""
    return ATTEMPTS


def begin(app: Flask, quiz: str) -> tuple[Walker, str]:
    """Siti at the first question, and her attempt's address."""
    siti = Walker.of(app)
    assert "Soal dikerjakan berurutan" in siti.open(f"{COURSE}/{quiz}")
    siti.send(f"{COURSE}/{quiz}/attempts")
    return siti, siti.path.partition("?")[0]


def test_only_the_question_reached_is_shown_and_there_is_no_way_back(app: Flask, cast: Cast) -> None:
    siti, attempt = begin(app, "urut")
    assert "?slot=" not in siti.main() and 'value="slot-' not in siti.main() and "/overview" not in siti.main()
    for ahead in ("?slot=2", "?slot=3", "/overview"):
        assert "belum sampai gilirannya" in siti.open(f"{attempt}{ahead}", status=409)
    siti.open(attempt)
    assert "Soal 1 dari 3" in siti.html
    siti.answer(1, {"choice": "true"}, go="next")
    assert "Soal 2 dari 3" in siti.main() and "Sebelumnya" not in siti.main()
    assert "tidak dapat dibuka atau diubah lagi" in siti.open(f"{attempt}?slot=1", status=409)
    siti.open(attempt)  # as by the button of the page that refused
    siti.answer(2, {}, go="next")  # a text asks nothing, and is left behind as well
    siti.answer(3, {}, go="next")  # nor need a question be answered
    assert siti.path.endswith("/overview") and "?slot=" not in siti.main()
    assert "soal 3" in siti.main() and "Kembali mengerjakan" not in siti.main()
    assert siti.open(attempt) and siti.path.endswith("/overview")
    siti.send(f"{attempt}/finish")
    assert "<strong" in siti.main() and ">50<" in siti.main()


def test_an_old_tab_changes_nothing_and_a_double_press_goes_on_once(app: Flask, cast: Cast) -> None:
    siti, attempt = begin(app, "urut")
    old = Walker(siti.client, siti.html, siti.path)
    siti.answer(1, {"choice": "true"}, go="next")
    old.answer(1, {"choice": "true"}, go="next")
    assert "Soal 2 dari 3" in old.main()
    old.answer(1, {"choice": "false"}, status=409, go="next")
    assert "Dikerjakan berurutan" in old.main() and "Kembali ke soal" in old.main()
    assert old.save(1, {"choice": "false"}).status_code == 409
    old.answer(3, {"choice": "false"}, status=409, go="next")
    old.open(attempt)
    for typed in ("previous", "slot-1", "slot-3", "overview"):
        assert "Soal 2 dari 3" in old.answer(2, {}, go=typed)
    with app.app_context():
        work = get_sheet(1, within=Scope(cast.siti))
        assert (work.reached, [state.answered for state in slots_of(work)]) == (2, [True, False, False])


def test_a_checked_question_is_left_by_a_button_that_is_final_too(app: Flask, cast: Cast) -> None:
    siti, attempt = begin(app, "urut-periksa")
    siti.answer(1, {"choice": "true"}, action="check")
    assert "Benar" in siti.main() and "?slot=" not in siti.main()
    for _ in range(2):  # pressed twice
        siti.send(f"{attempt}/answers/1/passed")
        assert "Soal 2 dari 2" in siti.main()
    siti.send(f"{attempt}/answers/3/passed")
    assert "Soal 2 dari 2" in siti.main()
    siti.answer(2, {"choice": "true"}, action="check")
    siti.send(f"{attempt}/answers/2/passed")
    assert siti.path.endswith("/overview")
