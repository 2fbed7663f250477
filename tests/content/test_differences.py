"""What changed between two versions of a course, as a trainer reads it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.content.differences import Change, Difference, difference_lines, differences, tally
from app.content.differences.runs import CONTEXT, Run, line_runs, word_runs
from app.content.differences.thinning import thinned
from app.content.editing import Value
from app.content.matching import Pair, matched, moved
from tests.content.samples import BANK, COURSE, MODULE, course_files

MODULE_FILE = "01-kelas.yaml"
BEFORE = course_files()
KEY = "{text: 398.20, correct: true}"
SECOND = "          - text: 020\n"

ADDED = """\
      - id: baru
        type: true-false
        text: Nomor 100 untuk agama.
        answer: false
"""


def after(*changes: tuple[str, str], path: str = MODULE_FILE, files: Mapping[str, bytes] = BEFORE) -> dict[str, bytes]:
    text = files[path].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {**files, path: text.encode()}


def lines(new: Mapping[str, bytes], old: Mapping[str, bytes] = BEFORE) -> list[str]:
    return list(difference_lines(differences(old, new), str))


def only(new: Mapping[str, bytes], old: Mapping[str, bytes] = BEFORE) -> Difference:
    (found,) = differences(old, new)
    return found


def test_two_versions_with_the_same_files_differ_in_nothing() -> None:
    assert differences(BEFORE, dict(BEFORE)) == ()


def test_a_changed_comment_or_line_break_is_no_change_that_a_trainer_is_told_of() -> None:
    assert differences(BEFORE, after(("preset: test", "preset: test   # tiga kali"))) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("pass: 70%", "pass: 80%"), ["Kuis Kuis DDC", "  - Batas lulus diubah: 70% → 80%"]),
        (("preset: test", "preset: exam"), ["Kuis Kuis DDC", "  - Jenis kuis diubah: Tes → Ujian"]),
        (
            ("preset: test", "preset: test\n    feedback: certainty"),
            ["Kuis Kuis DDC", "  - Cara memeriksa jawaban diubah: – → Hasil di akhir, jawaban disertai keyakinan"],
        ),
        (("id: Kuis DDC", "id: Kuis Dewey"), ["Kuis Kuis Dewey", "  - berganti nama: Kuis DDC → Kuis Dewey"]),
        (
            ("en: DDC quiz", "en: Dewey quiz"),
            ["Kuis Kuis DDC", "  - (bahasa Inggris) berganti nama: DDC quiz → Dewey quiz"],
        ),
        (
            ("Nomor cerita rakyat?", "Nomor dongeng?"),
            ["Kuis Kuis DDC", "  - Soal “Nomor dongeng?” Pertanyaan diubah: Nomor cerita rakyat? → Nomor dongeng?"],
        ),
        (
            ("text: 020", "text: 030"),
            ["Kuis Kuis DDC", "  - Soal “Nomor cerita rakyat?” Pilihan jawaban 2 diubah: 020 → 030"],
        ),
        (
            ("Itu ilmu perpustakaan.", "Bukan."),
            [
                "Kuis Kuis DDC",
                "  - Soal “Nomor cerita rakyat?” Pilihan jawaban 2 Umpan balik diubah: Itu ilmu perpustakaan. → Bukan.",
            ],
        ),
        (
            ("draw: 2", "draw: 3"),
            ["Kuis Kuis DDC", '  - Soal “Ambil acak 3 soal dari bank "DDC"” Ambil acak diubah: 2 → 3'],
        ),
        (
            (SECOND, "          - text: 100\n" + SECOND),
            ["Kuis Kuis DDC", "  - Soal “Nomor cerita rakyat?” Pilihan jawaban 2 ditambah: – → 100"],
        ),
        (
            ("      - draw: 2\n        from: ddc\n", ADDED),
            [
                "Kuis Kuis DDC",
                "  - Soal “Nomor 100 untuk agama.” ditambah",
                '  - Soal “Ambil acak 2 soal dari bank "DDC"” dihapus',
            ],
        ),
    ],
)
def test_a_change_is_told_by_activity_question_and_field(change: tuple[str, str], told: list[str]) -> None:
    assert lines(after(change)) == told


def test_another_right_option_is_told_as_a_changed_key_and_a_reworded_right_option_is_not() -> None:
    turned = after((KEY, "{text: 398.20}"), (SECOND, SECOND + "            correct: true\n"))
    assert lines(turned) == ["Kuis Kuis DDC", "  - Soal “Nomor cerita rakyat?” kunci berubah: 398.20 → 020"]
    assert only(turned).change is Change.KEY
    reworded = only(after((KEY, "{text: 398.2, correct: true}")))
    assert (reworded.change, reworded.field.before, reworded.field.after) == (Change.CHANGED, "398.20", "398.2")


@pytest.mark.parametrize(
    ("question", "old", "new"),
    [
        ("type: true-false, answer: true", "answer: true", "answer: false"),
        ("type: short-text, answers: [{text: Dewey}]", "Dewey", "Melvil"),
        ("type: number, answers: [{value: 10, tolerance: 1}]", "tolerance: 1", "tolerance: 2"),
        ("type: matching, pairs: [{text: a, match: x}, {text: b, match: y}]", "match: x", "match: z"),
        ("type: categorise, items: [{text: a, group: g1}]", "group: g1", "group: g2"),
        ("type: ordering, items: [satu, dua, tiga]", "[satu, dua, tiga]", "[satu, tiga, dua]"),
        ("type: single, options: [{text: a, weight: 100}, {text: b}]", "weight: 100", "weight: 50"),
    ],
)
def test_whatever_says_what_is_right_is_told_as_the_key(question: str, old: str, new: str) -> None:
    start = after(("      - draw: 2\n        from: ddc\n", f"      - {{id: q, text: Apa?, {question}}}\n"))
    assert only(after((old, new), files=start), start).change is Change.KEY


def test_a_question_of_another_kind_a_moved_one_and_one_that_went_are_told_as_such() -> None:
    bank = "bank/ddc.yaml"
    questions = BANK.partition("questions:\n")[2].split("  - id: ")[1:]
    first, second, *rest = questions
    swapped = "".join(f"  - id: {each}" for each in (second, first, *rest))
    moved_one = only({**BEFORE, bank: (BANK.partition("  - id: ")[0] + swapped).encode()})
    assert (moved_one.change, moved_one.subject.kind, moved_one.field.label) == (Change.MOVED, "bank", ())
    fewer = "".join(f"  - id: {each}" for each in (second, *rest))
    assert only({**BEFORE, bank: (BANK.partition("  - id: ")[0] + fewer).encode()}).change is Change.REMOVED
    kinds = {each.change for each in differences(BEFORE, after(("type: single", "type: multiple")))}
    assert kinds == {Change.KIND}


def test_activities_are_told_as_added_removed_and_moved_also_to_another_module() -> None:
    head, lesson_mark, rest = MODULE.partition("  - lesson:")
    lesson, quiz_mark, quiz = rest.partition("  - quiz:")
    quiz_alone = (head + quiz_mark + quiz).encode()
    other = "title: Lanjut\nactivities:\n" + lesson_mark + lesson
    assert lines({**BEFORE, MODULE_FILE: quiz_alone}) == ["Materi Mengapa DDC?", "  - dihapus"]
    swapped = (head + quiz_mark + quiz + lesson_mark + lesson).encode()
    assert only({**BEFORE, MODULE_FILE: swapped}).change is Change.MOVED
    listed = COURSE.replace("[01-kelas]", "[01-kelas, 02-lanjut]").encode()
    both = {**BEFORE, MODULE_FILE: quiz_alone, "02-lanjut.yaml": other.encode(), "course.yaml": listed}
    told = differences(BEFORE, both)
    assert [(each.subject.kind, each.change) for each in told] == [("module", Change.ADDED), ("lesson", Change.MOVED)]
    assert (told[1].field.before, told[1].field.after) == ("Kelas", "Lanjut")


def test_modules_in_another_order_and_modules_taken_out_are_told() -> None:
    second = b"title: Lanjut\nactivities: []\n"
    start = {**after(("[01-kelas]", "[01-kelas, 02-lanjut]"), path="course.yaml"), "02-lanjut.yaml": second}
    turned = after(("[01-kelas, 02-lanjut]", "[02-lanjut, 01-kelas]"), path="course.yaml", files=start)
    assert only(turned, start).change is Change.MOVED
    unlisted = after(("[01-kelas, 02-lanjut]", "[01-kelas]"), path="course.yaml", files=start)
    assert (only(unlisted, start).change, only(unlisted, start).subject.title.id) == (Change.REMOVED, "Lanjut")


def test_what_is_added_tells_what_stands_in_it() -> None:
    added = only(after(("      - draw: 2\n", ADDED + "      - draw: 2\n")))
    assert added.question is not None and added.question.name == "baru"
    assert [(str(part.label[-1]), str(part.after)) for part in added.parts] == [
        ("Jenis soal", "Benar-salah"),
        ("Pertanyaan", "Nomor 100 untuk agama."),
        ("Jawaban benar", "Salah"),
    ]


def test_pictures_are_told_by_their_names_and_a_file_that_cannot_be_read_by_its_lines() -> None:
    assert lines({**BEFORE, "media/kelas.svg": b"<svg/>"}) == ["Gambar kelas.svg", "  - diubah"]
    assert lines({**BEFORE, "media/rak.webp": b"x"}) == ["Gambar rak.webp", "  - ditambah"]
    broken = only({**BEFORE, MODULE_FILE: MODULE.encode() + b"a: [\n"})
    assert (broken.change, broken.subject.kind) == (Change.LINES, "file")
    assert Run("added", "a: [\n") in broken.field.runs


def test_no_key_of_yaml_is_told_where_the_field_has_a_name() -> None:
    everything = "".join(difference_lines(differences({}, BEFORE), str)).lower()
    assert not any(
        key in everything for key in ("preset", "minutes", "questions", "explanation", "feedback", "options")
    )


def test_the_count_of_changes_names_each_thing_once() -> None:
    new = after(("pass: 70%", "pass: 80%"), ("preset: test", "preset: exam"), ("text: 020", "text: 030"))
    assert [str(each) for each in tally(differences(BEFORE, new))] == ["Kuis diubah: 1", "Soal diubah: 1"]


# Which entry is which


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        (["a", "b"], ["b", "a"], [(1, 0), (0, 1)]),
        ([{"id": "x", "text": "a"}], [{"id": "x", "text": "b"}], [(0, 0)]),
        ([{"id": "x", "type": "single"}], [{"id": "y", "type": "single"}], [(None, 0), (0, None)]),
        ([{"text": "a"}, {"text": "b"}], [{"text": "a"}, {"text": "c"}, {"text": "d"}], [(0, 0), (1, 1), (None, 2)]),
        ([{"text": "a"}], [{"id": "n", "text": "a"}], [(0, 0)]),
        ([{"text": "same"}, {"text": "same"}], [{"text": "same"}], [(0, 0), (1, None)]),
        (
            [{"draw": "2", "from": "x"}, {"section": "S"}],
            [{"section": "S"}, {"draw": "3", "from": "x"}],
            [(1, 0), (0, 1)],
        ),
        ([{"draw": "2", "from": "x"}], [{"section": "S"}], [(None, 0), (0, None)]),
    ],
)
def test_entries_are_matched_by_name_then_text_then_place(
    old: list[Value], new: list[Value], pairs: list[tuple[int | None, int | None]]
) -> None:
    assert matched(old, new) == tuple(Pair(*each) for each in pairs)


def test_the_fewest_entries_are_told_as_moved() -> None:
    old: list[Value] = ["a", "b", "c", "d", "e"]
    assert moved(matched(old, ["e", "a", "b", "c", "d"])) == {0}
    assert moved(matched(old, ["a", "x", "b", "c", "d", "e"])) == frozenset()


# Runs


def test_words_that_stayed_went_and_came_are_told_apart() -> None:
    assert word_runs("Baca judul buku ini.", "Baca halaman judul buku itu.") == (
        Run("kept", "Baca "),
        Run("added", "halaman "),
        Run("kept", "judul buku "),
        Run("removed", "ini."),
        Run("added", "itu."),
    )


def test_long_pieces_that_stayed_are_left_out_between_words() -> None:
    words = " ".join(f"kata{number}" for number in range(200))
    runs = word_runs(words + " lama", words + " baru")
    assert [run.kind for run in runs] == ["left_out", "kept", "removed", "added"]
    assert len(runs[1].text) <= CONTEXT and set(runs[1].text.split()) <= set(words.split()), "no word is cut in two"
    assert "".join(run.text for run in line_runs("a\nb\n", "a\nc\n") if run.kind != "added") == "a\nb\n"


# Counting without reading everything

MANY: dict[str, bytes] = {path: text for path, text in BEFORE.items() if path != MODULE_FILE} | {
    MODULE_FILE: MODULE.encode() + ADDED.encode() + ADDED.replace("baru", "lama").encode()
}


@pytest.mark.parametrize(
    "change",
    [
        ("pass: 70%", "pass: 80%"),
        ("minutes: 10", "minutes: 12"),
        ("answer: false", "answer: true"),
        (ADDED, ""),
        ("id: lama", "id: tua"),
        ("      - draw: 2\n        from: ddc\n" + ADDED, ADDED + "      - draw: 2\n        from: ddc\n"),
        ("title: {id: Kelas", "title: {id: Kelas buku"),
    ],
)
def test_counting_thinned_versions_comes_to_the_same(change: tuple[str, str]) -> None:
    new = {path: data.replace(change[0].encode(), change[1].encode(), 1) for path, data in MANY.items()}
    old = {path: data for path, data in MANY.items() if new[path] != data}
    changed = {path: new[path] for path in old}
    small, smaller = thinned(old, changed)
    assert tally(differences(small, smaller)) == tally(differences(old, changed))
    assert sum(map(len, small.values())) <= sum(map(len, old.values()))


def test_a_file_that_cannot_be_thinned_is_compared_whole() -> None:
    flow = "  - {survey: kesan,\n     title: Kesan, anonymous: true, questions: [{id: a, type: essay, text: Apa?}]}\n"
    odd = MODULE + flow
    old, new = {MODULE_FILE: odd.encode()}, {MODULE_FILE: odd.replace("pass: 70%", "pass: 80%").encode()}
    assert thinned(old, new) == (old, new)
