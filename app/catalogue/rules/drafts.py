"""What becomes of a draft's files: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.catalogue.rules.looking import PATH_LIMIT
from app.content.course import Course, Shared
from app.content.faults import Fault
from app.content.folders import FILES_LIMIT, FOLDER_LIMIT
from app.content.reading import FILE_LIMIT
from app.errors import N_, Refusal

Files = Mapping[str, bytes]
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed something, and their name as the history will tell it."""

    name: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a course stands: what is served, the draft if there is one, and the revision that both stem from."""

    head_id: int | None
    draft_id: int | None
    base_id: int | None

    @property
    def worked_on(self) -> int | None:
        """The revision that trainers work on; None where there is no such course."""
        return self.head_id if self.draft_id is None else self.draft_id


@dataclass(frozen=True, slots=True)
class DraftReading:
    """What a draft comes to. `work` None: faults stand in its way; there may be warnings beside both."""

    work: Course | Shared | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def course(self) -> Course | None:
        """The course; None also where it is what all courses share."""
        return self.work if isinstance(self.work, Course) else None


class DraftMoved(Refusal):
    """Somebody else saved between what a person saw and what they asked for."""

    def __init__(self) -> None:
        super().__init__(N_("Draf ini baru saja berubah. Muat ulang halamannya, periksa, lalu coba lagi."))


class FolderMoved(Refusal):
    """The course's folder changed since a page showed what lies in it."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Folder kursus berubah sejak halaman ini dibuka. Yang Anda tulis belum disimpan, tetapi tidak hilang. "
                "Simpan sekali lagi untuk memakainya, atau muat ulang halaman untuk melihat isi folder yang baru."
            )
        )


class NothingToPublish(Refusal):
    """There is no draft."""

    def __init__(self) -> None:
        super().__init__(N_("Tidak ada draf yang belum terbit."))


class TooEarly(Refusal):
    """A time for publishing that has passed."""

    status = 422

    def __init__(self) -> None:
        super().__init__(N_("Waktu terbit harus sesudah sekarang."))


class DraftHasFaults(Refusal):
    """A draft that cannot be published yet; `faults` say why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(N_("%(count)s hal harus dibetulkan sebelum terbit.", count=len(faults)))
        self.faults = faults


class TooMuch(Refusal):
    """Files that are too many or too large to be one course."""

    status = 413

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Kursus ini menjadi terlalu besar: paling banyak %(files)s file, %(file)s MB tiap file, "
                "dan %(size)s MB seluruhnya.",
                files=FILES_LIMIT,
                file=FILE_LIMIT // MEGABYTE,
                size=FOLDER_LIMIT // MEGABYTE,
            )
        )


class SlugTaken(Refusal):
    """Another course has the address that a new one was to have."""

    def __init__(self) -> None:
        super().__init__(N_("Sudah ada kursus dengan alamat itu."))


def changed(files: Files, changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """The files with some replaced or added, and those that are None removed. Raises TooMuch."""
    kept = {path: data for path, data in files.items() if path not in changes}
    after = kept | {path: data for path, data in changes.items() if data is not None}
    check_bounds(after)
    return after


def check_bounds(files: Files) -> None:
    """Raises TooMuch where no folder could hold the files of one course."""
    sizes = [len(data) for data in files.values()]
    too_long = any(len(path) > PATH_LIMIT for path in files)
    if too_long or len(sizes) > FILES_LIMIT or sum(sizes) > FOLDER_LIMIT or max(sizes, default=0) > FILE_LIMIT:
        raise TooMuch
