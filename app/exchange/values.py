"""A pasted question as a course's file holds it."""

from __future__ import annotations

from app.exchange.pasted import Pasted, number_and_unit

Value = str | dict[str, "Value"] | list["Value"]


def question_value(item: Pasted, question_id: str, *, competency: str = "", difficulty: str = "") -> dict[str, Value]:
    """The question under its new id; its own difficulty goes before the one for all. `item` is of a kind."""
    head: dict[str, Value] = {"id": question_id, "type": item.kind or ""}
    said = {"competency": competency, "difficulty": item.difficulty or difficulty}
    head.update({key: value for key, value in said.items() if value})
    body: dict[str, Value] = {"text": item.text, **_answer(item)}
    return {**head, **body, **({"explanation": item.explanation} if item.explanation else {})}


def _answer(item: Pasted) -> dict[str, Value]:
    if item.kind in ("single", "multiple"):
        return {"options": [_option(text, index in item.keys) for index, text in enumerate(item.options)]}
    if item.kind == "true-false":
        return {"answer": "true" if item.truth else "false"}
    if item.kind == "short-text":
        return {"answers": [{"text": each.replace("*", r"\*")} for each in item.answers]}
    if item.kind == "number":
        value, unit = number_and_unit(item.answers[0])
        return {"answers": [{"value": value}], **({"units": [{"unit": unit}]} if unit else {})}
    return {}


def _option(text: str, right: bool) -> dict[str, Value]:
    return {"text": text, **({"correct": "true"} if right else {})}
