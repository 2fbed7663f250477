"""The authors' blueprint; its views are split by subject."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint

from app.authoring.rules.plain_words import plainly
from app.catalogue.rules import SHARED
from app.errors import NotFound

authoring = Blueprint("authoring", __name__, url_prefix="/authoring", template_folder="templates")
authoring.add_app_template_filter(plainly)

OF_SHARED: Final = frozenset(
    f"authoring.{name}"
    for name in (
        *("banks", "bank", "add_bank", "change_bank", "change_questions"),
        *("question", "keep_question", "new_question", "add_question", "try_question", "question_versions"),
        *("removed_question", "restore_question", "paste", "take_pasted"),
        *("yaml_side", "save_yaml", "check_yaml"),
        *("history", "changes", "restore", "restore_version", "parted", "resolve_parted"),
        *("publish", "publish_now", "schedule", "discard"),
        *("keep_pad", "drop_pad", "presence"),
    )
)
"""The pages that what all courses share has too; it has no outline, lessons, quizzes, pictures or settings."""


@authoring.url_value_preprocessor
def _only_what_is_shared(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and values.get("slug") == SHARED and endpoint not in OF_SHARED:
        raise NotFound
