"""What a phone is told of an answer it had kept: stored, or why it never will be.

Pages keep answers in the browser until the server has acknowledged them, and send them later from whatever page is open
then. Such a sender asks for JSON: a notice or a redirect meant for the learner's next page would reach the wrong one.
"""

from __future__ import annotations

from typing import Any, Final

from flask.typing import ResponseReturnValue

from app.errors import N_, Message, Refusal
from app.learn.quiz_pages import NOTED, saved_words
from app.learn.received_files import refused_to_script
from app.quizzes.operations import new_page_token
from app.quizzes.rules.answering import AlreadyChecked, AnswerRow, NewerAnswer
from app.web.languages import tell

TOO_LATE: Final = N_("Jawaban terakhir datang setelah waktu habis, jadi tidak disimpan.")


def kept_now(row: AnswerRow | None, *, noted: bool = False) -> ResponseReturnValue:
    """It is stored, and when: only this makes the phone forget it. A later answer is sent under the names `page` and
    `seen`. None: it was empty, and so is the slot; `noted`: but whether the learner is unsure was kept. `files`: why
    some were not taken.
    """
    words = saved_words(row) if row else tell(NOTED) if noted else ""
    told: dict[str, Any] = {"saved": words, "page": new_page_token(), "seen": row.seq if row else 0}
    return told | ({"files": refused} if (refused := refused_to_script()) else {})


def never_kept(message: Message, reason: str) -> ResponseReturnValue:
    """It was not stored and would not be if it came again. `reason`: `newer` where the learner may still choose between
    two answers, else `over` or `checked`.
    """
    return {"reason": reason, "error": tell(message)}, 409


def reason_of(refusal: Refusal) -> str:
    """A refused answer's reason, as `never_kept` names it."""
    if isinstance(refusal, NewerAnswer):
        return "newer"
    return "checked" if isinstance(refusal, AlreadyChecked) else "over"
