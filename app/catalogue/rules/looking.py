"""What a look at a folder leads to: pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from app.content.faults import Fault
from app.errors import N_

SHARED: Final = "@shared"  # the slug under which the framework, the glossary and the shared banks have their revisions
SLUG_LIMIT: Final = 80  # letters, as the columns of the database
PATH_LIMIT: Final = 300

PUBLISHED: Final = "published"  # what becomes of a revision: it was served,
DRAFT: Final = "draft"  # or it was a save that trainers alone see,
SIDE: Final = "side"  # or one that met another save at the same place, kept until somebody chooses
RESOLVED: Final = "resolved"  # what becomes of that afterwards
FOLDER: Final = "folder"  # or it is what lay in the course's folder where a draft, its child, went on from there,
TAKEN: Final = "taken"  # what becomes of that once such a draft is served; a draft, where that came to nothing

Decision = Literal["nothing", "known_faults", "compile"]


@dataclass(frozen=True, slots=True)
class HeadFact:
    """Which revision is served: its row, the hash of its files, and the shared revision it was compiled with.

    `agreed_sha256` is the hash of the folder when files and database were last the same.
    """

    slug: str
    revision_id: int
    sha256: str
    shared_id: int | None = None
    agreed_sha256: str = ""


def folder_key(sha256: str, shared_sha256: str) -> str:
    """What a folder was compiled from, as it is remembered with its faults: change either and it is tried again."""
    return f"{sha256[:31]}-{shared_sha256[:31]}"


def decide(sha256: str, head: HeadFact | None, shared_id: int | None, *, known_faults: bool) -> Decision:
    """Whether a folder must be compiled: no, where it is what is served, or is still as it was found broken."""
    if head is not None and head.sha256 == sha256 and head.shared_id == shared_id:
        return "nothing"
    return "known_faults" if known_faults else "compile"


def root_of(slug: str) -> str:
    """What the paths of faults begin with: what all courses share lies in the courses folder itself."""
    return "courses" if slug == SHARED else f"courses/{slug}"


def told_at(slug: str) -> str:
    """The path under which something is told of the whole of it."""
    return f"{root_of(slug)}/{'bank' if slug == SHARED else 'course.yaml'}"


def way_to_schema(slug: str) -> str:
    """The way from the folder of banks to the one where the editors' schema lies."""
    return "../" if slug == SHARED else "../../"


def question_prefix(slug: str) -> str:
    """What the addresses of questions begin with: those of shared banks name no course."""
    return "" if slug == SHARED else f"{slug}/"


def name_faults(slug: str, paths: Iterable[str]) -> tuple[Fault, ...]:
    """Names that are too long to be kept. `paths` are relative to the folder of `slug`."""
    folder = root_of(slug)
    too_long = N_("Nama ini terlalu panjang: paling banyak %(limit)s huruf.", limit=SLUG_LIMIT)
    if len(slug) > SLUG_LIMIT:
        return (Fault(folder, 1, 1, too_long),)
    message = N_("Nama file dengan foldernya terlalu panjang: paling banyak %(limit)s huruf.", limit=PATH_LIMIT)
    return tuple(Fault(f"{folder}/{path}", 1, 1, message) for path in sorted(paths) if len(path) > PATH_LIMIT)
