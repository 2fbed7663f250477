"""What answers say of one ability: against fine integration, by hand where symmetry gives the answer, and as laws."""

from __future__ import annotations

from dataclasses import replace
from math import exp, inf, log, nextafter, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.psychometrics.curves import FLATTENING, Evidence, information
from app.psychometrics.posterior import (
    DIFFICULTIES,
    FORESEEABLE,
    Posterior,
    State,
    more_answers,
    posterior,
    state,
    told,
)

CUT = 70.0
RIGHT = Evidence(1, 1, 0, 0)
WRONG = Evidence(0, 1, 0, 0)

fractions = st.floats(0, 1)
guesses = st.sampled_from((0, 0.2, 0.5, 1)) | fractions
answers = st.builds(Evidence, fractions, st.floats(0.3, 2.5), st.floats(-3, 3), st.floats(0, 1.5), guesses)
many = st.lists(answers, max_size=25)


def density_at(theta: float, evidence: list[Evidence], share: float) -> float:
    """Of the posterior, not yet scaled, of somebody who guesses in that share of what they do not know."""
    density = exp(-theta * theta / 2)
    for each in evidence:
        slope = each.a / sqrt(1 + FLATTENING * (each.a * each.sd_b) ** 2)
        known = 1 / (1 + exp(-slope * (theta - each.b)))
        right = known + share * each.guess * (1 - known)
        density *= right**each.fraction * (1 - right) ** (1 - each.fraction)
    return density


def integrated(evidence: list[Evidence], cut: float) -> tuple[float, float, float, float, float, float, float]:
    """theta, se, score, sd, median, certainty and P(score <= 30) by trapezoids of two thousandths of a logit, -8 .. 8:
    half of the one who always guesses, half of the one who never does.
    """
    step, mass, first, second, total, square = 0.002, 0.0, 0.0, 0.0, 0.0, 0.0
    grid = [point * step for point in range(-4000, 4001)]
    both = [[density_at(theta, evidence, share) for theta in grid] for share in (0, 1)]
    masses = [sum(each) for each in both]
    below: list[tuple[float, float]] = []  # score, mass up to it
    for theta, *densities in zip(grid, *both, strict=True):
        density = sum(each / whole / 2 for each, whole in zip(densities, masses, strict=True))
        score = 100 / (1 + exp(-theta))
        mass += density
        first, second = first + theta * density, second + theta * theta * density
        total, square = total + score * density, square + score * score * density
        below.append((score, mass - density / 2))
    theta, score = first / mass, total / mass
    median = next(each for each, share in below if share >= mass / 2)
    under = {limit: max((share for each, share in below if each <= limit), default=0.0) / mass for limit in (cut, 30)}
    se, sd = sqrt(second / mass - theta**2), sqrt(square / mass - score**2)
    return theta, se, score, sd, median, 1 - under[cut], under[30]


CASES = [
    ("no answer: the prior", []),
    ("one right answer to a medium question", [RIGHT]),
    ("one half-right answer", [Evidence(0.5, 1, 0, 0)]),
    ("a hard question answered rightly", [Evidence(1, 1, 1, 0.7)]),
    ("a steep and a flat question", [Evidence(1, 2, -1, 0), Evidence(0.25, 0.5, 1, 0.3)]),
    ("a right answer to one of true or false", [Evidence(1, 1, 0, 0, 0.5)]),
    ("all wrong where one in four is guessed", [Evidence(0, 1, 0, 0.7, 0.25)] * 4),
    ("several kinds, partly right", [Evidence(n / 5, 1.3, n - 2, 0.7, 0.25 * (n % 3)) for n in range(6)]),
    ("twelve answers, nine of them right", [Evidence(float(n < 9), 1, n % 3 - 1, 0.7) for n in range(12)]),
]


