"""In which language a command speaks, and how it says a sentence: for commands that need no app."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.texts.local import DEFAULT_LANGUAGE, Language

CATALOGUE: Final = Path(__file__).parent.parent / "web" / "translations"

Gettext = Callable[[str], str]


def spoken_language(wanted: Language | None = None) -> Language:
    """`wanted`, else English where LANG begins with `en`, else Indonesian."""
    return wanted or ("en" if os.environ.get("LANG", "").startswith("en") else DEFAULT_LANGUAGE)


def translation(wanted: Language | None = None) -> Gettext:
    """How messages are said in that language."""
    language = spoken_language(wanted)
    if language == DEFAULT_LANGUAGE:
        return str
    return gettext.translation("messages", CATALOGUE, [language], fallback=True).gettext
