"""Starting and answering on both databases."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.errors import NotFound
from app.marking.operations.finishing import finish_attempt
from app.people.permissions import Scope
from app.quizzes.models import Answer, Attempt
from app.quizzes.operations import answer_question, start_attempt
from app.quizzes.queries import get_sheet, slots_of
from app.quizzes.rules.answering import AlreadyChecked, AttemptOver, NewerAnswer
from app.quizzes.rules.starting import AttemptsUsedUp
from tests.ground.cast import Cast
from tests.quizzes.cast import begin, give, give_all, posted, right_fields, sample_quiz, sheet, wrong_fields
from tests.quizzes.content import minute


def stored(db: SQLAlchemy, model: type[Any]) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def at_once(app: Flask, *works: Callable[[], Any]) -> list[Any]:
    """What each work gave or raised, all begun at the same moment in threads of their own."""
    gate = Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(index: int, work: Callable[[], Any]) -> None:
        with app.app_context():
            gate.wait()
            try:
                results[index] = work()
            except Exception as fault:
                results[index] = fault

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return results


def test_an_attempt_pins_its_revision_and_keeps_its_layout(siti: int) -> None:
    work = begin(siti, "latihan")
    found, quiz = sample_quiz("latihan")
    assert work.revision_id == found.revision_id
    assert sorted(place.question for place in work.places) == sorted(quiz.addresses)
    assert sheet(work.id, siti).places == work.places


def test_pressing_start_again_leads_to_the_same_attempt(siti: int, db: SQLAlchemy) -> None:
    first = begin(siti, "tes", wanted=1)
    assert begin(siti, "tes", wanted=1).id == first.id
    assert begin(siti, "tes").id == first.id
    finish_attempt(first.id, within=Scope(siti), now=minute(5))
    assert begin(siti, "tes", wanted=1).id == first.id  # the old page's button, after going back
    assert begin(siti, "tes", wanted=2).id != first.id
    assert stored(db, Attempt) == 2


def test_of_many_starts_at_once_all_lead_to_one_attempt(app: Flask, siti: int, db: SQLAlchemy) -> None:
    db.session.rollback()
    found = at_once(app, *[lambda: begin(siti, "tes").id] * 4)
    assert len(set(found)) == 1
    assert isinstance(found[0], int), found
    assert stored(db, Attempt) == 1


def test_a_third_attempt_is_the_last_and_a_fourth_is_refused_and_not_stored(siti: int, db: SQLAlchemy) -> None:
    for _ in range(3):
        finish_attempt(begin(siti, "tes").id, within=Scope(siti), now=minute(5))
    with pytest.raises(AttemptsUsedUp):
        begin(siti, "tes")
    db.session.rollback()
    assert stored(db, Attempt) == 3


def test_a_further_attempt_draws_what_was_not_asked_before(siti: int) -> None:
    def bank_questions() -> set[str]:
        work = begin(siti, "tes")
        finish_attempt(work.id, within=Scope(siti), now=minute(5))
        return {place.question for place in work.places if "/kumpulan/" in place.question}

    assert bank_questions().isdisjoint(bank_questions())  # 4 of 8, twice


def test_an_answer_is_stored_once_however_often_it_arrives(siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    what = posted(right_fields(work.question(1), work.place(1).order))
    rows = [answer_question(work.id, 1, what, within=Scope(siti), now=minute(each)).row for each in range(3)]
    assert rows[0] is not None
    assert [row and row.saved_at for row in rows] == [minute(0)] * 3
    assert stored(db, Answer) == 1


def test_nothing_given_on_an_empty_slot_stores_nothing(siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    assert answer_question(work.id, 2, posted({}), within=Scope(siti), now=minute(0)).row is None
    assert stored(db, Answer) == 0


def test_of_two_tabs_at_once_one_answer_is_stored_and_the_other_is_told(app: Flask, siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "latihan")
    slot = next(slot for slot in range(1, 6) if work.question(slot).id == "tunggal")
    db.session.rollback()

    def tab(position: str) -> Callable[[], Any]:
        what = posted({"choice": [position]})
        return lambda: answer_question(work.id, slot, what, within=Scope(siti), now=minute(1))

    results = at_once(app, *[tab(position) for position in "0123"])
    refused = [each for each in results if isinstance(each, NewerAnswer)]
    assert len(refused) == 3, results
    row = slots_of(work)[slot - 1].newest
    assert row is not None
    assert all(each.newest == row for each in refused)
    assert all(each.given.response != row.response for each in refused)
    assert stored(db, Answer) == 1


def test_the_same_answer_sent_twice_at_once_is_stored_once_and_both_are_told_it_is_kept(
    app: Flask, siti: int, db: SQLAlchemy
) -> None:
    work = begin(siti, "tes")
    what = posted(right_fields(work.question(1), work.place(1).order))
    db.session.rollback()
    results = at_once(app, *[lambda: answer_question(work.id, 1, what, within=Scope(siti), now=minute(1))] * 4)
    assert [each.row and each.row.seq for each in results] == [1] * 4, results
    assert stored(db, Answer) == 1


def test_the_database_itself_refuses_a_second_row_of_one_number(siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    give(work, 1, right=True)
    db.session.add(
        Answer(attempt_id=work.id, slot=1, seq=1, action="save", response=None, page_token="x", saved_at=minute(1))
    )
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_rows_are_only_ever_added(siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "latihan")
    columns = Answer.__table__.c
    seen: list[Any] = []
    for step in (
        lambda: give(work, 1, right=False),
        lambda: give(work, 1, right=True),
        lambda: give_all(work, right=True),
    ):
        step()
        rows = list(db.session.execute(select(*columns).order_by(columns.id)))
        assert rows[: len(seen)] == seen
        seen = rows
    finish_attempt(work.id, within=Scope(siti), now=minute(5))
    assert list(db.session.execute(select(*columns).order_by(columns.id))) == seen


def test_an_old_tab_is_told_of_the_newer_answer_and_stores_nothing(siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    order = work.place(1).order
    old, new = posted(wrong_fields(work.question(1), order)), posted(right_fields(work.question(1), order))
    kept = answer_question(work.id, 1, new, within=Scope(siti), now=minute(0)).row
    with pytest.raises(NewerAnswer) as told:
        answer_question(work.id, 1, old, within=Scope(siti), now=minute(1))
    assert told.value.newest == kept
    assert told.value.given.response != (kept and kept.response)
    assert stored(db, Answer) == 1


def test_a_checked_answer_stays_and_a_late_save_of_it_is_harmless(siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "latihan")
    slot = next(slot for slot in range(1, 6) if work.question(slot).id == "benar-salah")
    question, order = work.question(slot), work.place(slot).order
    checked = answer_question(
        work.id, slot, posted(wrong_fields(question, order), wanted="check"), within=Scope(siti), now=minute(0)
    )
    late = answer_question(work.id, slot, posted(wrong_fields(question, order)), within=Scope(siti), now=minute(1))
    assert late.row == checked.row
    with pytest.raises(AlreadyChecked):
        answer_question(
            work.id, slot, posted(right_fields(question, order), shown=1), within=Scope(siti), now=minute(2)
        )
    assert stored(db, Answer) == 1


def test_a_check_without_an_answer_or_of_an_unreadable_one_checks_nothing(siti: int) -> None:
    work = begin(siti, "latihan")
    slot = next(slot for slot in range(1, 6) if work.question(slot).id == "angka")
    nothing = answer_question(work.id, slot, posted({}, wanted="check"), within=Scope(siti), now=minute(0))
    assert nothing.refused_check
    assert nothing.row is None
    what = posted({"text": ["banyak"], "language": ["id"]}, wanted="check")
    unreadable = answer_question(work.id, slot, what, within=Scope(siti), now=minute(1))
    assert unreadable.refused_check
    assert not slots_of(work)[slot - 1].final
    assert slots_of(work)[slot - 1].answered


def test_after_handing_in_nothing_new_is_stored_but_a_repeated_answer_is_no_fault(siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    what = posted(right_fields(work.question(1), work.place(1).order))
    answer_question(work.id, 1, what, within=Scope(siti), now=minute(0))
    finish_attempt(work.id, within=Scope(siti), now=minute(5))
    again = answer_question(work.id, 1, what, within=Scope(siti), now=minute(6))
    assert again.row is not None
    with pytest.raises(AttemptOver):
        give(sheet(work.id, siti), 2, right=True, now=minute(6))
    assert stored(db, Answer) == 1


def test_another_persons_attempt_is_not_found(cast: Cast, siti: int, db: SQLAlchemy) -> None:
    work = begin(siti, "tes")
    other = Scope(cast.rahmat)
    for attempt in (
        lambda: get_sheet(work.id, within=other),
        lambda: answer_question(work.id, 1, posted({"choice": ["0"]}), within=other, now=minute(1)),
        lambda: finish_attempt(work.id, within=other, now=minute(1)),
        lambda: get_sheet(work.id + 1, within=Scope(siti)),
        lambda: get_sheet(10**30, within=Scope(siti)),
    ):
        with pytest.raises(NotFound):
            attempt()
        db.session.rollback()
    assert stored(db, Answer) == 0


@pytest.mark.parametrize("slot", [0, 6, 10**12])
def test_a_slot_that_is_not_there_is_not_found(siti: int, slot: int) -> None:
    work = begin(siti, "tes")
    with pytest.raises(NotFound):
        answer_question(work.id, slot, posted({"choice": ["0"]}), within=Scope(siti), now=minute(1))


def test_an_attempt_goes_on_with_its_own_revision_after_the_course_changed(
    app: Flask, siti: int, db: SQLAlchemy, courses_folder: Any
) -> None:
    from app.catalogue.operations import sync

    work = begin(siti, "latihan")
    module = courses_folder / "contoh" / "01-dasar.yaml"
    module.write_text(module.read_text().replace("Katalog buku", "Daftar buku").replace("points: 2", "points: 5"))
    assert sync(courses_folder, now=minute(1)).published == ["contoh"]
    assert start_attempt(siti, *sample_quiz("latihan"), now=minute(2)) == work.id
    again = sheet(work.id, siti)
    assert again.revision_id == work.revision_id != sample_quiz("latihan")[0].revision_id
    assert sum(place.points for place in again.places) == 6
    give_all(again, right=True)
    assert all(state.answered for state in slots_of(again))
