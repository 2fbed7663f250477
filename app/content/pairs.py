"""Tests before and after a course, pair by pair, and those that come in two forms of which everybody takes one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.content.activities import Activity, Quiz, TestForm

FORMS: Final[Sequence[TestForm]] = ("A", "B")
OTHER: Final[Mapping[TestForm, TestForm]] = {"A": "B", "B": "A"}
Side = Sequence[Quiz]


@dataclass(frozen=True, slots=True)
class Pair:
    """The quizzes before and after of one pair, in the course's order; `name` None is the pair without a name."""

    name: str | None
    before: Side
    after: Side

    @property
    def crossed(self) -> bool:
        """Whether both sides come in two forms, so that half of the people may take A first and half B first."""
        sides = ([each.settings.form or "" for each in side] for side in (self.before, self.after))
        return all(sorted(side) == ["A", "B"] for side in sides)


def pairs_among(activities: Iterable[Activity]) -> tuple[Pair, ...]:
    """Every pair among these activities, in the order in which they begin. One side may be missing."""
    sides: dict[str | None, tuple[list[Quiz], list[Quiz]]] = {}
    for each in activities:
        if isinstance(each, Quiz) and each.settings.purpose != "practice":
            both = sides.setdefault(each.settings.pair, ([], []))
            both[each.settings.purpose == "posttest"].append(each)
    return tuple(Pair(name, *both) for name, both in sides.items())


def after_other_courses(activities: Sequence[Activity]) -> int | None:
    """Where among a course's activities the learning in other courses belongs: at its first test after, where tests
    before and after are all it asks. None: it has questions to practise with, or not both tests.
    """
    purposes = [each.settings.purpose if isinstance(each, Quiz) else None for each in activities]
    return purposes.index("posttest") if {*purposes} - {None} == {"pretest", "posttest"} else None


@dataclass(frozen=True, slots=True)
class Forms:
    """One test, before or after, in its two forms: the ids of its quizzes. Learners see one activity, at `place`.

    `pair` is that of both tests; somebody's form after is the other one than before.
    """

    pair: str | None
    after: bool
    quizzes: Mapping[TestForm, str]

    @property
    def place(self) -> str:
        """The quiz that stands for both: form A, so that weights and grades hold when quizzes change places."""
        return self.quizzes["A"]

    def quiz_for(self, first: TestForm) -> str:
        """The quiz of who takes this form in the test before."""
        return self.quizzes[OTHER[first] if self.after else first]

    def first_of(self, quiz_id: str) -> TestForm:
        """The form before of who takes this quiz."""
        form: TestForm = "A" if self.quizzes["A"] == quiz_id else "B"
        return OTHER[form] if self.after else form


def forms_among(activities: Iterable[Activity]) -> Mapping[str, Forms]:
    """By each quiz's id the test it is a form of; none of pairs that are not `crossed`."""
    found: dict[str, Forms] = {}
    for pair in pairs_among(activities):
        for after, side in enumerate((pair.before, pair.after)) if pair.crossed else ():
            quizzes = {each.settings.form: each.id for each in side if each.settings.form}
            forms = Forms(pair.name, bool(after), quizzes)
            found.update((each.id, forms) for each in side)
    return found
