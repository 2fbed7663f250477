"""The pages on which a quiz is regraded: what is wanted, what it would do, and what was done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, NamedTuple

from werkzeug.datastructures import MultiDict

from app.catalogue.queries import RevisionFact, history
from app.errors import Message
from app.marking.operations.regrading import Confirmed
from app.marking.queries.regrades import RegradeFact, moved_results, regrades_of
from app.marking.queries.regrading import previewed, questions_to_decide, standing_decisions
from app.marking.rules.decisions import DECISION_WORDS, Decision, ReasonMissing, Wanted
from app.marking.rules.marks import Result
from app.marking.rules.regrading import Kept, Moved
from app.paging import page_within
from app.questions.base import Question
from app.quizzes.rules.starting import AttemptState
from app.teaching.queries import NamedQuiz
from app.texts.markdown import plain
from app.web.frame import show_page
from app.web.languages import language

REASON_LIMIT: Final = 500  # characters; the page's field says the same
PAGE: Final = 50  # attempts on one page
VERSIONS: Final = 30  # the newest versions to choose from
_DIGITS: Final = 9
_LABEL: Final = 90  # characters of a question in a list


@dataclass(frozen=True, slots=True)
class RegradeForm:
    """A regrade as its page sends it. `what`: `version`, or a Decision; nothing of it is trusted."""

    what: str = "version"
    version: int | None = None  # a revision's id
    question: str = ""  # its address
    reason: str = ""
    digest: str = ""  # of what was previewed; "" before

    @classmethod
    def of_request(cls, fields: MultiDict[str, str]) -> RegradeForm:
        """What a browser sent."""
        version = fields.get("version", "")
        return cls(
            what=fields.get("what", "version"),
            version=int(version) if version.isascii() and version.isdecimal() and len(version) <= _DIGITS else None,
            question=fields.get("question", ""),
            reason=" ".join(fields.get("reason", "").replace("\0", "").split())[:REASON_LIMIT],
            digest=fields.get("digest", ""),
        )

    def wanted(self, quiz: NamedQuiz) -> Wanted:
        """The regrade that was meant."""
        if self.what not in list(Decision):
            return Wanted(quiz.course_slug, quiz.quiz_id, self.version, {})
        decisions = {self.question: Decision(self.what)} if self.question else {}
        return Wanted(quiz.course_slug, quiz.quiz_id, None, decisions)

    def confirmed(self, quiz: NamedQuiz, by: int) -> Confirmed:
        """The same, confirmed."""
        return Confirmed(self.wanted(quiz), self.reason, self.digest, by)

    @property
    def choice(self) -> dict[str, object]:
        """What was chosen, as the address of a page."""
        return {"what": self.what, "version": self.version, "question": self.question, "reason": self.reason}


class Row(NamedTuple):
    """One attempt's result before and after. `name` None: the quiz keeps it from who marks until all is marked."""

    attempt_id: int
    name: str | None
    number: int
    old: Result
    new: Result


class KeptRow(NamedTuple):
    """Answers to one question that keep their mark, and why."""

    label: str
    reason: Message
    answers: int


def regrade_page(quiz: NamedQuiz, form: RegradeForm, sentence: str = "") -> str:
    """What may be wanted, and what was done before; `sentence` says why something was refused."""
    standing = standing_decisions(quiz.course_slug, quiz.quiz_id)
    questions = questions_to_decide(quiz.course_slug, quiz.quiz_id)
    return show_page(
        "teaching/regrade.html",
        quiz=quiz,
        form=form,
        sentence=sentence,
        limit=REASON_LIMIT,
        versions=history(quiz.course_slug)[:VERSIONS],
        questions=[(address, _label(address, each)) for address, each in questions.items() if address not in standing],
        regrades=[(each, done_words(each)) for each in regrades_of(quiz.course_slug, quiz.quiz_id)],
    )


