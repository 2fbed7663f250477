"""The columns of the office's heat map: the framework's areas, an area's competencies, or one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.competencies.rules import Mean, Pooled, pooled
from app.content.course import Competency, Framework
from app.texts.local import LocalText

EVERY: Final = "all"  # asks for the competencies of all areas; no area is called so


@dataclass(frozen=True, slots=True)
class Column:
    """An area (`is_area`) with its competencies, or one competency."""

    id: str
    title: LocalText
    competencies: tuple[Competency, ...]
    is_area: bool = False

    def figure(self, means: Mapping[str, Mean | None]) -> Pooled | None:
        """What a group's means by competency come to here; None where nobody's score can be told."""
        return pooled([means.get(each.id) for each in self.competencies], [each.cut for each in self.competencies])


def columns_of(framework: Framework, area: str, competency: str) -> tuple[Column, ...]:
    """The columns asked for, "" where not: areas, where there are several with competencies; else these themselves."""
    areas = [each for each in framework.areas if each.competencies]
    if not area and not competency and len(areas) > 1:
        return tuple(Column(each.id, each.title, each.competencies, is_area=True) for each in areas)
    return tuple(Column(each.id, each.title, (each,)) for each in competencies_of(framework, area, competency))


def competencies_of(framework: Framework, area: str, competency: str) -> tuple[Competency, ...]:
    """The competencies asked for: one, those of an area, or all, in the framework's order."""
    if competency:
        return (framework.competencies[competency],)
    return tuple(each for each in framework.competencies.values() if area in ("", EVERY, each.area))
