"""Our grading beside Moodle 4.1's, fact by fact: ../shared/peer/grading_cases.json, which nobody here wrote.

Every `grade` and `parse` fact of our five kinds must agree; facts of other kinds, and of what belongs to the quiz, are
counted with the reason, so that a new sort of fact cannot slip by unseen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.questions.base import Grade, Outcome, Question
from app.questions.number import Number
from app.questions.numerals import NumeralStyle, read_numeral
from tests.questions.cast import question

pytestmark = pytest.mark.peer

FILE = Path(__file__).resolve().parents[3] / "shared" / "peer" / "grading_cases.json"
TOLERANCE = 1e-6

NOT_BUILT = {  # kinds of question that later issues bring
    "match": "matching",
    "cloze": "cloze",
    "ordering": "ordering",
    "gapselect": "gap-select",
}
NOT_A_QUESTIONS = {  # what the quiz does with a question, not what an answer is worth
    "behaviour": "several saves or checks are folded by the quiz; adaptive is not offered (quiz-engine A)",
    "cbm": "certainty marks are a feedback mode, not built yet",
    "multi_try": "several tries belong to the interactive mode, not built yet",
}


def reason_to_leave_out(kind: str, name: str) -> str | None:
    """Why facts of a sort are not compared; None where they must be, or where the sort is new."""
    if kind == "grade" and name in NOT_BUILT:
        return f"the kind {NOT_BUILT[name]} is not built yet"
    return NOT_A_QUESTIONS.get(kind)


def facts() -> list[dict[str, Any]]:
    return json.loads(FILE.read_text("utf-8"))["cases"] if FILE.is_file() else []


def facts_of(kind: str, *types: str) -> list[Any]:
    found = [pytest.param(fact, id=fact["id"]) for fact in facts() if fact["kind"] == kind and fact["type"] in types]
    missing = pytest.mark.skip(reason="../shared/peer is not beside the project")
    return found or [pytest.param({}, id="absent", marks=missing)]


def per_cent(fraction: float) -> float:
    return fraction * 100


def choice(fact: Mapping[str, Any]) -> Grade:
    """Answers are (text, fraction); a response names them by text."""
    written = fact["question"]
    weighed = [
        (entry["text"], entry["fraction"]) if isinstance(entry, dict) else tuple(entry) for entry in written["answers"]
    ]
    position = {text: str(index) for index, (text, _) in enumerate(weighed)}
    order = range(len(weighed))
    response = fact["response"]
    if written["kind"] == "single":
        options = [{"text": text, "weight": per_cent(fraction)} for text, fraction in weighed]
        chosen = [] if response is None else [position[response]]
        return answered(question("single", options=options), {"choice": chosen}, order)
    if fact["type"] == "oumultiresponse":
        rest: dict[str, Any] = {"scoring": "right-minus-excess"}
        rest["options"] = [{"text": text, "correct": fraction > 0} for text, fraction in weighed]
    else:
        rest = {"scoring": "weights"}
        rest["options"] = [{"text": text, "weight": per_cent(fraction)} for text, fraction in weighed]
    return answered(question("multiple", **rest), {"choice": [position[text] for text in response or ()]}, order)


def truth(fact: Mapping[str, Any]) -> Grade:
    asked = question("true-false", answer=fact["question"]["answer"])
    return answered(asked, {"choice": [] if fact["response"] is None else [str(fact["response"]).lower()]}, ())


def short(fact: Mapping[str, Any]) -> Grade:
    written = fact["question"]
    answers = [{"text": entry["text"], "fraction": per_cent(entry["fraction"])} for entry in written["answers"]]
    asked = question("short-text", case_sensitive=written["case_sensitive"], answers=answers)
    return answered(asked, {"text": [fact["response"] or ""]}, ())


def number(fact: Mapping[str, Any]) -> Grade:
    """Moodle's test data is in English style. Its `fraction_of_max` equals our share of what the number earns
    wherever the answer earns all or nothing, as in these facts.
    """
    written, response = fact["question"], fact["response"]
    answers = [
        {**entry, "fraction": per_cent(entry["fraction"]), "tolerance": entry.get("tolerance") or 0.0}
        for entry in written["answers"]
    ]
    if written.get("unit_grading") == "fraction_of_max":
        assert all(entry["fraction"] in (0, 1) for entry in written["answers"])
    graded = written.get("unit_grading", "none") != "none"
    typed = f"{response['value']} {response['unit']}" if isinstance(response, dict) else response or ""
    asked = question(
        "number",
        answers=answers,
        units=[{"unit": unit, "factor": factor} for unit, factor in (written.get("units") or {}).items()],
        unit_position=written.get("unit_position", "after"),
        **({"unit_penalty": per_cent(written["unit_penalty"])} if graded else {}),
    )
    return answered(asked, {"text": [typed], "language": ["en"]}, ())


def answered(asked: Question[Any], fields: Mapping[str, list[str]], order: Any) -> Grade:
    """The whole way of an answer: read, stored as JSON, read back, graded."""
    response = asked.read(fields, tuple(order))
    if response is None:
        return Grade(0.0, Outcome.GAVE_UP)
    return asked.grade(asked.response_of(json.loads(json.dumps(response.model_dump(mode="json")))))


GRADERS: Mapping[str, Callable[[Mapping[str, Any]], Grade]] = {
    "multichoice": choice,
    "oumultiresponse": choice,
    "truefalse": truth,
    "shortanswer": short,
    "numerical": number,
}


@pytest.mark.parametrize("fact", facts_of("grade", *GRADERS))
def test_an_answer_is_worth_what_the_peer_gives_it(fact: dict[str, Any]) -> None:
    grade = GRADERS[fact["type"]](fact)
    assert grade.fraction == pytest.approx(fact["expected"]["fraction"], abs=TOLERANCE)
    state = fact["expected"].get("state")
    if state is not None and grade.outcome is not Outcome.INVALID:  # there text that is no number counts as wrong
        assert grade.outcome.value == {"gaveup": "gave_up"}.get(state, state)


@pytest.mark.parametrize("fact", facts_of("parse", "numerical"))
def test_a_number_is_read_as_the_peer_reads_it(fact: dict[str, Any]) -> None:
    written = fact["question"]
    numeral = read_numeral(fact["response"], NumeralStyle(written["decimal"], written["thousands"]))
    value, unit = fact["expected"]["value"], fact["expected"]["unit"]
    if value is None:
        assert numeral is None or numeral.before
        return
    assert numeral is not None
    assert numeral.value == pytest.approx(value, abs=TOLERANCE, rel=TOLERANCE)
    assert (numeral.before, numeral.after) == ("", unit)
    if written["decimal"] == ".":  # and the question takes it: the English page has these signs
        asked = question("number", answers=[{"value": value, "tolerance": TOLERANCE}], unit_position="after")
        assert isinstance(asked, Number)
        assert answered(asked, {"text": [fact["response"]], "language": ["en"]}, ()).fraction == 1


def test_every_other_fact_is_left_out_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    if not FILE.is_file():
        pytest.skip("../shared/peer is not beside the project")
    sorts = Counter((fact["kind"], fact["type"]) for fact in facts())
    ours = {("grade", name) for name in GRADERS} | {("parse", "numerical")}
    left_out = {sort: reason_to_leave_out(*sort) for sort in sorts.keys() - ours}
    assert None not in left_out.values(), left_out
    with capsys.disabled():
        print(f"\n{sum(sorts[sort] for sort in ours)} peer facts compared; left out:")
        for sort, reason in sorted(left_out.items()):
            print(f"  {sorts[sort]:3} {' '.join(sort)}: {reason}")
