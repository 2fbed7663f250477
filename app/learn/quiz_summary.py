"""What is said of a whole attempt: the author's words for such a result, and how well its certainty fitted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from markupsafe import Markup

from app.content.activities import Quiz
from app.errors import N_, Message
from app.learn.quiz_modes import CERTAINTY_WORDS
from app.learn.quiz_parts import part
from app.marking.rules.marks import certainty_answers
from app.quizzes.queries import MarkFact
from app.quizzes.rules.certainty import LIMITS, Calibration, Certainty, Judgement, Totals, certainty_mark, summary
from app.web.languages import number

JUDGEMENT_WORDS: Final[dict[Judgement, Message]] = {
    Judgement.FITTING: N_("Keyakinan Anda tepat"),
    Judgement.SLIGHTLY_OVERCONFIDENT: N_("Sedikit terlalu yakin"),
    Judgement.OVERCONFIDENT: N_("Terlalu yakin"),
    Judgement.SLIGHTLY_UNDERCONFIDENT: N_("Sedikit kurang yakin"),
    Judgement.UNDERCONFIDENT: N_("Kurang yakin, padahal Anda tahu"),
}


def confidence_part(quiz: Quiz, marks: Collection[MarkFact]) -> Markup:
    """How well a learner knew what they know; nothing where the quiz did not ask, or no points were at stake."""
    if quiz.settings.feedback != "certainty":
        return Markup("")
    told = summary(certainty_answers(marks))
    if told.overall is None:
        return Markup("")
    return part(
        "learn/quiz_confidence.html",
        overall=_totals(told.overall),
        answered=_totals(told.answered) if told.answered and told.unanswered else None,
        rows=[_row(each) for each in told.by_certainty],
    )


def certainty_table(quiz: Quiz) -> Markup:
    """What each certainty earns and costs, and when it pays best; nothing where the quiz does not ask."""
    if quiz.settings.feedback != "certainty":
        return Markup("")
    rows = [
        {
            "words": CERTAINTY_WORDS[each],
            "right": number(certainty_mark(1.0, each)),
            "wrong": number(certainty_mark(0.0, each)),
            "fitting": _between(each),
        }
        for each in Certainty
    ]
    return part("learn/quiz_certainties.html", rows=rows)


def _between(certainty: Certainty) -> str:
    low, high = LIMITS[certainty]
    return f"{number(100 * low)}-{number(100 * high)}%"


def _totals(totals: Totals) -> dict[str, str]:
    bonus = number(100 * totals.bonus, 1)
    return {"right": number(100 * totals.accuracy, 1), "bonus": bonus}


def _row(row: Calibration) -> dict[str, object]:
    return {
        "words": CERTAINTY_WORDS[row.certainty],
        "answers": row.answers,
        "right": f"{number(100 * row.share_right)}%",
        "fitting": _between(row.certainty),
        "judgement": JUDGEMENT_WORDS[row.judgement],
    }
