"""What is drawn, how often, and in which order it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.content.activities import DrawSlot, FixedSlot
from app.quizzes.rules.layout import first_of_section, layout, places_of, stored_places, times_used
from tests.quizzes.content import PRACTICE, TEST, make_course

BANK = tuple(f"k/bank/q{number}" for number in range(8))


def drawn(places: object) -> list[str]:
    return [place.question for place in places]  # type: ignore[attr-defined]


def test_the_same_seed_gives_the_same_layout_and_another_seed_another() -> None:
    course, quiz = make_course([DrawSlot(6, BANK)])
    assert layout(course, quiz, 7) == layout(course, quiz, 7)
    assert len({layout(course, quiz, seed) for seed in range(20)}) > 15


def test_a_layout_survives_its_storage() -> None:
    course, quiz = make_course([FixedSlot("k/kuis/a"), DrawSlot(6, BANK)])
    places = layout(course, quiz, 3)
    assert places_of(stored_places(places)) == places


def test_the_least_used_questions_are_drawn_first() -> None:
    course, quiz = make_course([DrawSlot(3, BANK)])
    uses = {address: (0 if address.endswith(("2", "5", "6")) else 1) for address in BANK}
    for seed in range(20):
        assert sorted(drawn(layout(course, quiz, seed, uses))) == ["k/bank/q2", "k/bank/q5", "k/bank/q6"]


def test_in_a_row_of_attempts_no_question_comes_a_third_time_before_all_came_twice() -> None:
    course, quiz = make_course([DrawSlot(3, BANK)])
    earlier = []
    for seed in range(16):
        earlier.append(layout(course, quiz, seed, times_used(earlier)))
        uses = Counter(dict.fromkeys(BANK, 0))
        uses.update(times_used(earlier))
        assert max(uses.values()) - min(uses.values()) <= 1


def test_draws_that_overlap_are_filled_where_they_can_be() -> None:
    course, quiz = make_course(
        [DrawSlot(1, ("k/b/x", "k/b/y")), DrawSlot(1, ("k/b/x",)), DrawSlot(1, ("k/b/y", "k/b/z"))]
    )
    for seed in range(30):
        assert sorted(drawn(layout(course, quiz, seed))) == ["k/b/x", "k/b/y", "k/b/z"]


def test_a_bank_that_two_draws_exhaust_gives_a_shorter_attempt() -> None:
    course, quiz = make_course([DrawSlot(2, BANK[:3]), DrawSlot(2, BANK[:3])])
    assert sorted(drawn(layout(course, quiz, 1))) == sorted(BANK[:3])


def test_questions_stand_as_written_unless_the_quiz_shuffles_them() -> None:
    slots = [FixedSlot(f"k/kuis/{name}") for name in "abcdef"]
    plain = replace(TEST, shuffle_questions=False, shuffle_options=False)
    course, quiz = make_course(slots, plain)
    places = layout(course, quiz, 5)
    assert drawn(places) == [slot.address for slot in slots]
    assert {place.order for place in places} == {(0, 1, 2, 3)}
    course, quiz = make_course(slots, PRACTICE)
    shuffled = layout(course, quiz, 5)
    assert drawn(shuffled) != drawn(places)
    assert len({place.order for place in shuffled}) > 1


@given(
    seed=st.integers(0, 2**62),
    counts=st.lists(st.integers(1, 4), min_size=1, max_size=3),
    pools=st.lists(st.sets(st.sampled_from(BANK), min_size=4), min_size=3, max_size=3),
    uses=st.dictionaries(st.sampled_from(BANK), st.integers(0, 3)),
)
def test_a_draw_never_repeats_and_takes_only_its_own(
    seed: int, counts: list[int], pools: list[set[str]], uses: dict[str, int]
) -> None:
    slots = [DrawSlot(count, tuple(sorted(pool))) for count, pool in zip(counts, pools, strict=False)]
    course, quiz = make_course(slots, replace(TEST, shuffle_questions=False))
    found = drawn(layout(course, quiz, seed, uses))
    assert len(found) == len(set(found))
    assert len(found) <= quiz.question_count
    if len(found) == quiz.question_count:
        rest = iter(found)
        for slot in slots:
            assert {next(rest) for _ in range(slot.count)} <= set(slot.addresses)
    # Taking any left-out question instead of a drawn one of the same single draw would not be a lesser use.
    if len(slots) == 1:
        left = set(slots[0].addresses) - set(found)
        assert all(uses.get(out, 0) >= uses.get(each, 0) for out in left for each in found)


def test_what_a_draw_says_its_questions_are_worth_goes_before_what_they_say() -> None:
    course, quiz = make_course([DrawSlot(2, BANK, 2.5), FixedSlot("k/kuis/a")])
    points = {place.question: place.points for place in layout(course, quiz, 7)}
    assert points.pop("k/kuis/a") == 1.0
    assert list(points.values()) == [2.5, 2.5]


def test_shuffled_sections_stay_together_in_their_order_and_survive_storage() -> None:
    slots = [
        FixedSlot(f"k/kuis/{name}", section=section)
        for name, section in zip("abcdefgh", [None, *[0] * 3, *[1] * 4], strict=True)
    ]
    course, quiz = make_course(slots, replace(PRACTICE, shuffle_options=False))
    seen = set()
    for seed in range(20):
        places = layout(course, quiz, seed)
        assert places_of(stored_places(places)) == places
        assert [place.section for place in places] == [None, 0, 0, 0, 1, 1, 1, 1]
        assert [first_of_section(places, slot) for slot in range(1, 9)] == [None, 0, None, None, 1, None, None, None]
        seen.add(tuple(drawn(places)))
    assert len(seen) > 10


def test_what_a_quiz_says_a_question_is_worth_goes_before_what_it_says_itself() -> None:
    course, quiz = make_course([FixedSlot("k/kuis/a", 2.5), FixedSlot("k/kuis/b")])
    assert {place.question: place.points for place in layout(course, quiz, 7)} == {"k/kuis/a": 2.5, "k/kuis/b": 1.0}


def test_a_question_that_stands_in_the_quiz_anyway_is_not_drawn() -> None:
    course, quiz = make_course([DrawSlot(2, BANK[:3]), FixedSlot(BANK[0])])
    for seed in range(10):
        assert sorted(drawn(layout(course, quiz, seed))) == sorted(BANK[:3])
