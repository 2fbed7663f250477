"""`questions grade` as a person or a script at the shell meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from app.questions.commands import LINE_LIMIT, graded_line, questions
from tests.ground.folder import ROOT
from tests.questions.cast import options

SINGLE = {"type": "single", "options": [{"text": "398.2", "correct": True}, {"text": "020", "weight": -50}]}
NUMBER = {"type": "number", "answers": [{"value": 1234}, {"value": 1.234, "fraction": 50}]}
RIGHT = {"fraction": 1.0, "state": "right"}
HALF = {"fraction": 0.5, "state": "partial"}
WRONG = {"fraction": 0.0, "state": "wrong"}
GAVE_UP = {"fraction": 0.0, "state": "gave_up"}
INVALID = {"fraction": 0.0, "state": "invalid"}

GRADED: list[tuple[dict[str, Any], object, dict[str, Any]]] = [
    (SINGLE, "398.2", RIGHT),
    (SINGLE, {"choice": 0}, RIGHT),
    (SINGLE, 0, RIGHT),  # no option reads "0": the first
    (SINGLE, "020", {"fraction": -0.5, "state": "wrong"}),
    (SINGLE, "300", INVALID),
    (SINGLE, 7, INVALID),
    (SINGLE, None, GAVE_UP),
    (SINGLE, "", GAVE_UP),
    (SINGLE, [], GAVE_UP),
    ({**SINGLE, "id": "soal-1", "text": {"id": "Nomor?", "en": "Number?"}, "points": 2}, "398.2", RIGHT),
    ({"type": "single", "options": [{"text": 398.20, "correct": True}, {"text": True}]}, 398.2, RIGHT),
    ({"type": "single", "options": [{"text": "2", "correct": True}, {"text": "1"}]}, 1, WRONG),
    ({"type": "multiple", "options": options(("A", True), ("**B**", True), ("C", False))}, ["a", "B"], RIGHT),
    ({"type": "multiple", "options": options(("A", True), ("B", True), ("C", False))}, "A", HALF),
    ({"type": "multiple", "options": options(("A", True), ("B", True), ("C", False))}, ["A", "Z"], INVALID),
    ({"type": "multiple", "options": options(("A", True), ("B", False))}, {"choices": [0]}, RIGHT),
    ({"type": "multiple", "options": options(("A", True), ("B", False))}, ["", None], GAVE_UP),
    ({"type": "true-false", "answer": True}, True, RIGHT),
    ({"type": "true-false", "answer": "true"}, "benar", RIGHT),
    ({"type": "true-false", "answer": False}, "False", RIGHT),
    ({"type": "true-false", "answer": True}, "ya", INVALID),
    ({"type": "short-text", "answers": [{"text": "OPAC"}]}, " opac ", RIGHT),
    ({"type": "short-text", "answers": [{"text": "020"}]}, {"text": "020"}, RIGHT),
    (NUMBER, "1.234", RIGHT),  # the point stands between thousands in Indonesian
    (NUMBER, 1.234, HALF),  # a JSON number is what it is
    (NUMBER, "1,234", HALF),
    (NUMBER, {"text": "1.234", "language": "en"}, HALF),
    (NUMBER, {"text": "1.234"}, RIGHT),
    (NUMBER, "seribu", INVALID),
    ({**NUMBER, "units": [{"unit": "m"}, {"unit": "cm", "factor": 100}]}, {"value": 123400, "unit": "cm"}, RIGHT),
    ({"type": "essay"}, "Satu dua tiga.", {"fraction": None, "state": "needs_marking"}),
    ({"type": "essay"}, " ", GAVE_UP),
    ({"type": "information"}, None, {"fraction": None, "state": "not_marked"}),
    ({"type": "likert", "statements": [{"text": "Rapi"}]}, ["Setuju"], {"fraction": None, "state": "not_marked"}),
    ({"type": "likert", "statements": [{"text": "Rapi"}]}, None, {"fraction": None, "state": "not_marked"}),
]  # fmt: skip


def line(question: object, response: object, **rest: object) -> bytes:
    return json.dumps({"question": question, "response": response, **rest}).encode()


@pytest.mark.parametrize(("question", "response", "told"), GRADED)
def test_a_line_is_graded(question: dict[str, Any], response: object, told: dict[str, Any]) -> None:
    assert graded_line(line(question, response)) == told


def test_the_lines_locale_goes_before_the_commands() -> None:
    assert graded_line(line(NUMBER, "1.234"), "en")["fraction"] == 0.5
    assert graded_line(line(NUMBER, "1.234", locale="id"), "en") == RIGHT
    assert graded_line(line(NUMBER, "1.234", locale=None), "id") == RIGHT


def test_a_questions_numbers_are_the_texts_that_stand_there() -> None:
    written = b'{"question": {"type": "short-text", "answers": [{"text": 398.20}]}, "response": "398.20"}'
    assert graded_line(written) == RIGHT
    assert graded_line(written.replace(b'"response": "398.20"', b'"response": "398.2"'))["state"] == "wrong"


FAULTY = [
    (b"{\n", "no JSON: Expecting property name enclosed in double quotes, column 2"),
    (b"\xff{}", "utf-8"),
    (b"[]", "question and response"),
    (b'{"question": {}}', "question and response"),
    (line([], None), "no object"),
    (line({"type": "esai"}, None), "no such type of question: esai"),
    (line({"type": ["single"]}, None), "no such type"),
    (line({**SINGLE, "colour": 1}, None), "colour"),
    (line({"type": "single"}, "A"), "options"),
    (line({"type": "number", "answers": [{"value": "sepuluh"}]}, 1), "answers.0.value"),
    (line(SINGLE, {"choice": 1.5}), "choice"),
    (line(SINGLE, [1]), "a text, a number or a truth value"),
    (line(NUMBER, {"value": [1], "unit": ""}), "a text, a number or a truth value"),
    (line(SINGLE, "398.2", locale="fr"), "locale"),
    (b"[" * 100_000, "deep"),
    (b'{"question": {"type": "number", "answers": [{"value": NaN}]}, "response": 1}', "value"),
    (b" " * LINE_LIMIT + b"{}", "longer than"),
]


@pytest.mark.parametrize(("written", "told"), FAULTY, ids=range(len(FAULTY)))
def test_a_bad_line_says_what_is_wrong_with_it(written: bytes, told: str) -> None:
    result = graded_line(written)
    assert result.keys() == {"error"} and told in str(result["error"]), result


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(which=st.integers(0, len(GRADED) - 1), response=json_values)
def test_whatever_is_given_as_response_is_graded_or_refused(which: int, response: object) -> None:
    result = graded_line(line(GRADED[which][0], response))
    assert result.keys() in ({"fraction", "state"}, {"error"})


@given(st.binary(max_size=80))
def test_whatever_a_line_holds_is_answered(written: bytes) -> None:
    assert graded_line(written).keys() == {"error"}


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(questions, ["grade", *arguments], input=given)


def test_a_file_is_graded_line_by_line_and_a_bad_one_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "jawaban.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + b"\n".join([line(SINGLE, "398.2"), b"{", b"", line(SINGLE, None)]) + b"\r\n")
    result = run(str(file))
    assert result.exit_code == 1
    told = [json.loads(each) for each in result.stdout.splitlines()]
    assert told[0] == RIGHT and "error" in told[1] and told[2] == GAVE_UP and len(told) == 3


def test_standard_input_is_graded_in_the_locale_that_is_asked_for() -> None:
    result = run("-", "--locale", "en", given=line(NUMBER, "1.234"))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == HALF


def test_of_a_line_that_is_far_too_long_one_fault_is_told_and_the_next_is_graded() -> None:
    result = run("-", given=b"x" * (2 * LINE_LIMIT + 5) + b"\n" + line(SINGLE, "398.2"))
    assert result.exit_code == 1
    told = [json.loads(each) for each in result.stdout.splitlines()]
    assert told == [{"error": f"longer than {LINE_LIMIT} bytes"}, RIGHT]


def test_the_command_needs_no_framework_and_no_database() -> None:
    """Like `courses check`: click and the pure packages are all it brings in."""
    code = "import sys; import app.questions.commands; print(sorted({m.split('.')[0] for m in sys.modules}))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not {"flask", "sqlalchemy", "wtforms", "werkzeug"} & set(json.loads(told.replace("'", '"')))
