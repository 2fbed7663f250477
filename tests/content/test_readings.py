"""What was read before is read again only where it would come out otherwise: with the memory as without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.compile import NOTHING_BEFORE, compile_course, compile_shared
from app.content.course import Shared
from app.content.faults import ContentFaults
from app.content.nodes import Place
from app.content.readings import Before, Reading, Readings
from tests.content.samples import COMPETENCIES, COURSE, GLOSSARY, MODULE, SVG, Files, course_files, shared_files

SECOND = """\
title: {id: Nomor, en: Numbers}
activities:
  - quiz: kuis-nomor
    title: {id: Kuis nomor, en: Quiz}
    preset: test
    questions:
      - draw: 1
        from: umum
      - use: lain/warna
  - task: tugas
    title: {id: Tugas, en: Task}
    accept: {text: true}
    body: {id: Tulis., en: Write.}
"""
OTHER_BANK = """\
title: {id: Lain, en: Other}
questions:
  - id: warna
    type: true-false
    competency: F2.deskripsi
    text: {id: Label berwarna., en: Labels have colours.}
    answer: true
    explanation: {id: Ya., en: Yes.}
"""


class World:
    """A course and what it is compiled with, as authors change them."""

    def __init__(self) -> None:
        self.files: Files = course_files(
            {
                "course.yaml": COURSE.replace("[01-kelas]", "[01-kelas, 02-nomor]"),
                "02-nomor.yaml": SECOND,
                "bank/lain.yaml": OTHER_BANK,
            }
        )
        self.shared_files: Files = shared_files()
        self.earlier: dict[str, str] = {}

    def outcome(self, before: Before) -> Any:
        """The course with its warnings; or its faults and warnings, with their places."""
        try:
            return compile_course("ddc", self.files, self.shared, self.earlier, before)
        except ContentFaults as broken:
            return broken.faults, broken.warnings

    @property
    def shared(self) -> Shared:
        return compile_shared(self.shared_files)


def swap(path: str, old: str, new: str) -> Callable[[World], None]:
    """Writes one passage otherwise, and back again when done twice."""

    def change(world: World) -> None:
        files = world.shared_files if path in world.shared_files else world.files
        text = files.get(path, b"").decode()
        files[path] = (text.replace(new, old, 1) if new in text else text.replace(old, new, 1)).encode()

    return change


def toggle(path: str, text: str) -> Callable[[World], None]:
    """Adds a file, or takes it away."""

    def change(world: World) -> None:
        if world.files.pop(path, None) is None:
            world.files[path] = text.encode()

    return change


def kind_before(address: str, kind: str) -> Callable[[World], None]:
    """Lets an address have been of a kind in an earlier revision, or no longer."""

    def change(world: World) -> None:
        if world.earlier.pop(address, None) is None:
            world.earlier[address] = kind

    return change


LESSON = "\n  - lesson: mengapa-ddc\n    title: {id: Lagi, en: Again}\n    body: {id: Teks., en: Text.}\n"
CHANGES: list[Callable[[World], None]] = [
    swap("bank/ddc.yaml", "DDC memakai sepuluh kelas.", "DDC memakai banyak kelas."),
    swap("bank/ddc.yaml", "tags: [dasar]", "tags: [lanjut]"),  # what may be drawn is another
    swap("bank/ddc.yaml", "type: number", "type: nomor"),  # a fault in one question
    swap("bank/ddc.yaml", "title:", "title: ["),  # a file that cannot be read
    swap("bank/lain.yaml", "id: warna", "id: corak"),  # what the second module uses is gone
    swap("bank/lain.yaml", "    explanation: {id: Ya., en: Yes.}", "    # tanpa pembahasan"),  # a warning
    swap("bank/umum.yaml", "type: true-false", "type: information"),  # a shared bank has nothing to ask
    swap("competencies.yaml", "F2.deskripsi", "F2.katalog"),
    swap("glossary.yaml", "nomor panggil, en", "nomor buku, en"),
    swap("01-kelas.yaml", "preset: test", "preset: exam"),
    swap("01-kelas.yaml", "title: {id: Kelas, en: Classes}", "# di atas\ntitle: {id: Kelas, en: Classes}"),
    swap("01-kelas.yaml", "quiz: kuis-ddc", "quiz: lain"),  # a quiz with the name of a bank
    swap("02-nomor.yaml", "\n  - task: tugas", f"{LESSON}  - task: tugas"),  # an id of the first module
    swap("02-nomor.yaml", "use: lain/warna", "use: tiada/warna"),
    swap("course.yaml", "[01-kelas, 02-nomor]", "[02-nomor, 01-kelas]"),
    swap("course.yaml", "hours: 4", "hours: banyak"),
    swap("media/kelas.svg", "#fffdf8", "#ffffff"),
    toggle("bank/lain.yaml", OTHER_BANK),
    toggle("bank/baru.yaml", OTHER_BANK),
    toggle("media/kelas.svg", SVG),
    toggle("03-lain.yaml", MODULE),
    kind_before("ddc/ddc/jumlah", "single"),
    kind_before("ddc/kuis-ddc", "lesson"),
]
assert COMPETENCIES.count("F2.deskripsi") == 1 and "nomor panggil, en" in GLOSSARY


@given(st.lists(st.sampled_from(CHANGES), min_size=2, max_size=6))
@settings(max_examples=25)
def test_whatever_changed_the_course_its_faults_and_warnings_are_those_of_a_first_reading(
    changes: list[Callable[[World], None]],
) -> None:
    world, before = World(), Before(readings=Readings())
    world.outcome(before)
    for change in changes:
        change(world)
        assert world.outcome(before) == world.outcome(NOTHING_BEFORE)


@pytest.mark.parametrize("change", CHANGES, ids=range(len(CHANGES)))
def test_each_change_is_seen_and_so_is_taking_it_back(change: Callable[[World], None]) -> None:
    world, before = World(), Before(readings=Readings())
    first = world.outcome(before)
    change(world)
    assert world.outcome(before) == world.outcome(NOTHING_BEFORE)
    change(world)
    assert world.outcome(before) == first


def test_only_what_an_edit_concerns_is_read_again() -> None:
    world, before = World(), Before(readings=Readings())
    course = world.outcome(before)
    swap("bank/ddc.yaml", "DDC memakai sepuluh kelas.", "DDC memakai banyak kelas.")(world)
    edited = world.outcome(before)
    assert edited.modules[0] is course.modules[0] and edited.banks["lain"] is course.banks["lain"]
    swap("bank/ddc.yaml", "tags: [dasar]", "tags: [lanjut]")(world)
    drawn = world.outcome(before)
    assert drawn.modules[0] is not course.modules[0], "it draws from that bank"
    assert drawn.modules[1] is course.modules[1]
    world.earlier = dict(drawn.kinds)  # published since
    published = world.outcome(before)
    assert all(one is other for one, other in zip(published.modules, drawn.modules, strict=True))


def test_the_memory_is_bounded_by_the_size_of_the_files_and_forgets_what_was_not_used_longest() -> None:
    kept = Readings(most=10)
    one, two, three = (Reading(name, (), 5) for name in ("satu", "dua", "tiga"))
    kept.keep("1", one)
    kept.keep("2", two)
    assert kept.find("1") is one
    kept.keep("3", three)
    assert (kept.find("1"), kept.find("2"), kept.find("3")) == (one, None, three)
    kept.keep("4", Reading("besar", (), 11))
    assert kept.find("4") is None is kept.find("1")


def test_a_reading_is_not_taken_where_an_activity_was_named_before() -> None:
    reading = Reading(None, (), 1, ids={"kuis": Place(3, 1, 9)})
    assert reading.holds({}, {}, {"lain": None}) and not reading.holds({}, {}, {"kuis": None})
