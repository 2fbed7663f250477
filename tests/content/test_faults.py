"""Each fault is placed where a person must look, and says what is wrong and what to do."""

from __future__ import annotations

import pytest

from app.content.compile import compile_shared
from app.content.faults import FILE_FAULTS_LIMIT, ContentFaults, Fault, Findings, in_order, near_name
from app.content.nodes import Place
from app.content.questions import PARTS_LIMIT
from app.content.quizzes import ITEMS_LIMIT
from app.errors import N_, Message
from tests.content.samples import (
    BANK,
    COMPETENCIES,
    COURSE,
    GLOSSARY,
    MODULE,
    SHARED_BANK,
    course_files,
    faults_of,
    said,
    shared_files,
    spoiled,
)

MODULE_FILE = "01-kelas.yaml"
BANK_FILE = "bank/ddc.yaml"

# file, what is replaced, by what; where the one fault is told, and words of its sentence
CASES = [
    # keys
    ("course.yaml", "hours: 4", "hour: 4", "5:1", 'Kunci "hour" tidak dikenal di sini. Mungkin maksud Anda: hours.'),
    ("course.yaml", "track: it", "track: it\nzzz: 1", "5:1", 'Kunci "zzz" tidak dikenal di sini. Yang dikenal: title'),
    ("course.yaml", "hours: 4", "hours: 4\nhours: 5", "6:1", "sudah ditulis di baris 5"),
    ("course.yaml", "code: TI-3\n", "", "1:1", 'Kunci "code" belum ada.'),
    ("course.yaml", "code: TI-3", "code:", "2:1", "Kunci code tidak ada isinya"),
    ("course.yaml", "code: TI-3", "code: ''", "2:7", "Teks ini kosong"),
    (MODULE_FILE, "minutes: 10", "minute: 10", "5:5", 'Kunci "minute" tidak dikenal'),
    (MODULE_FILE, "- {text: 398.20, correct: true}", "- {text: 398.20, corect: true}", "25:28", "correct"),
    # not built yet
    (MODULE_FILE, "pass: 70%", "password: rahasia", "18:5", '"password" belum didukung'),
    (MODULE_FILE, "type: single", "type: esai", "21:15", 'Jenis soal "esai" tidak dikenal'),
    (MODULE_FILE, "competency: F2", "tries: 3\n        competency: F2", "22:9", '"tries" belum didukung'),
    # what an attempt can be
    (MODULE_FILE, "pass: 70%", "grading: best", "18:14", "Yang dikenal: highest, average, first, last"),
    (MODULE_FILE, "pass: 70%", "redo: true", "18:11", "Soal hanya dapat dikerjakan ulang (redo) di latihan"),
    (MODULE_FILE, "preset: test", "preset: practice\n    attempts: 2\n    redo: true", "19:11", "tanpa batas"),
    (MODULE_FILE, "preset: test", "preset: practice\n    pages: all", "18:12", "di halamannya sendiri"),
    (MODULE_FILE, "pass: 70%", "pages: all\n    navigation: sequential", "18:12", "tidak dapat berada di satu halaman"),
    # before and after
    (MODULE_FILE, "pass: 70%", "purpose: before", "18:14", "Yang dikenal: practice, pretest, posttest"),
    (MODULE_FILE, "pass: 70%", "pass: 0\n    purpose: pretest", "19:14", "Tes awal hanya memperlihatkan nilai total"),
    (MODULE_FILE, "preset: test", "preset: exam\n    purpose: pretest", "19:11", "Tes awal tidak menentukan kelulusan"),
    (MODULE_FILE, "pass: 70%", "pair: bimtek", "18:11", "pair hanya untuk tes awal atau tes akhir"),
    (MODULE_FILE, "pass: 70%", "form: A", "18:11", "form hanya untuk tes awal atau tes akhir"),
    (MODULE_FILE, "pass: 70%", "purpose: posttest\n    form: C", "19:11", "Yang dikenal: A, B"),
    # feedback and review
    (MODULE_FILE, "pass: 70%", "feedback: adaptive", "18:15", "Yang dikenal: deferred, immediate, interactive"),
    (MODULE_FILE, "preset: test", "preset: exam\n    feedback: interactive", "18:15", "review.during.correctness"),
    (MODULE_FILE, "preset: test", "preset: exam\n    review: {after: {key: true}}", "18:13", "(answers: true)"),
    (MODULE_FILE, "pass: 70%", "review: {later: {key: true}}", "18:14", 'Kunci "later" tidak dikenal'),
    (MODULE_FILE, "pass: 70%", "review: {after: {hint: true}}", "18:22", 'Kunci "hint" tidak dikenal'),
    (MODULE_FILE, "pass: 70%", "overall: [{from: 5, text: a}, {from: 5, text: b}]", "18:42", "sudah dipakai di atas"),
    (MODULE_FILE, "pass: 70%", "overall: [{from: 5, text: ''}]", "18:31", "Teks ini kosong"),
    (MODULE_FILE, "competency: F2", "hints: [{text: ' '}]\n        competency: F2", "22:24", "Teks ini kosong"),
    (MODULE_FILE, "competency: F2", "hints: [x]\n        competency: F2", "22:17", 'harus ada pasangan "kunci: isi"'),
    (MODULE_FILE, "competency: F2", "penalty: 200\n        competency: F2", "22:18", "dari 0 sampai 100"),
    # values
    ("course.yaml", "track: it", "track: ti", "4:8", '"ti" tidak dikenal di sini. Yang dikenal: it, service.'),
    ("course.yaml", "hours: 4", "hours: 04", "5:8", "bilangan bulat"),
    ("course.yaml", "hours: 4", "hours: 1_0", "5:8", "bilangan bulat"),
    ("course.yaml", "hours: 4", "hours: 4.0", "5:8", "bilangan bulat"),
    ("course.yaml", "hours: 4", "hours: 0", "5:8", "dari 1 sampai 400"),
    ("course.yaml", "hours: 4", "open: ya\nhours: 4", "5:7", "true atau false"),
    ("course.yaml", "hours: 4", "open: yes\nhours: 4", "5:7", "true atau false"),
    ("course.yaml", "modules: [01-kelas]", "modules: 01-kelas", "6:10", "harus ada daftar"),
    ("course.yaml", "modules: [01-kelas]", "modules: []", "6:10", "Daftar ini kosong"),
    ("course.yaml", "modules: [01-kelas]", "modules: [01-kelass]", "6:11", "Mungkin maksud Anda: 01-kelas."),
    ("course.yaml", "modules: [01-kelas]", "modules: [01-kelas, 01-kelas]", "6:21", "sudah ada di daftar"),
    ("course.yaml", "modules: [01-kelas]", "modules: [01-kelas, ../rahasia]", "6:21", "Misalnya: rahasia."),
    ("course.yaml", "modules: [01-kelas]", "modules: [../rahasia]", "6:11", "Misalnya: rahasia."),
    ("course.yaml", "title: {id: Klas", "title: {in: Klas", "1:9", 'Bahasa "in" tidak dikenal'),
    ("course.yaml", "{id: Klasifikasi, en", "{en", "1:8", "Indonesia (id) belum ada"),
    ("course.yaml", "en: Classification}", "ms: Kelas}", "1:26", 'Bahasa "ms" tidak dikenal'),
    ("course.yaml", "title: {id: Klasifikasi, en: Classification}", "title: [a]", "1:8", "harus ada teks"),
    (MODULE_FILE, "minutes: 10", "minutes: 10 min", "5:14", "bilangan bulat tanpa satuan"),
    (MODULE_FILE, "pass: 70%", "pass: 170", "18:11", "dari 0 sampai 100"),
    (MODULE_FILE, "pass: 70%", "pass: tujuh", "18:11", "persentase"),
    (MODULE_FILE, "preset: test", "preset: tes", "17:13", "Mungkin maksud Anda: test."),
    # time
    (MODULE_FILE, "preset: test", "preset: practice\n    time_limit: 15 min", "18:17", "tidak dibatasi waktunya"),
    (MODULE_FILE, "pass: 70%", "time_limit: 15", "18:17", "bilangan dengan satuan min, hours, atau days"),
    (MODULE_FILE, "pass: 70%", "delay: 1 week", "18:12", "bilangan dengan satuan"),
    (MODULE_FILE, "pass: 70%", "opens: 2026-11-22", "18:12", "tanggal dan jam, misalnya 2026-11-22 08:00"),
    (MODULE_FILE, "pass: 70%", "closes: 2026-02-30 08:00", "18:13", "tanggal dan jam"),
    (
        MODULE_FILE, "pass: 70%", "opens: 2026-11-22 08:00\n    closes: 2026-11-22 08:00", "19:13",
        "harus sesudah waktu buka (opens)",
    ),
    (MODULE_FILE, "pass: 70%", "grace: 1 day", "18:12", "selama itu (overdue: grace)"),
    (MODULE_FILE, "pass: 70%", "overdue: later", "18:14", "Yang dikenal: submit, grace, abandon"),
    (MODULE_FILE, "pass: 70%", "open: 2026-11-22 08:00", "18:5", "Mungkin maksud Anda: opens."),
    (MODULE_FILE, "preset: test", "preset: test\n    attempts: 0", "18:15", "dari 1 sampai 100"),
    (MODULE_FILE, "lesson: mengapa-ddc", "lesson: Mengapa DDC", "3:13", "Misalnya: mengapa-ddc."),
    (MODULE_FILE, "title: {id: Mengapa DDC?, en: Why DDC?}", "title: ''", "4:12", "Teks ini kosong"),
    (BANK_FILE, "answers: [{value: 10}]", "answers: [{value: '10,5'}]", "14:23", "desimal di file ini titik"),
    (BANK_FILE, "answers: [{value: 10}]", "answers: 10", "14:14", "harus ada daftar"),
    (BANK_FILE, "answers: [{value: 10}]", "answers: [10]", "14:15", 'pasangan "kunci: isi". Misalnya: value: 10.'),
    (BANK_FILE, "answers: [{value: 10}]", "answers: ['a: b']", "14:15", "Yang dikenal: value."),
    (BANK_FILE, "answers: [{value: 10}]", "answers: [{jawaban: 10}]", "14:16", "Mungkin maksud Anda: value."),
    (BANK_FILE, "tags: [dasar]", "tags: [Dasar Sekali]", "6:12", "Misalnya: dasar-sekali."),
    (BANK_FILE, "tags: [dasar]", "difficulty: sulit", "6:17", "Yang dikenal: easy, medium, hard."),
    # activities and questions
    (MODULE_FILE, "- lesson: mengapa-ddc", "- leson: mengapa-ddc", "3:5", "Mungkin maksud Anda: lesson."),
    (MODULE_FILE, "- lesson: mengapa-ddc", "- materi: mengapa-ddc", "3:5", "lesson, quiz, task"),
    (MODULE_FILE, "quiz: kuis-ddc", "quiz: mengapa-ddc", "15:11", "sudah dipakai di 01-kelas.yaml:3"),
    (MODULE_FILE, "quiz: kuis-ddc", "quiz: ddc", "15:11", "sama dengan nama bank soal"),
    (MODULE_FILE, "type: single", "type: singel", "21:15", "Mungkin maksud Anda: single."),
    (MODULE_FILE, "        type: single\n", "", "20:9", 'Kunci "type" belum ada'),
    (MODULE_FILE, "type: single", "typ: single", "20:9", 'Mungkin tertulis sebagai "typ"'),
    (MODULE_FILE, "F2.klasifikasi", "F2.klasifikas", "22:21", "Mungkin maksud Anda: F2.klasifikasi."),
    (MODULE_FILE, "text: {id: Nomor cerita rakyat?, en: The number of folk tales?}", "text: ' '", "23:15", "kosong"),
    (MODULE_FILE, "- text: 020", "- text: 020\n            correct: true", "26:13", "sudah benar"),
    (MODULE_FILE, ", correct: true", "", "25:11", "Tidak ada pilihan yang benar"),
    (BANK_FILE, "id: jumlah", "id: benar-salah", "10:9", "sudah dipakai di baris 3"),
    (BANK_FILE, "- id: jumlah", "- draw: 3\n    from: x\n    id: jumlah", "10:5", "hanya dipakai di dalam kuis"),
    (BANK_FILE, "- id: jumlah", "- halo\n  - id: jumlah", "10:5", 'pasangan "kunci: isi"'),
    # draws
    (MODULE_FILE, "draw: 2", "draw: 4", "29:15", "punya 3 soal yang cocok, tidak cukup untuk mengambil 4"),
    (MODULE_FILE, "draw: 2", "draw: 0", "29:15", "dari 1 sampai 100"),
    (MODULE_FILE, "from: ddc", "from: dcd", "30:15", "Mungkin maksud Anda: ddc."),
    (MODULE_FILE, "from: ddc", "from: ../../etc/passwd", "30:15", "Misalnya: etc-passwd."),
    (MODULE_FILE, "from: ddc", "from: ddc\n        tags: [dasr]", "31:15", "Mungkin maksud Anda: dasar."),
    (MODULE_FILE, "draw: 2\n        from: ddc", "draw: 2\n        from: ddc\n      - draw: 2\n        from: ddc",
     "31:15", "mungkin hanya tersisa 1"),
    (MODULE_FILE, "draw: 2", "draw: 2\n        count: 3", "30:9", 'Kunci "count" tidak dikenal'),
    # Markdown
    (MODULE_FILE, "media/kelas.svg \"Kelas", "media/kela.svg \"Kelas", "10:1", "Mungkin maksud Anda: media/kelas.svg."),
    (MODULE_FILE, "media/kelas.svg \"Kelas", "../rahasia.svg \"Kelas", "10:1", "tidak ada di folder kursus"),
    (MODULE_FILE, "media/kelas.svg \"Kelas", "https://contoh.id/a.svg \"Kelas", "10:1", "tidak ada di folder kursus"),
    (MODULE_FILE, "Setiap buku punya", "[klik](http:/x) punya", "8:1", "Tautan ke"),
    (MODULE_FILE, "Setiap buku punya nomor panggil.", "::: cotoh\n        a\n        :::", "8:1",
     "maksud Anda: contoh."),
    (MODULE_FILE, "Setiap buku punya nomor panggil.", "::: contoh\n        a", "8:1", "belum ditutup"),
    (BANK_FILE, "id: DDC memakai", "id: '[x](//evil.example) memakai", "7:16", "Tautan ke"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "place", "words"), CASES)
