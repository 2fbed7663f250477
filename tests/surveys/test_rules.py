"""What a page's fields come to, sums over people and revisions, and figures worked out by hand."""

from __future__ import annotations

from random import Random

import pytest

from app.content.activities import Survey
from app.questions.survey import WORDS_LIMIT, SurveyEssay, SurveyLikert, SurveyMultiple, SurveySingle
from app.surveys.rules.answers import STATEMENTS_WANTED, UNREADABLE, WANTED, answer_lines, filled_in
from app.surveys.rules.figures import Results, Spread, in_order, spread, standing, tells
from app.surveys.rules.tallies import Row, Tallies, Words, as_json, of_json, with_answers
from app.texts.local import LocalText


def scale(*statements: str, required: bool = False, labels: tuple[str, ...] = ()) -> SurveyLikert:
    written = [{"id": each.lower(), "text": each} for each in statements]
    asked = {"id": "skala", "text": "Seberapa?", "statements": written, "required": "true" if required else "false"}
    return SurveyLikert.model_validate({**asked, "labels": labels})


def single(*options: str) -> SurveySingle:
    return SurveySingle.model_validate({"id": "alat", "text": "Alat?", "options": [{"text": each} for each in options]})


def multiple(*options: str) -> SurveyMultiple:
    written = [{"text": each} for each in options]
    return SurveyMultiple.model_validate({"id": "waktu", "text": "Kapan?", "required": "true", "options": written})


OPEN = SurveyEssay.model_validate({"id": "saran", "text": "Saran?"})


def survey(*questions: SurveyLikert | SurveySingle | SurveyMultiple | SurveyEssay) -> Survey:
    return Survey("evaluasi", LocalText.plain("Evaluasi"), True, questions)


@pytest.mark.parametrize(
    ("asked", "fields", "wanting"),
    [
        (scale("Jelas", "Cukup", required=True), {"skala.statement-0": ["1"]}, STATEMENTS_WANTED),
        (scale("Jelas", "Cukup", required=True), {}, WANTED),
        (scale("Jelas", "Cukup", required=True), {"skala.statement-0": ["0"], "skala.statement-1": ["4"]}, None),
        (scale("Jelas", "Cukup"), {"skala.statement-1": ["4"]}, None),
        (scale("Jelas"), {"skala.statement-0": ["5"]}, UNREADABLE),
        (scale("Jelas", required=True), {"statement-0": ["1"], "lain.statement-0": ["1"]}, WANTED),
        (single("HP", "Laptop"), {"alat.choice": ["1"]}, None),
        (single("HP", "Laptop"), {"alat.choice": ["2"]}, UNREADABLE),
        (single("HP", "Laptop"), {"alat.choice": ["0", "1"]}, UNREADABLE),
        (multiple("Pagi", "Malam"), {"waktu.choice": ["0", "1"]}, None),
        (multiple("Pagi", "Malam"), {"waktu.choice": ["0", "<b>"]}, UNREADABLE),
        (multiple("Pagi", "Malam"), {}, WANTED),
        (OPEN, {"saran.text": ["  "]}, None),
    ],
)
def test_what_is_wanting_in_a_page(asked: SurveyLikert, fields: dict[str, list[str]], wanting: object) -> None:
    assert filled_in(survey(asked), fields).wanting.get(asked.id) is wanting


def test_what_cannot_be_read_is_no_answer_and_a_page_without_answers_is_refused() -> None:
    filled = filled_in(survey(single("HP", "Laptop"), OPEN), {"alat.choice": ["7"], "saran.text": [" a\r\nb "]})
    assert filled.answers == {"saran": OPEN.read({"text": ["a\nb"]}, ())} and filled.refused
    assert filled_in(survey(OPEN), {}).refused and not filled_in(survey(OPEN), {"saran.text": ["a"]}).refused
    long = filled_in(survey(OPEN), {"saran.text": ["x" * 9000]}).answers["saran"]
    assert len(long.text) == WORDS_LIMIT


def test_no_answer_of_a_survey_is_marked() -> None:
    for asked in (scale("Jelas"), single("HP", "Laptop"), multiple("Pagi", "Malam"), OPEN):
        assert not asked.checkable and not asked.by_hand and list(asked.faults()) == []


def summed(asked: Survey, *pages: dict[str, list[str]], before: Tallies = (), chance: Random | None = None) -> Tallies:
    for fields in pages:
        before = with_answers(before, asked, filled_in(asked, fields).answers, chance=chance)
    return before


def rows(tallies: Tallies) -> dict[str, list[tuple[str, int, tuple[int, ...]]]]:
    return {tally.question: [(row.part.key, row.people, row.counts) for row in tally.rows] for tally in tallies}


PAGES = [
    {"skala.statement-0": ["4"], "alat.choice": ["0"], "waktu.choice": ["0", "1"], "saran.text": ["satu"]},
    {"skala.statement-0": ["4"], "skala.statement-1": ["1"], "waktu.choice": ["1"], "saran.text": ["dua"]},
    {"skala.statement-1": ["1"], "alat.choice": ["1"], "waktu.choice": ["1"]},
]


