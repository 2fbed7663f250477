"""The interface's languages: a sentence is one dict look-up, a number or date is written as its reader writes it."""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import cast

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal
from flask import Flask, g, request

from app.errors import Message
from app.settings import Settings
from app.texts.local import DEFAULT_LANGUAGE, LANGUAGES

FOLDER = Path(__file__).parent / "translations"
COOKIE = "rak_language"


@cache
def catalogue(language: str) -> catalogues.NullTranslations:
    """The sentences of a language; Indonesian is the source and needs none. A stale or absent .mo is made in memory."""
    if language == DEFAULT_LANGUAGE:
        return catalogues.NullTranslations()
    source = FOLDER / language / "LC_MESSAGES" / "messages.po"
    made = source.with_suffix(".mo")
    if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
        return catalogues.GNUTranslations(BytesIO(made.read_bytes()))
    from babel.messages.mofile import write_mo  # needed only where the sentences changed since they were compiled
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines))
    return catalogues.GNUTranslations(BytesIO(compiled.getvalue()))


def language() -> str:
    """The language of this request; Indonesian outside one."""
    try:
        return cast("str", g.get("language", DEFAULT_LANGUAGE))
    except RuntimeError:  # asking first would cost every page as much again
        return DEFAULT_LANGUAGE


def gettext(msgid: str) -> str:
    """An Indonesian sentence in the reader's language."""
    return catalogue(language()).gettext(msgid)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The same for a sentence that depends on a number."""
    return catalogue(language()).ngettext(singular, plural, count)


def tell(message: Message) -> str:
    """A message from pure code, in the reader's language."""
    return message.text(gettext)


def choose_language(preferred: str | None = None) -> None:
    """Settle this request's language: the signed-in person's, else the cookie's, else Indonesian."""
    wanted = preferred or request.cookies.get(COOKIE, "")
    g.language = wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE


def number(value: float, digits: int = 0) -> str:
    """0,59 or 0.59; 1.234 or 1,234."""
    return _number(value, digits, language())


@lru_cache(maxsize=4096)  # a page or a file tells the same few numbers again and again
def _number(value: float, digits: int, wanted: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=wanted))


def init_languages(app: Flask, settings: Settings) -> None:
    """Give templates `_`, `{% trans %}` and the ways to write numbers and times in the reader's language and zone."""
    zone = settings.time_zone

    def clock_time(moment: datetime) -> str:
        local = moment.astimezone(zone)
        return f"{local:%H.%M}" if language() == DEFAULT_LANGUAGE else f"{local:%H:%M}"

    def day(moment: datetime | date) -> str:
        local = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
        return str(babel_date(local, "d MMMM y", locale=language()))

    def moment_text(moment: datetime) -> str:
        return f"{day(moment)}, {clock_time(moment)} {settings.time_zone_label}"

    app.jinja_env.add_extension("jinja2.ext.i18n")
    install: Callable[..., None] = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]  # from the extension
    install(gettext, ngettext, newstyle=True)
    app.jinja_env.filters.update(clock_time=clock_time, day=day, moment=moment_text, number=number, tell=tell)
