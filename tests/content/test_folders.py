"""Folders on disk: everything in them is taken within bounds, and nothing outside them is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content import folders
from app.content.folders import files_sha256, read_folder, read_shared_files, read_tree
from app.content.reading import FILE_LIMIT
from tests.content.samples import course_files, shared_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A courses/ folder with one course and shared files."""
    found = tmp_path / "courses"
    for folder, files in ((found, shared_files()), (found / "ddc", course_files())):
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    return found


def test_a_courses_folder_is_taken_apart_into_shared_files_and_courses(root: Path) -> None:
    tree = read_tree(root)
    assert tree.shared_files == shared_files()
    assert tree.courses == {"ddc": course_files()}
    assert tree.faults == {}
    assert tree.shared_faults == ()
    assert read_folder(root / "ddc") == (course_files(), ())
    assert read_shared_files(root) == (shared_files(), ())


@pytest.mark.parametrize("name", [".git", ".01.yaml.swp", "01-kelas.yaml~", "01.yaml.bak", "x.tmp", ".DS_Store"])
def test_hidden_files_and_what_editors_leave_are_passed_over(root: Path, name: str) -> None:
    (root / "ddc" / name).write_text("x")
    (root / name).write_text("x")
    assert read_tree(root).courses == {"ddc": course_files()}


def test_files_beside_the_courses_that_are_no_yaml_are_passed_over(root: Path) -> None:
    (root / "course.schema.json").write_text("{}")
    (root / "README.md").write_text("x")
    assert read_tree(root).shared_files == shared_files()


@pytest.mark.parametrize(
    "place", ["ddc/02-lain.yaml", "ddc/media/lain.svg", "ddc/dalam", "lain.yaml", "lain", "bank/x.yaml"]
)
def test_links_are_refused_wherever_they_lead(root: Path, tmp_path: Path, place: str) -> None:
    secret = tmp_path / "rahasia"
    secret.mkdir()
    (secret / "kunci.yaml").write_text("rahasia: 1")
    target = secret / "kunci.yaml" if place.endswith((".yaml", ".svg")) else secret
    (root / place).symlink_to(target)
    tree = read_tree(root)
    told = [*tree.shared_faults, *tree.faults.get("ddc", ())]
    assert [fault.path for fault in told] == [f"courses/{place}"]
    assert "symlink" in str(told[0])
    everything = [*tree.shared_files.values(), *(data for files in tree.courses.values() for data in files.values())]
    assert not any(b"rahasia" in data for data in everything)
    assert "lain" not in tree.courses


def test_a_pipe_is_refused_and_never_waited_for(root: Path) -> None:
    os.mkfifo(root / "ddc" / "pipa.yaml")
    tree = read_tree(root)
    assert [fault.path for fault in tree.faults["ddc"]] == ["courses/ddc/pipa.yaml"]


def test_a_file_that_may_not_be_read_is_a_fault(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(folders, "_bytes_of", refuse)
    tree = read_tree(root)
    assert len(tree.faults["ddc"]) == len(course_files())
    assert "izin aksesnya" in str(tree.faults["ddc"][0])


def test_of_a_file_over_the_limit_no_more_is_read_than_shows_that_it_is(root: Path) -> None:
    (root / "ddc" / "02-besar.yaml").write_bytes(b"#" * (FILE_LIMIT * 3))
    assert len(read_tree(root).courses["ddc"]["02-besar.yaml"]) == FILE_LIMIT + 1


def test_a_folder_with_too_many_files_says_so_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "FILES_LIMIT", 5)
    for number in range(10):
        (root / "ddc" / f"x{number}.yaml").write_text("a: b")
    tree = read_tree(root)
    assert len(tree.courses["ddc"]) == 5
    assert len(tree.faults["ddc"]) == 1
    assert "terlalu besar" in str(tree.faults["ddc"][0])


def test_a_folder_over_its_size_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "FOLDER_LIMIT", 100)
    assert "terlalu besar" in str(read_tree(root).faults["ddc"][0])


def test_folders_too_deep_inside_each_other_are_a_fault(root: Path) -> None:
    deep = root / "ddc" / "/".join("abcdefgh")
    deep.mkdir(parents=True)
    (deep / "x.yaml").write_text("a: b")
    assert "Pindahkan isinya ke folder di atasnya" in str(read_tree(root).faults["ddc"][0])


def test_a_name_that_cannot_be_shown_is_a_fault(root: Path) -> None:
    (root / "ddc" / "a\nb.yaml").write_text("a: b")
    try:
        os.close(os.open(os.fsencode(root / "ddc") + b"/\xff.yaml", os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this disk keeps only names in UTF-8")
    faults = read_tree(root).faults["ddc"]
    assert len(faults) == 2
    assert all(str(fault).isprintable() or "\n" in fault.path for fault in faults)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="tidak-ada"):
        read_tree(tmp_path / "tidak-ada")


some_files = st.dictionaries(st.text(max_size=6), st.binary(max_size=6), max_size=4)


@given(some_files, some_files)
def test_the_hash_of_files_tells_them_apart(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert files_sha256(one) == files_sha256(dict(sorted(one.items(), reverse=True)))
    assert (files_sha256(one) == files_sha256(other)) == (one == other)
