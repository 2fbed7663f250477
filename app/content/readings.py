"""Files of a course that were read before: the same bytes in the same surroundings come to the same.

A reading is kept under its file's bytes and what all files of its course rest on: what is common to all courses, the
paths of the course's files, its pictures. What else a file rests on is kept beside it and must hold again: the banks
that its quizzes took from, the kinds that its addresses had before. A file that clashes with an earlier one is not
kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any, Final

from app.content.banks import Pool, Surroundings
from app.content.course import Media, Shared
from app.content.faults import Fault, Findings
from app.content.nodes import Place
from app.content.renderings import NOWHERE, Renderings

MOST: Final = 3_000_000  # bytes of the files whose readings are kept; a reading takes several times as much

Pools = Mapping[str, Pool | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: what was read of it, its faults and warnings, and what both rested on beside the key.

    `ids`: the activities named in it and where; `pools`: the banks it took from as they were; `kinds`: each address in
    it with what it is.
    """

    found: Any
    faults: tuple[Fault, ...]
    size: int  # of the file, in bytes; 1 at least
    kinds: tuple[tuple[str, str], ...] = ()
    pools: Pools = field(default_factory=dict)
    ids: Mapping[str, Place] = field(default_factory=dict)

    def holds(self, earlier: Mapping[str, str], pools: Pools, ids: Mapping[str, object]) -> bool:
        """Whether a file with these bytes would be read so again. `ids`: those of the files before it."""
        return (
            agree(self.kinds, earlier)
            and all(name in pools and pools[name] == pool for name, pool in self.pools.items())
            and ids.keys().isdisjoint(self.ids)
        )

    def note(self, path: str, findings: Findings) -> None:
        """Tell the faults and warnings of the file once more."""
        for each in self.faults:
            findings.add(path, Place(each.line, each.column, 0), each.message, each.warning)


class Readings:
    """What a process keeps of them, those used last; shared by its threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def find(self, key: str) -> Reading | None:
        """The reading kept under a key; None where there is none."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: str, reading: Reading) -> None:
        """Keep a reading in place of one with the same key."""
        with self._lock:
            old = self._kept.pop(key, None)
            self._size += reading.size - (old.size if old else 0)
            self._kept[key] = reading
            while self._size > self._most:
                self._size -= self._kept.popitem(last=False)[1].size


class BorrowedReadings(Readings):
    """What another keeps, for those who read files that nobody saved: they keep nothing."""

    def __init__(self, lender: Readings) -> None:
        super().__init__(0)
        self._lender = lender

    def find(self, key: str) -> Reading | None:
        """The reading that the other keeps."""
        return self._lender.find(key)

    def keep(self, key: str, reading: Reading) -> None:
        """Keeps nothing."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was made of texts before: lessons that were rendered, files that were read. By default nothing."""

    renderings: Renderings = NOWHERE
    readings: Readings = field(default_factory=lambda: Readings(0))


class Taken(Mapping[str, Pool | None]):
    """The banks of a course, noting which of them were looked at."""

    def __init__(self, pools: Pools) -> None:
        self._pools = pools
        self.taken: dict[str, Pool | None] = {}

    def __getitem__(self, name: str) -> Pool | None:
        self.taken[name] = self._pools[name]
        return self.taken[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pools)

    def __len__(self) -> int:
        return len(self._pools)


def surroundings_key(slug: str, paths: Mapping[str, bytes], shared: Shared, media: Mapping[str, Media]) -> str:
    """What every file of a course is read against, in one word."""
    told = [slug, shared.sha256, sorted(paths), sorted((path, each.sha256) for path, each in media.items())]
    return sha256(repr(told).encode()).hexdigest()


def file_key(around: str, path: str, data: bytes) -> str:
    """What a file's reading is kept under."""
    return f"{around} {path} {sha256(data).hexdigest()}"


def agree(kinds: tuple[tuple[str, str], ...], earlier: Mapping[str, str]) -> bool:
    """Whether no address was of another kind before."""
    return all(earlier.get(address, kind) == kind for address, kind in kinds)


def recording(around: Surroundings) -> Surroundings:
    """The same surroundings, with an empty list of what is asked of them."""
    return Surroundings(around.competencies, around.earlier, around.gallery, asked=[])
