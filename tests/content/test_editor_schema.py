"""What an editor offers and marks: made from the models, in Indonesian, and never stricter than the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator

from app.content.editor_schema import editor_schema, editor_schema_text
from app.content.faults import Findings
from app.content.folders import read_tree
from app.content.nodes import ListNode, Node, TextNode
from app.content.reading import read_document
from app.content.schema import NOT_YET_KEYS
from app.questions.registry import KINDS
from tests.content.samples import BANK, COMPETENCIES, COURSE, GLOSSARY, MODULE, SHARED_BANK, faults_of, spoiled
from tests.content.test_figures import CLOZE, GAP_SELECT, HOTSPOT
from tests.ground.folder import ROOT

SCHEMA = editor_schema()
VALIDATOR = Draft7Validator(SCHEMA)


def typed(node: Node) -> Any:
    """A node as an editor sees it: plain scalars typed by YAML 1.2's core schema, `~` and `null` left as texts."""
    if isinstance(node, TextNode):
        return _typed_text(node) if node.style == "" else str(node)
    if isinstance(node, ListNode):
        return [typed(each) for each in node]
    return {str(key): typed(value) for key, value in node.items()}


def _typed_text(text: TextNode) -> Any:
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"0o[0-7]+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return str(text)


def complaints(text: str) -> list[str]:
    root = read_document(text.encode(), Findings().of("x.yaml"))
    assert root is not None
    return [error.message for error in VALIDATOR.iter_errors(typed(root))]


def everything(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for each in schema.values():
            yield from everything(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from everything(each)


def test_the_schema_is_a_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert json.loads(editor_schema_text()) == SCHEMA


@pytest.mark.parametrize("text", [COURSE, MODULE, BANK, COMPETENCIES, GLOSSARY, SHARED_BANK])
def test_what_the_reader_accepts_the_schema_accepts(text: str) -> None:
    assert complaints(text) == []


@pytest.mark.parametrize("text", [HOTSPOT, CLOZE, GAP_SELECT])
def test_questions_with_gaps_and_areas_are_accepted(text: str) -> None:
    assert complaints(BANK + text) == []


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (HOTSPOT, "shape: circle", "shape: bulat"),
        (HOTSPOT, "radius: 10", "width: 10"),
        (HOTSPOT, "[60, 80]", "[60]"),
        (HOTSPOT, "    explanation", "    grid: 8\n    explanation"),
        (CLOZE, "type: number", "type: essay"),
        (CLOZE, "- type: number\n        weight", "- weight"),
        (CLOZE, "options:", "answers:"),
        (GAP_SELECT, "{text: 020}", "{teks: 020}"),
    ],
)
def test_a_wrong_shape_of_a_gap_or_an_area_is_marked(text: str, old: str, new: str) -> None:
    assert old in text
    assert complaints(BANK + text.replace(old, new, 1)) != []


def test_the_courses_of_this_project_are_accepted() -> None:
    tree = read_tree(ROOT / "courses")
    files = [*tree.shared_files.items(), *(item for course in tree.courses.values() for item in course.items())]
    for path, data in files:
        if path.endswith(".yaml"):
            assert complaints(data.decode()) == [], path


VARIANTS = [
    ("01-kelas.yaml", "lesson: mengapa-ddc", "lesson: 2026"),
    ("01-kelas.yaml", "quiz: kuis-ddc", "quiz: true"),
    ("01-kelas.yaml", "title: {id: Kuis DDC, en: DDC quiz}", "title: 020"),
    ("01-kelas.yaml", "title: {id: Kuis DDC, en: DDC quiz}", "title: {id: no, en: 1.5}"),
    ("01-kelas.yaml", "minutes: 10", "minutes: '10'"),
    ("01-kelas.yaml", "pass: 70%", "pass: 70"),
    ("01-kelas.yaml", "pass: 70%", "pass: '70'"),
    ("01-kelas.yaml", "pass: 70%", "pass: 72.5 %"),
    ("01-kelas.yaml", "preset: test", "preset: test\n    attempts: unlimited"),
    ("01-kelas.yaml", "preset: test", "preset: test\n    attempts: '3'"),
    ("01-kelas.yaml", "preset: test", "preset: test\n    shuffle_options: 'false'"),
    ("01-kelas.yaml", "preset: test", "preset: test\n    review: {after: {key: 'true', marks: false}, closed: {}}"),
    ("01-kelas.yaml", "preset: test", "preset: test\n    overall: [{from: 80%, text: 1}, {from: 0, text: {id: 2}}]"),
    ("01-kelas.yaml", "type: single", "type: single\n        penalty: 20 %"),
    ("01-kelas.yaml", "type: single", "type: single\n        hints: [{text: 1, clear_wrong: 'true'}]"),
    ("01-kelas.yaml", "correct: true", "correct: 'true'"),
    ("01-kelas.yaml", "type: single", "type: single\n        points: 2.5"),
    ("01-kelas.yaml", "type: single", "type: single\n        tags: [1, true, ddc]"),
    ("01-kelas.yaml", "{text: 398.20, correct: true}", "{text: 0x1f, correct: true, id: 7}"),
    ("01-kelas.yaml", "from: ddc", "from: ddc\n        tags: [dasar]\n      - draw: 1\n        from: umum"),
    ("course.yaml", "code: TI-3", "code: 3"),
    ("course.yaml", "hours: 4", "hours: 4\nopen: true\ncompletion: quizzes"),
    ("bank/ddc.yaml", "answers: [{value: 10}]", "answers: [{value: '*', fraction: 0}, {value: 10, tolerance: 5e-1}]"),
    (
        "bank/ddc.yaml",
        "answers: [{value: 10}]",
        "answers: [{value: 1}]\n    units: [{unit: m}, {unit: 1, factor: 100}]",
    ),
    ("bank/ddc.yaml", "answers: [{text: 400}]", "answers: [{text: 400, feedback: 1}, {text: '*', fraction: 20%}]"),
    ("bank/ddc.yaml", "answer: true", "answer: true\n    feedback_false: {id: 1}"),
]


