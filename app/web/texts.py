"""Course texts in templates: Markdown in the reader's language, rendered once per text and then remembered."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from app.texts.local import LocalText
from app.texts.markdown import render_inline


def inline(text: LocalText | str, language: str = "id") -> Markup:
    """A course's text (in `language` where it has several) as clean HTML."""
    source = text.in_(language) if isinstance(text, LocalText) else text
    return Markup(render_inline(source))  # noqa: S704 (render_inline ends in the one clean())


def init_texts(app: Flask) -> None:
    """Give templates the filter."""
    app.jinja_env.filters["inline"] = inline
