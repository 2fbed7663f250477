"""What an item analysis is asked in its address: which attempts of each person, and of which version."""

from __future__ import annotations

from app.marking.queries.item_marks import Asked
from app.marking.rules.item_choice import AttemptChoice
from app.teaching.queries import NamedQuiz
from app.web.forms import BaseForm, NumberField, TextField


class AnalysisForm(BaseForm):
    """Which attempts count. What names none asks for the usual: the first of each person, of every version."""

    attempts = TextField(default="")
    version = NumberField()  # a revision's id

    @property
    def choice(self) -> AttemptChoice:
        """Which attempts of each person."""
        named = self.attempts.data or ""
        return AttemptChoice(named) if named in list(AttemptChoice) else AttemptChoice.FIRST

    def asked(self, quiz: NamedQuiz) -> Asked:
        """The same, of a quiz."""
        return Asked(quiz.course_slug, quiz.quiz_id, self.choice, self.version.data)

    def at(self, quiz: NamedQuiz) -> dict[str, object]:
        """The same as the values of an address."""
        first = self.choice is AttemptChoice.FIRST
        return {
            "slug": quiz.course_slug,
            "quiz_id": quiz.quiz_id,
            "attempts": None if first else self.choice.value,
            "version": self.version.data,
        }
