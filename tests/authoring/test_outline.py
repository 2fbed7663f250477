"""The outline of a course: what it tells, and what each of its buttons makes of the files."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.authoring.rules.excerpt import excerpt
from app.authoring.rules.outline import Told, outline
from app.authoring.rules.shelving import (
    Changed,
    NoTitle,
    Wish,
    add_activity,
    add_module,
    after,
    changed_activity,
    changed_module,
    remove_activity,
)
from app.authoring.rules.undoing import CannotBringBack, brought_back
from app.content.placing import entries_of_faults
from app.errors import NotFound
from tests.content.samples import compiled, course_files, faults_of

COURSE = """\
# Kursus ini ditulis Rahmat.
title: {id: Klasifikasi, en: Classification}
code: TI-3
summary: {id: Anda dapat memberi nomor., en: You can give numbers.}
track: it
hours: 4
modules: [01-kelas, 02-rak]  # urutan belajar
"""
SHELVES = """\
title: Rak
activities:
  # Materi tentang rak: belum selesai.
  - lesson: menata-rak
    title: {id: Menata rak, en: Arranging shelves}
    minutes: 5
    body: |
      Buku ditata menurut nomor.
"""
EMPTY = {
    "course.yaml": b"title: Baru\ncode: X-1\nsummary: Ringkas.\ntrack: it\nhours: 2\nmodules: []\n",
}


def files(extra: Mapping[str, str] | None = None) -> dict[str, bytes]:
    return course_files({"course.yaml": COURSE, "02-rak.yaml": SHELVES, **(extra or {})})


def order(held: Mapping[str, bytes]) -> dict[str, list[str]]:
    return {chapter.name: [work.id for work in chapter.works] for chapter in outline(held).chapters}


def then(changed: Changed, held: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    return after(files() if held is None else held, changed)


FIRST, QUIZ, LAST = "mengapa-ddc", "kuis-ddc", "menata-rak"


def test_it_tells_modules_and_activities_in_the_order_of_the_course() -> None:
    told = outline(files())
    assert told.title == "Klasifikasi"
    assert [(each.name, each.title) for each in told.chapters] == [("01-kelas", "Kelas"), ("02-rak", "Rak")]
    assert [(each.kind, each.title) for each in told.works] == [
        ("lesson", "Mengapa DDC?"),
        ("quiz", "Kuis DDC"),
        ("lesson", "Menata rak"),
    ]
    assert told.steps == (True, True, True)
    assert outline(EMPTY).steps == (False, False, False)


def test_a_file_that_cannot_be_read_says_why_and_the_others_are_there() -> None:
    broken = files({"02-rak.yaml": "title: Rak\nactivities:\n\t- x\n"})
    faults = entries_of_faults(broken, faults_of(broken))
    told = outline(broken, faults)
    reason = told.chapters[1].broken
    assert reason is not None and reason.line == 3
    assert [work.id for work in told.works] == [FIRST, QUIZ]
    missing = {path: data for path, data in files().items() if path != "02-rak.yaml"}
    assert outline(missing).chapters[1].broken is not None
    unreadable = outline(files({"course.yaml": "title: [\n"}))
    assert unreadable.broken is not None and [each.name for each in unreadable.chapters] == ["01-kelas", "02-rak"]


def test_faults_and_advice_are_counted_beside_their_entry() -> None:
    spoiled = files({"02-rak.yaml": SHELVES.replace("minutes: 5", "minutes: lima")})
    faults = entries_of_faults(spoiled, faults_of(spoiled))
    told = outline(spoiled, faults, faults)
    assert [work.told for work in told.works] == [Told(), Told(), Told(1, 1)]


@pytest.mark.parametrize(
    ("name", "wish", "wanted"),
    [
        (FIRST, Wish("down"), {"01-kelas": [QUIZ, FIRST], "02-rak": [LAST]}),
        (QUIZ, Wish("up"), {"01-kelas": [QUIZ, FIRST], "02-rak": [LAST]}),
        (QUIZ, Wish("down"), {"01-kelas": [FIRST], "02-rak": [QUIZ, LAST]}),
        (LAST, Wish("up"), {"01-kelas": [FIRST, QUIZ, LAST], "02-rak": []}),
        (FIRST, Wish("up"), {"01-kelas": [FIRST, QUIZ], "02-rak": [LAST]}),
        (LAST, Wish("down"), {"01-kelas": [FIRST, QUIZ], "02-rak": [LAST]}),
        (LAST, Wish("place", module="01-kelas", at=1), {"01-kelas": [FIRST, LAST, QUIZ], "02-rak": []}),
        (FIRST, Wish("place", module="02-rak", at=99), {"01-kelas": [QUIZ], "02-rak": [LAST, FIRST]}),
        (FIRST, Wish("remove"), {"01-kelas": [QUIZ], "02-rak": [LAST]}),
    ],
)
def test_activities_move_within_their_module_and_past_its_ends(
    name: str, wish: Wish, wanted: dict[str, list[str]]
) -> None:
    assert order(then(changed_activity(files(), name, wish))) == wanted


def test_an_activity_goes_to_another_module_as_it_is_written_and_comes_back_so() -> None:
    written = SHELVES.partition("activities:\n")[2].encode()
    moved = then(changed_activity(files(), LAST, Wish("place", module="01-kelas", at=1)))
    assert moved["01-kelas.yaml"].count(written) == 1
    assert moved["02-rak.yaml"] == b"title: Rak\nactivities: []\n"
    assert then(changed_activity(moved, LAST, Wish("place", module="02-rak", at=0)), moved) == files()


def test_what_is_removed_comes_back_as_it_was_written_also_where_its_neighbour_changed_meanwhile() -> None:
    removal = remove_activity(files(), QUIZ)
    beside = then(add_activity(then(removal), "01-kelas", "lesson", "Sisipan")[0], then(removal))
    back = then(brought_back(files(), removal, beside), beside)["01-kelas.yaml"].decode()
    module = files()["01-kelas.yaml"].decode()
    assert module[module.index("  - quiz:") :].rstrip() in back and "Sisipan" in back


@pytest.mark.parametrize(
    ("wish", "wanted"),
    [
        (Wish("down"), ["02-rak", "01-kelas"]),
        (Wish("up"), ["01-kelas", "02-rak"]),
        (Wish("place", at=1), ["02-rak", "01-kelas"]),
        (Wish("remove"), ["02-rak"]),
    ],
)
def test_modules_move_and_go_with_their_file(wish: Wish, wanted: list[str]) -> None:
    held = then(changed_module(files(), "01-kelas", wish))
    assert list(order(held)) == wanted
    assert ("01-kelas.yaml" in held) == ("01-kelas" in wanted)
    assert b"# Kursus ini ditulis Rahmat." in held["course.yaml"]


def test_a_new_title_leaves_the_english_one() -> None:
    held = then(changed_activity(files(), LAST, Wish("rename", title=" Menata buku ")))
    assert b"title: {id: Menata buku, en: Arranging shelves}" in held["02-rak.yaml"]
    held = then(changed_module(files(), "02-rak", Wish("rename", title="Rak buku")))
    assert held["02-rak.yaml"].startswith(b"title: Rak buku\n")


def test_hiding_writes_one_line_and_showing_takes_it_away() -> None:
    hidden = then(changed_activity(files(), LAST, Wish("hide")))
    assert outline(hidden).works[2].hidden
    assert b"    hidden: true\n" in hidden["02-rak.yaml"]
    assert compiled(hidden).activity(LAST) is None
    assert then(changed_activity(hidden, LAST, Wish("show")), hidden) == files()


@pytest.mark.parametrize("kind", ["lesson", "quiz", "task", "survey"])
def test_what_is_added_stands_last_under_an_id_of_its_own(kind: str) -> None:
    changed, name = add_activity(files(), "02-rak", kind, " Menata rak ")  # type: ignore[arg-type]
    assert name == "menata-rak-2"
    work = outline(then(changed)).works[-1]
    assert (work.kind, work.id, work.title) == (kind, name, "Menata rak")
    assert b"# Materi tentang rak: belum selesai." in then(changed)["02-rak.yaml"]


def test_an_empty_course_gets_its_first_module_lesson_and_quiz() -> None:
    changed, module = add_module(EMPTY, "Mengenal perpustakaan desa")
    held = then(changed, EMPTY)
    assert module == "01-mengenal-perpustakaan-desa"
    for kind in ("lesson", "quiz"):
        held = then(add_activity(held, module, kind, "Pertama")[0], held)  # type: ignore[arg-type]
    assert order(held) == {module: ["pertama", "pertama-2"]}
    assert outline(held).steps == (True, True, True)
    again, name = add_module(held, "Mengenal perpustakaan desa")
    assert name == "02-mengenal-perpustakaan-desa-2" and list(order(then(again, held))) == [module, name]


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
def test_nothing_is_called_nothing(title: str) -> None:
    with pytest.raises(NoTitle):
        add_module(files(), title)
    with pytest.raises(NoTitle):
        changed_activity(files(), FIRST, Wish("rename", title=title))


@pytest.mark.parametrize(("name", "wish"), [("tidak-ada", Wish("up")), (FIRST, Wish("fly"))])
def test_what_is_not_there_is_not_found(name: str, wish: Wish) -> None:
    with pytest.raises(NotFound):
        changed_activity(files(), name, wish)
    with pytest.raises(NotFound):
        changed_module(files(), name, wish)


def test_an_activity_is_a_course_of_its_own_beside_all_faults_of_the_rest() -> None:
    held = files({"02-rak.yaml": "title: [\n", "course.yaml": "{"})
    held = then(changed_activity(held, QUIZ, Wish("hide")), held)
    course = compiled(excerpt(held, QUIZ))
    assert [each.id for each in course.activities] == [QUIZ] and course.question("ddc/ddc/jumlah") is not None
    assert compiled(excerpt(files(), FIRST)).activity(FIRST) is not None
    with pytest.raises(NotFound):
        excerpt(then(remove_activity(files(), FIRST)), FIRST)


@pytest.mark.parametrize(
    ("undone", "edit"),
    [
        (lambda held: remove_activity(held, LAST), lambda held: {}),
        (lambda held: remove_activity(held, FIRST), lambda held: changed_activity(held, QUIZ, Wish("hide"))),
        (
            lambda held: changed_module(held, "02-rak", Wish("remove")),
            lambda held: changed_activity(held, QUIZ, Wish("rename", title="Kuis")),
        ),
        (lambda held: remove_activity(held, QUIZ), lambda held: changed_module(held, "01-kelas", Wish("down"))),
    ],
)
def test_what_was_removed_comes_back_and_what_was_edited_since_stays(undone, edit) -> None:  # type: ignore[no-untyped-def]
    before = files()
    removal = undone(before)
    now = after(before, removal)
    now = after(now, edit(now))
    assert after(now, brought_back(before, removal, now)) == after(before, edit(before))


def test_nothing_is_brought_back_over_what_somebody_else_wrote() -> None:
    before = files()
    removal = changed_module(before, "02-rak", Wish("remove"))
    rewritten = {**after(before, removal), "02-rak.yaml": b"title: Lain\nactivities:\n  - task: lain\n"}
    with pytest.raises(CannotBringBack):
        brought_back(before, removal, rewritten)
