"""What the list of attempts is asked in its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.errors import N_, Message
from app.marking.queries.attempts import AttemptFilter
from app.quizzes.rules.starting import AttemptState
from app.web.forms import BaseForm, NumberField, TextField

GROUPS: Final[Mapping[str, tuple[Message, tuple[AttemptState, ...]]]] = {
    "open": (N_("Sedang dikerjakan"), (AttemptState.IN_PROGRESS, AttemptState.OVERDUE)),
    "submitted": (N_("Menunggu dinilai"), (AttemptState.SUBMITTED,)),
    "finished": (N_("Sudah dinilai"), (AttemptState.FINISHED,)),
    "abandoned": (N_("Tidak dikumpulkan"), (AttemptState.ABANDONED,)),
    "deleted": (N_("Dihapus"), (AttemptState.DELETED,)),
}
"""What `state` may be in the address -> its words, and the stored states it means."""


class AttemptsForm(BaseForm):
    """Which attempts are looked for."""

    state = TextField(default="")
    cohort = NumberField()

    @property
    def wanted(self) -> AttemptFilter:
        """As the query takes it. A state that there is not asks nothing."""
        _, states = GROUPS.get(self.state.data or "", (None, ()))
        return AttemptFilter(states, self.cohort.data)

    @property
    def asks(self) -> bool:
        """Whether anything is asked."""
        return self.wanted != AttemptFilter()

    def fields(self, page: int) -> dict[str, object]:
        """The same question as an address's fields, at another page."""
        return {**{name: value for name, value in self.data.items() if value}, **({"page": page} if page > 1 else {})}
