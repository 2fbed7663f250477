"""How much of an unsaved form is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.errors import N_, Refusal

FIELDS_LIMIT: Final = 200
BYTES_LIMIT: Final = 256 * 1024


class PadTooLarge(Refusal):
    """A form with more in it than is kept while it is not saved."""

    status = 413

    def __init__(self) -> None:
        super().__init__(N_("Isian ini terlalu panjang untuk dijaga otomatis. Simpan draf lebih sering."))


def bounded(fields: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """The fields, without what no database takes. Raises PadTooLarge."""
    kept = {name: [each.replace("\0", "") for each in values] for name, values in fields.items()}
    size = sum(len(name.encode()) + sum(len(each.encode()) for each in values) for name, values in kept.items())
    if sum(len(values) for values in kept.values()) > FIELDS_LIMIT or size > BYTES_LIMIT:
        raise PadTooLarge
    return kept