def test_a_fault_stands_at_its_place_and_is_the_only_one(path: str, old: str, new: str, place: str, words: str) -> None:
    if new.count("'") == 1:
        new, old = new + " sepuluh kelas.'", old + " sepuluh kelas."
    faults = faults_of(spoiled(path, old, new))
    assert [f"{fault.line}:{fault.column}" for fault in faults] == [place], said(faults)
    assert faults[0].path == f"courses/ddc/{path}"
    assert words in str(faults[0])
    assert str(faults[0]).startswith(f"courses/ddc/{path}:{place}: ")


def test_columns_count_code_points() -> None:
    faults = faults_of(spoiled("course.yaml", "en: Classification", 'en: "𝄞𝄞 é", ms: x'))
    assert [(fault.line, fault.column) for fault in faults] == [(1, 38)]


def test_a_typo_in_a_question_hides_no_other_fault_of_it() -> None:
    files = spoiled("01-kelas.yaml", "type: single", "type: single\n        dificulty: easy")
    files["01-kelas.yaml"] = files["01-kelas.yaml"].replace(b"- text: 020", b"- text: 020\n            correct: true")
    files["01-kelas.yaml"] = files["01-kelas.yaml"].replace(b"competency: F2.klasifikasi", b"competency: F9.lain", 1)
    lines = said(faults_of(files))
    assert len(lines) == 3, lines
    assert "dificulty" in lines[0]
    assert "F9.lain" in lines[1]
    assert "sudah benar" in lines[2]


