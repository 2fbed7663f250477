"""The questions of an analysed quiz as its pages and files tell them: each with its figures, words and concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.catalogue.queries import course_at, published
from app.catalogue.rules import SHARED
from app.content.course import Course
from app.marking.queries.item_answers import answer_counts
from app.marking.queries.item_figures import Analysed
from app.marking.queries.item_marks import Asked
from app.marking.queries.regrades import regrades_of
from app.marking.rules.item_quality import (
    Concern,
    Judged,
    OptionTally,
    concerns,
    facility_interval,
)
from app.psychometrics.figures import ItemStatistics
from app.psychometrics.intervals import Interval, correlation_interval
from app.questions.base import Question
from app.teaching.queries import NamedQuiz
from app.teaching.rules.choices import choosable, chosen_in, response_now

PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Editor:
    """Where a question is changed."""

    slug: str
    holder: str
    question_id: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question. `number` counts from 1 in the order of the quiz; `index` is its column among the marks.

    `partly`: it can be partly right, so its facility is a mean and not a share of people. `changed`: what is served now
    differs from what these people answered. `edit` None: it is not there any more, or not to be changed here.
    """

    number: int
    index: int
    address: str
    question: Question
    figures: ItemStatistics
    partly: bool
    concerns: tuple[Concern, ...]
    changed: bool
    edit: Editor | None

    @property
    def facility(self) -> Interval | None:
        """Within which its facility lies with a certainty of 90 %."""
        told = self.figures.facility
        return None if told is None else facility_interval(told, self.figures.n)

    @property
    def discrimination(self) -> float | None:
        """Corrected item-rest correlation, -1..1."""
        told = self.figures.discrimination_index
        return None if told is None else told / PERCENT

    @property
    def power(self) -> Interval | None:
        """Within which its discrimination lies with a certainty of 90 %."""
        told = self.discrimination
        return None if told is None else correlation_interval(told, self.figures.n)

    @property
    def sd_percent(self) -> float | None:
        """How far marks spread, in percent of its points."""
        sd, worth = self.figures.sd, self.figures.max_mark
        return None if sd is None or not worth else PERCENT * sd / worth

    @property
    def guess(self) -> float | None:
        """The share of its points that guessing earns."""
        return self.question.guess_score()


class Versions:
    """The questions of a quiz as the versions that were answered have them."""

    def __init__(self, quiz: NamedQuiz, revisions: Iterable[int]) -> None:
        regraded = [each.revision_id for each in regrades_of(quiz.course_slug, quiz.quiz_id) if each.undone_at is None]
        self._newest = sorted({*revisions, *(each for each in regraded if each is not None)}, reverse=True)

    def newest(self, address: str) -> Question:
        """The question as the marks were given by: of the newest version that was answered, or regraded with."""
        found = self.known(address)
        if found is None:
            raise LookupError(address)
        return found

    def known(self, address: str) -> Question | None:
        """The same; None where none of these versions has it."""
        return next((found for each in self._newest if (found := course_at(each).question(address))), None)

    def at(self, revision_id: int, address: str) -> Question | None:
        """The question as one version has it."""
        return course_at(revision_id).question(address)


def item_rows(
    quiz: NamedQuiz, found: Analysed, versions: Versions, tallies: Mapping[str, tuple[OptionTally, ...]]
) -> list[ItemRow]:
    """The questions in the order of the quiz that is served, then those that it has no more."""
    served = published().get(quiz.course_slug)
    course = served.course if served else None
    order = {address: place for place, address in enumerate(quiz.served.addresses)} if quiz.served else {}
    indexes = sorted(range(len(found.marks.items)), key=lambda each: order.get(found.marks.items[each], len(order)))
    rows = []
    for number, index in enumerate(indexes, start=1):
        address = found.marks.items[index]
        question, figures = versions.newest(address), found.analysis.items[index]
        now = course.question(address) if course else None
        rows.append(
            ItemRow(
                number, index, address, question, figures,
                partly=found.partly(index),
                concerns=concerns(_judged(figures, question, tallies.get(address, ()))),
                changed=now is not None and now != question,
                edit=editor_of(address, course) if now is not None else None,
            )
        )  # fmt: skip
    return rows


def _judged(figures: ItemStatistics, question: Question, options: tuple[OptionTally, ...]) -> Judged:
    told = figures.discrimination_index
    discrimination = None if told is None else told / PERCENT
    return Judged(figures.n, figures.facility, discrimination, question.guess_score(), options)


def option_tallies(asked: Asked, addresses: Iterable[str], versions: Versions) -> dict[str, tuple[OptionTally, ...]]:
    """How often each option was chosen, and how those who chose it did, for the questions that have options."""
    questions = {address: versions.newest(address) for address in addresses}
    with_options = {address: options for address, each in questions.items() if (options := choosable(each))}
    counts = {address: [0] * len(options) for address, options in with_options.items()}
    sums = {address: [0.0] * len(options) for address, options in with_options.items()}
    for each in answer_counts(asked, with_options) if with_options else ():
        question = questions[each.question]
        response = response_now(question, each.response, versions.at(each.revision_id, each.question))
        for option in () if response is None or each.mean is None else chosen_in(question, response):
            counts[each.question][option] += each.count
            sums[each.question][option] += each.count * each.mean
    return {
        address: tuple(
            OptionTally(option.letter, option.right, count, total / count if count else None)
            for option, count, total in zip(options, counts[address], sums[address], strict=True)
        )
        for address, options in with_options.items()
    }


def editor_of(address: str, course: Course | None) -> Editor | None:
    """Where a question is written: `course/quiz/question`, `course/bank/question`, or a shared `bank/question`."""
    *owner, holder, question_id = address.split("/")
    if not owner:
        return Editor(SHARED, f"bank/{holder}", question_id)
    in_bank = course is not None and holder in course.banks
    return Editor(owner[0], f"bank/{holder}" if in_bank else holder, question_id)
