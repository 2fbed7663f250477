"""Answers that a peer system grades in its own tests: the question is mapped onto our kinds, the fraction must agree.

The facts are read where they lie. Each is compared, or is left out by name with its reason: a new sort of fact cannot
slip by unseen. `tests/peer/mapping.py` says how each sort of question is written with us.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from app.questions.base import Hint, Outcome, Question
from app.questions.commands import graded_line
from app.questions.number import Number
from app.questions.numerals import NumeralStyle, read_numeral
from app.questions.registry import KINDS
from app.quizzes.rules.certainty import ASSUMED, Certainty, certainty_mark
from app.quizzes.rules.tries import Answered, TryPlan, count_back, final_fraction, standing
from app.texts.local import LocalText
from tests.peer.facts import ABSENT, FILE, TOLERANCE, Fact, facts, facts_of
from tests.peer.mapping import MAPPERS, NOT_BUILT, ORDER_SCORINGS, ORDER_SCORINGS_LEFT_OUT, excess, sort_of
from tests.questions.cast import question

pytestmark = pytest.mark.peer

NOT_OFFERED = {
    ("behaviour", "adaptive"): "adaptive is not offered as a mode (quiz-engine A): interactive with penalty covers it",
}
# Single facts in which we decide otherwise, with the reason: fact id -> why.
DECIDED_OTHERWISE: dict[str, str] = {
    fact["id"]: ORDER_SCORINGS_LEFT_OUT[fact["question"]["grading"]]
    for fact in facts()
    if fact["type"] == "ordering" and fact["question"]["grading"] not in ORDER_SCORINGS
}

TRIED = {"cloze", "gapselect", "match", "oumultiresponse"}  # with facts of several tries
CERTAIN = ("deferred_cbm", "immediate_cbm")
INTERACTIVE = ("interactive", "interactive_countback")


def asked(sort: str, written: Any) -> Question[Any]:
    shape, _ = MAPPERS[sort](written, None)
    return KINDS[shape["type"]].model_validate({"id": "soal", "text": "…", **shape})


def answered(sort: str, written: Any, response: Any) -> Answered:
    """The grade and parts of a response as it is written in a fact."""
    ours, given = asked(sort, written), MAPPERS[sort](written, response)[1]
    read = ours.response_from_json(given, "en")
    return Answered(ours.unanswered) if read is None else Answered(ours.grade(read), ours.parts(read))


@pytest.mark.parametrize("fact", facts_of("grade", *MAPPERS))
def test_an_answer_is_worth_what_the_peer_gives_it(fact: Fact) -> None:
    if fact["id"] in DECIDED_OTHERWISE:
        pytest.skip(DECIDED_OTHERWISE[fact["id"]])
    ours, response = MAPPERS[fact["type"]](fact["question"], fact["response"])
    graded = graded_line(json.dumps({"question": ours, "response": response, "locale": "en"}).encode())
    assert graded.get("fraction") == pytest.approx(fact["expected"]["fraction"], abs=TOLERANCE), graded
    state = fact["expected"].get("state")
    if state is not None and graded["state"] != Outcome.INVALID:  # there text that is no number counts as wrong
        assert graded["state"] == {"gaveup": "gave_up"}.get(state, state)


@pytest.mark.parametrize("fact", facts_of("parse", "numerical"))
def test_a_number_is_read_as_the_peer_reads_it(fact: Fact) -> None:
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
        ours = question("number", answers=[{"value": value, "tolerance": TOLERANCE}], unit_position="after")
        assert isinstance(ours, Number)
        read = ours.response_from_json(fact["response"], "en")
        assert read is not None and ours.grade(read).fraction == 1


@pytest.mark.parametrize("fact", facts_of("multi_try", *((TRIED & MAPPERS.keys()) - {"oumultiresponse"})))
def test_several_tries_come_to_what_the_peer_gives_them(fact: Fact) -> None:
    """As the peer counts, so that a part left blank until it was answered does not matter."""
    tries = [answered(fact["type"], fact["question"], each) for each in fact["response"]]
    fraction = count_back([each.parts for each in tries], fact["question"]["penalty"])
    assert fraction == pytest.approx(fact["expected"]["fraction"], abs=TOLERANCE)


@pytest.mark.parametrize("fact", facts_of("multi_try", "oumultiresponse"))
def test_ticks_over_several_tries_come_to_what_the_peer_gives_them(fact: Fact) -> None:
    """A response is one text for each option, of a 1 or 0 for each try."""
    written = fact["question"]
    answers = [(f"Pilihan {n}", 1 if n < written["right"] else 0) for n in range(written["choices"])]
    ours = question(
        "multiple", **{key: each for key, each in excess({"answers": answers}, None)[0].items() if key != "type"}
    )
    count = len(fact["response"][0])
    tries = [
        ours.response_model.model_validate(
            {"choices": [n for n, ticks in enumerate(fact["response"]) if ticks[number] == "1"]}
        )
        for number in range(count)
    ]
    fraction = count_back(ours.parts_by_try(tries), written["penalty"])
    assert fraction == pytest.approx(fact["expected"]["fraction"], abs=TOLERANCE)


@pytest.mark.parametrize("fact", facts_of("cbm", "cbm"))
def test_a_certainty_mark_is_the_peers(fact: Fact) -> None:
    mark = certainty_mark(fact["question"]["fraction"], Certainty(fact["response"]["certainty"]))
    assert mark == pytest.approx(fact["expected"]["mark"], abs=TOLERANCE)


@pytest.mark.parametrize("fact", facts_of("behaviour", *CERTAIN))
def test_an_attempt_with_certainty_is_marked_at_the_end_as_the_peer_marks_it(fact: Fact) -> None:
    written = fact["question"]
    last = [step for step in fact["response"] if "save" in step][-1]
    grade = answered(sort_of(written), written, last["save"]).grade
    assert grade.outcome == fact["expected"][-1]["state"] and grade.fraction is not None
    mark = written["max_mark"] * certainty_mark(grade.fraction, Certainty(last.get("certainty", ASSUMED)))
    assert mark == pytest.approx(fact["expected"][-1]["mark"], abs=TOLERANCE)


@pytest.mark.parametrize("fact", facts_of("behaviour", "deferred"))
def test_the_last_answer_saved_is_the_one_that_is_graded(fact: Fact) -> None:
    written = fact["question"]
    saves = [step["save"] for step in fact["response"] if "save" in step]
    grade = answered(sort_of(written), written, saves[-1]).grade
    assert grade.outcome == fact["expected"][-1]["state"] and grade.fraction is not None
    assert grade.fraction * written["max_mark"] == pytest.approx(fact["expected"][-1]["mark"], abs=TOLERANCE)


@pytest.mark.parametrize("fact", facts_of("behaviour", *INTERACTIVE))
def test_interactive_tries_go_the_peers_way(fact: Fact) -> None:
    """After each step our state is the peer's; a mark by hand, which follows the last of them, is not the rule's."""
    written = fact["question"]
    sort = sort_of(written)
    if sort not in MAPPERS:
        pytest.skip(NOT_BUILT[sort])
    hints = written.get("hints", 1)
    plan = TryPlan(tuple(Hint(text=LocalText("Petunjuk")) for _ in range(hints)), written["penalty"])
    checked: list[Answered] = []
    for step, expected in zip(fact["response"], fact["expected"], strict=True):
        if "manual_mark" in step:
            break
        if "submit" in step:
            checked.append(answered(sort, written, step["submit"]))
        now = standing(plan, checked)
        if expected["state"] in ("open", "tryagain", "invalid"):
            assert not now.closed and (now.hint is not None or expected["state"] != "tryagain")
            continue
        fraction = now.fraction if now.closed else final_fraction(plan, checked)
        assert fraction is not None
        assert fraction * written["max_mark"] == pytest.approx(expected["mark"], abs=1e-5)


def reason_to_leave_out(kind: str, name: str) -> str | None:
    """Why facts of a sort are not compared; None where they must be, or where the sort is new."""
    if kind in ("grade", "multi_try") and name in NOT_BUILT:
        return NOT_BUILT[name]
    return NOT_OFFERED.get((kind, name))


def test_every_other_fact_is_left_out_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    if not FILE.is_file():
        pytest.skip(ABSENT)
    sorts = Counter((fact["kind"], fact["type"]) for fact in facts())
    ours = {("grade", name) for name in MAPPERS} | {("multi_try", name) for name in TRIED & MAPPERS.keys()}
    ours |= {("parse", "numerical"), ("cbm", "cbm"), ("behaviour", "deferred")}
    ours |= {("behaviour", name) for name in (*CERTAIN, *INTERACTIVE)}
    assert not NOT_BUILT.keys() & MAPPERS.keys()
    assert DECIDED_OTHERWISE.keys() <= {fact["id"] for fact in facts()}
    left_out = {sort: reason_to_leave_out(*sort) for sort in sorts.keys() - ours}
    assert None not in left_out.values(), left_out
    with capsys.disabled():
        print(f"\n{sum(sorts[sort] for sort in ours) - len(DECIDED_OTHERWISE)} peer facts compared; left out:")
        for sort, reason in sorted(left_out.items()):
            print(f"  {sorts[sort]:3} {' '.join(sort)}: {reason}")
        for name, why in DECIDED_OTHERWISE.items():
            print(f"  {name}: {why}")
