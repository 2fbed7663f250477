"""What is done to many attempts at once: `flask quizzes close-overdue`, `override` and `regrade`."""

from app.marking.commands import closing, overrides, regrading  # noqa: F401  (they join the group)
from app.quizzes.commands import quizzes

__all__ = ["quizzes"]