def test_a_misspelt_mark_of_the_right_option_is_not_also_called_missing() -> None:
    faults = faults_of(spoiled("01-kelas.yaml", "correct: true", "benar: true"))
    assert len(faults) == 1, said(faults)


def test_a_draw_from_a_bank_with_a_typo_is_still_counted() -> None:
    files = spoiled("bank/ddc.yaml", "answer: true", "answr: true")
    files["01-kelas.yaml"] = MODULE.replace("draw: 2", "draw: 4").encode()
    assert [fault.path[-13:] for fault in faults_of(files)] == ["01-kelas.yaml", "bank/ddc.yaml"]


def test_a_draw_from_a_bank_that_cannot_be_read_is_not_called_unknown() -> None:
    faults = faults_of(course_files({"bank/ddc.yaml": "title: [a"}))
    assert {fault.path for fault in faults} == {"courses/ddc/bank/ddc.yaml"}


def test_a_missing_course_file_still_lets_modules_be_read() -> None:
    files = course_files({"01-kelas.yaml": MODULE.replace("minutes: 10", "minutes: x")})
    del files["course.yaml"]
    paths = [fault.path for fault in faults_of(files)]
    assert paths == ["courses/ddc/01-kelas.yaml", "courses/ddc/course.yaml"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("02-dua.yml", '".yaml", bukan ".yml"'),
        ("../lain.yaml", "keluar dari folder kursus"),
        ("/etc/passwd", "keluar dari folder kursus"),
        ("media/../../x.svg", "keluar dari folder kursus"),
        ("Modul Satu.yaml", "tidak dikenal di folder kursus"),
        ("bank/Satu.yaml", "tidak dikenal di folder kursus"),
        ("catatan.docx", "tidak dikenal di folder kursus"),
        ("media/film.mp4", "berakhiran .svg"),
        ("media/dua kata.svg", "berakhiran .svg"),
        ("bank/dalam/x.yaml", "tidak dikenal di folder kursus"),
    ],
)
def test_a_file_that_has_no_place_in_a_course_is_a_fault(path: str, words: str) -> None:
    faults = faults_of(course_files({path: "title: x\n"}))
    assert len(faults) == 1, said(faults)
    assert words in str(faults[0])


