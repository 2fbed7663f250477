"""Writing a course's files where authors keep them: each whole or not at all, nothing outside the folder, no links."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import Final

from app.catalogue.rules import SHARED
from app.content.folders import read_folder, read_shared_files

try:
    from fcntl import LOCK_EX, flock
except ImportError:  # Windows
    flock = None  # type: ignore[assignment]

_UNFINISHED: Final = ".rak-"  # how files begin that are being written; readers pass over hidden ones
_BINARY: Final = getattr(os, "O_BINARY", 0)


class FolderUnsafe(OSError):
    """A link stands where a folder should: what is written there could end up anywhere."""


def folder_of(courses: Path, slug: str) -> Path:
    """Where the files of a course are; what all courses share lies in the courses folder itself."""
    return courses if slug == SHARED else courses / slug


def files_in(courses: Path, slug: str) -> Mapping[str, bytes] | None:
    """The files of a course as they lie there, none where there is no folder; None where some cannot be taken.

    Raises OSError where the courses folder cannot be read.
    """
    folder = folder_of(courses, slug)
    if not courses.is_dir():
        raise NotADirectoryError(str(courses))
    if not folder.exists():
        return {}
    if folder.is_symlink() and slug != SHARED:
        return None
    files, faults = read_shared_files(courses) if slug == SHARED else read_folder(folder)
    return None if faults else files


def write_files(courses: Path, slug: str, here: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> None:
    """Make the files that are `here` those that are `wanted`, one after the other. Raises OSError."""
    folder = folder_of(courses, slug)
    folder.mkdir(exist_ok=True)
    for path in sorted({*here, *wanted}):
        target = folder.joinpath(*_parts(path))
        if path not in wanted:
            _check(folder, target)
            target.unlink(missing_ok=True)
        elif here.get(path) != wanted[path]:
            target.parent.mkdir(parents=True, exist_ok=True)
            _check(folder, target)
            _replace(target, wanted[path])


@contextmanager
def written_alone(instance: Path) -> Iterator[None]:
    """Wait until no other process of this host writes into the courses folder."""
    if flock is None:
        yield
        return
    line = os.open(instance / "courses.queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        flock(line, LOCK_EX)
        yield
    finally:
        os.close(line)


def _parts(path: str) -> tuple[str, ...]:
    """The steps of a path within the folder. Raises FolderUnsafe where it would lead out of it."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or "\\" in path or any(each in ("..", ".") for each in parts):
        raise FolderUnsafe(path)
    return parts


def _check(folder: Path, target: Path) -> None:
    """Raises FolderUnsafe where a link stands between the folder and the file, or where the file is none."""
    for each in (target, *target.parents):
        if each == folder:
            break
        if each.is_symlink() or (each == target and each.is_dir()):
            raise FolderUnsafe(str(each))


def _replace(target: Path, data: bytes) -> None:
    unfinished = target.parent / f"{_UNFINISHED}{token_hex(6)}.tmp"
    made = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with os.fdopen(made, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(_mode(target))
        os.replace(unfinished, target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _remember(target.parent)


def _mode(target: Path) -> int:
    """As the file was; a new one is as readable as its folder."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    return stat.S_IMODE(target.parent.stat().st_mode) & 0o666


def _remember(folder: Path) -> None:
    """Let the folder's new entry outlive a power cut, where the system can."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
