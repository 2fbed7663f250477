"""From the peer's question and response to ours, as `questions grade` takes them: one function per sort of question.

A function takes (question, response) as a fact has them and gives our question in its YAML shape and the response as a
person would write it. Add one to MAPPERS under the fact's `type`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Mapper = Callable[[Mapping[str, Any], Any], tuple[dict[str, Any], Any]]


def per_cent(fraction: float) -> float:
    return round(fraction * 100, 9)


def choice(written: Mapping[str, Any], response: Any) -> tuple[dict[str, Any], Any]:
    """Answers are (text, fraction); a response names them by text."""
    pairs = [(each["text"], each["fraction"]) if isinstance(each, dict) else each for each in written["answers"]]
    options = [{"text": text, "weight": per_cent(fraction)} for text, fraction in pairs]
    if written["kind"] == "single":
        return {"type": "single", "options": options}, response
    return {"type": "multiple", "scoring": "weights", "options": options}, response


def excess(written: Mapping[str, Any], response: Any) -> tuple[dict[str, Any], Any]:
    options = [{"text": text, "correct": fraction > 0} for text, fraction in written["answers"]]
    return {"type": "multiple", "scoring": "right-minus-excess", "options": options}, response


def truth(written: Mapping[str, Any], response: Any) -> tuple[dict[str, Any], Any]:
    return {"type": "true-false", "answer": written["answer"]}, response


def short(written: Mapping[str, Any], response: Any) -> tuple[dict[str, Any], Any]:
    answers = [{"text": each["text"], "fraction": per_cent(each["fraction"])} for each in written["answers"]]
    return {"type": "short-text", "case_sensitive": written["case_sensitive"], "answers": answers}, response


def number(written: Mapping[str, Any], response: Any) -> tuple[dict[str, Any], Any]:
    """The peer's data is in English style. Its `fraction_of_max` equals our share of what the number earns wherever
    the answer earns all or nothing, as in these facts.
    """
    if written.get("unit_grading") == "fraction_of_max":
        assert all(each["fraction"] in (0, 1) for each in written["answers"])
    asked: dict[str, Any] = {
        "type": "number",
        "answers": [
            {**each, "fraction": per_cent(each["fraction"]), "tolerance": each.get("tolerance") or 0}
            for each in written["answers"]
        ],
        "units": [{"unit": unit, "factor": factor} for unit, factor in (written.get("units") or {}).items()],
        "unit_position": written.get("unit_position", "after"),
    }
    if written.get("unit_grading", "none") != "none":
        asked["unit_penalty"] = per_cent(written["unit_penalty"])
    return asked, f"{response['value']} {response['unit']}" if isinstance(response, dict) else response


def match(written: Mapping[str, Any], response: Any) -> tuple[dict[str, Any], Any]:
    pairs = [{"text": text, "match": partner} for text, partner in written["pairs"]]
    return {"type": "matching", "pairs": pairs, "extra": written.get("distractors", [])}, response


def ordering(written: Mapping[str, Any], response: Any) -> tuple[dict[str, Any], Any]:
    """A response lists the items, first to last."""
    return {"type": "ordering", "items": written["items"], "scoring": ORDER_SCORINGS[written["grading"]]}, response


ORDER_SCORINGS = {
    "all_or_nothing": "all-or-nothing",
    "absolute_position": "position",
    "relative_next_exclude_last": "next",
    "longest_ordered_subset": "longest",
}
ORDER_SCORINGS_LEFT_OUT = {
    "relative_next_include_last": "next, with the end of the list as one more neighbour: `next` is offered instead",
    "relative_one_previous_and_next": "counts each pair of neighbours twice: `next` is offered instead",
    "relative_all_previous_and_next": "counts everything that stands before and after: `longest` is offered instead",
    "longest_contiguous_subset": "a run without gaps: `longest` is offered instead",
    "relative_to_correct": "the distance from the right place: `position` and `longest` are offered instead",
}


def cloze(written: Mapping[str, Any], response: Any) -> tuple[dict[str, Any], Any]:
    """The peer's passage holds its gaps in a notation of its own; ours counts marks, so the passage is left out."""
    weights = written.get("part_weights") or [part.get("weight", 1) for part in written["parts"]]
    gaps = [{**_gap(part), "weight": weight} for part, weight in zip(written["parts"], weights, strict=True)]
    marks = " ".join(f"[[{number}]]" for number in range(1, len(gaps) + 1))
    return {"type": "cloze", "text": marks, "gaps": gaps}, response


def _gap(part: Mapping[str, Any]) -> dict[str, Any]:
    rows = [list(each.values()) if isinstance(each, Mapping) else each for each in part["answers"]]
    if part["type"] == "multichoice":
        options = [{"text": text, "weight": per_cent(fraction)} for text, fraction, *_ in rows]
        return {"type": "choice", "options": options}
    if part["type"] == "numerical":
        answers = [{**each, "fraction": per_cent(each["fraction"])} for each in part["answers"]]
        return {"type": "number", "answers": answers}
    assert part["type"] == "shortanswer", part["type"]
    answers = [{"text": text, "fraction": per_cent(fraction)} for text, fraction, *_ in rows]
    return {"type": "text", "case_sensitive": part.get("case_sensitive", False), "answers": answers}


def gap_select(written: Mapping[str, Any], response: Any) -> tuple[dict[str, Any], Any]:
    """Gaps that offer the same words share a group; there a word may be chosen more than once."""
    groups = list(dict.fromkeys(tuple(offered) for offered in written["choices"]))
    words = [(group, text) for group, offered in enumerate(groups) for text in offered]
    keys = [
        words.index((groups.index(tuple(offered)), right)) + 1
        for offered, right in zip(written["choices"], written["correct"], strict=True)
    ]
    choices = [{"text": text, "group": f"kelompok-{group}"} for group, text in words]
    text = " ".join(f"[[{key}]]" for key in keys)
    return {"type": "gap-select", "reuse": True, "text": text, "choices": choices}, response


MAPPERS: dict[str, Mapper] = {
    "multichoice": choice,
    "oumultiresponse": excess,
    "truefalse": truth,
    "shortanswer": short,
    "numerical": number,
    "match": match,
    "ordering": ordering,
    "cloze": cloze,
    "gapselect": gap_select,
}

# Sorts of question that no kind of ours answers yet, by the fact's type, with the reason.
NOT_BUILT: dict[str, str] = {}


def sort_of(written: Mapping[str, Any]) -> str:
    """Which mapper takes the question of a behaviour fact, whose type names the behaviour instead."""
    if "parts" in written:
        return "cloze"
    if "kind" in written:
        return "multichoice"
    if "answer" in written:
        return "truefalse"
    return "numerical" if "value" in written["answers"][0] else "shortanswer"
