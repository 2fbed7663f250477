"""The page of a quiz's settings: each with what the preset gives, and what is otherwise than in the preset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.authoring.holding import get_holder, holders_of
from app.authoring.rules.quiz_fields import (
    GROUPS,
    PRESET_WORDS,
    REVIEW,
    REVIEW_LABEL,
    SETTINGS,
    THING_WORDS,
    TIME_WORDS,
    UNITS,
    Setting,
)
from app.authoring.rules.quiz_settings import (
    OVERALL,
    Fields,
    differing,
    given,
    local_part,
    preset_of,
    setting_faults,
    settings_in,
    text_of,
    without,
)
from app.catalogue.queries import Workspace
from app.content.editing import Value
from app.content.review import THINGS, TIMES
from app.content.schema import BANDS_LIMIT
from app.errors import N_, Message
from app.web.frame import show_page
from app.web.languages import language, ngettext, tell

Faults = tuple[tuple[str, Message], ...]
LABELS: Final[Mapping[str, Message]] = {**{each.key: each.label for each in SETTINGS}, REVIEW: REVIEW_LABEL}


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting that is otherwise than in the preset: its words, here and there."""

    key: str
    label: str
    here: str
    there: str


def settings_page(workspace: Workspace, quiz_id: str, fields: Fields, faults: Faults | None = None) -> str:
    """The settings of a quiz. `fields`: what the form holds; `faults` None: what the file itself has is told."""
    holder = get_holder(holders_of(workspace), quiz_id, "quiz")
    preset = preset_of(holder.value)
    told = setting_faults(workspace.files[holder.path], holder.at) if faults is None else faults
    return show_page(
        "authoring/quiz_settings.html",
        workspace=workspace,
        holder=holder,
        title=local_part(holder.value.get("title"), language()) or holder.title,
        preset=preset,
        presets=PRESET_WORDS,
        groups=GROUPS,
        fields=fields,
        options={each.key: _options(each, fields.get(each.key, "")) for each in SETTINGS if each.widget == "choice"},
        usual={each.key: value_words(each, given(holder.value, each.key)) for each in SETTINGS},
        differences=differences_of(holder.value),
        faults=_by_field(told),
        units=UNITS,
        times=[(time, TIME_WORDS[time]) for time in TIMES],
        things=[(thing, THING_WORDS[thing]) for thing in THINGS],
        bands=range(min(_bands(fields) + 1, BANDS_LIMIT)),
        refused=faults is not None,
    )


def _bands(fields: Fields) -> int:
    """How many rows of closing words the form has."""
    rows = [name.split(".")[1] for name in fields if name.startswith(f"{OVERALL}.") and fields[name]]
    return 1 + max((int(row) for row in rows if row.isdecimal() and len(row) < 4), default=-1)


def _by_field(faults: Faults) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, message in faults:
        found.setdefault(name, []).append(tell(message))
    return found


def new_faults(before: Faults, after: Faults) -> Faults:
    """What a change brought with it: what was faulty before may be mended later."""
    known = {(name, str(message)) for name, message in before}
    return tuple((name, message) for name, message in after if (name, str(message)) not in known)


def differences_of(quiz: Mapping[str, Value]) -> list[Difference]:
    """What is otherwise than in the preset, in words."""
    own, usual = settings_in(quiz), settings_in({"preset": preset_of(quiz)})
    settings = {each.key: each for each in SETTINGS}
    return [
        Difference(
            key,
            tell(LABELS[key]),
            value_words(settings[key], text_of(own, key)) if key in settings else "",
            value_words(settings[key], text_of(usual, key)) if key in settings else "",
        )
        for key in differing(quiz)
    ]


def value_words(setting: Setting, text: str) -> str:
    """A setting's value as people say it."""
    if not text:
        return tell(N_("tidak ada"))
    if setting.widget == "percent":
        return f"{text}%"
    count, _, unit = text.partition(" ")
    if setting.widget == "duration" and count.isdecimal() and unit in UNITS:
        return _length(int(count), unit)
    if setting.counts and text.isdecimal():
        return ngettext("%(count)s kali", "%(count)s kali", int(text)) % {"count": text}
    return tell(setting.choices[text]) if text in setting.choices else text


def _length(count: int, unit: str) -> str:
    sentences = {
        "min": ngettext("%(count)s menit", "%(count)s menit", count),
        "hour": ngettext("%(count)s jam", "%(count)s jam", count),
        "day": ngettext("%(count)s hari", "%(count)s hari", count),
    }
    return sentences[unit] % {"count": count}


def _options(setting: Setting, typed: str) -> list[tuple[str, str]]:
    """The values of a choice with their words; what the file has beside them is among them, as written."""
    known = [*setting.choices, *(str(count) for count in setting.counts)]
    return [(each, value_words(setting, each)) for each in [*known, *([typed] if typed and typed not in known else [])]]


def back_to_preset(quiz: Mapping[str, Value], key: str) -> dict[str, Value]:
    """The quiz without what it says otherwise than its preset in one setting."""
    return without(quiz, key) if key in LABELS else dict(quiz)
