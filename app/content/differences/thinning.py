"""Two versions of files without most of what is the same in both: what takes time is to read it.

Enough to count what changed. Entries are found by how they are written (an activity or a question of a bank two spaces
in, a question of a quiz six), and a file that is written otherwise is simply left whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Final

from app.content.editing import value_in

_ENTRY: Final = re.compile(rb"^(?=  - |      - (?:id|use|draw|section): )", re.MULTILINE)


def thinned(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """Both versions; in files of both, an entry that is the same in both has only its first line."""
    before, after = dict(old), dict(new)
    for path in old:
        if path in new and path.endswith(".yaml"):
            one, other = _thinned(old[path], new[path])
            if value_in(one) is not None and value_in(other) is not None:
                before[path], after[path] = one, other
    return before, after


def _thinned(old: bytes, new: bytes) -> tuple[bytes, bytes]:
    one, other = _ENTRY.split(old), _ENTRY.split(new)
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        for entries, start in ((one, block.a), (other, block.b)):
            for at in range(max(start, 1), start + block.size):  # the first is the file's head
                entries[at] = entries[at].splitlines(keepends=True)[0]
    return b"".join(one), b"".join(other)
