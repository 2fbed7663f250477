"""Items estimated from answers: against published figures, against other ways of computing, and at the edges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from app.psychometrics.calibration import calibrate
from app.psychometrics.fit import item_fit
from app.psychometrics.likelihood import Line, expected, gradient, grid, information
from app.psychometrics.maximisation import raised
from app.psychometrics.models import MODELS, REMARKS, STEEPEST, Calibration, ItemPriors, Model, Remark
from app.psychometrics.priors import Terms
from app.psychometrics.responses import Responses, Unusable
from tests.psychometrics.lsat6 import NEEDED, lsat6
from tests.psychometrics.published import SECTION_6, SECTION_7, answers

Matrix = NDArray[np.float64]

NAN = float("nan")
STATED = {"log_likelihood": 1e-3, "a": 2e-3, "b": 5e-3}  # the tolerances of the reference estimates


def made_up(people: int, a: Matrix, b: Matrix, seed: int) -> tuple[Matrix, Matrix]:
    """Abilities drawn from the prior, and answers as the model has them."""
    chance = np.random.default_rng(seed)
    theta = chance.normal(size=people)
    return theta, (chance.random((people, len(b))) < 1 / (1 + np.exp(-a * (theta[:, None] - b)))).astype(float)


EASY_TO_HARD = np.linspace(-1.5, 1.5, 6)
USUAL = made_up(200, np.ones(6), EASY_TO_HARD, seed=1)[1]


def beside(column: float) -> Matrix:
    """The usual answers and one more item that all answer so."""
    return np.hstack((USUAL, np.full((len(USUAL), 1), column)))


def parameters(found: Calibration, name: str) -> list[float]:
    values = [getattr(item, name) for item in found.items]
    assert None not in values
    return values


# ---------------------------------------------------------------- published figures


@pytest.mark.parametrize(
    ("model", "log_likelihood", "a", "b"),
    [
        # Rizopoulos (2006), J. Stat. Software 17(5), rasch() with slopes at 1, and with one estimated slope, which is
        # the analysis of Thissen (1982), Psychometrika 47, 175-186; the last is ltm()'s summary of the same data.
        ("rasch", -2473.054, [1] * 5, [-2.872, -1.063, -0.258, -1.388, -2.219]),
        ("1pl", -2466.938, [0.755] * 5, [-3.615, -1.322, -0.318, -1.730, -2.780]),
        ("2pl", -2466.653, [0.8254, 0.7229, 0.8905, 0.6886, 0.6575], [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236]),
    ],
)
def test_lsat_6_comes_out_as_published(model: Model, log_likelihood: float, a: list[float], b: list[float]) -> None:
    found = calibrate(answers(SECTION_6), model)
    assert found.converged
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=STATED["log_likelihood"])
    assert parameters(found, "a") == pytest.approx(a, abs=STATED["a"])
    assert parameters(found, "b") == pytest.approx(b, abs=STATED["b"])


def test_the_standard_errors_of_lsat_6_are_those_of_the_observed_information() -> None:
    """As ltm's summary prints them (Rizopoulos 2006, and the package's documentation)."""
    found = calibrate(answers(SECTION_6), "2pl")
    assert parameters(found, "se_b") == pytest.approx([0.8669, 0.3073, 0.0997, 0.4341, 0.8700], abs=5e-3)
    assert parameters(found, "se_a") == pytest.approx([0.2581, 0.1867, 0.2326, 0.1852, 0.2100], abs=2e-3)
    alike = calibrate(answers(SECTION_6), "1pl")
    assert parameters(alike, "se_a") == pytest.approx([0.0694] * 5, abs=1e-3)
    assert [item.se_a for item in calibrate(answers(SECTION_6), "rasch").items] == [None] * 5


def test_lsat_7_comes_out_as_published() -> None:
    """Slopes and intercepts (-ab) as the documentation of mirt prints them (Chalmers 2012, J. Stat. Software 48(6))."""
    found = calibrate(answers(SECTION_7), "2pl")
    intercepts = [-each.a * each.b for each in found.items if each.a and each.b]
    assert found.log_likelihood == pytest.approx(-2658.805, abs=1e-3)
    assert parameters(found, "a") == pytest.approx([0.988, 1.081, 1.706, 0.765, 0.736], abs=2e-3)
    assert intercepts == pytest.approx([1.856, 0.808, 1.804, 0.486, 1.855], abs=2e-3)


@NEEDED
@pytest.mark.peer
@pytest.mark.parametrize(
    ("model", "name"), [("rasch", "rasch_mml_a_fixed_1"), ("1pl", "onepl_mml_common_a"), ("2pl", "twopl_mml")]
)
def test_lsat_6_agrees_with_the_reference_estimates(model: Model, name: str) -> None:
    reference = lsat6()[name]
    found = calibrate(answers(SECTION_6), model)
    assert found.log_likelihood == pytest.approx(reference["logLik"], abs=STATED["log_likelihood"])
    assert parameters(found, "a") == pytest.approx(reference["a"], abs=STATED["a"])
    assert parameters(found, "b") == pytest.approx(reference["b"], abs=STATED["b"])


# ---------------------------------------------------------------- against other ways of computing

some_answers = st.tuples(st.integers(1, 12), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.sampled_from([0.0, 1.0, 1.0, 0.5, 0.25, NAN]))
)
some_number = st.floats(-2, 2)


def test_the_marginal_likelihood_is_the_integral_over_ability() -> None:
    """By Gauss-Hermite quadrature, person by person; a fraction counts both ways, a blank not at all."""
    matrix = np.array([[1, 0, 0.25], [NAN, 1, 1], [NAN, NAN, NAN], [0.5, 0, NAN]])
    a, d = np.array([1.0, 0.6, 1.7]), np.array([0.3, -1.0, 0.5])
    nodes, weights = np.polynomial.hermite_e.hermegauss(101)
    total = 0.0
    for row in matrix:
        chance = 1 / (1 + np.exp(-(np.outer(nodes, a) + d)))
        told = np.nan_to_num(row * np.log(chance) + (1 - row) * np.log(1 - chance), nan=0.0).sum(axis=1)
        total += np.log((weights * np.exp(told)).sum() / weights.sum())
    found = expected(Responses.of_matrix(matrix), grid(0.2), Line(a, d))
    assert found.log_likelihood == pytest.approx(total, abs=1e-10)


@given(some_answers, st.lists(some_number, min_size=10, max_size=10), st.sampled_from((0.0, 0.2, 0.5)))
@settings(max_examples=12, deadline=None)
def test_gradient_and_information_are_the_derivatives(matrix: Matrix, numbers: list[float], guess: float) -> None:
    data, nodes, items = Responses.of_matrix(matrix), grid(0.2), matrix.shape[1]
    place = np.array(numbers[: 2 * items])

    def line_at(at: Matrix) -> Line:
        return Line(at[:items], at[items:], np.full(items, guess))

    def slope(at: Matrix) -> Matrix:
        return gradient(expected(data, nodes, line_at(at)), nodes, line_at(at))

    def height(at: Matrix) -> float:
        return expected(data, nodes, line_at(at)).log_likelihood

    step = 1e-4
    by_steps = [(height(place + step * way) - height(place - step * way)) / (2 * step) for way in np.eye(2 * items)]
    assert slope(place) == pytest.approx(np.array(by_steps), abs=1e-5)
    curved = [(slope(place - step * way) - slope(place + step * way)) / (2 * step) for way in np.eye(2 * items)]
    exact = information(data, nodes, line_at(place))
    assert exact == pytest.approx(np.array(curved), abs=2e-4)
    assert information(data, nodes, line_at(place), slopes=False) == pytest.approx(exact[items:, items:], abs=1e-5)


@given(some_answers, st.sampled_from(MODELS), st.sampled_from((None, 0.0, 0.25)))
@settings(max_examples=25, deadline=None)
def test_the_likelihood_never_falls_between_em_steps(matrix: Matrix, model: Model, held: float | None) -> None:
    items = matrix.shape[1]
    prior = None if held is None else ItemPriors([0.5] * items, [0.7] * items, guess=[held] * items)
    terms = Terms.of(model, prior)
    data, nodes, line = Responses.of_matrix(matrix), grid(0.2), Line(np.ones(items), np.zeros(items), terms.guess)
    heights = []
    for _ in range(15):
        counts = expected(data, nodes, line)
        heights.append(counts.log_likelihood + terms.heights(line).sum())
        line = raised(counts, nodes, line, terms)
    assert all(after >= before - 1e-9 for before, after in pairwise(heights))


def test_progress_is_told_at_each_step_and_never_falls() -> None:
    told: list[tuple[int, float]] = []
    found = calibrate(answers(SECTION_6), "2pl", progress=lambda step, height: told.append((step, height)))
    assert [step for step, _ in told] == list(range(1, found.iterations + 1))
    assert all(after >= before - 1e-9 for (_, before), (_, after) in pairwise(told))
    assert told[-1][1] == pytest.approx(found.log_likelihood, abs=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_parameters_of_made_up_people_are_recovered_within_their_errors(model: Model) -> None:
    """Four tests of 20 items; the errors, in standard errors, are as large as chance makes them."""
    off = []
    for seed in range(4):
        chance = np.random.default_rng(seed)
        slopes = {"rasch": np.ones(20), "1pl": np.full(20, 1.4), "2pl": np.exp(chance.normal(0, 0.3, 20))}[model]
        difficulties = chance.normal(size=20)
        _, data = made_up(800, slopes, difficulties, seed=100 + seed)
        data[chance.random(data.shape) < 0.3] = NAN  # each was asked some of the questions
        found = calibrate(data, model)
        assert found.converged
        off += list((np.array(parameters(found, "b")) - difficulties) / np.array(parameters(found, "se_b")))
        if model == "2pl":
            off += list((np.array(parameters(found, "a")) - slopes) / np.array(parameters(found, "se_a")))
    assert 0.8 < np.sqrt(np.mean(np.square(off))) < 1.2
    assert np.abs(off).max() < 4


# ---------------------------------------------------------------- at the edges


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("column", "remark"), [(1.0, Remark.ALL_RIGHT), (0.0, Remark.ALL_WRONG), (NAN, Remark.UNANSWERED)]
)
def test_an_item_that_all_answer_alike_is_left_out_and_told(model: Model, column: float, remark: Remark) -> None:
    found = calibrate(beside(column), model)
    last = found.items[-1]
    assert (last.a, last.b, last.se_a, last.se_b, last.remark) == (None, None, None, None, remark)
    alone = calibrate(USUAL, model)
    assert found.items[:-1] == alone.items and found.log_likelihood == alone.log_likelihood


def test_who_answered_nothing_changes_nothing() -> None:
    more = np.vstack((USUAL, np.full((3, 6), NAN)))
    assert parameters(calibrate(more, "2pl"), "b") == pytest.approx(parameters(calibrate(USUAL, "2pl"), "b"), abs=1e-6)


@pytest.mark.parametrize(
    ("what", "data", "model", "remark"),
    [
        ("the same question twice", np.hstack((USUAL, USUAL[:, :1])), "2pl", Remark.STEEP),
        ("the same question four times", np.repeat(USUAL[:, :1], 4, axis=1), "1pl", Remark.STEEP),
        ("each answers one more than the last", np.tril(np.ones((7, 6)), -1), "2pl", Remark.STEEP),
        ("a wrong key", np.hstack((1 - USUAL[:, :1], USUAL[:, 1:])), "2pl", Remark.NEGATIVE),
        ("half the points for all", np.hstack((np.full((200, 1), 0.5), USUAL)), "2pl", Remark.FLAT),
        ("one item has one share of right answers, no slope", USUAL[:, :1], "2pl", Remark.UNDETERMINED),
        ("nor for however many people", np.repeat(USUAL[:, :1], 100, axis=0), "2pl", Remark.UNDETERMINED),
        ("nor where half of two have it right", np.array([[0.0], [1.0]]), "1pl", Remark.UNDETERMINED),
        ("nor half of forty", np.tile([[0.0], [1.0]], (20, 1)), "2pl", Remark.UNDETERMINED),
        ("nor half of ten thousand", np.tile([[0.0], [1.0]], (5000, 1)), "1pl", Remark.UNDETERMINED),
        ("nor have two items two", USUAL[:, :2], "2pl", Remark.UNDETERMINED),
        ("nobody", np.empty((0, 2)), "2pl", Remark.UNANSWERED),
    ],
)
def test_what_the_answers_do_not_bound_is_told_and_stays_finite(
    what: str, data: Matrix, model: Model, remark: Remark
) -> None:
    found = calibrate(data, model)
    figures = [getattr(item, name) for item in found.items for name in ("a", "b", "se_a", "se_b")]
    assert found.items[0].remark is remark, what
    assert all(each is None or np.isfinite(each) for each in figures)
    assert all(item.a is None or abs(item.a) <= STEEPEST for item in found.items)
    assert np.isfinite(found.log_likelihood)


@pytest.mark.parametrize("model", MODELS)
def test_one_item_and_one_person_are_answered_too(model: Model) -> None:
    found = calibrate(np.array([[1.0]]), model)
    assert found.items[0].remark is Remark.ALL_RIGHT and found.log_likelihood == 0
    assert calibrate(np.empty((3, 0)), model).items == ()
    assert parameters(calibrate(USUAL[:, :1], "rasch"), "se_b")[0] == pytest.approx(0.2, abs=0.05)


@given(some_answers, st.sampled_from(MODELS))
@settings(max_examples=15, deadline=None)
def test_whatever_was_answered_no_figure_is_without_value_or_word(matrix: Matrix, model: Model) -> None:
    for item in calibrate(matrix, model).items:
        figures = [item.a, item.b, item.se_a, item.se_b]
        assert all(each is None or np.isfinite(each) for each in figures)
        assert item.remark in (None, *REMARKS)
        assert item.remark is not None or (item.b is not None and item.se_b is not None)


@pytest.mark.parametrize("wrong", [1.2, -0.1, float("inf")])
def test_an_answer_outside_0_to_1_is_refused(wrong: float) -> None:
    with pytest.raises(Unusable):
        calibrate(np.array([[1.0, wrong]]), "rasch")


# ---------------------------------------------------------------- what is held of items beforehand


@pytest.mark.parametrize("model", MODELS)
def test_an_item_without_answers_keeps_what_is_held_of_it(model: Model) -> None:
    held = ItemPriors([0.0] * 6 + [1.0], [0.7] * 7)
    last = calibrate(beside(NAN), model, held).items[-1]
    assert (last.b, last.se_b, last.remark) == (pytest.approx(1.0, abs=1e-4), pytest.approx(0.7, abs=1e-3), None)


def test_a_few_answers_move_it_a_little_and_many_decide() -> None:
    held = ItemPriors([1.0] * 6, [0.7] * 6)
    free = calibrate(USUAL, "rasch").items[0]
    found = [calibrate(USUAL[:people], "rasch", held).items[0] for people in (3, 30, 200)]
    off = [abs(each.b - free.b) for each in found if each.b is not None and free.b is not None]
    errors = [each.se_b for each in found if each.se_b is not None]
    assert off[0] > off[1] > off[2] and off[2] < 0.4
    assert 0.7 > errors[0] > 0.55 > errors[1] > errors[2]
    assert free.se_b is not None and errors[2] == pytest.approx(free.se_b, abs=0.02)


@pytest.mark.parametrize(
    "data", [beside(1.0), beside(0.0), np.repeat(USUAL[:, :1], 3, axis=1), USUAL[:2], np.tril(np.ones((7, 6)), -1)]
)
@pytest.mark.parametrize("model", MODELS)
def test_what_is_held_bounds_what_answers_leave_open(model: Model, data: Matrix) -> None:
    items = data.shape[1]
    found = calibrate(data, model, ItemPriors([0.0] * items, [0.7] * items))
    assert found.converged and all(item.remark is None for item in found.items)
    assert all(0 < each < STEEPEST for each in parameters(found, "a"))
    assert all(0 < each < 0.75 for each in parameters(found, "se_b"))


@pytest.mark.parametrize("guess", [0.0, 0.25])
def test_with_priors_the_mode_of_the_posterior_is_found(guess: float) -> None:
    """No neighbour is higher, and the errors are those of the second derivative there."""
    held = ItemPriors([0.3] * 6, [0.7] * 6, guess=[guess] * 6)
    data, nodes = Responses.of_matrix(USUAL), grid(0.1)
    found = calibrate(USUAL, "2pl", held)
    a, b = np.array(parameters(found, "a")), np.array(parameters(found, "b"))

    def height(log_a: Matrix, b: Matrix) -> float:
        line = Line(np.exp(log_a), -np.exp(log_a) * b, np.full(6, guess))
        beforehand = ((b - 0.3) ** 2 / 0.7**2 + log_a**2 / 0.3**2).sum() / 2
        return expected(data, nodes, line).log_likelihood - float(beforehand)

    top = height(np.log(a), b)
    for way in np.eye(6) * 1e-3:
        for shifted in (height(np.log(a) + way, b), height(np.log(a), b + way), height(np.log(a) - way, b - way)):
            assert shifted < top


@pytest.mark.parametrize(
    "priors",
    [
        ItemPriors([NAN], [1.0]),
        ItemPriors([0.0], [0.0]),
        ItemPriors([0.0], [1.0], -1),
        ItemPriors([0.0], [1.0], guess=[1.0]),
        ItemPriors([0.0], [1.0], guess=[NAN]),
    ],
)
def test_a_prior_that_is_none_is_refused(priors: ItemPriors) -> None:
    with pytest.raises(ValueError, match="prior"):
        calibrate(np.array([[1.0]]), "rasch", priors)


def test_with_nothing_to_guess_all_is_as_if_nobody_had_asked() -> None:
    held = ItemPriors([0.3] * 6, [0.7] * 6)
    assert calibrate(USUAL, "2pl", replace(held, guess=[0.0] * 6)) == calibrate(USUAL, "2pl", held)


def test_where_people_guess_difficulties_are_found_as_they_are_and_the_answers_fit() -> None:
    """Birnbaum's model with its lower end known. Without it hard items would come out far too easy."""
    chance, people = np.random.default_rng(11), 3000
    a, b, guess = np.exp(chance.normal(0, 0.25, 20)), np.linspace(-2, 2, 20), np.array([0.0, 0.2, 0.25, 0.5] * 5)
    known = 1 / (1 + np.exp(-a * (chance.normal(size=(people, 1)) - b)))
    data = (chance.random(known.shape) < guess + (1 - guess) * known).astype(float)
    held = ItemPriors([0.0] * 20, [3.0] * 20)
    found = calibrate(data, "2pl", replace(held, guess=guess.tolist()))
    away = (np.array(parameters(found, "b")) - b) / np.array(parameters(found, "se_b"))
    assert found.converged and np.abs(away).max() < 4 and 0.6 < np.sqrt((away**2).mean()) < 1.5
    assert [item.guess for item in found.items] == guess.tolist()
    assert all(0.9 < each.infit < 1.1 for each in item_fit(data, found.items) if each)
    blind = np.array(parameters(calibrate(data, "2pl", held), "b"))
    assert (blind - b)[guess > 0].mean() < -0.3


