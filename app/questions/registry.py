"""All kinds of question by the name their files use. A kind is one module, one line here and one template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from app.questions.base import Question
from app.questions.categorise import Categorise
from app.questions.cloze import Cloze
from app.questions.essay import Essay
from app.questions.file import File
from app.questions.gap_select import GapSelect
from app.questions.hotspot import Hotspot
from app.questions.information import Information
from app.questions.likert import Likert
from app.questions.matching import Matching
from app.questions.multiple import Multiple
from app.questions.number import Number
from app.questions.ordering import Ordering
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
        "matching": Matching,
        "ordering": Ordering,
        "categorise": Categorise,
        "cloze": Cloze,
        "gap-select": GapSelect,
        "hotspot": Hotspot,
        "essay": Essay,
        "file": File,
        "likert": Likert,
        "information": Information,
    }
)


# What scripts make easier for fingers and mice. Every kind works without.
_SCRIPTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "matching": "drag.js",
        "ordering": "drag.js",
        "categorise": "drag.js",
        "gap-select": "drag.js",
        "hotspot": "hotspot.js",
    }
)


def scripts_of(questions: Iterable[Question[Any]]) -> tuple[str, ...]:
    """The scripts that a page with these questions may load beside its own, each once."""
    return tuple(sorted({_SCRIPTS[each.type] for each in questions if each.type in _SCRIPTS}))


def template_of(question: Question[Any]) -> str:
    """The name of the partial that shows this question, for the template loader."""
    return f"questions/{question.type}.html"
