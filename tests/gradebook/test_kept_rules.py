"""What is kept of a list over everybody gives the very list again."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.gradebook.rules.at_risk import Reason, Risk
from app.gradebook.rules.grades import sorted_ids
from app.gradebook.rules.kept import ids_in_order, longest_first, order_to_keep, risks_to_keep
from tests.quizzes.content import START

VALUES = st.none() | st.sampled_from([0.0, 0.25, 1 / 3, 1.0])
KEYS = st.lists(VALUES).map(lambda values: list(enumerate(values)))
RISKS = st.lists(
    st.builds(
        Risk, st.sampled_from(Reason), st.integers(0, 40).map(lambda days: START - timedelta(days=days, microseconds=1))
    ),
    min_size=1,
).map(lambda risks: sorted(risks, key=lambda risk: risk.since))


@given(KEYS, st.booleans())
def test_people_stand_in_a_kept_order_as_they_would_in_a_new_one(
    keys: list[tuple[int, float | None]], descending: bool
) -> None:
    assert ids_in_order(order_to_keep(keys), descending=descending) == sorted_ids(keys, descending=descending)


@given(st.lists(RISKS), st.integers(1, 60), st.none() | st.sampled_from(Reason))
def test_a_kept_list_of_risks_answers_whatever_is_asked(
    people: list[list[Risk]], days: int, why: Reason | None
) -> None:
    kept = risks_to_keep(enumerate(people))
    assert longest_first(kept, START, days, why) == _asked_anew(people, START, days, why)


def _asked_anew(people: list[list[Risk]], now: datetime, days: int, why: Reason | None) -> list[int]:
    found = []
    for person, risks in enumerate(people):
        standing = [
            each for each in risks if each.reason is not Reason.INACTIVE or now - each.since > timedelta(days=days)
        ]
        if standing and (why is None or why in {each.reason for each in standing}):
            found.append((standing[0].since, person))
    return [person for _, person in sorted(found, key=lambda pair: pair[0])]
