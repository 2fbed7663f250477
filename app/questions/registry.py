"""All kinds of question by the name their files use. A kind is one module, one line here and one template."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from app.questions.base import Question
from app.questions.multiple import Multiple
from app.questions.number import Number
from app.questions.short_text import ShortText
from app.questions.single import Single
from app.questions.true_false import TrueFalse

KINDS: Final[Mapping[str, type[Question[Any]]]] = MappingProxyType(
    {
        "single": Single,
        "multiple": Multiple,
        "true-false": TrueFalse,
        "short-text": ShortText,
        "number": Number,
    }
)

# Kinds an author may have read about that cannot be asked yet: a fault that says so, never accepted and ignored.
NOT_YET: Final = frozenset(
    {
        "matching",
        "ordering",
        "cloze",
        "gap-select",
        "categorise",
        "hotspot",
        "essay",
        "file",
        "likert",
        "information",
    }
)


def template_of(question: Question[Any]) -> str:
    """The name of the partial that shows this question, for the template loader."""
    return f"questions/{question.type}.html"
