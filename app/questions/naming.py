"""How a person names a part of a question in JSON: by its text in one of its languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.questions.natural import scalar_text
from app.questions.options import CHOICE_LIMIT, Choice
from app.questions.short_text import comparable
from app.texts.local import LANGUAGES, LocalText
from app.texts.markdown import plain


def form_of(text: str) -> str:
    """A text as it is looked for: without its Markdown; blanks around it and capitals do not count."""
    return comparable(plain(text), case_sensitive=False)


def indexes_by_form(texts: Iterable[LocalText]) -> dict[str, int]:
    """Form -> index, in every language; the first where two texts share a form."""
    found: dict[str, int] = {}
    for index, text in enumerate(texts):
        for _, each in text.items():
            found.setdefault(form_of(each), index)
    return found


def part_named(value: object, indexes: Mapping[str, int]) -> Choice:
    """The part that a JSON value names; a whole number that is no part's text is an index, from 0.

    What names none is kept as text, which grades invalid. Raises ValueError on a list or map.
    """
    typed = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else scalar_text(value, "en")
    index = indexes.get(form_of(typed))
    if index is None and isinstance(value, int) and not isinstance(value, bool) and value in indexes.values():
        return value
    return typed[:CHOICE_LIMIT] if index is None else index


def twice(texts: Iterable[LocalText]) -> Iterator[tuple[int, str]]:
    """Texts that look like an earlier one in one of the languages: positions and texts."""
    seen: set[tuple[str, str]] = set()
    for index, text in enumerate(texts):
        looks = {(language, form_of(text.in_(language))) for language in LANGUAGES}
        if looks & seen:
            yield index, text.id
        seen |= looks
