"""Messages that a trainer sends from the own phone: in the reader's language, with the number where it may be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.errors import Message
from app.gradebook.queries.people import phones_of
from app.people.permissions import Action
from app.web.guard import reach
from app.web.languages import catalogue


def written(lines: Iterable[Message | str], speech: str) -> str:
    """A message's lines as its reader reads them."""
    say = catalogue(speech).gettext
    return "\n".join(line.text(say) if isinstance(line, Message) else line for line in lines)


def phones_in_reach(ids: Sequence[int]) -> dict[int, str]:
    """Their numbers as far as the reader may see them: trainers do not, who keeps the accounts does."""
    accounts = reach(Action.MANAGE_PEOPLE)
    return phones_of(ids, accounts) if accounts is not None and ids else {}
