"""Siti works on tasks without a script, Rahmat judges them, and both see every version."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from tests.ground.cast import Cast
from tests.learn.walker import Walker
from tests.tasks.course import DECLARED, OWN, POINTS, RUBRIC, SLUG, publish_tasks
from tests.uploads.files import PDF, photo

_HIDDEN = re.compile(r'<input type="hidden" name="(page|seen|file)" value="([^"]*)"')


@pytest.fixture
def siti(app: Flask, courses_folder: Path, db: SQLAlchemy, cast: Cast) -> Walker:
    publish_tasks(courses_folder)
    return Walker.of(app)


def keep(walker: Walker, task_id: str, *files: tuple[bytes, str], status: int = 200, **fields: Any) -> str:
    """Send the open task's form with what stands in it."""
    sent = walker.filled()
    sent.poplist("page"), sent.poplist("seen")
    for name, value in _HIDDEN.findall(walker.main()):
        sent.add(name, value.replace("&#34;", '"'))
    for name, value in fields.items():
        sent.add(name.replace("__", "-"), value)
    for data, name in files:
        sent.add("upload", (BytesIO(data), name))
    path = f"/courses/{SLUG}/{task_id}/task"
    answer = walker.client.post(path, data=sent, content_type="multipart/form-data")
    return walker._arrive(answer, path, status)


def test_a_task_is_written_handed_in_put_right_and_accepted(app: Flask, siti: Walker) -> None:
    page = siti.open(f"/courses/{SLUG}/{RUBRIC}")
    assert "<strong>tiga</strong>" in page and "3 sampai 200 kata" in page and "Sulit dibaca" in page
    keep(siti, RUBRIC, (photo(), "kartu.jpg"), (PDF, "daftar.pdf"), text="Satu", go="save")
    assert "Draf tersimpan pukul" in siti.main() and "Draf, belum dikumpulkan" in siti.main()
    assert "kartu.webp" in siti.main() and "Kurang dari yang diminta." in siti.main()
    keep(siti, RUBRIC, (PDF + b"2", "lain.pdf"), text="Satu dua tiga.", go="hand_in")
    assert "lain.pdf tidak tersimpan. Paling banyak 1 file." in siti.main()
    assert "Tugas sudah dikumpulkan." in siti.main() and "<textarea" not in siti.main()
    assert "menunggu dinilai" in siti.open(f"/courses/{SLUG}") and "menunggu dinilai" in siti.open("/")

    rahmat = Walker.of(app, "rahmat")
    assert "1 tugas menunggu" in rahmat.open("/teaching/marking")
    rahmat.open(f"/teaching/tasks/{SLUG}/{RUBRIC}")
    version = re.search(r"/teaching/task-versions/\d+", rahmat.main())
    assert version is not None
    rahmat.open(version[0])
    photo_link = re.search(r'<img src="(/uploads/[^"]+)"', rahmat.main())
    assert photo_link is not None and rahmat.client.get(photo_link[1]).status_code == 200
    levels = {"level-isi": "1", "level-bahasa": "0"}
    assert "mulai nilai 75" in rahmat.send(version[0], {**levels, "go": "accept"}, 409)
    assert "apa yang perlu diperbaiki" in rahmat.send(version[0], {**levels, "go": "again"}, 409)
    assert 'value="1" required checked' in rahmat.main(), "what was chosen is still there"
    rahmat.send(version[0], {**levels, "comment": "Foto buku <ketiga> belum ada.", "go": "again"})
    assert "Tidak ada tugas yang menunggu" in rahmat.main()

    assert "ada tugas yang perlu diperbaiki" in siti.open("/") and "perlu diperbaiki" in siti.open(f"/courses/{SLUG}")
    page = siti.open(f"/courses/{SLUG}/{RUBRIC}")
    assert "Foto buku &lt;ketiga&gt; belum ada." in page and "Satu dua tiga.</textarea>" in page
    assert "nilai 50" in page and "Rahmat" not in siti.main()
    keep(siti, RUBRIC, text="Tiga buku lengkap.", go="hand_in")
    rahmat.open(f"/teaching/tasks/{SLUG}/{RUBRIC}")
    second = re.search(r"/teaching/task-versions/\d+", rahmat.main())
    assert second is not None
    assert "Satu dua tiga." in rahmat.open(second[0]), "the first version stands below"
    rahmat.send(second[0], {"level-isi": "0", "level-bahasa": "1", "comment": "Bagus.", "go": "accept"})
    page = siti.open(f"/courses/{SLUG}/{RUBRIC}")
    assert "Diterima" in page and "Bagus." in page and "nilai 75" in page and "Versi 2" in page
    assert "<textarea" not in siti.main()
    assert "diterima" in siti.open(f"/courses/{SLUG}")


