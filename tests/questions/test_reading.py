"""A form's fields become a response; nothing a browser can send raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.questions.base import Outcome, Question
from tests.questions.cast import ALL, AUTHOR, DAYS, FOLKTALES, LOANS, STATEMENT, question

READ: list[tuple[Question[Any], Mapping[str, Sequence[str]], tuple[int, ...], dict[str, Any] | None]] = [
    (FOLKTALES, {}, (0, 1, 2), None),
    (FOLKTALES, {"choice": []}, (0, 1, 2), None),
    (FOLKTALES, {"choice": [""]}, (0, 1, 2), None),
    (FOLKTALES, {"choice": ["1"]}, (2, 0, 1), {"choice": 0}),
    (FOLKTALES, {"choice": ["3"]}, (2, 0, 1), {"choice": "3"}),
    (FOLKTALES, {"choice": ["-1"]}, (2, 0, 1), {"choice": "-1"}),
    (FOLKTALES, {"choice": ["٢"]}, (2, 0, 1), {"choice": "٢"}),
    (FOLKTALES, {"choice": ["0", "1"]}, (0, 1, 2), {"choice": "0, 1"}),
    (LOANS, {"choice": ["3", "0", "0"]}, (3, 2, 1, 0), {"choices": [0, 3]}),
    (LOANS, {"choice": ["1", "x"]}, (0, 1, 2, 3), {"choices": [1, "x"]}),
    (LOANS, {}, (0, 1, 2, 3), None),
    (STATEMENT, {"choice": ["false"]}, (), {"choice": False}),
    (STATEMENT, {"choice": ["ya"]}, (), {"choice": "ya"}),
    (STATEMENT, {"choice": ["true", "false"]}, (), {"choice": "true, false"}),
    (AUTHOR, {"text": ["  Andrea Hirata "]}, (), {"text": "Andrea Hirata"}),
    (AUTHOR, {"text": [" \u00a0 "]}, (), None),
    (AUTHOR, {"text": ["a\x00b"]}, (), {"text": "ab"}),
    (AUTHOR, {"text": ["a" * 600]}, (), {"text": "a" * 500}),
    (DAYS, {"text": ["lima belas"]}, (), {"text": "lima belas", "language": "id"}),
    (DAYS, {"text": ["15"], "language": ["en"]}, (), {"text": "15", "language": "en"}),
    (DAYS, {"text": ["15"], "language": ["xx"]}, (), {"text": "15", "language": "id"}),
    (DAYS, {"language": ["en"]}, (), None),
]


@pytest.mark.parametrize(("asked", "fields", "order", "stored"), READ)
def test_fields_become_the_response_that_is_stored(
    asked: Question[Any],
    fields: Mapping[str, Sequence[str]],
    order: tuple[int, ...],
    stored: dict[str, Any] | None,
) -> None:
    response = asked.read(fields, order)
    assert (response and response.model_dump(mode="json")) == stored


field_values = st.lists(st.one_of(st.text(max_size=90), st.sampled_from(["0", "1", "2", "true", "false"])), max_size=6)


@pytest.mark.parametrize("kind", ALL)
@given(
    fields=st.fixed_dictionaries({}, optional=dict.fromkeys(("choice", "text", "language"), field_values)),
    seed=st.integers(0, 99),
)
def test_whatever_is_sent_is_read_stored_read_back_and_graded(
    kind: str, fields: Mapping[str, Sequence[str]], seed: int
) -> None:
    asked = ALL[kind]
    response = asked.read(fields, asked.order(Random(seed)))
    if response is None:
        return
    stored = response.model_dump(mode="json")
    assert asked.response_of(stored) == response
    grade = asked.grade(response)
    if grade.fraction is None:
        assert grade.outcome in (Outcome.NEEDS_MARKING, Outcome.NOT_MARKED)
        return
    assert -1 <= grade.fraction <= 1
    assert grade.outcome is not Outcome.INVALID or grade.fraction == 0
    assert isinstance(asked.response_summary(response, "en"), str)
    assert isinstance(asked.feedback(response), tuple)


def test_no_stored_response_reads_back_as_none() -> None:
    assert FOLKTALES.response_of(None) is None


@pytest.mark.parametrize("stored", [{"choices": [1]}, {"choice": 1, "text": "x"}, {"choice": 1.5}, {}])
def test_a_stored_response_of_another_kind_is_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FOLKTALES.response_of(stored)


def test_an_option_that_a_later_revision_lacks_is_invalid_not_an_error() -> None:
    response = FOLKTALES.response_of({"choice": 7})
    assert FOLKTALES.grade(response).outcome is Outcome.INVALID
    assert FOLKTALES.response_summary(response, "id") == "7"


def test_the_same_seed_shuffles_the_same_way_and_each_option_stays() -> None:
    orders = {FOLKTALES.order(Random(seed)) for seed in range(40)}
    assert FOLKTALES.order(Random(7)) == FOLKTALES.order(Random(7))
    assert orders == {(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)}


def test_options_stay_as_written_where_the_author_or_the_quiz_says_so() -> None:
    fixed = question("multiple", shuffle="false", options=[{"text": str(n), "correct": n == 1} for n in range(9)])
    assert fixed.order(Random(1)) == tuple(range(9))
    one = question("single", shuffle="false", options=[{"text": str(n), "correct": n == 1} for n in range(9)])
    assert one.order(Random(1)) == tuple(range(9))
    assert LOANS.order(None) == (0, 1, 2, 3)
    assert DAYS.order(Random(1)) == ()
