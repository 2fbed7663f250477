"""A trainer at the editor of a quiz and at the bank: each change is kept in the draft, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from werkzeug.test import TestResponse

from app.authoring.rules.holders import Holder, holders_in
from app.authoring.rules.slots import Card, cards_of
from app.catalogue.operations import Change, save_draft
from app.catalogue.queries import Workspace, get_workspace
from app.people.operations import grant, revoke
from app.people.permissions import Grant, Role, Scope, ScopeKind
from tests.ground.cast import NOW, Cast, post, sign_in
from tests.ground.database import ONE_DATABASE, PUBLISHED, Start
from tests.ground.html import valid_html

# Forms over a draft's files; tests/catalogue saves and publishes drafts on both kinds of database.
pytestmark = ONE_DATABASE

QUIZ = "/authoring/contoh/quizzes/tes"
SETTINGS = f"{QUIZ}/settings"
BANKS = "/authoring/contoh/banks"


@pytest.fixture
def start() -> Start:
    """There is something to edit."""
    return PUBLISHED


class Desk:
    """What Rahmat does, and what the draft holds then."""

    def __init__(self, client: FlaskClient, db: SQLAlchemy, rahmat: int) -> None:
        self.client, self.db, self.rahmat = client, db, rahmat

    @property
    def workspace(self) -> Workspace:
        self.db.session.rollback()
        return get_workspace("contoh", within=Scope(0, everything=True))

    def holder(self, name: str) -> Holder:
        return next(each for each in holders_in(self.workspace.files, {}) if each.id == name)

    def read(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        text = answer.get_data(as_text=True)
        valid_html(text)
        return text

    def send(self, path: str, fields: Mapping[str, object], status: int = 303) -> TestResponse:
        answer = post(self.client, path, **{"base": self.workspace.revision_id, **fields})
        assert answer.status_code == status, answer.get_data(as_text=True)
        if status in (409, 422):
            valid_html(answer.get_data(as_text=True))
        return answer


@pytest.fixture
def desk(rahmat: FlaskClient, db: SQLAlchemy, cast: Cast) -> Desk:
    return Desk(rahmat, db, cast.rahmat)


def test_a_quiz_is_put_in_order_and_what_is_taken_away_comes_back(desk: Desk) -> None:
    page = desk.read(QUIZ)
    assert "Ambil acak 4 dari" in page and "Pengaturan" in page
    before = desk.workspace
    desk.send(QUIZ, {"do": "down", "at": 0})
    assert [each.kind for each in cards(desk)] == ["draw", "question"]
    assert desk.workspace.is_draft
    gone = desk.send(QUIZ, {"do": "remove", "at": 1})
    assert [each.kind for each in cards(desk)] == ["draw"]
    page = desk.read(gone.location)
    assert "Batalkan penghapusan" in page
    earlier = gone.location.rpartition("before=")[2]
    desk.send("/authoring/contoh/lists/tes/undo", {"at": 1, "before": earlier})
    assert [each.kind for each in cards(desk)] == ["draw", "question"]
    desk.send(QUIZ, {"do": "up", "at": 1})
    assert desk.workspace.files == before.files, "there and back again every byte is as it was"


def cards(desk: Desk, quiz: str = "tes") -> list[Card]:
    return list(cards_of(desk.holder(quiz).items, {}, {}))


def test_a_draw_that_wants_too_much_is_told_before_and_after_sending_and_what_was_typed_stays(desk: Desk) -> None:
    wanted = {"do": "draw", "draw": "99", "from": "kumpulan"}
    said = desk.send(f"{QUIZ}/fit", wanted, 200).get_data(as_text=True)
    assert "Bank ini berisi" in said and "tidak dapat mengambil 99" in said
    before = desk.workspace
    page = desk.send(QUIZ, wanted, 422).get_data(as_text=True)
    assert 'value="99"' in page and "tidak dapat mengambil 99" in page
    assert desk.workspace == before


def test_texts_headings_and_points_are_kept(desk: Desk) -> None:
    desk.send(QUIZ, {"do": "texts", "title": "Tes baru", "title_en": "New test", "intro": "Kerjakan sendiri."})
    desk.send(QUIZ, {"do": "section", "section": "Bagian akhir"})
    desk.send(QUIZ, {"do": "points", "at": 0, "points": "2,5"})
    quiz = desk.holder("tes").value
    assert (quiz["title"], quiz["intro"]) == ({"id": "Tes baru", "en": "New test"}, "Kerjakan sendiri.")
    page = desk.read(QUIZ)
    assert "Bagian akhir" in page and "2.5 poin" in page
    assert "belum berisi soal" in page, "an empty heading is a fault, told beside it"


def test_two_who_change_different_places_of_a_quiz_keep_both(desk: Desk) -> None:
    opened = desk.workspace.revision_id
    desk.send(QUIZ, {"do": "section", "section": "Bagian akhir"})
    desk.send(SETTINGS, {"base": opened, "pass": "80"})
    quiz = desk.holder("tes").value
    assert quiz["pass"] == "80" and {"section": "Bagian akhir"} in desk.holder("tes").items


def test_settings_follow_the_preset_and_tell_what_differs(desk: Desk) -> None:
    assert "Untuk apa kuis ini?" in desk.read(SETTINGS)
    desk.send(SETTINGS, {"preset": "practice", "shuffle_questions": "false"})
    page = desk.read(SETTINGS)
    assert "Beda dari Latihan" in page and "Kembali ke Latihan" in page
    desk.send(SETTINGS, {"reset": "shuffle_questions"})
    assert "shuffle_questions" not in desk.holder("tes").value


def test_settings_are_saved_before_they_are_published(desk: Desk) -> None:
    answer = desk.send(SETTINGS, {"preset": "practice", "pass": "55", "do": "publish"})
    assert answer.location == "/authoring/contoh/publish"
    assert desk.holder("tes").value["pass"] == "55"


def test_settings_that_do_not_go_together_are_told_and_nothing_is_lost(desk: Desk) -> None:
    before = desk.workspace
    typed = {"preset": "practice", "time_limit": "15", "time_limit_unit": "min", "pass": "83"}
    told = desk.send(f"{SETTINGS}/check", typed, 200).get_json()
    assert [each["field"] for each in told] == ["time_limit"]
    page = desk.send(SETTINGS, typed, 422).get_data(as_text=True)
    assert "tidak dibatasi waktunya" in page and 'value="83"' in page
    assert desk.workspace == before


def test_a_bank_is_made_and_filled_and_its_questions_used(desk: Desk) -> None:
    made = desk.send(BANKS, {"title": "Soal Sukar"})
    assert made.location == f"{BANKS}/soal-sukar"
    first = f"bank/kumpulan|{desk.holder('bank/kumpulan').questions[0][1].id}"
    desk.send(f"{BANKS}/questions", {"do": "copy", "to": "bank/soal-sukar", "question": first})
    assert len(desk.holder("bank/soal-sukar").questions) == 1
    page = desk.read(BANKS)
    assert "1 soal kembar" in page
    copy = f"bank/soal-sukar|{desk.holder('bank/soal-sukar').questions[0][1].id}"
    used = desk.send(f"{BANKS}/questions", {"do": "use", "quiz": "latihan", "question": copy})
    assert used.location == "/authoring/contoh/quizzes/latihan"
    refused = desk.send(f"{BANKS}/questions", {"do": "delete", "bank": "soal-sukar", "question": copy}, 409)
    assert "masih dipakai di kuis" in refused.get_data(as_text=True)
    assert f'value="{copy}" checked' in refused.get_data(as_text=True)


def test_a_bank_without_a_title_is_refused_in_words(desk: Desk) -> None:
    assert "Tulis judul bank" in desk.send(BANKS, {"title": " "}, 409).get_data(as_text=True)


def test_a_bank_is_called_otherwise_and_taken_away_once_no_quiz_uses_it(desk: Desk) -> None:
    desk.send(BANKS, {"title": "Sementara"})
    desk.send(f"{BANKS}/sementara", {"title": "Soal sementara"})
    assert "Bank soal: Soal sementara" in desk.read(f"{BANKS}/sementara")
    used = next(each for each in holders_in(desk.workspace.files, {}) if each.kind == "bank")
    told = desk.send(f"{BANKS}/{used.name}", {"do": "delete"}, 409).get_data(as_text=True)
    assert "Hapus dulu pemakaiannya dari kuis itu." in told
    desk.send(f"{BANKS}/sementara", {"do": "delete"})
    assert "bank/sementara.yaml" not in desk.workspace.files and used.path in desk.workspace.files


def test_the_bank_finds_questions_by_their_words(desk: Desk) -> None:
    text = desk.holder("latihan").questions[0][1].text
    found = desk.read(f"{BANKS}?words={text.split()[0].upper()}&where=quizzes")
    assert "soal ditemukan" in found
    assert "0 soal ditemukan" in desk.read(f"{BANKS}?words=zzzz")
    assert desk.read(f"{BANKS}/kumpulan?use=unused&page=9")


def test_the_versions_of_a_question_tell_when_it_changed_and_what(desk: Desk) -> None:
    assert "belum pernah diubah" in desk.read("/authoring/contoh/versions/tes/pembuka")
    before = desk.workspace.files["02-lanjut.yaml"]
    moved = before.replace(b"Buku kembali ke mana?", b"Buku pulang ke mana?")
    keep(desk, {"02-lanjut.yaml": moved})
    desk.send(QUIZ, {"do": "section", "section": "Bagian akhir"})
    page = desk.read("/authoring/contoh/versions/tes/pembuka")
    assert page.count("<article>") == 1, "not the version with the heading"
    assert "pulang" in page and "Bagian akhir" not in page
    assert desk.client.get("/authoring/contoh/versions/tes/hilang").status_code == 404


def keep(desk: Desk, files: Mapping[str, bytes]) -> None:
    """Save a change of whole files as somebody else does."""
    base = desk.workspace.revision_id
    change = Change(slug="contoh", base=base, files=files, message="x", person_id=desk.rahmat, author="Rahmat")
    save_draft(change, now=NOW)
    desk.db.session.rollback()


def test_a_file_that_cannot_be_read_hides_no_other(desk: Desk) -> None:
    assert desk.client.get("/authoring/contoh/quizzes/hilang").status_code == 404
    assert desk.client.get("/authoring/contoh/surveys/tes").status_code == 404
    assert desk.client.get(f"{BANKS}/hilang").status_code == 404
    assert desk.send(QUIZ, {"do": "semua"}, 404)


def test_outside_a_trainers_courses_nothing_is_found_and_learners_are_turned_away(
    app: Flask, desk: Desk, cast: Cast
) -> None:
    revoke(cast.rahmat, Grant(Role.TRAINER))
    grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "tertutup"), now=NOW)
    desk.db.session.rollback()
    for path in (QUIZ, SETTINGS, BANKS, f"{BANKS}/kumpulan"):
        assert desk.client.get(path).status_code == 404
    siti = app.test_client()
    sign_in(siti, "siti")
    assert siti.get(QUIZ).status_code == 403