@pytest.mark.parametrize(("path", "old", "new"), VARIANTS)
def test_what_yaml_takes_for_something_else_is_accepted_by_both(path: str, old: str, new: str) -> None:
    files = spoiled(path, old, new.replace("tags: [dasar]\n      - draw: 1\n        from: umum", "tags: [dasar]"))
    text = files[path].decode()
    assert complaints(text) == []
    assert all("cukup" in str(fault) for fault in faults_of(files))


REFUSED = [
    (COURSE, "track: it", "track: ti"),
    (COURSE, "hours: 4", "hour: 4"),
    (COURSE, "modules: [01-kelas]", "modules: []"),
    (MODULE, "- lesson: mengapa-ddc", "- leson: mengapa-ddc"),
    (MODULE, "- quiz: kuis-ddc", "- survey: kuis-ddc"),
    (MODULE, "pass: 70%", "time_limit: 15"),
    (MODULE, "type: single", "type: esai"),
    (MODULE, "pass: 70%", "feedback: adaptive"),
    (MODULE, "pass: 70%", "review: {later: {key: true}}"),
    (MODULE, "pass: 70%", "overall: [{text: Bagus}]"),
    (MODULE, "competency: F2", "hints: [x]\n        competency: F2"),
    (MODULE, "correct: true", "benar: true"),
    (MODULE, "from: ddc", "form: ddc"),
    (BANK, "answer: true", "answer: ya"),
    (BANK, "id: jumlah", "id: Jumlah Kelas"),
    (BANK, "value: 10", "value: sepuluh"),
    (GLOSSARY, "link: false", "link: tidak"),
]


@pytest.mark.parametrize(("text", "old", "new"), REFUSED)
def test_what_the_reader_refuses_by_shape_the_editor_marks(text: str, old: str, new: str) -> None:
    assert old in text
    assert complaints(text.replace(old, new, 1)) != []


def test_every_key_has_a_hover_text_in_indonesian() -> None:
    english = re.compile(r"\b(the|of|and|which|question)\b", re.IGNORECASE)
    for shape in everything(SCHEMA):
        for key, each in shape.get("properties", {}).items():
            if "const" not in each or len(each) > 1:
                assert each.get("description"), key
        for word in ("title", "description", "errorMessage", "patternErrorMessage"):
            assert not english.search(str(shape.get(word, ""))), shape.get(word)


def test_nothing_in_the_schema_is_null_or_needs_one_of_several() -> None:
    for shape in everything(SCHEMA):
        assert "oneOf" not in shape
        assert shape.get("type") != "null"
        assert shape.get("default", "") is not None


def test_what_is_not_built_yet_is_not_offered() -> None:
    offered = {key for shape in everything(SCHEMA) for key in shape.get("properties", {})}
    assert offered.isdisjoint({"path", "password", "tries"})
    assert {key for keys in NOT_YET_KEYS.values() for key in keys} >= {"path", "password", "levels"}
    assert set(SCHEMA["$defs"]["Question"]["properties"]["type"]["enum"]) == set(KINDS)
    assert "levels" not in SCHEMA["$defs"]["FrameworkFile"]["properties"]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("QuizItem", {"draw", "use", "section", "type", "options", "pairs"}),
        ("Activity", {"lesson", "quiz", "task", "survey"}),
        ("", {"modules", "activities", "questions"}),
    ],
)
def test_where_nothing_is_written_yet_an_editor_offers_all_that_can_begin(name: str, offered: set[str]) -> None:
    assert offered <= set(properties_for(SCHEMA["$defs"][name] if name else SCHEMA, None))


def properties_for(shape: dict[str, Any], value: Any) -> Iterator[str]:
    """The keys that an editor offers: those of every part that holds for the value."""
    yield from shape.get("properties", {})
    for part in shape.get("allOf", ()):
        yield from properties_for(part, value)
    if "$ref" in shape:
        yield from properties_for(SCHEMA["$defs"][shape["$ref"].rpartition("/")[2]], value)
    if "if" in shape:
        holds = Draft7Validator({**shape["if"], "$defs": SCHEMA["$defs"]}).is_valid(value)
        yield from properties_for(shape.get("then" if holds else "else", {}), value)


def test_a_question_that_has_begun_is_offered_its_own_keys_alone() -> None:
    offered = set(properties_for(SCHEMA["$defs"]["QuizItem"], {"type": "number"}))
    assert "answers" in offered and offered.isdisjoint({"draw", "use", "section", "pairs"})


def test_what_a_stranger_wrote_is_accepted() -> None:
    for path in (ROOT / "tests/content/first_hour").rglob("*.yaml"):
        assert complaints(path.read_text()) == [], path
