"""The pages of an item analysis: the quiz with all its questions, and one question opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.catalogue.queries import RevisionFact, history
from app.errors import NotFound
from app.marking.queries.item_figures import Analysed, analysed
from app.marking.queries.item_marks import Counts, revisions_of, waiting_attempts
from app.marking.rules.decisions import DECISION_WORDS
from app.marking.rules.item_choice import CHOICE_WORDS
from app.marking.rules.item_quality import hardness, power
from app.marking.rules.item_words import FLAG_WORDS, HARDNESS_WORDS, POWER_WORDS, REASONS, reliability_advice
from app.people.permissions import Action
from app.psychometrics.intervals import FEW, INDICATIVE, Interval, mean_interval
from app.questions.base import Question
from app.questions.outcomes import OUTCOME_WORDS
from app.teaching.analysis_form import AnalysisForm
from app.teaching.item_options import opened
from app.teaching.item_picture import item_picture
from app.teaching.item_rows import Editor, ItemRow, Versions, item_rows, option_tallies
from app.teaching.queries import NamedQuiz
from app.texts.markdown import plain
from app.web.frame import show_page
from app.web.guard import reach
from app.web.languages import gettext, language

WORDS = {
    "hardness": hardness,
    "power": power,
    "hardness_words": HARDNESS_WORDS,
    "power_words": POWER_WORDS,
    "flag_words": FLAG_WORDS,
    "reasons": REASONS,
    "reliability": reliability_advice,
    "few": FEW,
    "indicative": INDICATIVE,
}
"""What the templates say figures with."""


class VersionChoice(NamedTuple):
    """A version that was answered, and by how many attempts of those that count."""

    fact: RevisionFact
    counts: Counts


@dataclass(frozen=True, slots=True)
class QuizAnalysis:
    """An analysed quiz. `whole`: the points of an attempt, None where attempts differ; `mean`: between what it lies."""

    quiz: NamedQuiz
    form: AnalysisForm
    found: Analysed
    versions: Versions
    choices: list[VersionChoice]
    rows: list[ItemRow]
    waiting: int
    whole: float | None
    mean: Interval | None

    @property
    def weighed(self) -> bool:
        """Whether questions have weights: where attempts hold different ones, they have none."""
        return any(each.figures.intended_weight is not None for each in self.rows)

    @property
    def chosen(self) -> list[VersionChoice]:
        """The versions that count, the newest first."""
        wanted = self.form.version.data
        return [each for each in self.choices if wanted in (None, each.fact.id)]


def quiz_analysis(quiz: NamedQuiz, form: AnalysisForm, only: str | None = None) -> QuizAnalysis:
    """The analysis that the address asks for. `only`: the question whose options are looked at; None: every one's."""
    asked = form.asked(quiz)
    found, revisions = analysed(asked), revisions_of(asked)
    facts = {each.id: each for each in history(quiz.course_slug)} if revisions else {}
    versions = Versions(quiz, revisions)
    looked_at = [each for each in found.marks.items if only in (None, each)]
    test = found.analysis.test
    known = None not in (test.mean, test.sd)
    return QuizAnalysis(
        quiz=quiz,
        form=form,
        found=found,
        versions=versions,
        choices=[VersionChoice(facts[each], counts) for each, counts in revisions.items() if each in facts],
        rows=item_rows(quiz, found, versions, option_tallies(asked, looked_at, versions)),
        waiting=waiting_attempts(asked),
        whole=_whole(found),
        mean=mean_interval(test.n, test.mean or 0.0, test.sd or 0.0) if known else None,
    )


def analysis_page(quiz: NamedQuiz, form: AnalysisForm) -> str:
    """The quiz, and every question in a row."""
    found = quiz_analysis(quiz, form)
    return show_page(
        "teaching/analysis.html",
        quiz=quiz,
        form=form,
        here=form.at(quiz),
        it=found,
        test=found.found.analysis.test,
        choices=CHOICE_WORDS,
        labels={row.address: label(row.question) for row in found.rows},
        decided=[
            (_decided_label(found, address), DECISION_WORDS[each])
            for address, each in found.found.marks.decided.items()
        ],
        **WORDS,
    )


def item_page(quiz: NamedQuiz, form: AnalysisForm, address: str) -> str:
    """One question with its answers. Raises NotFound where none of the attempts had it."""
    found = quiz_analysis(quiz, form, address)
    row = next((each for each in found.rows if each.address == address), None)
    if row is None:
        raise NotFound
    item = opened(form.asked(quiz), found.found, row, found.versions)
    at = found.rows.index(row)
    return show_page(
        "teaching/analysis_item.html",
        quiz=quiz,
        here=form.at(quiz),
        row=row,
        item=item,
        outcomes=OUTCOME_WORDS,
        picture=item_picture(item.curves, gettext("nilai rendah"), gettext("nilai tinggi")),
        before=found.rows[at - 1] if at else None,
        behind=found.rows[at + 1] if at + 1 < len(found.rows) else None,
        edit=row.edit if row.edit and may_edit(row.edit) else None,
        **WORDS,
    )


def label(question: Question) -> str:
    """A question's text in one line."""
    return " ".join(plain(question.text.in_(language())).split())


def may_edit(editor: Editor) -> bool:
    """Whether this person may change the question."""
    scope = reach(Action.AUTHOR)
    return scope is not None and (scope.everything or editor.slug in scope.courses)


def _decided_label(found: QuizAnalysis, address: str) -> str:
    """What was decided on may have been met in other attempts alone: its id stands for it then."""
    question = found.versions.known(address)
    return address.rpartition("/")[2] if question is None else label(question)


def _whole(found: Analysed) -> float | None:
    """What every attempt could earn, where that is the same for all."""
    import numpy as np  # not at start: most processes never analyse

    possible = (~np.isnan(found.marks.marks)) @ np.array(found.marks.max_marks)
    return float(possible[0]) if len(possible) and float(np.ptp(possible)) < 1e-9 else None
