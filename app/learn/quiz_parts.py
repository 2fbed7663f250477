"""Parts of a quiz's pages."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.web.templating import render


def part(template: str, **values: Any) -> Markup:
    """A part of a page: the template's text, without what only whole pages know."""
    return Markup(render(template, **values))  # noqa: S704 (a rendered template)
