"""What a person may be told: a sentence with named values, translated only at the edge (page or shell).

Pure code says *what* in Indonesian msgids; the web's handler and the commands say it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable sentence: `msgid` is Indonesian with `%(name)s` places that `values` fill (or Messages)."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence through `gettext` (default: Indonesian as written), its values filled in."""
        sentence = gettext(self.msgid)
        if not self.values:
            return sentence
        return sentence % {
            name: value.text(gettext) if isinstance(value, Message) else value for name, value in self.values.items()
        }

    def __str__(self) -> str:
        return self.text()


def N_(msgid: str, **values: object) -> Message:  # noqa: N802 (the name extraction tools look for)
    """Mark an Indonesian sentence for translation, with the facts it tells."""
    return Message(msgid, values)


class Refusal(Exception):
    """Something a person asked for that cannot be done, told in a sentence; one handler turns it into a page or JSON.

    Subclasses stand beside the rule that refuses. `status` is the HTTP status of the answer.
    """

    status = 409

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


NOT_FOUND: Final = N_("Halaman tidak ditemukan. Mungkin salah ketik atau sudah dipindahkan.")


class NotFound(Refusal):
    """What was asked for does not exist, or lies outside what this person may see: the same answer for both."""

    status = 404

    def __init__(self, message: Message = NOT_FOUND) -> None:
        super().__init__(message)