def test_a_draft_changed_in_another_tab_shows_both_and_loses_nothing(siti: Walker) -> None:
    stale = siti.open(f"/courses/{SLUG}/{RUBRIC}")
    siti.open(siti.path)
    keep(siti, RUBRIC, text="Dari HP lain.", go="save")
    siti.html = stale
    page = keep(siti, RUBRIC, status=409, text="Dari halaman ini.", go="hand_in")
    assert "Dari HP lain." in page and "Dari halaman ini.</textarea>" in page
    keep(siti, RUBRIC, text="Dari keduanya.", go="save")
    assert "Dari keduanya.</textarea>" in siti.main()


def test_an_empty_task_is_not_handed_in(siti: Walker) -> None:
    siti.open(f"/courses/{SLUG}/{POINTS}")
    assert "Belum ada yang dikumpulkan." in keep(siti, POINTS, status=409, text="  ", go="hand_in")


def test_a_task_without_a_rubric_is_judged_out_of_a_hundred(app: Flask, siti: Walker) -> None:
    siti.open(f"/courses/{SLUG}/{POINTS}")
    keep(siti, POINTS, text="Laporan saya.", go="hand_in")
    rahmat = Walker.of(app, "rahmat")
    rahmat.open(f"/teaching/tasks/{SLUG}/{POINTS}")
    version = re.search(r"/teaching/task-versions/\d+", rahmat.main())
    assert version is not None
    rahmat.open(version[0])
    assert "dari 0 sampai 100" in rahmat.main()
    assert "bilangan" in rahmat.send(version[0], {"points": "seratus", "go": "accept"}, 409)
    rahmat.send(version[0], {"points": "82,5", "go": "accept"})
    assert "nilai 82" in siti.open(f"/courses/{SLUG}/{POINTS}")


def test_what_one_checks_oneself_says_so_and_is_no_trainers_mark(app: Flask, siti: Walker) -> None:
    siti.open(f"/courses/{SLUG}/{OWN}")
    assert "pilih satu tingkat" in keep(siti, OWN, status=409, text="Rak 398.", go="hand_in")
    assert "Rak 398.</textarea>" in siti.main()
    keep(siti, OWN, text="Rak 398.", level__urut="0", go="hand_in")
    assert "Selesai, diperiksa sendiri" in siti.main() and "Diterima" not in siti.main()
    siti.open(f"/courses/{SLUG}/{DECLARED}")
    keep(siti, DECLARED, text="Rencana.", declared="1", go="hand_in")
    assert "Selesai, diperiksa sendiri" in siti.main()
    assert "selesai, diperiksa sendiri" in siti.open(f"/courses/{SLUG}")
    assert "tugas menunggu" not in Walker.of(app, "rahmat").open("/teaching/marking")


def test_a_trainer_previews_a_task(app: Flask, siti: Walker) -> None:
    rahmat = Walker.of(app, "rahmat")
    assert "Tugas praktik" in rahmat.open(f"/teaching/courses/{SLUG}")
    page = rahmat.open(f"/teaching/courses/{SLUG}/preview/{RUBRIC}")
    assert "<strong>tiga</strong>" in page and "Sulit dibaca" in page
    assert "diperiksa sendiri" in rahmat.open(f"/teaching/courses/{SLUG}/preview/{OWN}")