def preview_page(quiz: NamedQuiz, form: RegradeForm, page: int = 1, *, changed: bool = False) -> str:
    """What the regrade would do. `changed`: it is not what was confirmed. Raises as `previewed`, ReasonMissing."""
    if not form.reason:
        raise ReasonMissing
    wanted = form.wanted(quiz)
    found = previewed(wanted)
    moved = sorted(found.plan.moved, key=_worst_first)
    page, pages = page_within(len(moved), page, PAGE)
    return show_page(
        "teaching/regrade_preview.html",
        quiz=quiz,
        form=form,
        plan=found.plan,
        digest=found.digest,
        changed=changed,
        kept=_kept_rows(quiz, found.plan.kept),
        rows=[_row(quiz, each) for each in moved[(page - 1) * PAGE : page * PAGE]],
        page=page,
        pages=pages,
        done=_wanted_words(wanted),
    )


def made_page(quiz: NamedQuiz, regrade: RegradeFact, page: int = 1, sentence: str = "") -> str:
    """A regrade that was made: what it moved, and the button that undoes it; `sentence` says why it was not undone."""
    results = [each for each in moved_results(regrade.id) if not each.at_hand_in]
    page, pages = page_within(len(results), page, PAGE)
    shown = results[(page - 1) * PAGE : page * PAGE]
    return show_page(
        "teaching/regrade_made.html",
        quiz=quiz,
        regrade=regrade,
        done=done_words(regrade),
        rows=[
            Row(each.attempt_id, _name(quiz, each.name, each.new), each.number, each.old, each.new) for each in shown
        ],
        total=len(results),
        page=page,
        pages=pages,
        sentence=sentence,
    )


class Done(NamedTuple):
    """What a regrade does, in words: the version whose keys count (None: none), and each question decided on."""

    version: RevisionFact | None
    decided: list[tuple[str, Message]]


def done_words(regrade: RegradeFact) -> Done:
    """What a regrade did."""
    return _wanted_words(Wanted(regrade.course_slug, regrade.quiz_id, regrade.revision_id, regrade.decisions))


def _wanted_words(wanted: Wanted) -> Done:
    version = None
    if wanted.revision_id is not None:
        version = next((each for each in history(wanted.course_slug) if each.id == wanted.revision_id), None)
    questions = questions_to_decide(wanted.course_slug, wanted.quiz_id) if wanted.decisions else {}
    decided = [(_label(name, questions.get(name)), DECISION_WORDS[each]) for name, each in wanted.decisions.items()]
    return Done(version, decided)


def _label(address: str, question: Question | None) -> str:
    """A question in one line: its id, and how its text begins."""
    name = address.rpartition("/")[2]
    if question is None:
        return name
    text = " ".join(plain(question.text.in_(language())).split())
    return f"{name}: {text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + '…'}"


def _kept_rows(quiz: NamedQuiz, kept: tuple[Kept, ...]) -> list[KeptRow]:
    questions = questions_to_decide(quiz.course_slug, quiz.quiz_id) if kept else {}
    counts = Counter((each.question, each.reason.msgid) for each in kept)
    return [
        KeptRow(_label(address, questions.get(address)), Message(msgid), count)
        for (address, msgid), count in counts.items()
    ]


def _row(quiz: NamedQuiz, moved: Moved) -> Row:
    attempt = moved.attempt
    return Row(attempt.id, _name(quiz, attempt.name, moved.old), attempt.number, moved.old, moved.new)


def _name(quiz: NamedQuiz, name: str, result: Result) -> str | None:
    return None if quiz.blind and result.state is AttemptState.SUBMITTED else name


def _worst_first(moved: Moved) -> tuple[bool, bool, str, int]:
    """Who no longer passes, then who passes now, then the others by name."""
    passed, passes = bool(moved.old.passed), bool(moved.new.passed)
    return (not passed > passes, not passes > passed, moved.attempt.name, moved.attempt.id)
