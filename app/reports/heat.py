"""The heat map's rows as they stand on the page and in the files: a group with a cell for each column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.competencies.queries.groups import Cell, Group
from app.competencies.rules import Pooled, State
from app.errors import N_
from app.people.rules.organisations import KIND_LABELS, OrganisationKind
from app.reports.rules.columns import Column
from app.web.languages import tell


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A group in a column. `figure` None: nobody has enough answers; `answered`: whether anybody has any.

    `states`: people by state, of one competency alone; over several a person may be in each of them.
    """

    column: Column
    figure: Pooled | None
    answered: bool
    states: Mapping[State, int]

    @property
    def state(self) -> State:
        """How the mean stands to the cut."""
        return self.figure.state if self.figure else State.TOO_FEW


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A group by name, with a cell for each column."""

    group: Group
    name: str
    cells: tuple[HeatCell, ...]


def heat_rows(groups: Iterable[Group], columns: Sequence[Column]) -> Iterator[HeatRow]:
    """The rows of these groups."""
    return (HeatRow(each, group_name(each), tuple(_cell(each.cells, column) for column in columns)) for each in groups)


def group_name(group: Group) -> str:
    """What a row is called."""
    if group.name is not None:
        return group.name
    return tell(KIND_LABELS[OrganisationKind(group.key)] if group.key is not None else N_("Tanpa lembaga"))


def _cell(cells: Mapping[str, Cell], column: Column) -> HeatCell:
    found = {each.id: cells[each.id] for each in column.competencies if each.id in cells}
    figure = column.figure({name: cell.mean for name, cell in found.items()})
    states = {} if column.is_area else next((cell.states for cell in found.values()), {})
    return HeatCell(column, figure, bool(found), states)
