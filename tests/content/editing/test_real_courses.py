"""The courses that are there: each of their texts can be changed alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath

import pytest

from app.content.editing import Path, Put, Value, edit_file, edits_between, value_in
from app.content.editing.finding import activities_in, bank_names, find_activity, find_question, fresh_id
from app.content.editing.reading import written
from app.content.nodes import TextNode

COURSES = FilePath(__file__).parents[3] / "courses"
FILES = sorted(COURSES.rglob("*.yaml"))
NAMES = [str(each.relative_to(COURSES)) for each in FILES]


def texts(value: Value, at: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield at, value
        return
    for step, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield from texts(each, (*at, step))


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_text_put_to_itself_leaves_the_file_byte_for_byte(file: FilePath) -> None:
    data = file.read_bytes()
    value = value_in(data)
    assert value is not None
    assert edit_file(data, [Put(path, text) for path, text in texts(value)]) == data
    assert edits_between(value, value) == ()


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_word_more_changes_one_line(file: FilePath) -> None:
    data = file.read_bytes()
    value = value_in(data)
    assert value is not None
    every = list(texts(value))
    for path, text in every[:: max(len(every) // 6, 1)]:
        node = written(data).node(path)
        if isinstance(node, TextNode) and node.style == ">":
            continue  # its lines may be broken anew
        words = text.split(" ")
        words.insert(len(words) // 2, "baru")
        before = data.decode().split("\n")
        after = edit_file(data, [Put(path, " ".join(words))]).decode().split("\n")
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_activities_and_questions_are_found_where_they_are_written() -> None:
    folder = COURSES / "katalogisasi"
    files = {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*.yaml")}
    modules = activities_in(files)
    assert [each.name for each in modules][:2] == ["01-katalog-dan-deskripsi", "02-klasifikasi-ddc"]
    assert bank_names(files) == ["deskripsi", "klasifikasi", "metadata", "subjek"]
    quiz = find_activity(files, "kuis-klasifikasi-ddc")
    assert quiz is not None and quiz.path == "02-klasifikasi-ddc.yaml" and quiz.value["quiz"] == "kuis-klasifikasi-ddc"
    question = find_question(files, "bank/klasifikasi", "novel-indonesia")
    assert question is not None and (question.path, question.at) == ("bank/klasifikasi.yaml", ("questions", 1))
    assert find_question(files, "bank/klasifikasi", "tidak-ada") is None
    assert find_activity({**files, "course.yaml": b"modules: ["}, "kuis-klasifikasi-ddc") is not None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Mengapa DDC?", "mengapa-ddc"),
        ("Café & buku", "cafe-buku"),
        ("???", "butir"),
        ("Ada", "ada-2"),
        ("Nomor kelas untuk kumpulan cerita rakyat dari Papua adalah", "nomor-kelas-untuk-kumpulan-cerita-rakyat"),
    ],
)
def test_an_id_is_made_of_a_title(title: str, expected: str) -> None:
    assert fresh_id(title, {"ada"}) == expected
