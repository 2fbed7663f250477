"""A fault stands beside the activity or question that it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.content.faults import Fault, Findings
from app.content.folders import read_tree
from app.content.nodes import MapNode, Node, TextNode
from app.content.placing import (
    Entry,
    entries_of_faults,
    faults_by_field,
    path_at,
)
from app.content.reading import read_document
from app.errors import N_
from tests.content.samples import course_files, faults_of, spoiled

MODULE_FILE = "01-kelas.yaml"
BANK_FILE = "bank/ddc.yaml"
HERE = Path(__file__).parents[2]

CASES = [
    ("course.yaml", "hours: 4", "hour: 4", Entry("course.yaml")),
    (MODULE_FILE, "title: {id: Kelas", "titel: {id: Kelas", Entry(MODULE_FILE)),
    (MODULE_FILE, "minutes: 10", "minutes: x", Entry(MODULE_FILE, "mengapa-ddc")),
    (MODULE_FILE, "pass: 70%", "pass: 170%", Entry(MODULE_FILE, "kuis-ddc")),
    (MODULE_FILE, "type: single", "type: esai", Entry(MODULE_FILE, "kuis-ddc", 0, "dongeng")),
    (MODULE_FILE, "correct: true", "corect: true", Entry(MODULE_FILE, "kuis-ddc", 0, "dongeng")),
    (MODULE_FILE, "draw: 2", "draw: 20", Entry(MODULE_FILE, "kuis-ddc", 1)),
    (MODULE_FILE, "from: ddc", "from: dcd", Entry(MODULE_FILE, "kuis-ddc", 1)),
    (BANK_FILE, "title:", "titel:", Entry(BANK_FILE, "bank/ddc")),
    (BANK_FILE, "type: number", "type: angka", Entry(BANK_FILE, "bank/ddc", 1, "jumlah")),
    (BANK_FILE, "- id: jumlah\n    type: number", "- type: number", Entry(BANK_FILE, "bank/ddc", 1)),
    (MODULE_FILE, "title: {id: Kelas", "title: {id: 'Kelas", Entry(MODULE_FILE)),  # a file that cannot be read
]


@pytest.mark.parametrize(("path", "old", "new", "entry"), CASES)
def test_a_fault_stands_beside_its_entry(path: str, old: str, new: str, entry: Entry) -> None:
    files = spoiled(path, old, new)
    faults = [each for each in faults_of(files) if each.path.endswith(path)]
    assert faults
    assert entries_of_faults(files, faults) == {entry: tuple(faults)}


def test_what_is_missing_stands_beside_its_file() -> None:
    files = course_files()
    del files["course.yaml"]
    assert list(entries_of_faults(files, faults_of(files))) == [Entry("course.yaml")]


def test_a_fault_of_a_shared_bank_stands_beside_it() -> None:
    files = {"bank/umum.yaml": b"title: Umum\nquestions:\n  - id: tamu\n    type: x\n"}
    fault = Fault("courses/bank/umum.yaml", 4, 11, N_("Jenis soal tidak dikenal."))
    assert entries_of_faults(files, [fault]) == {Entry("bank/umum.yaml", "bank/umum", 0, "tamu"): (fault,)}


def test_a_fault_is_told_at_its_field() -> None:
    files = spoiled(MODULE_FILE, "correct: true", "corect: true")
    faults = faults_of(files)
    at = ("activities", 1, "questions", 0)
    told = faults_by_field(files[MODULE_FILE], at, faults)
    assert [path for path, _ in told] == [("options", 0, "corect")]
    assert faults_by_field(files[MODULE_FILE], ("activities", 0), faults) == ()


def nodes_below(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    yield path, node
    if not isinstance(node, TextNode):
        for step, each in node.items() if isinstance(node, MapNode) else enumerate(node):
            yield from nodes_below(each, (*path, str(step) if isinstance(step, str) else step))


def test_every_place_of_every_file_leads_to_what_is_written_there() -> None:
    trees = [read_tree(HERE / "courses").courses, {"ddc": course_files()}]
    files = [data for tree in trees for each in tree.values() for path, data in each.items() if path.endswith(".yaml")]
    assert len(files) > 10
    for data in files[:6]:
        root = read_document(data, Findings().of("x"))
        assert root is not None
        for path, node in nodes_below(root):
            found = path_at(root, node.span.start.line, node.span.start.column)
            assert found[: len(path)] == path
