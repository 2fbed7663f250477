"""Two trainers who saved from one version: both keep what they wrote, or are asked."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.editing import Value, new_file, value_in
from app.content.merging import Choice, Merged, merge_files, place_of, resolve
from app.content.merging.lines import merged_lines
from app.content.merging.values import Merging
from tests.content.samples import COURSE, MODULE, course_files

MODULE_FILE = "01-kelas.yaml"
BASE = course_files()
KEY = "{text: 398.20, correct: true}"
SECOND = "          - text: 020\n"
RIGHT = "            correct: true\n"
THIRD = "          - text: 300\n"

Files = Mapping[str, bytes]
Edit = tuple[str, str]


def saved(*changes: Edit, path: str = MODULE_FILE, files: Files = BASE) -> dict[str, bytes]:
    text = files[path].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {**files, path: text.encode()}


def value(files: Files, path: str = MODULE_FILE) -> Any:
    return value_in(files[path])


def whole(merged: Merged) -> dict[str, bytes]:
    assert merged.conflicts == ()
    return merged.files


def test_what_only_one_saved_is_taken_byte_for_byte() -> None:
    mine = saved(("pass: 70%", "pass:   80%  # lebih tinggi"))
    theirs = saved(("hours: 4", "hours: 6"), path="course.yaml")
    merged = whole(merge_files(BASE, mine, theirs))
    assert merged[MODULE_FILE] == mine[MODULE_FILE] and merged["course.yaml"] == theirs["course.yaml"]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("minutes: 10", "minutes: 12"), ("pass: 70%", "pass: 80%")),  # two activities
        (("Nomor cerita rakyat?", "Nomor dongeng?"), ("Itu ilmu perpustakaan.", "Bukan.")),  # one question
        (("id: Nomor cerita rakyat?", "id: Nomor dongeng?"), ("The number of folk", "A number of folk")),  # languages
        (("text: 020", "text: 030"), ("Itu ilmu perpustakaan.", "Bukan.")),  # one option, reworded, and its feedback
        ((SECOND, SECOND.replace("020", "100") + SECOND), ("preset: test", "preset: exam")),
        (("    preset: test\n", ""), ("draw: 2", "draw: 3")),
    ],
)
def test_what_two_changed_at_different_places_is_both_done(mine: Edit, theirs: Edit) -> None:
    merged = whole(merge_files(BASE, saved(mine), saved(theirs)))
    assert value(merged) == value(saved(mine, theirs))


def test_comments_of_both_sides_live_on() -> None:
    mine, theirs = ("minutes: 10", "minutes: 10  # dua halaman"), ("pass: 70%", "pass: 70%  # kata Noor")
    assert whole(merge_files(BASE, saved(mine), saved(theirs))) == saved(mine, theirs)


def test_a_text_written_once_for_both_languages_may_be_translated_while_it_is_corrected() -> None:
    plain = saved(("title: {id: Kuis DDC, en: DDC quiz}", "title: Kuis DCC"))
    mine = saved(("title: Kuis DCC", "title: {id: Kuis DCC, en: DDC quiz}"), files=plain)
    theirs = saved(("title: Kuis DCC", "title: Kuis DDC"), files=plain)
    merged = whole(merge_files(plain, mine, theirs))
    assert value(merged)["activities"][1]["title"] == {"id": "Kuis DDC", "en": "DDC quiz"}


def test_two_may_write_at_other_lines_of_one_lesson_and_at_one_line_they_are_asked() -> None:
    mine = saved(("Setiap buku punya", "Tiap buku punya"))
    theirs = saved(('"Kelas utama")', '"Sepuluh kelas")'), ("minutes: 10", "minutes: 11"))
    body = value(whole(merge_files(BASE, mine, theirs)))["activities"][0]["body"]["id"]
    assert "Tiap buku punya" in body and '"Sepuluh kelas"' in body
    (conflict,) = merge_files(BASE, mine, saved(("Setiap buku punya", "Semua buku punya"))).conflicts
    assert conflict.clash.where[-2:] == ("body", "id")


def test_what_both_added_at_one_place_is_both_kept_theirs_first() -> None:
    merged = whole(
        merge_files(BASE, saved((KEY, f"{KEY}\n{THIRD}"[:-1])), saved((KEY, f"{KEY}\n          - text: 400")))
    )
    options = value(merged)["activities"][1]["questions"][0]["options"]
    assert [each["text"] for each in options] == ["398.20", "400", "300", "020"]


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    both = saved(("pass: 70%", "pass: 80%"))
    assert whole(merge_files(BASE, both, {**both, MODULE_FILE: both[MODULE_FILE] + b"# komentar\n"}))


def test_two_texts_for_one_place_are_a_conflict_and_each_choice_is_what_it_says() -> None:
    merged = merge_files(BASE, saved(("minutes: 10", "minutes: 12")), saved(("minutes: 10", "minutes: 15")))
    (conflict,) = merged.conflicts
    assert conflict.key == (MODULE_FILE, "activities", "lesson=mengapa-ddc", "minutes")
    clash = conflict.clash
    assert (clash.base, clash.mine, clash.theirs, clash.picks) == ("10", "12", "15", ("mine", "theirs", "own"))
    assert merged.files == merged.theirs, "until somebody chooses"
    for choice, minutes in ((Choice("mine"), "12"), (Choice("theirs"), "15"), (Choice("own", "14"), "14")):
        assert value(resolve(merged, {conflict.key: choice}))["activities"][0]["minutes"] == minutes


def test_what_does_not_clash_is_kept_whatever_is_chosen_where_it_does() -> None:
    mine = saved(("minutes: 10", "minutes: 12"), ("pass: 70%", "pass: 80%"))
    theirs = saved(("minutes: 10", "minutes: 15"), ("draw: 2", "draw: 3"))
    merged = merge_files(BASE, mine, theirs)
    for pick in ("mine", "theirs"):
        quiz = value(resolve(merged, {merged.conflicts[0].key: Choice(pick)}))["activities"][1]  # type: ignore[arg-type]
        assert (quiz["pass"], quiz["questions"][1]["draw"]) == ("80%", "3")


def test_two_who_made_different_options_right_never_make_a_question_with_two_keys() -> None:
    three = saved((SECOND, f"{THIRD}{SECOND}"))
    mine = saved((KEY, "{text: 398.20}"), (THIRD, THIRD + RIGHT), files=three)
    theirs = saved((KEY, "{text: 398.20}"), (SECOND, SECOND + RIGHT), files=three)
    (conflict,) = merge_files(three, mine, theirs).conflicts
    assert conflict.clash.where[-1] == "options"


def test_a_question_made_one_of_another_kind_is_asked_about_as_a_whole_where_another_changed_it() -> None:
    multiple = saved(("type: single", "type: multiple"))
    (conflict,) = merge_files(BASE, multiple, saved(("Nomor cerita rakyat?", "Nomor dongeng?"))).conflicts
    assert conflict.clash.where[-1] == "id=dongeng"
    assert whole(merge_files(BASE, multiple, saved(("minutes: 10", "minutes: 9"))))


def test_the_corners_of_an_area_are_never_mixed() -> None:
    area = "      - {id: peta, type: hotspot, text: Di mana?, areas: [{id: a, rectangle: [1, 2, 3, 4]}]}\n"
    base = saved(("      - draw: 2\n", area + "      - draw: 2\n"))
    mine, theirs = (saved(("[1, 2, 3, 4]", corners), files=base) for corners in ("[5, 2, 3, 4]", "[1, 2, 3, 9]"))
    (conflict,) = merge_files(base, mine, theirs).conflicts
    assert conflict.clash.where[-1] == "rectangle"


def test_a_question_that_one_removed_and_another_changed_is_a_conflict_and_an_untouched_one_goes() -> None:
    start = MODULE.index("      - id: dongeng")
    end = MODULE.index("      - draw: 2")
    without = {**BASE, MODULE_FILE: (MODULE[:start] + MODULE[end:]).encode()}
    assert (
        len(
            value(whole(merge_files(BASE, without, saved(("minutes: 10", "minutes: 9")))))["activities"][1]["questions"]
        )
        == 1
    )
    merged = merge_files(BASE, without, saved(("Nomor cerita rakyat?", "Nomor dongeng?")))
    (conflict,) = merged.conflicts
    assert conflict.clash.mine is None and conflict.clash.where[-1] == "id=dongeng"
    assert value(resolve(merged, {conflict.key: Choice("mine")})) == value(without)
    assert value(merged.files)["activities"][1]["questions"][0]["text"]["id"] == "Nomor dongeng?"


def test_two_questions_added_under_one_id_may_both_be_kept_one_under_another_id() -> None:
    end = "      - draw: 2\n"

    def added(text: str) -> dict[str, bytes]:
        return saved((end, f"      - {{id: baru, type: true-false, text: {text}, answer: true}}\n{end}"))

    merged = merge_files(BASE, added("Mawar merah"), added("Melati putih"))
    (conflict,) = merged.conflicts
    assert "both" in conflict.clash.picks
    questions = value(resolve(merged, {conflict.key: Choice("both")}))["activities"][1]["questions"]
    assert [each.get("text") for each in questions[1:3]] == ["Melati putih", "Mawar merah"]
    assert questions[1]["id"] == "baru" and questions[2]["id"] not in ("baru", "dongeng", None)


def test_two_orders_of_one_list_are_a_conflict_and_one_order_goes_with_the_other_ones_additions() -> None:
    base = {"course.yaml": COURSE.replace("[01-kelas]", "[a, b, c]").encode()}
    mine, theirs = (saved(("[a, b, c]", order), path="course.yaml", files=base) for order in ("[c, a, b]", "[a, c, b]"))
    merged = merge_files(base, mine, theirs)
    assert [each.clash.where for each in merged.conflicts] == [("modules", "@order")]
    chosen = resolve(merged, {merged.conflicts[0].key: Choice("mine")})
    assert value(chosen, "course.yaml")["modules"] == ["c", "a", "b"]
    longer = saved(("[a, b, c]", "[a, d, b, c]"), path="course.yaml", files=base)
    assert value(whole(merge_files(base, mine, longer)), "course.yaml")["modules"] == ["c", "a", "d", "b"]


def test_an_activity_moved_to_another_module_takes_along_what_another_trainer_changed_in_it() -> None:
    commented = MODULE.replace("  - lesson:", "  # dari Ibu Sri\n  - lesson:", 1)
    head, mark, rest = commented.partition("  # dari Ibu Sri\n")
    lesson, quiz_mark, quiz = rest.partition("  - quiz:")
    other = "title: Lanjut\nactivities:\n  - survey: evaluasi\n    title: Evaluasi\n"
    base = {**BASE, MODULE_FILE: commented.encode(), "02-lanjut.yaml": other.encode()}
    away = {
        **base,
        MODULE_FILE: (head + quiz_mark + quiz).encode(),
        "02-lanjut.yaml": (other + mark + lesson).encode(),
    }
    changed = saved(("minutes: 10", "minutes: 12"), ("pass: 70%", "pass: 80%"), files=base)
    for merged in (whole(merge_files(base, away, changed)), whole(merge_files(base, changed, away))):
        first, second = value(merged), value(merged, "02-lanjut.yaml")
        assert [each.get("quiz") for each in first["activities"]] == ["kuis-ddc"]
        assert first["activities"][0]["pass"] == "80%"
        assert [each.get("lesson") for each in second["activities"]] == [None, "mengapa-ddc"]
        assert second["activities"][1]["minutes"] == "12"
        assert b"\n  # dari Ibu Sri\n  - lesson: mengapa-ddc\n" in merged["02-lanjut.yaml"]


def test_files_that_cannot_be_merged_are_a_conflict_as_a_whole_with_both_texts() -> None:
    broken = {**BASE, MODULE_FILE: MODULE.encode() + b"a: [\n"}
    merged = merge_files(BASE, broken, saved(("pass: 70%", "pass: 80%")))
    (conflict,) = merged.conflicts
    assert conflict.whole and str(conflict.clash.mine).endswith("a: [\n")
    assert resolve(merged, {conflict.key: Choice("mine")})[MODULE_FILE] == broken[MODULE_FILE]
    pictures = merge_files(BASE, {**BASE, "media/kelas.svg": b"\xff1"}, {**BASE, "media/kelas.svg": b"\xff2"})
    assert pictures.conflicts[0].whole and pictures.conflicts[0].clash.mine is None


def test_a_file_that_one_removed_goes_unless_the_other_changed_it() -> None:
    without = {path: data for path, data in BASE.items() if path != "bank/ddc.yaml"}
    assert "bank/ddc.yaml" not in whole(merge_files(BASE, without, saved(("pass: 70%", "pass: 80%"))))
    changed = saved(("title: {id: DDC, en: DDC}", "title: Dewey"), path="bank/ddc.yaml")
    (conflict,) = merge_files(BASE, without, changed).conflicts
    assert conflict.whole


def test_lines_of_both_sides_fit_together_unless_they_meet() -> None:
    assert merged_lines(b"a\nb\nc\n", b"a1\nb\nc\n", b"a\nb\nc3") == b"a1\nb\nc3"
    assert merged_lines(b"a\nb\nc\n", b"a\nb1\nc\n", b"a\nb2\nc\n") is None
    assert merged_lines(b"a\n", b"a\nb\n", b"a\nc\n") is None


# Properties

KEYS = ("text", "feedback", "points", "weight")
words = st.sampled_from(("satu", "dua", "tiga", "020", "ya"))


def question(name: str, texts: tuple[str, ...]) -> Value:
    return {"id": name, "type": "single", **dict(zip(KEYS, texts, strict=True))}


@st.composite
def quizzes(draw: st.DrawFn) -> dict[str, Value]:
    """A module with one quiz of some questions."""
    names = draw(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=6, unique=True))
    questions: list[Value] = [question(name, tuple(draw(words) for _ in KEYS)) for name in names]
    return {"title": "Kelas", "activities": [{"quiz": "k", "title": "Kuis", "questions": questions}]}


def asked(module: Any) -> list[Any]:
    found: list[Any] = module["activities"][0]["questions"]
    return found


@st.composite
def edits(draw: st.DrawFn, module: Value, allowed: list[int], new: str) -> Any:
    """The module after some edits of the questions at `allowed` places, with perhaps a new one named `new`."""
    other = deepcopy(module)
    for at in draw(st.lists(st.sampled_from(allowed), unique=True)) if allowed else ():
        asked(other)[at][draw(st.sampled_from(KEYS))] = draw(words) + new
    gone = draw(st.sampled_from([None, *allowed]))
    if gone is not None:
        asked(other)[gone] = None
    questions = [each for each in asked(other) if each is not None]
    if draw(st.booleans()):
        questions.insert(draw(st.integers(0, len(questions))), question(new, ("x", "y", "1", "2")))
    other["activities"][0]["questions"] = questions  # type: ignore[call-overload,index]  # a map, as made above
    return other


def as_files(module: Any) -> dict[str, bytes]:
    return {MODULE_FILE: new_file(module)}


@given(st.data())
def test_disjoint_edits_merge_cleanly_and_the_result_has_both(data: st.DataObject) -> None:
    base: Any = data.draw(quizzes())
    places = range(len(asked(base)))
    mine = data.draw(edits(base, [each for each in places if each % 2], "m"))
    theirs = data.draw(edits(base, [each for each in places if not each % 2], "t"))
    merged = whole(merge_files(as_files(base), as_files(mine), as_files(theirs)))
    found = {each["id"]: each for each in asked(value(merged))}
    before, ours, others = ({each["id"]: each for each in asked(side)} for side in (base, mine, theirs))
    for name in {*before, *ours, *others}:
        kept = ours.get(name) if ours.get(name) != before.get(name) else others.get(name)
        assert found.get(name) == kept


@given(st.data())
def test_a_side_without_changes_leaves_the_others_bytes_and_two_equal_sides_are_one(data: st.DataObject) -> None:
    base: Any = data.draw(quizzes())
    other = as_files(data.draw(edits(base, list(range(len(asked(base)))), "m")))
    files = as_files(base)
    assert whole(merge_files(files, other, files)) == other
    assert whole(merge_files(files, files, other)) == other
    assert whole(merge_files(files, other, other)) == other


@given(st.data())
def test_whatever_two_do_nothing_is_lost_without_a_conflict(data: st.DataObject) -> None:
    base: Any = data.draw(quizzes())
    everywhere = list(range(len(asked(base))))
    mine, theirs = data.draw(edits(base, everywhere, "m")), data.draw(edits(base, everywhere, "t"))
    merging = Merging()
    merged = merging.merged(base, mine, theirs)
    told = {clash.where for clash in merging.clashes}
    for changed in asked(mine):
        was = next((each for each in asked(base) if each["id"] == changed["id"]), None)
        now = next((each for each in asked(merged) if each["id"] == changed["id"]), None)
        for key in KEYS if was != changed else ():
            place = ("activities", "quiz=k", "questions", f"id={changed['id']}")
            kept = now is not None and now[key] == changed[key]
            assert kept or (was or {}).get(key) == changed[key] or place in told or (*place, key) in told


# How a conflict is told


@pytest.mark.parametrize(
    ("path", "mine", "theirs", "told"),
    [
        (
            MODULE_FILE,
            ("minutes: 10", "minutes: 1"),
            ("minutes: 10", "minutes: 2"),
            "Mengapa DDC?//Perkiraan lama (menit)/",
        ),
        (MODULE_FILE, ("en: DDC quiz", "en: a"), ("en: DDC quiz", "en: b"), "Kuis DDC//Judul/en"),
        (MODULE_FILE, ("id: Nomor c", "id: C"), ("id: Nomor c", "id: D"), "Kuis DDC/Derita rakyat?/Pertanyaan/"),
        (
            MODULE_FILE,
            ("id: Itu ilmu", "id: A"),
            ("id: Itu ilmu", "id: B"),
            "Kuis DDC/Nomor cerita rakyat?/Pilihan jawaban 2 Umpan balik/",
        ),
        (
            "bank/ddc.yaml",
            ("value: 10", "value: 1"),
            ("value: 10", "value: 2"),
            "DDC/Berapa kelas utama?/Jawaban yang diterima 1/",
        ),
        ("course.yaml", ("hours: 4", "hours: 1"), ("hours: 4", "hours: 2"), "Klasifikasi//Jam pelajaran/"),
    ],
)
def test_a_conflict_is_told_by_activity_question_and_field(path: str, mine: Edit, theirs: Edit, told: str) -> None:
    merged = merge_files(BASE, saved(mine, path=path), saved(theirs, path=path))
    place = place_of(merged.conflicts[0], merged.theirs)
    asked = place.question.title.id if place.question else ""
    assert "/".join((place.subject.title.id, asked, " ".join(map(str, place.label)), place.language or "")) == told