def test_answers_are_counted_by_statement_and_option() -> None:
    asked = survey(scale("Jelas", "Cukup"), single("HP", "Laptop"), multiple("Pagi", "Malam"), OPEN)
    tallies = summed(asked, *PAGES)
    assert rows(tallies) == {
        "skala": [("jelas", 2, (0, 0, 0, 0, 2)), ("cukup", 2, (0, 2, 0, 0, 0))],
        "alat": [("", 2, (1, 1))],
        "waktu": [("", 3, (1, 3))],
        "saran": [],
    }
    assert next(each for each in tallies if each.question == "saran").words == (Words("satu"), Words("dua"))
    assert of_json(as_json(tallies)) == tallies


def test_sums_are_the_same_in_whatever_order_people_come_and_tell_not_who_came_last() -> None:
    asked = survey(scale("Jelas", "Cukup"), single("HP", "Laptop"), multiple("Pagi", "Malam"))
    pages = [*PAGES, {"waktu.choice": ["0"]}]
    assert summed(asked, *pages) == summed(asked, *pages[::-1])


def test_open_answers_come_to_lie_in_every_order() -> None:
    texts = [{"saran.text": [each]} for each in "abc"]
    chance = Random(1)
    orders = {"".join(each.text for each in summed(survey(OPEN), *texts, chance=chance)[0].words) for _ in range(99)}
    assert orders == {"abc", "acb", "bac", "bca", "cab", "cba"}


def test_a_statement_that_comes_or_goes_keeps_the_others_counts_and_texts_are_the_newest() -> None:
    first, second = survey(scale("Jelas", "Cukup")), survey(scale("Rapi", "Jelas"))
    both = {"skala.statement-0": ["0"], "skala.statement-1": ["1"]}
    tallies = summed(second, both, before=summed(first, both, both))
    assert rows(tallies) == {
        "skala": [("rapi", 1, (1, 0, 0, 0, 0)), ("jelas", 3, (2, 1, 0, 0, 0)), ("cukup", 2, (0, 2, 0, 0, 0))]
    }


def test_other_labels_are_another_form_shown_behind_the_present_one() -> None:
    old, new = survey(scale("Jelas", labels=("tidak", "ya")), OPEN), survey(scale("Jelas"), single("HP", "Laptop"))
    page = {"skala.statement-0": ["1"]}
    tallies = in_order(summed(new, page, before=summed(old, page, page, {"saran.text": ["a"]})), new)
    told = [(each.question, len(each.columns), standing(each, new)) for each in tallies]
    assert told == [("skala", 5, "now"), ("skala", 2, "earlier"), ("alat", 2, "now"), ("saran", 0, "gone")]
    assert [row.people for each in tallies for row in each.rows] == [1, 2, 0]


def test_two_statements_of_the_same_words_are_counted_apart() -> None:
    asked = SurveyLikert.model_validate({"id": "s", "text": "?", "statements": [{"text": "Baik"}, {"text": "Baik"}]})
    tallies = summed(survey(asked), {"s.statement-0": ["0"], "s.statement-1": ["4"]})
    assert [row.counts for row in tallies[0].rows] == [(1, 0, 0, 0, 0), (0, 0, 0, 0, 1)]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 0, 0, 0, 0), None),
        ((1, 1, 1, 1, 1), Spread(3.0, (2, 2))),
        ((1, 0, 0, 0, 4), Spread(4.2, (4, 4))),  # (1 + 4 · 5) / 5
        ((2, 0, 0, 2), Spread(2.5, (0, 3))),  # half at either end: no label is in the middle
        ((0, 1, 2, 1), Spread(3.0, (2, 2))),
        ((1, 2), Spread(5 / 3, (1, 1))),
        ((3, 2, 0, 1), Spread(11 / 6, (0, 1))),  # 1 1 1 | 2 2 4
    ],
)
def test_mean_and_median_of_a_scale(counts: tuple[int, ...], told: Spread | None) -> None:
    assert spread(counts) == told


def test_nothing_is_shown_of_fewer_than_five() -> None:
    assert [Results(people, ()).enough for people in (0, 4, 5)] == [False, False, True]
    asked = scale("Jelas")
    assert [tells(Row(asked.rows[0], people, ())) for people in (4, 5)] == [False, True]


def test_ones_own_answers_are_told_line_by_line() -> None:
    asked = survey(scale("Jelas", "Cukup"), multiple("Pagi", "Malam"), OPEN)
    lines = answer_lines(asked, filled_in(asked, PAGES[0]).answers, "en")
    assert [(line.key, line.statement, line.answer) for line in lines] == [
        (("skala", "jelas"), "Jelas", "Strongly agree"),
        (("skala", "cukup"), "Cukup", ""),
        (("waktu", ""), "", "Pagi; Malam"),
        (("saran", ""), "", "satu"),
    ]
