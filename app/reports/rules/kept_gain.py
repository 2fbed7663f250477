"""What a group gained in a form that can be kept: numbers and words, and back. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.errors import Message
from app.psychometrics.intervals import Interval
from app.reports.rules.gain import AskedTwice, NamedGain

if TYPE_CHECKING:
    from app.psychometrics.gain import ItemGain

_INTERVALS = ("before_interval", "after_interval", "gain_interval", "effect_interval")


def gains_to_keep(gains: Sequence[NamedGain]) -> list[dict[str, Any]]:
    """Groups, whose names are plain words."""
    return [{"name": each.name.msgid, "gain": asdict(each.gain), "fell": each.fell} for each in gains]


def kept_gains(kept: Sequence[dict[str, Any]]) -> tuple[NamedGain, ...]:
    """The groups again."""
    from app.psychometrics.gain import GainClass, GroupGain

    found = []
    for each in kept:
        numbers = dict(each["gain"])
        for name in _INTERVALS:
            numbers[name] = numbers[name] and Interval(*numbers[name])
        numbers["gain_class"] = numbers["gain_class"] and GainClass(numbers["gain_class"])
        found.append(NamedGain(Message(each["name"]), GroupGain(**numbers), each["fell"]))
    return tuple(found)


def items_to_keep(items: Sequence[tuple[AskedTwice, ItemGain]]) -> list[list[dict[str, Any]]]:
    """Questions."""
    return [[asdict(asked), asdict(gain)] for asked, gain in items]


def kept_items(kept: Sequence[Sequence[dict[str, Any]]]) -> tuple[tuple[AskedTwice, ItemGain], ...]:
    """The questions again."""
    from app.psychometrics.gain import ItemGain

    return tuple(
        (AskedTwice(**asked), ItemGain(**{**gain, "interval": Interval(*gain["interval"])})) for asked, gain in kept
    )
