"""Files and database, which both may have changed since they last held the same: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from app.errors import N_

Hashes = Mapping[str, str]  # path -> SHA-256
Meeting = Literal["agreed", "unfinished", "parted"]

PARTED: Final = N_(
    "Isinya berubah di folder dan juga di browser. Tidak ada yang ditimpa; peserta melihat versi dari browser. "
    'Keduanya digabungkan lewat "Betulkan di sini" di halaman Susun kursus. Atau pengelola memilih salah satu: '
    '"flask courses sync --take files" (folder) atau "--take database" (browser).'
)
UNWRITTEN: Final = N_(
    "Versi dari browser sudah dilihat peserta, tetapi belum dapat ditulis ke folder kursus. Periksa izin menulis dan "
    "ruang disk; setelah itu foldernya disamakan sendiri."
)


def meeting(here: Hashes, since: Sequence[Hashes]) -> Meeting:
    """What to make of a folder after something else than its own files was published. `since` are the versions that the
    database served since both last agreed, the one they agreed on first and the one served now last.

    - `agreed`: the folder holds what is served;
    - `unfinished`: each of its files is as one of those versions has it: writing stopped half-way, or never began;
    - `parted`: it holds what an author changed meanwhile.
    """
    if here == since[-1]:
        return "agreed"
    paths = {*here, *(path for each in since for path in each)}
    known = all(any(each.get(path) == here.get(path) for each in since) for path in paths)
    return "unfinished" if known else "parted"
