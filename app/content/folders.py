"""Folders on disk -> the bytes that courses are compiled from. Nothing outside a folder is ever opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.content.faults import Fault
from app.content.reading import FILE_LIMIT
from app.errors import N_, Message

COURSE_FILE: Final = "course.yaml"
FILES_LIMIT: Final = 2_000  # files of one course
FOLDER_LIMIT: Final = 64 * 1024 * 1024  # bytes of one course
DEPTH_LIMIT: Final = 4  # folders inside a course
_LEFT_BEHIND: Final = ("~", ".swp", ".tmp", ".bak")  # what editors leave beside a file
SHARED_FOLDER: Final = "bank"


@dataclass(frozen=True)
class Tree:
    """What a courses/ folder holds. Paths of a course are relative to its folder, shared ones to courses/.

    `faults` say, by slug, what could not be taken from disk (links, too many files); `shared_faults` the same of what
    all courses share. A file over the limit is there with one byte too many, so that compiling it says what is wrong.
    """

    shared_files: Mapping[str, bytes]
    courses: Mapping[str, Mapping[str, bytes]]
    faults: Mapping[str, tuple[Fault, ...]]
    shared_faults: tuple[Fault, ...] = ()


def read_tree(root: Path) -> Tree:
    """Everything under a courses/ folder: each subfolder is a course, `bank/` and the YAML files beside it are shared.

    Raises OSError where the folder itself cannot be read.
    """
    shared = _shared(root)
    courses: dict[str, Mapping[str, bytes]] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    for entry in _entries(root):
        if entry.is_dir(follow_symlinks=False) and entry.name != SHARED_FOLDER:
            files, found = read_folder(Path(entry.path))
            courses[entry.name] = files
            if found:
                faults[entry.name] = found
    return Tree(shared.files, courses, faults, tuple(shared.faults))


def read_shared_files(root: Path) -> tuple[Mapping[str, bytes], tuple[Fault, ...]]:
    """The shared files of a courses/ folder alone, and what could not be taken."""
    taken = _shared(root)
    return taken.files, tuple(taken.faults)


def read_folder(folder: Path) -> tuple[Mapping[str, bytes], tuple[Fault, ...]]:
    """The files of one course, and what could not be taken. Raises OSError where the folder itself cannot be read."""
    taken = _Folder(f"courses/{folder.name}")
    taken.take_folder(folder, "")
    return taken.files, tuple(taken.faults)


def _shared(root: Path) -> _Folder:
    shared = _Folder("courses")
    for entry in _entries(root):
        if entry.is_symlink():
            shared.refuse(entry.name, _no_links())
        elif entry.is_dir(follow_symlinks=False):
            if entry.name == SHARED_FOLDER:
                shared.take_folder(Path(entry.path), f"{entry.name}/")
        elif entry.name.endswith((".yaml", ".yml")):
            shared.take(entry, entry.name)
    return shared


def files_sha256(files: Mapping[str, bytes]) -> str:
    """One name for a set of files: hexadecimal, the same whatever their order, another for any other path or byte."""
    return hashes_sha256(hashes_of(files))


def hashes_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file's bytes, by path."""
    return {path: sha256(data).hexdigest() for path, data in files.items()}


def hashes_sha256(hashes: Mapping[str, str]) -> str:
    """`files_sha256` of files whose hashes are known."""
    digest = sha256()
    for path in sorted(hashes):
        digest.update(sha256(path.encode("utf-8", "surrogateescape")).digest())
        digest.update(bytes.fromhex(hashes[path]))
    return digest.hexdigest()


@dataclass
class _Folder:
    """Takes files one by one, within the limits."""

    root: str
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    size: int = 0

    def refuse(self, path: str, message: Message) -> None:
        shown = path.encode("utf-8", "replace").decode()
        self.faults.append(Fault(f"{self.root}/{shown}", 1, 1, message))

    def take_folder(self, folder: Path, prefix: str, depth: int = 1) -> None:
        for entry in _entries(folder):
            path = prefix + entry.name
            if entry.is_symlink():
                self.refuse(path, _no_links())
            elif not entry.is_dir(follow_symlinks=False):
                self.take(entry, path)
            elif depth < DEPTH_LIMIT:
                self.take_folder(Path(entry.path), f"{path}/", depth + 1)
            else:
                self.refuse(path, _too_deep())

    def take(self, entry: os.DirEntry[str], path: str) -> None:
        if not path.isprintable() or not entry.is_file(follow_symlinks=False):
            self.refuse(path, N_("Ini bukan file biasa, atau namanya tidak dapat dibaca. Hapus dari folder kursus."))
        elif len(self.files) >= FILES_LIMIT or self.size > FOLDER_LIMIT:
            if not self.faults or self.faults[-1].message != _too_much():
                self.refuse(path, _too_much())
        else:
            self._read(entry, path)

    def _read(self, entry: os.DirEntry[str], path: str) -> None:
        try:
            data = _bytes_of(entry.path)
        except OSError:
            self.refuse(path, N_("File ini tidak dapat dibaca. Periksa izin aksesnya."))
            return
        if data is None:
            self.refuse(path, _no_links())
            return
        self.files[path] = data
        self.size += len(data)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What a folder holds, by name, without hidden files and what editors leave behind."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if not entry.name.startswith(".") and not entry.name.endswith(_LEFT_BEHIND):
            yield entry


def _bytes_of(path: str) -> bytes | None:
    """At most FILE_LIMIT + 1 bytes of a regular file; None where it has become something else since it was listed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return None
        return file.read(FILE_LIMIT + 1)


def _no_links() -> Message:
    return N_("Tautan (symlink) tidak dipakai di folder kursus. Ganti dengan filenya sendiri.")


def _too_deep() -> Message:
    return N_(
        "Folder ini terlalu dalam: paling banyak %(limit)s tingkat folder. Pindahkan isinya ke folder di atasnya.",
        limit=DEPTH_LIMIT,
    )


def _too_much() -> Message:
    return N_(
        "Folder ini terlalu besar: paling banyak %(files)s file dan %(size)s MB.",
        files=FILES_LIMIT,
        size=FOLDER_LIMIT // (1024 * 1024),
    )
