"""The shared banks in the browser: edited like a course's own by who trains everywhere, read by the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from werkzeug.test import TestResponse

from app.authoring.blueprint import OF_SHARED
from app.catalogue.operations import sync
from app.catalogue.queries import Workspace, get_published, get_workspace, heads
from app.catalogue.rules import SHARED
from app.db import db as handle
from app.quizzes.models import Attempt, Mark
from tests.authoring.test_courses import only
from tests.catalogue.sharing import ALL, BANK, TEXTS, UMUM, save, share
from tests.catalogue.writing import NOW
from tests.competencies.histories import add_learners
from tests.ground.cast import Cast, post, sign_in
from tests.ground.courses import publish
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html

HOME = "/authoring/@shared"
QUESTION = f"{HOME}/questions/bank/umum/tamu"


@pytest.fixture
def start() -> Start:
    return PUBLISHED


class Desk:
    """What Rahmat does with the shared banks, and what their draft holds then."""

    def __init__(self, client: FlaskClient, db: SQLAlchemy) -> None:
        self.client, self.db = client, db

    @property
    def workspace(self) -> Workspace:
        self.db.session.rollback()
        return get_workspace(SHARED, within=ALL)

    def read(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        text = answer.get_data(as_text=True)
        valid_html(text)
        return " ".join(text.split())

    def send(self, path: str, fields: Mapping[str, object], status: int = 303) -> TestResponse:
        answer = post(self.client, path, **{"base": self.workspace.revision_id, **fields})
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer


@pytest.fixture
def desk(client: FlaskClient, cast: Cast, db: SQLAlchemy, courses_folder: Path) -> Desk:
    """Rahmat, a trainer of every course, and a shared bank that a quiz takes from."""
    share(courses_folder)
    sync(courses_folder, now=NOW)
    sign_in(client, "rahmat")
    return Desk(client, db)


def test_a_shared_bank_is_made_filled_and_published_in_the_browser(desk: Desk, courses_folder: Path) -> None:
    assert f'href="{HOME}"' in desk.read("/authoring/")
    made = desk.send(f"{HOME}/banks", {"title": "Etika kerja"})
    assert made.location == f"{HOME}/banks/etika-kerja"
    assert desk.workspace.files["bank/etika-kerja.yaml"].startswith(b"# yaml-language-server: $schema=../course.schema")
    pasted = {"text": "1. Rahasia pembaca dijaga. (B/S)\nJawaban: B", "truth-0": "true"}
    looked = desk.send(f"{HOME}/paste/bank/etika-kerja", {**pasted, "do": "look"}, 200).get_data(as_text=True)
    digest = looked.split('name="digest" value="')[1].split('"')[0]
    desk.send(f"{HOME}/paste/bank/etika-kerja", {**pasted, "do": "add", "digest": digest, "take-0": "1"})
    assert "Rahasia pembaca dijaga." in desk.read(f"{HOME}/banks/etika-kerja")
    keys = {"question": "bank/umum|tamu", "do": "copy", "to": "bank/etika-kerja"}
    desk.send(f"{HOME}/banks/questions", keys)
    assert "1 soal kembar" in desk.read(HOME)
    assert "Tidak ada kuis yang berubah." in desk.read(f"{HOME}/publish")
    desk.send(f"{HOME}/publish", {})
    assert (courses_folder / "bank" / "etika-kerja.yaml").read_bytes().count(b"- id:") == 2
    assert "Etika kerja" in desk.read("/authoring/contoh/banks")


def test_a_question_tells_where_it_is_used_and_publishing_it_what_it_changes(desk: Desk) -> None:
    page = desk.read(HOME)
    assert 'href="/authoring/contoh/quizzes/tes">Tes lanjut (Kursus Contoh)</a>' in page
    assert "Dipakai di 1 kuis di 1 kursus" in desk.read(QUESTION)
    kept = {"type": "true-false", "q.text.id": "Buku tamu wajib ada.", "q.answer": "true", "q.language": "id"}
    desk.send(QUESTION, {**kept, "do": "save"})
    assert b"Buku tamu wajib ada." in desk.workspace.files[BANK]
    assert "Terbitkan mengubah 1 kuis di 1 kursus." in desk.read(f"{HOME}/publish")
    assert "Soal diubah: 1" in desk.read(f"{HOME}/history")
    assert "Buku tamu wajib ada." in desk.read(f"{HOME}/versions/bank/umum/tamu")
    sent = desk.send(f"{HOME}/publish", {"message": "Diperjelas"})
    assert sent.location == HOME
    found = get_published("contoh").course.question("umum/tamu")
    assert found is not None and found.text.id == "Buku tamu wajib ada."
    assert "Bank soal bersama diterbitkan" in desk.read("/authoring/contoh/history")
    assert "Diperjelas" in desk.read(f"{HOME}/history")


def test_what_would_break_a_quiz_is_refused_with_the_way_to_it(desk: Desk) -> None:
    taken = {"question": "bank/umum|tamu", "do": "delete"}
    told = desk.send(f"{HOME}/banks/questions", taken, 409).get_data(as_text=True)
    assert "Tes lanjut (Kursus Contoh)" in told
    text = UMUM.replace(TEXTS["tamu"], "")
    desk.send(f"{HOME}/yaml/{BANK}", {"text": text})
    before = dict(heads())
    page = desk.send(f"{HOME}/publish", {}, 409).get_data(as_text=True)
    valid_html(page)
    assert '<a href="/authoring/contoh/quizzes/tes">Tes lanjut (Kursus Contoh)</a>' in page
    assert "Terbitkan sekarang" not in page
    assert dict(heads()) == before
    desk.send(f"{HOME}/discarded", {})
    assert not desk.workspace.is_draft


def test_the_lists_of_all_courses_are_edited_as_text_and_faults_are_told_on_their_lines(desk: Desk) -> None:
    assert f'href="{HOME}/yaml/glossary.yaml"' in desk.read(HOME)
    desk.send(f"{HOME}/yaml/glossary.yaml", {"text": "terms:\n  - salah: ya\n"})
    assert 'data-line="2"' in desk.read(f"{HOME}/yaml/glossary.yaml")
    assert f'href="{HOME}/yaml/glossary.yaml?at=2"' in desk.read(f"{HOME}/publish")


def test_two_who_change_the_same_choose_as_in_a_course(desk: Desk) -> None:
    base = desk.workspace.revision_id
    save("Buku tamu perlu.", "Buku tamu penting.")
    text = UMUM.replace("Buku tamu perlu.", "Buku tamu percuma.")
    met = post(desk.client, f"{HOME}/yaml/{BANK}", base=base, text=text)
    assert met.location.startswith(f"{HOME}/parted/")
    page = desk.read(met.location)
    assert "penting" in page and "percuma" in page


def test_a_trainer_of_one_course_reads_and_uses_them_and_is_told_who_changes_them(desk: Desk, cast: Cast) -> None:
    assert f'href="{HOME}/banks/umum"' in desk.read("/authoring/contoh/banks/umum")
    only(cast, "contoh")
    assert HOME not in desk.read("/authoring/")
    page = desk.read("/authoring/contoh/banks/umum")
    assert "Yang dapat mengubahnya: pengelola, dan pengajar yang memegang semua kursus." in page
    assert HOME not in page and "Hapus dari bank" not in page
    base = desk.workspace.revision_id
    for path in ("", "/banks", "/banks/umum", "/history", "/publish", f"/yaml/{BANK}", "/questions/bank/umum/tamu"):
        assert desk.client.get(HOME + path).status_code == 404, path
    for path in ("/banks", "/banks/questions", "/publish", "/due", "/discarded", f"/yaml/{BANK}", "/pads/yaml/x"):
        assert post(desk.client, HOME + path, base=base, title="x", text="x").status_code == 404, path
    assert desk.workspace.revision_id == base
    files = get_workspace("contoh", within=ALL)
    used = {"question": "bank/umum|jam", "do": "use", "quiz": "tes", "base": files.revision_id}
    assert post(desk.client, "/authoring/contoh/banks/questions", **used).status_code == 303
    desk.db.session.rollback()
    assert b"use: umum/jam" in get_workspace("contoh", within=ALL).files["02-lanjut.yaml"]


def test_what_means_nothing_to_them_is_not_there(desk: Desk) -> None:
    for path in ("settings", "quizzes/tes", "lessons/pengantar", "preview/tes"):
        assert desk.client.get(f"{HOME}/{path}").status_code == 404
    for path in ("activities", "modules", "removed", "settings", "pictures", "quizzes/tes"):
        assert post(desk.client, f"{HOME}/{path}", base=desk.workspace.revision_id).status_code == 404
    assert desk.client.get("/authoring/@lain").status_code == 404
    assert set(desk.client.application.view_functions) >= OF_SHARED


BORROWER = {
    "course.yaml": "{title: Kursus Peminjam, code: UJI-9, summary: x, track: service, hours: 1, modules: [01-satu]}\n",
    "01-satu.yaml": "title: Satu\nactivities: [{quiz: pinjam, title: x, preset: test, questions: [use: umum/tamu]}]\n",
}


def answered(course: str, quiz_id: str, fractions: Sequence[float]) -> None:
    """So many people answered the shared question in a quiz."""
    revision_id = heads()[course].revision_id
    people = add_learners([f"Orang {number}" for number in range(len(fractions))])
    for person_id, fraction in zip(people, fractions, strict=True):
        attempt = Attempt(
            person_id=person_id, course_slug=course, quiz_id=quiz_id, revision_id=revision_id, number=1, seed=1,
            layout=[], state="finished", started_at=NOW, finished_at=NOW, fraction=fraction, passed=True, flagged=[],
        )  # fmt: skip
        handle.session.add(attempt)
        handle.session.flush()
        handle.session.add(
            Mark(attempt_id=attempt.id, slot=1, question="umum/tamu", fraction=fraction, points=1.0, outcome="right")
        )
    handle.session.commit()


def test_a_shared_question_shows_what_answers_tell_in_whichever_course_and_a_trainer_of_one_sees_that_one(
    desk: Desk, courses_folder: Path, cast: Cast
) -> None:
    publish(courses_folder, "pinjam", BORROWER, now=NOW)
    assert "menjawab benar" not in desk.read(HOME) and "Mutu menurut jawaban" not in desk.read(HOME)
    answered("contoh", "tes", [1.0] * 6)
    answered("pinjam", "pinjam", [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    page = desk.read(HOME)
    assert "25% menjawab benar" in page and "8 orang" in page and "<span>Kursus Peminjam</span>" in page
    assert 'href="/teaching/courses/pinjam/analysis/pinjam/' in page
    assert "25% menjawab benar" in desk.read(f"{HOME}?quality=hard")
    assert "25% menjawab benar" not in desk.read(f"{HOME}?quality=easy")
    only(cast, "contoh")
    assert desk.client.get(HOME).status_code == 404
    page = desk.read("/authoring/contoh/banks?where=bank/umum")
    assert "100% menjawab benar" in page and "25% menjawab benar" not in page and "Kursus Peminjam" not in page