@pytest.mark.parametrize(("evidence"), [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_the_grid_agrees_with_fine_integration(evidence: list[Evidence]) -> None:
    theta, se, score, sd, _, certainty, _ = integrated(evidence, CUT)
    found = posterior(evidence, cut=CUT)
    assert (found.theta, found.se) == pytest.approx((theta, se), abs=2e-4)
    assert (found.score, found.sd) == pytest.approx((score, sd), abs=2e-3)
    assert found.certainty == pytest.approx(certainty, abs=2e-3)


def test_the_interval_leaves_a_twentieth_at_each_end() -> None:
    low, high = (posterior([RIGHT, RIGHT, WRONG], cut=CUT).low, posterior([RIGHT, RIGHT, WRONG], cut=CUT).high)
    *_, at_or_above_high, _ = integrated([RIGHT, RIGHT, WRONG], high)
    *_, at_or_above_low, _ = integrated([RIGHT, RIGHT, WRONG], low)
    assert (at_or_above_low, at_or_above_high) == pytest.approx((0.95, 0.05), abs=1e-3)


def test_before_any_answer_the_score_is_fifty_and_the_interval_is_the_priors() -> None:
    found = posterior([], cut=50)
    at_ends = [100 / (1 + exp(-z)) for z in (-1.6448536, 1.6448536)]  # the normal's 5 % and 95 % points
    assert (found.theta, found.se, found.score, found.certainty) == pytest.approx((0, 1, 50, 0.5), abs=1e-4)
    assert [found.low, found.high] == pytest.approx(at_ends, abs=0.05)


def test_a_right_and_a_wrong_answer_of_one_difficulty_cancel_out() -> None:
    found = posterior([RIGHT, WRONG], cut=50)
    assert (found.theta, found.score, found.certainty) == pytest.approx((0, 50, 0.5), abs=1e-9)
    assert found.low + found.high == pytest.approx(100, abs=1e-9)
    assert found.sd < posterior([], cut=50).sd


def test_one_right_answer_shifts_the_score_by_its_variance() -> None:
    """By hand: with one right answer the mean of s is E[s s] / E[s], s the prior's score, so 50 + var / 50."""
    before = posterior([], cut=CUT)
    assert posterior([RIGHT], cut=CUT).score == pytest.approx(50 + before.sd**2 / 50, abs=1e-9)


def test_all_right_and_all_wrong_are_mirror_images() -> None:
    right, wrong = posterior([RIGHT] * 7, cut=CUT), posterior([WRONG] * 7, cut=100 - CUT)
    assert (right.theta, right.score, right.low) == pytest.approx((-wrong.theta, 100 - wrong.score, 100 - wrong.high))
    assert right.certainty == pytest.approx(1 - wrong.certainty)


def test_the_flattening_is_the_constant_of_its_source() -> None:
    assert pytest.approx((16 * sqrt(3) / (15 * pi)) ** 2, abs=5e-4) == FLATTENING


@pytest.mark.parametrize("count", [200, 2000])
def test_very_many_answers_stay_within_the_scale(count: int) -> None:
    for answer in (RIGHT, WRONG, Evidence(1, 2.5, 6, 0), Evidence(0, 2.5, -6, 0)):
        found = posterior([answer] * count, cut=CUT)
        assert 0 <= found.low <= found.high <= 100
        assert found.low - 0.1 <= found.score <= found.high + 0.1  # beyond the grid the interval is a point of it
        assert 0 <= found.certainty <= 1


@pytest.mark.parametrize(("cut", "certainty"), [(0, 1), (-3, 1), (0.1, 1), (100, 0), (101, 0), (99.9, 0)])
def test_a_cut_at_the_end_of_the_scale_is_surely_reached_or_missed(cut: float, certainty: float) -> None:
    assert posterior([RIGHT], cut=cut).certainty == certainty


def test_points_outside_their_question_count_as_the_end_they_passed() -> None:
    assert posterior([Evidence(-0.5, 1, 0, 0)], cut=CUT) == posterior([WRONG], cut=CUT)
    assert posterior([Evidence(1.5, 1, 0, 0)], cut=CUT) == posterior([RIGHT], cut=CUT)


@given(many, answers)
def test_a_right_answer_never_lowers_and_a_wrong_one_never_raises(before: list[Evidence], answer: Evidence) -> None:
    """For sizes of slope and place that calibrations give, and whatever was guessed before."""
    now = posterior(before, cut=CUT)
    right = posterior([*before, answer._replace(fraction=1)], cut=CUT)
    wrong = posterior([*before, answer._replace(fraction=0)], cut=CUT)
    for lower, higher in ((now, right), (wrong, now)):
        assert higher.theta >= lower.theta - 1e-9
        assert higher.score >= lower.score - 1e-9
        assert higher.certainty >= lower.certainty - 1e-9


@given(many, answers, fractions)
def test_more_points_never_lower_a_score(before: list[Evidence], answer: Evidence, other: float) -> None:
    less, more = sorted((answer.fraction, other))
    scores = [posterior([*before, answer._replace(fraction=each)], cut=CUT).score for each in (less, more)]
    assert scores[0] <= scores[1] + 1e-9


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(evidence: list[Evidence], random: object) -> None:
    turned = list(evidence)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert posterior(turned, cut=CUT) == posterior(evidence, cut=CUT)


@given(fractions, st.floats(0.3, 2), st.floats(0, 1), st.floats(0.1, 1))
def test_an_answer_to_a_question_of_less_certain_difficulty_moves_less(
    fraction: float, a: float, sd_b: float, further: float
) -> None:
    """At the middle of the prior; further out, an uncertain difficulty may also make a surprise of no surprise."""
    sure = posterior([Evidence(fraction, a, 0, sd_b)], cut=CUT)
    unsure = posterior([Evidence(fraction, a, 0, sd_b + further)], cut=CUT)
    assert abs(unsure.score - 50) <= abs(sure.score - 50) + 1e-9
    assert unsure.sd >= sure.sd - 1e-9


@given(st.lists(answers, max_size=6))
def test_the_interval_contains_the_median_and_the_score(evidence: list[Evidence]) -> None:
    found = posterior(evidence, cut=CUT)
    assert 0 < found.low < found.score < found.high < 100
    assert posterior(evidence, cut=found.low).certainty > 0.5 > posterior(evidence, cut=found.high).certainty


@given(st.lists(answers, max_size=12), st.floats(1, 99), st.floats(0, 30))
def test_a_higher_cut_is_never_surer_reached(evidence: list[Evidence], cut: float, higher: float) -> None:
    assert posterior(evidence, cut=cut + higher).certainty <= posterior(evidence, cut=cut).certainty


# ---------------------------------------------------------------- what may be guessed


def test_half_of_the_one_who_guesses_and_half_of_the_one_who_does_not_by_hand() -> None:
    """With a right answer to true or false, E[s P] / E[P] of the prior's score: P = s, or P = (1 + s) / 2."""
    before = posterior([], cut=CUT)
    never = 50 + before.sd**2 / 50
    always = 50 + before.sd**2 / 2 / 75
    assert posterior([Evidence(1, 1, 0, 0, 0.5)], cut=CUT).score == pytest.approx((never + always) / 2, abs=1e-9)


@given(many, answers, guesses)
def test_the_easier_it_is_guessed_the_less_a_right_answer_says(
    before: list[Evidence], answer: Evidence, other: float
) -> None:
    harder, easier = sorted((answer.guess, other))
    scores = [
        posterior([*before, answer._replace(fraction=1, guess=guess)], cut=CUT).score for guess in (easier, harder)
    ]
    assert scores[0] <= scores[1] + 1e-9


@given(answers)
def test_a_wrong_answer_says_the_same_however_easily_it_is_guessed(answer: Evidence) -> None:
    """Who misses it neither knew nor guessed."""
    missed, other = (answer._replace(fraction=0, guess=guess) for guess in (answer.guess, 0.0))
    assert posterior([missed], cut=CUT).score == pytest.approx(posterior([other], cut=CUT).score, abs=1e-9)


def test_what_everybody_gets_right_says_nothing_of_who_guesses() -> None:
    sure = posterior([Evidence(1, 1, 0, 0, 1)], cut=CUT)
    assert sure.score == pytest.approx((50 + posterior([RIGHT], cut=CUT).score) / 2)


@given(answers, st.floats(-4, 4))
def test_information_is_the_squared_slope_of_the_chance_over_its_variance(answer: Evidence, theta: float) -> None:
    """Fisher's, by numeric differences (Lord 1980)."""
    slope = answer.a / sqrt(1 + FLATTENING * (answer.a * answer.sd_b) ** 2)

    def right(at: float) -> float:
        return answer.guess + (1 - answer.guess) / (1 + exp(-slope * (at - answer.b)))

    chance, rise = right(theta), (right(theta + 1e-5) - right(theta - 1e-5)) / 2e-5
    fisher = rise**2 / (chance * (1 - chance)) if chance < 1 else 0.0
    assert information(answer, theta) == pytest.approx(fisher, rel=1e-4, abs=1e-8)


def test_what_is_easily_guessed_tells_less_and_asks_for_more_answers() -> None:
    def more(guess: float) -> int | None:
        return more_answers(replace(told_of(), guess=guess), 8, cut=CUT, minimum=5, certainty=0.8)

    told_by = [told(Evidence(1, 1, 0, 0, guess), 0.0) for guess in (0, 0.2, 0.5)]
    assert told_by == sorted(told_by, reverse=True)
    counts = [more(guess) or 0 for guess in (0, 0.2, 0.5)]
    assert counts == sorted(counts) and counts[0] < counts[-1]


@pytest.mark.parametrize("answer", [Evidence(1, 15, 200, 0, 0.25), Evidence(0.5, 15, -200, 0, 0.25)])
def test_the_steepest_and_farthest_question_does_not_overflow(answer: Evidence) -> None:
    assert 0 < posterior([answer], cut=CUT).score < 100
    assert 0 <= information(answer, 0.0) < 1e-6


# ---------------------------------------------------------------- what may be said


def told_of(*, certainty: float = 0.6, theta: float = 1.2, se: float = 0.45) -> Posterior:
    return Posterior(theta, se, 73, 9, 56, 86, certainty)


STATES = [
    ("four answers are too few, however sure", 0.99, 4, State.TOO_FEW),
    ("five that are sure enough", 0.80, 5, State.MASTERED),
    ("just less than sure", nextafter(0.80, 0), 5, State.UNCERTAIN),
    ("in the middle", 0.5, 50, State.UNCERTAIN),
    ("surely below", 0.19, 5, State.NEEDS_SUPPORT),
    ("not surely below", 0.21, 5, State.UNCERTAIN),
]


@pytest.mark.parametrize(("certainty", "n", "expected"), [c[1:] for c in STATES], ids=[c[0] for c in STATES])
def test_the_state(certainty: float, n: int, expected: State) -> None:
    assert state(told_of(certainty=certainty), n, minimum=5, certainty=0.8) == expected


def asked(theta: float, se: float, n: int = 8, *, sure: float = 0.6, wanted: float = 0.8) -> int | None:
    return more_answers(told_of(certainty=sure, theta=theta, se=se), n, cut=CUT, minimum=5, certainty=wanted)


def test_a_settled_state_asks_for_no_more() -> None:
    assert asked(3, 0.5, sure=0.97) is None
    assert asked(-2, 0.5, sure=0.03) is None


def test_how_many_more_by_hand() -> None:
    """Cut 70 is 0.8473 logits. From theta 1.2 with se 0.45 (80 %: 0.8416 standard errors) the precision has to grow
    from 1 / 0.45^2 = 4.938 to (0.8416 / 0.3527)^2 = 5.694; a question gives 0.9246^2 x 0.752 x 0.248 = 0.1594: 4.74.
    """
    assert asked(1.2, 0.45) == 5


def test_someone_at_the_cut_is_not_foretold() -> None:
    assert asked(log(7 / 3), 0.5) is None
    assert asked(0.95, 0.5) is None


def test_before_the_least_number_of_answers_at_least_those_lack() -> None:
    assert more_answers(posterior([], cut=CUT), 0, cut=CUT, minimum=5, certainty=0.8) == 5
    assert asked(-2, 0.7, 3, sure=0.01) == 2


def test_certainty_itself_can_never_be_reached() -> None:
    assert asked(2, 0.4, wanted=1) is None


@given(st.floats(-3, 3), st.floats(0.05, 1), st.floats(0.01, 1), st.integers(0, 40))
def test_the_nearer_the_cut_and_the_surer_it_shall_be_the_more(theta: float, se: float, step: float, n: int) -> None:
    def count(theta: float, se: float, wanted: float = 0.8) -> float:
        found = asked(theta, se, n, wanted=wanted)
        return inf if found is None else found

    cut = log(7 / 3)
    further = theta + step if theta > cut else theta - step
    assert count(theta, se, 0.8) <= count(theta, se, 0.9)
    assert count(theta, se) <= count(theta, se + step)
    # further from the cut a question also tells less: only a step that stays near is surely cheaper
    if step <= abs(theta - cut) and abs(further) < 1.5:
        assert count(further, se) <= count(theta, se)
    assert count(theta, se) >= 1 and (count(theta, se) <= FORESEEABLE or count(theta, se) == inf)


def test_what_authors_say_of_difficulty_is_a_prior() -> None:
    found = [(prior.b, prior.sd) for prior in (DIFFICULTIES[name] for name in ("easy", "medium", "hard", None))]
    assert found == [(-1, 0.7), (0, 0.7), (1, 0.7), (0, 1.0)]
