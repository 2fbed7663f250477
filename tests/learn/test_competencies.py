"""Siti's own competencies: what she sees, what stands behind each number, and what is never shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.catalogue.operations import sync
from app.catalogue.queries import get_published, heads
from tests.competencies.histories import Given, add_attempt, add_finished, add_learners, at, store_check
from tests.ground.statements import statements
from tests.learn.walker import Walker

SECRETS = re.compile(r"(kunci|umpan|bahasan)rahasia\d+")


@pytest.fixture
def revision(db: SQLAlchemy) -> int:
    """The published revision of the sample course."""
    found = heads()["contoh"].revision_id
    db.session.rollback()
    return found


def bank(*names: str, **more: object) -> list[Given]:
    return [Given(f"contoh/kumpulan/soal-{name}", **more) for name in names]  # type: ignore[arg-type]


FIVE = [Given("contoh/latihan/tunggal"), Given("contoh/latihan/ganda", fraction=0.5)]
FIVE += [Given("contoh/tes/pembuka", fraction=0.0), *bank("satu", "dua")]  # 70 over five questions


def text_of(html: str) -> str:
    """The page's words on one line, without the frame."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_before_the_first_quiz_the_page_says_what_will_be_here(app: Flask, siti: int) -> None:
    walker = Walker.of(app)
    page = text_of(walker.open("/competencies"))
    assert "Gambaran kemampuan Anda muncul di sini setelah Anda mengumpulkan kuis" in page
    assert page.count("Belum cukup jawaban (0 dari 5)") == 3
    assert 'href="/courses/contoh/latihan"' in walker.main(), "nothing to begin with"


def test_four_questions_show_no_score_and_five_do(app: Flask, siti: int, revision: int) -> None:
    add_finished(siti, revision, FIVE[:4])
    walker = Walker.of(app)
    page = text_of(walker.open("/competencies"))
    assert "Kompetensi satu Belum cukup jawaban (4 dari 5)" in page
    assert '<svg class="estimate"' not in walker.main()
    add_finished(siti, revision, FIVE[4:], quiz="tes")
    page = text_of(walker.open("/competencies"))
    assert walker.main().count('<svg class="estimate"') == 1
    assert re.search(r"Kompetensi satu Belum pasti.* Perkiraan \d\d-\d\d \(keyakinan 90%\), dari 5 jawaban", page)


def test_the_page_says_how_the_score_is_made_who_sees_it_and_what_it_is_not(app: Flask, siti: int) -> None:
    page = text_of(Walker.of(app).open("/competencies"))
    assert "jawaban pertama Anda untuk tiap soal, sebelum kuncinya dibuka" in page
    assert "Yang dapat melihat halaman ini: Anda dan petugas dinas." in page
    assert "Ini hasil belajar, bukan sertifikat kompetensi dari LSP/BNSP." in page
    assert "kompeten " not in page.lower()


def test_a_number_opens_to_the_answers_behind_it_and_to_no_others(app: Flask, siti: int, revision: int) -> None:
    add_finished(siti, revision, [*FIVE, *bank("empat", competency="F1.dua")])
    walker = Walker.of(app)
    link = re.search(r'href="([^"]*competency=F1.satu[^"]*)"', walker.open("/competencies"))
    assert link, "the number has no link"
    page = text_of(walker.open(link[1].replace("&amp;", "&")))
    assert "Mana yang dicari lebih dahulu? Benar 22 November 2026 Latihan dasar versi 1 bobot 2" in page
    weights = re.findall(r"bobot (\d+)%", page)
    assert len(weights) == 5 and 98 <= sum(map(int, weights)) <= 102
    assert "Apa saja yang tercatat di katalog? Sebagian benar (50%)" in page
    assert "Buku kembali ke mana? Salah" in page
    assert "nomor empat" not in page


def test_a_competency_without_answers_opens_to_a_sentence(app: Flask, siti: int, revision: int) -> None:
    add_finished(siti, revision, FIVE)
    page = text_of(Walker.of(app).open("/competencies?competency=F2.tiga"))
    assert "Belum ada jawaban yang dihitung untuk kompetensi ini." in page


def test_an_unknown_competency_opens_nothing(app: Flask, siti: int, revision: int) -> None:
    add_finished(siti, revision, FIVE)
    assert "Belum ada jawaban" not in text_of(Walker.of(app).open("/competencies?competency=F9.bukan%01<b>"))


def test_no_key_feedback_or_explanation_is_ever_shown(app: Flask, siti: int, revision: int) -> None:
    every = get_published("contoh").course.questions
    shown = [Given(address, question.competency, 0.5) for address, question in every.items()]
    add_finished(siti, revision, shown)
    walker = Walker.of(app)
    for competency in ("F1.satu", "F1.dua", "F2.tiga"):
        walker.open(f"/competencies?competency={competency}")
        assert walker.main().count("Sebagian benar") >= 1
    for language in ("id", "en"):
        walker.send("/language", {"language": language, "back": "/competencies?competency=F1.dua"})
    found = [SECRETS.search(page) for page in walker.seen]
    assert not any(found), found


def test_an_exam_does_not_tell_here_which_of_its_questions_were_right(app: Flask, siti: int, revision: int) -> None:
    slots = [Given(f"contoh/ujian/{name}", "F2.tiga") for name in ("tersulit", "sandi")]
    add_finished(siti, revision, slots, quiz="ujian")
    page = text_of(Walker.of(app).open("/competencies?competency=F2.tiga"))
    assert page.count("benar atau salahnya tidak ditampilkan untuk kuis ini") == 2
    assert "Benar" not in page
    assert "Salah" not in page