def test_a_course_folder_needs_a_name_that_can_stand_in_an_address() -> None:
    faults = faults_of(course_files(), slug="Kelas DDC")
    assert "misalnya kelas-ddc" in str(faults[0])


SHARED_CASES = [
    ("competencies", COMPETENCIES, "id: F2.deskripsi", "id: F3.deskripsi", "8:13", 'harus diawali "F2."'),
    ("competencies", COMPETENCIES, "id: F2.deskripsi", "id: F2.klasifikasi", "8:13", "sudah dipakai di baris 6"),
    ("competencies", COMPETENCIES, "id: F2.deskripsi", "id: deskripsi", "8:13", "seperti F2.klasifikasi"),
    ("competencies", COMPETENCIES, "areas:", "levels: [a]\nareas:", "2:1", '"levels" belum didukung'),
    ("competencies", COMPETENCIES, "areas:", "cut: 100\nareas:", "2:6", "dari 1 sampai 99"),
    ("competencies", COMPETENCIES, "id: F2.deskripsi", "cut: tinggi\n        id: F2.deskripsi", "8:14", "persen"),
    ("glossary", GLOSSARY, "id: informasi\n", "id: nomor-panggil\n", "6:9", "sudah dipakai di baris 2"),
    ("glossary", GLOSSARY, "definition: {id: Isi", "definisi: {id: Isi", "9:5", "Mungkin maksud Anda: definition."),
    ("glossary", GLOSSARY, "link: false", "link: tidak", "8:11", "true atau false"),
    ("bank_umum", SHARED_BANK, "F2.deskripsi", "F2.x", "5:17", "tidak ada di competencies.yaml"),
    ("bank_Umum", SHARED_BANK, "F2.deskripsi", "F2.deskripsi", "1:1", "tidak dikenal di folder courses"),
    ("competensi", COMPETENCIES, "areas", "areas", "1:1", "Mungkin maksud Anda: competencies.yaml."),
]


