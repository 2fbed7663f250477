"""`flask questions grade`: what answers are worth, from files alone, before any database or secret exists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final, get_args

import click
from pydantic import ValidationError

from app.questions.base import Grade, Question
from app.questions.registry import KINDS
from app.texts.local import DEFAULT_LANGUAGE, LANGUAGES, Language

LINE_LIMIT: Final = 1024 * 1024  # bytes of one question with its response

_ASKED_FOR_ITS_MARK: Final = {"id": "soal", "text": "…"}  # what changes nothing in a grade may be left out


class Unreadable(ValueError):
    """A line that cannot be graded; the text says why."""


@click.group("questions")
def questions() -> None:
    """Questions as files: grade answers to them."""


@questions.command("grade")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--locale",
    type=click.Choice(get_args(Language)),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help="Language in which answers were typed, where a line does not say it: 1.234 is 1234 in `id`, 1.234 in `en`.",
)
def grade(file: BinaryIO, locale: Language) -> None:
    """Grade FILE (`-`: standard input): each line {"question": …, "response": …} gives one line of JSON.

    {"fraction": 0..1, "state": right | partial | wrong | gave_up | invalid}, fraction null in the states needs_marking
    and not_marked, {"error": …} for a line that cannot be graded. Exit status 1 where there is one.
    """
    faulty = False
    for line in _lines(file):
        result = graded_line(line, locale)
        faulty = faulty or "error" in result
        click.echo(json.dumps(result))
    if faulty:
        raise SystemExit(1)


def graded_line(line: bytes, locale: Language = DEFAULT_LANGUAGE) -> dict[str, object]:
    """One line of the file -> what the command says to it: `fraction` and `state`, or `error`. Never raises."""
    try:
        grade = _grade(line, locale)
    except ValidationError as refused:
        return {"error": "; ".join(_sentence(error["loc"], error["msg"]) for error in refused.errors()[:3])}
    except json.JSONDecodeError as refused:
        return {"error": f"no JSON: {refused.msg}, column {refused.colno}"}
    except RecursionError:
        return {"error": "nested too deeply"}
    except ValueError as refused:
        return {"error": str(refused)}
    return {"fraction": grade.fraction, "state": grade.outcome.value}


def _grade(line: bytes, locale: Language) -> Grade:
    if len(line) > LINE_LIMIT:
        raise Unreadable(f"longer than {LINE_LIMIT} bytes")
    text = line.decode("utf-8-sig").strip()
    entry, exact = json.loads(text), json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    if not isinstance(entry, dict) or "question" not in entry or "response" not in entry:
        raise Unreadable("an object with question and response is expected")
    language = entry.get("locale") or locale
    if language not in LANGUAGES:
        raise Unreadable("the locale is id or en")
    question = _question(exact["question"])
    response = question.response_from_json(entry["response"], language)
    return question.unanswered if response is None else question.grade(response)


def _question(written: object) -> Question[Any]:
    """The question from JSON. Its scalars are the texts that stand there, as in YAML: 398.20 keeps its zero."""
    if not isinstance(written, dict):
        raise Unreadable("the question is no object")
    kind = KINDS.get(str(written.get("type")))
    if kind is None:
        raise Unreadable(f"no such type of question: {str(written.get('type'))[:80]}. There are: {', '.join(KINDS)}")
    return kind.model_validate({**_ASKED_FOR_ITS_MARK, **_as_text(written)})


def _as_text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _as_text(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _sentence(place: tuple[int | str, ...], told: str) -> str:
    return f"{'.'.join(map(str, place))}: {told}" if place else told


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines that hold something. Of a line over the limit only its beginning, which is too long by itself."""
    while line := file.readline(LINE_LIMIT + 1):
        rest = line
        while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
            rest = file.readline(LINE_LIMIT + 1)
        if line.strip():
            yield line