def test_an_answer_shows_the_question_as_it_was_then(
    app: Flask, siti: int, revision: int, courses_folder: Path, db: SQLAlchemy
) -> None:
    add_finished(siti, revision, FIVE[:1])
    file = courses_folder / "contoh" / "01-dasar.yaml"
    file.write_text(file.read_text().replace("Mana yang dicari lebih dahulu?", "Apa yang dicari sekarang?"))
    sync(courses_folder, now=at(90))
    newer = heads()["contoh"].revision_id
    assert newer != revision
    add_finished(siti, newer, bank("satu", answered=95), quiz="tes", minute=99)
    page = text_of(Walker.of(app).open("/competencies?competency=F1.satu"))
    assert "Mana yang dicari lebih dahulu? Benar 22 November 2026 Latihan dasar versi 1" in page
    assert "Soal bank nomor satu menanyakan apa? Benar 22 November 2026 Tes lanjut versi 2" in page
    assert "Apa yang dicari sekarang?" not in page


def test_a_question_that_cannot_be_shown_any_more_still_counts(app: Flask, siti: int, revision: int) -> None:
    add_finished(siti, revision, [Given("contoh/latihan/hilang")])
    page = text_of(Walker.of(app).open("/competencies?competency=F1.satu"))
    assert "Belum cukup jawaban (1 dari 5)" in page
    assert "Soal ini tidak dapat ditampilkan lagi." in page


def test_scores_in_a_competency_the_framework_dropped_are_not_lost(app: Flask, siti: int, revision: int) -> None:
    add_finished(siti, revision, [Given("contoh/latihan/tunggal", "F8.lama")])
    page = text_of(Walker.of(app).open("/competencies?competency=F8.lama"))
    assert "Kompetensi yang tidak dipakai lagi" in page
    assert "Mana yang dicari lebih dahulu?" in page


def test_an_answer_given_after_its_key_was_seen_does_not_count(app: Flask, siti: int, revision: int) -> None:
    opened = add_attempt(siti, revision, ["contoh/latihan/tunggal"])
    store_check(opened, 1, minute=1)
    add_finished(siti, revision, [Given("contoh/latihan/tunggal", answered=5), *bank("satu")], quiz="tes")
    assert "Kompetensi satu Belum cukup jawaban (1 dari 5)" in text_of(Walker.of(app).open("/competencies"))


def test_another_persons_answers_are_not_here(app: Flask, siti: int, revision: int) -> None:
    (other,) = add_learners(["Aminah"])
    add_finished(other, revision, FIVE)
    assert text_of(Walker.of(app).open("/competencies")).count("Belum cukup jawaban (0 dari 5)") == 3


def test_the_page_takes_few_statements_however_many_attempts(app: Flask, siti: int, revision: int) -> None:
    for number in range(20):
        add_finished(siti, revision, [*FIVE, Given(f"contoh/x/{number}", "F1.dua")])
    walker = Walker.of(app)
    walker.open("/competencies?competency=F1.satu")
    with statements(app) as sent:
        walker.client.get("/competencies?competency=F1.satu")
    assert len(sent) <= 7, sent


def test_the_weakest_competency_leads_to_a_practice_and_its_lessons(app: Flask, siti: int, revision: int) -> None:
    add_finished(siti, revision, [Given(f"contoh/x/{number}", "F1.dua", 0.0) for number in range(9)])
    walker = Walker.of(app)
    page = text_of(walker.open("/competencies"))
    assert "Latihan berikutnya untuk Anda Kompetensi dua Ada 2 soal yang belum pernah Anda jawab." in page
    assert re.search(r"Kompetensi dua Perlu berlatih lagi Perkiraan \d+-\d+", page)
    assert re.search(r'href="/courses/contoh/latihan"[^>]*>Mulai berlatih', walker.main())
    assert 'href="/courses/contoh/pengantar"' in walker.main()


def test_who_has_mastered_it_all_is_told_so_and_sent_nowhere(app: Flask, siti: int, revision: int) -> None:
    names = ("F1.satu", "F1.dua", "F2.tiga")
    add_finished(siti, revision, [Given(f"contoh/x/{name}{n}", name) for name in names for n in range(15)])
    page = text_of(Walker.of(app).open("/competencies"))
    assert page.count("✓ Sudah menguasai") == 3
    assert "Latihan berikutnya" not in page


def test_what_was_done_is_told_week_by_week_and_the_last_quizzes_open(app: Flask, siti: int, revision: int) -> None:
    add_finished(siti, revision, FIVE)
    walker = Walker.of(app)
    page = text_of(walker.open("/competencies"))
    assert "Minggu mulai Materi selesai Kuis dikumpulkan Rata-rata nilai" in page
    link = re.search(r'href="(/attempts/\d+/result)"', walker.main())
    assert link and "Latihan dasar" in walker.open(link[1])


def test_a_quiz_that_is_served_no_more_is_still_listed(app: Flask, siti: int, revision: int) -> None:
    add_finished(siti, revision, FIVE[:1], quiz="dahulu")
    assert "Kuis yang tidak dipakai lagi" in text_of(Walker.of(app).open("/competencies"))