@pytest.mark.parametrize(("name", "text", "old", "new", "place", "words"), SHARED_CASES)
def test_faults_of_shared_files_stand_at_their_place(
    name: str, text: str, old: str, new: str, place: str, words: str
) -> None:
    assert old in text
    with pytest.raises(ContentFaults) as raised:
        compile_shared(shared_files(**{name: text.replace(old, new, 1)}))
    told = [fault for fault in raised.value.faults if words in str(fault)]
    assert [f"{fault.line}:{fault.column}" for fault in told] == [place], str(raised.value)
    extra = [fault for fault in raised.value.faults if fault not in told and "definition" not in str(fault)]
    assert extra == []


def test_a_flood_of_faults_is_cut_with_a_word_that_there_are_more() -> None:
    keys = "\n".join(f"kunci-{number}: x" for number in range(2000))
    faults = faults_of(course_files({"course.yaml": COURSE + keys}))
    assert len(faults) == FILE_FAULTS_LIMIT
    assert "Masih ada kesalahan lain" in faults[-1].message.text() or any(
        "Masih ada kesalahan lain" in str(fault) for fault in faults
    )


def test_the_same_fault_at_the_same_place_is_told_once() -> None:
    fault = Fault("a", 1, 1, N_("x"))
    assert in_order([fault, Fault("a", 1, 1, N_("x"))]) == (fault,)


