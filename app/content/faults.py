"""What is wrong with a course, and where: found all at once, each told in one plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from app.content.nodes import Place
from app.errors import N_, Message

FILE_FAULTS_LIMIT: Final = 300  # a file with more is not mended one by one
NAME_LIMIT: Final = 60  # a longer name is cut where it is shown and has no near name


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at one place. `path` from the project's root; line and column from 1, columns in code points.

    A `warning` is advice and keeps nothing from being published.
    """

    path: str
    line: int
    column: int
    message: Message
    warning: bool = False

    def text(self, gettext: Callable[[str], str] = str) -> str:
        """The fault as one line, `path:line:column: message`, through `gettext` (default: Indonesian)."""
        return f"{self.path}:{self.line}:{self.column}: {self.message.text(gettext)}"

    def as_json(self, gettext: Callable[[str], str] = str) -> dict[str, object]:
        """The fault for other programs."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "level": "warning" if self.warning else "fault",
            "message": self.message.text(gettext),
        }

    def __str__(self) -> str:
        return self.text()


class ContentFaults(Exception):
    """A course (or what all share) cannot be compiled. `faults` are all of them, in the order of the files.

    `warnings` are the advice on what could be read.
    """

    def __init__(self, faults: Iterable[Fault], warnings: tuple[Fault, ...] = ()) -> None:
        self.faults = in_order(faults)
        self.warnings = warnings
        super().__init__("\n".join(str(fault) for fault in self.faults))


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults by path, line and column, those that say the same at the same place told once."""
    once = {(fault.path, fault.line, fault.column, str(fault.message)): fault for fault in faults}
    return tuple(once[key] for key in sorted(once))


@dataclass
class Findings:
    """Collects the faults of many files. After FILE_FAULTS_LIMIT of one file it only says that there are more."""

    root: str = "courses"
    faults: list[Fault] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, path: str, place: Place, message: Message, warning: bool = False) -> None:
        """Note a fault in the file `path` (relative to `root`)."""
        count = self._counts[path] = self._counts.get(path, 0) + 1
        if count > FILE_FAULTS_LIMIT:
            return
        if count == FILE_FAULTS_LIMIT:
            message = N_("Masih ada kesalahan lain di file ini. Betulkan dulu yang di atas.")
            warning = False
        self.faults.append(Fault(f"{self.root}/{path}", place.line, place.column, message, warning))

    def of(self, path: str) -> Notes:
        """Where to note what is found in one file."""
        return Notes(self, path)

    def full(self, path: str) -> bool:
        """True where nothing more is noted about a file."""
        return self._counts.get(path, 0) >= FILE_FAULTS_LIMIT

    def spoiled(self, path: str) -> bool:
        """True where a file has a fault (not only warnings)."""
        return any(fault.path == f"{self.root}/{path}" and not fault.warning for fault in self.faults)

    @property
    def errors(self) -> list[Fault]:
        """The faults without the warnings."""
        return [fault for fault in self.faults if not fault.warning]

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The warnings alone, in order."""
        return in_order(fault for fault in self.faults if fault.warning)


@dataclass(frozen=True, slots=True)
class Notes:
    """The findings of one file."""

    findings: Findings
    path: str

    def add(self, place: Place, message: Message, warning: bool = False) -> None:
        """Note a fault, or a warning."""
        self.findings.add(self.path, place, message, warning)

    @property
    def full(self) -> bool:
        """True where nothing more is noted."""
        return self.findings.full(self.path)

    @property
    def spoiled(self) -> bool:
        """True where the file has a fault."""
        return self.findings.spoiled(self.path)


def near_name(name: str, names: Iterable[str]) -> str | None:
    """The known name a person most likely meant; None where none is near."""
    if len(name) > NAME_LIMIT:
        return None
    known = list(names)
    folded = {each.casefold(): each for each in known}
    found = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def shown(name: str) -> str:
    """A name as a fault shows it: on one line, cut where it is long."""
    line = " ".join(name.split())
    return line if len(line) <= NAME_LIMIT else f"{line[:NAME_LIMIT]}…"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names side by side; past `most` only an ellipsis."""
    known = list(names)
    return ", ".join(known[:most]) + (", …" if len(known) > most else "")


def unknown(sentence: Message, name: str, names: Iterable[str]) -> Message:
    """`sentence`, and after it the nearest known name or, where none is near, what is allowed."""
    known = list(names)
    near = near_name(name, known)
    if near is not None:
        return N_("%(fault)s Mungkin maksud Anda: %(near)s.", fault=sentence, near=near)
    if not known:
        return sentence
    return N_("%(fault)s Yang dikenal: %(names)s.", fault=sentence, names=listed(known))


def placed(faults: Iterable[Fault], paths: Mapping[str, str]) -> tuple[Fault, ...]:
    """The same faults under other paths (how a person named the folder); a path not named stays."""
    return tuple(
        Fault(paths.get(fault.path, fault.path), fault.line, fault.column, fault.message, fault.warning)
        for fault in faults
    )
