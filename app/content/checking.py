"""Check files on disk: a whole courses/ folder, one course, or one file of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

from app.content.compile import read_course
from app.content.faults import Fault, Findings, in_order
from app.content.folders import COURSE_FILE, SHARED_FOLDER, read_folder, read_shared_files, read_tree
from app.content.lint import untranslated
from app.content.reading import read_document
from app.content.shared import FRAMEWORK_FILE, GLOSSARY_FILE, SharedReading, read_shared
from app.errors import N_

_NOTHING_EARLIER: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Checked:
    """What a check found. `untranslated` are the texts without English; `courses` counts the courses looked at."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    untranslated: tuple[Fault, ...] = ()
    courses: int = 0

    @classmethod
    def joined(cls, parts: Iterable[Checked]) -> Checked:
        """Several checks as one."""
        every = list(parts)
        return cls(
            in_order(fault for each in every for fault in each.faults),
            in_order(fault for each in every for fault in each.warnings),
            in_order(fault for each in every for fault in each.untranslated),
            sum(each.courses for each in every),
        )

    def within(self, prefix: str) -> Checked:
        """Only what concerns the file, or the folder, at `prefix`."""
        return Checked(
            tuple(_below(self.faults, prefix)),
            tuple(_below(self.warnings, prefix)),
            tuple(_below(self.untranslated, prefix)),
            self.courses,
        )

    def shown_from(self, root: Path) -> Checked:
        """The same with paths as a person in the current folder writes them; `root` is the courses/ folder."""
        return Checked(
            tuple(_shown(self.faults, root)),
            tuple(_shown(self.warnings, root)),
            tuple(_shown(self.untranslated, root)),
            self.courses,
        )


def check_path(path: Path) -> Checked:
    """Check a courses/ folder, a course's folder, or a file or folder inside one. Raises OSError where none is."""
    here = path.resolve()
    course = next((each for each in (here, *here.parents) if (each / COURSE_FILE).is_file()), None)
    if course is None and here.is_dir() and _could_be_course(here):
        course = here
    if course is not None:
        checked = _check_course(course)
        return checked.within(_prefix(here, course.parent)).shown_from(course.parent)
    root = next((each for each in (here, *here.parents) if each.is_dir() and _is_root(each)), None)
    if root is None:
        root = here if here.is_dir() else here.parent
    return _check_root(root).within(_prefix(here, root)).shown_from(root)


def _could_be_course(folder: Path) -> bool:
    return folder.name != SHARED_FOLDER and not _is_root(folder) and _is_root(folder.parent)


def _is_root(folder: Path) -> bool:
    if any((folder / name).is_file() for name in (FRAMEWORK_FILE, GLOSSARY_FILE)):
        return True
    return any(folder.glob(f"*/{COURSE_FILE}"))


def _check_root(root: Path) -> Checked:
    tree = read_tree(root)
    findings, shared = _read_shared(tree.shared_files)
    parts = [_found(findings, tree.shared_files, tree.shared_faults)]
    parts += [_check(slug, files, tree.faults.get(slug, ()), shared) for slug, files in tree.courses.items()]
    return Checked.joined(parts)


def _check_course(folder: Path) -> Checked:
    shared_files, _ = read_shared_files(folder.parent)
    _, shared = _read_shared(shared_files)
    files, faults = read_folder(folder)
    return _check(folder.name, files, faults, shared)


def _read_shared(files: Mapping[str, bytes]) -> tuple[Findings, SharedReading]:
    findings = Findings("courses")
    return findings, read_shared(files, _NOTHING_EARLIER, findings)


def _check(slug: str, files: Mapping[str, bytes], faults: tuple[Fault, ...], shared: SharedReading) -> Checked:
    findings = Findings(f"courses/{slug}")
    read_course(slug, files, shared, _NOTHING_EARLIER, findings)
    found = _found(findings, files, faults)
    return Checked(found.faults, found.warnings, found.untranslated, courses=1)


def _found(findings: Findings, files: Mapping[str, bytes], faults: tuple[Fault, ...]) -> Checked:
    missing = english_missing(files, findings.root)
    return Checked(in_order([*findings.errors, *faults]), findings.warnings, missing)


def english_missing(files: Mapping[str, bytes], folder: str = "") -> tuple[Fault, ...]:
    """The texts of these files that have no English; paths are told below `folder`."""
    missing = Findings(folder)
    for path in sorted(files):
        if path.endswith(".yaml"):
            root = read_document(files[path], Findings().of(path))
            for place in untranslated(root) if root is not None else ():
                missing.add(path, place, N_("Teks ini belum ada bahasa Inggrisnya."), warning=True)
    return missing.warnings


# Paths


def _prefix(path: Path, root: Path) -> str:
    """Where `path` stands, named as faults name it: from `courses`."""
    return str(PurePosixPath("courses", *path.relative_to(root).parts))


def _below(faults: Iterable[Fault], prefix: str) -> Iterator[Fault]:
    return (each for each in faults if each.path == prefix or each.path.startswith(f"{prefix}/"))


def _shown(faults: Iterable[Fault], root: Path) -> Iterator[Fault]:
    here = Path.cwd().resolve()
    base = root.relative_to(here) if root.is_relative_to(here) else root
    for each in faults:
        path = (base / each.path.removeprefix("courses/")).as_posix()
        yield Fault(path, each.line, each.column, each.message, each.warning)
