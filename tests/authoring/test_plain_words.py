"""A course's faults in the browser: no word of the file, and each says what is missing."""

from __future__ import annotations

import pytest

from app.authoring.rules.plain_words import PLAIN, WRAPPED, plainly
from app.errors import Message
from tests.content.samples import faults_of, spoiled
from tests.ground.translations import read_english

NO_MODULE = "Kursus ini belum punya modul. Tambahkan paling sedikit satu."
MODULE, BANK = "01-kelas.yaml", "bank/ddc.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("course.yaml", "code: TI-3\n", "", '"Kode kursus" belum diisi.'),
        ("course.yaml", "hours: 4", "hours: 1.5", "Tulis bilangan bulat, misalnya 10."),
        ("course.yaml", "modules: [01-kelas]", "modules: []", NO_MODULE),
        ("course.yaml", "code: TI-3", "code: ''", "Bagian ini masih kosong."),
        (MODULE, "title: {id: Kuis DDC, en: DDC quiz}\n    ", "", '"Judul" belum diisi.'),
        (BANK, "answers: [{value: 10}]", "answers: [{value: '10,5'}]", "Tulis bilangan saja."),
    ],
)
def test_a_fault_is_told_in_the_words_of_the_page(path: str, old: str, new: str, said: str) -> None:
    assert said in [str(plainly(fault.message)) for fault in faults_of(spoiled(path, old, new))]


def test_what_only_a_file_can_have_wrong_stays_as_it_is() -> None:
    message = Message('Kunci "%(key)s" sudah ditulis di baris %(line)s.', {"key": "title", "line": 3})
    assert plainly(message) is message


def test_each_sentence_that_is_said_otherwise_is_one_that_a_fault_still_says() -> None:
    sentences = {message.id for message in read_english() if isinstance(message.id, str)}
    assert {*PLAIN, *WRAPPED} <= sentences
