"""Every kind has its page in docs/questions, and what its example says is so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.content.compile import compile_course, compile_shared
from app.content.course import Course
from app.content.faults import Findings
from app.content.nodes import ListNode, MapNode, Node
from app.content.reading import read_document
from app.questions.base import Outcome, Question
from app.questions.commands import graded_line
from app.questions.registry import KINDS
from tests.content.samples import SVG, course_files, shared_files
from tests.ground.folder import ROOT
from tests.ground.html import valid_fragment
from tests.questions.test_partials import EVERYTHING, NOTHING, shown

FOLDER = ROOT / "docs" / "questions"
STATES = ("open", "locked", "key", "paper")
BY_HAND = {"essay": "needs_marking", "file": "needs_marking", "likert": "not_marked", "information": "not_marked"}


def page(kind: str) -> str:
    return (FOLDER / f"{kind}.md").read_text("utf-8")


def block(kind: str, language: str, after: str = "") -> str:
    """The first code block in a language, below a heading."""
    text = page(kind).partition(after)[2] if after else page(kind)
    found = re.search(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found, f"docs/questions/{kind}.md has no {language} block"
    return found[1]


def bank(kind: str) -> str:
    """A bank that holds the example of a page."""
    return "title: Contoh\nquestions:\n" + "".join(f"  {line}\n" for line in block(kind, "yaml").splitlines())


def compiled(kind: str) -> Course:
    """A course whose bank holds the example, with the pictures it names, against the real framework."""
    pictures = dict.fromkeys(re.findall(r"media/[\w.-]+", bank(kind)), SVG)
    framework = (ROOT / "courses" / "competencies.yaml").read_text("utf-8")
    files = course_files({"bank/contoh.yaml": bank(kind), **pictures})
    return compile_course("ddc", files, compile_shared(shared_files(competencies=framework)))


def example(kind: str) -> Question[Any]:
    """The one question of the page's example."""
    (found,) = [each for address, each in compiled(kind).questions.items() if "/contoh/" in address]
    return found


def right_answer(kind: str) -> Any:
    return json.loads(block(kind, "json", "## Response"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_without_fault_and_needs_no_advice(kind: str) -> None:
    assert [str(each) for each in compiled(kind).warnings if "contoh.yaml" in each.path] == []
    asked = example(kind)
    assert asked.type == kind and list(asked.faults()) == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_example_is_shown_in_every_state_and_language(kind: str, language: str) -> None:
    asked = example(kind)
    response = asked.response_from_json(right_answer(kind))
    stored = None if response is None else response.model_dump(mode="json")
    for state in STATES:
        for given in (None, stored):
            for reveal in (NOTHING, EVERYTHING):
                valid_fragment(shown(asked, given, state=state, reveal=reveal, language=language))


@pytest.mark.parametrize("kind", KINDS)
def test_on_paper_there_are_no_fields_and_no_key(kind: str) -> None:
    asked = example(kind)
    html = shown(asked, state="paper", reveal=NOTHING)
    assert not re.search(r"<(input|select|textarea|button)", html)
    assert "Kunci jawaban" not in html and "Pembahasan" not in html


def plain(node: Node) -> Any:
    """A node as JSON has it, every scalar a text."""
    if isinstance(node, MapNode):
        return {str(key): plain(each) for key, each in node.items()}
    return [plain(each) for each in node] if isinstance(node, ListNode) else str(node)


@pytest.mark.parametrize("kind", KINDS)
def test_the_response_of_the_page_is_the_right_one(kind: str) -> None:
    root = read_document(bank(kind).encode(), Findings().of("contoh.yaml"))
    assert root is not None
    (written,) = plain(root)["questions"]
    graded = graded_line(json.dumps({"question": written, "response": right_answer(kind)}).encode())
    if kind in BY_HAND:
        assert graded == {"fraction": None, "state": BY_HAND[kind]}
    else:
        assert graded["state"] == Outcome.RIGHT and graded["fraction"] == pytest.approx(1), graded


def test_the_overview_names_every_kind_and_its_lines_are_graded_as_it_says() -> None:
    overview = (FOLDER / "README.md").read_text("utf-8")
    assert re.findall(r"^\| \[`([a-z-]+)`\]\((?:\1)\.md\)", overview, re.MULTILINE) == list(KINDS)
    assert {path.stem for path in FOLDER.glob("*.md")} == {*KINDS, "README"}
    command, lines, told = re.findall(r"^```\n(.*?)^```$", overview, re.DOTALL | re.MULTILINE)
    assert "questions grade" in command
    for line, expected in zip(lines.splitlines(), told.splitlines(), strict=True):
        graded = graded_line(line.encode())
        wanted = json.loads(expected)
        assert graded == wanted or str(graded.get("error")).startswith(wanted.get("error", "?").removesuffix("…"))


def test_links_between_the_pages_lead_somewhere() -> None:
    for path in FOLDER.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
            assert (path.parent / Path(target)).is_file(), f"{path.name}: {target}"