# ---------------------------------------------------------------- how answers are kept


@given(some_answers)
@settings(max_examples=50, deadline=None)
def test_answers_are_kept_as_they_are_and_like_ones_together(matrix: Matrix) -> None:
    kept = Responses.of_matrix(matrix)
    written = np.full((kept.patterns, kept.items), NAN)
    for block in kept.blocks():
        written[block.patterns] = np.where(block.asked == 1, block.right, NAN)
    assert np.array_equal(written[kept.pattern], matrix, equal_nan=True)
    assert kept.patterns == len({row.tobytes() for row in np.nan_to_num(matrix, nan=-1.0)})
    assert kept.people.sum() == len(matrix)
    some = np.arange(kept.items) % 2 == 0
    assert np.array_equal(
        kept.of_items(some).totals(), (totals := [each[some] for each in kept.totals()]) and np.array(totals)
    )


def test_answers_come_in_any_order_but_once() -> None:
    build: Callable[..., Responses] = Responses.of_answers
    shape = (2, 2)
    turned = build(np.array([1, 0, 0]), np.array([0, 1, 0]), np.array([1.0, 0.5, 0.0]), shape)
    straight = Responses.of_matrix(np.array([[0.0, 0.5], [1.0, NAN]]))
    assert [each.tolist() for each in turned.totals()] == [each.tolist() for each in straight.totals()]
    with pytest.raises(Unusable):
        build(np.array([0, 0]), np.array([1, 1]), np.array([1.0, 0.0]), shape)