def test_warnings_are_no_faults() -> None:
    findings = Findings()
    findings.add("a.yaml", Place(1, 1, 0), N_("x"), warning=True)
    assert findings.errors == []
    assert not findings.spoiled("a.yaml")
    assert len(findings.warnings) == 1


@pytest.mark.parametrize(
    ("typed", "meant"), [("titel", "title"), ("Practice", "practice"), ("qwerty", None), ("t" * 5000, None), ("", None)]
)
def test_a_near_name_is_offered_where_there_is_one(typed: str, meant: str | None) -> None:
    assert near_name(typed, ["title", "practice", "summary"]) == meant


def test_a_message_inside_a_message_is_translated_too() -> None:
    english = {"%(fault)s Mungkin maksud Anda: %(near)s.": "%(fault)s Did you mean %(near)s?", "Kunci salah.": "Wrong."}
    nested = Message("%(fault)s Mungkin maksud Anda: %(near)s.", {"fault": N_("Kunci salah."), "near": "title"})
    assert Fault("a", 1, 2, nested).text(lambda msgid: english[msgid]) == "a:1:2: Wrong. Did you mean title?"


def test_a_bank_of_the_course_may_be_empty_of_nothing() -> None:
    faults = faults_of(course_files({"bank/ddc.yaml": BANK[: BANK.index("questions:")] + "questions: []\n"}))
    assert ["Daftar ini kosong" in str(fault) for fault in faults].count(True) == 1


def test_a_list_far_longer_than_anyone_needs_is_told_and_not_looked_into() -> None:
    options = "".join(f"          - {{text: x{number}, corect: true}}\n" for number in range(PARTS_LIMIT + 1))
    draws = "      - {draw: 1, from: ddc}\n" * (ITEMS_LIMIT + 1)
    start, end = MODULE.index("          - {text: 398.20"), MODULE.index("        explanation:")
    flooded = MODULE[:start] + options + MODULE[end:]
    for text, limit in ((flooded, PARTS_LIMIT), (MODULE + draws, ITEMS_LIMIT)):
        lines = said(faults_of(course_files({"01-kelas.yaml": text})))
        assert [f"Paling banyak {limit} butir" in line for line in lines] == [True], lines[:3]


def test_two_terms_with_the_same_form_are_told_as_advice() -> None:
    found = compile_shared(shared_files(glossary=GLOSSARY.replace("link: false", "also: {id: [Nomor Panggil]}")))
    assert [(each.line, "sudah dipakai istilah" in str(each)) for each in found.warnings] == [(6, True)]
    assert compile_shared(shared_files()).warnings == ()
