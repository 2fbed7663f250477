"""Bytes of a YAML file -> nodes that know their place, or faults that say where to look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from app.content.composing import Composer, Refused
from app.content.faults import FILE_FAULTS_LIMIT, Notes
from app.content.nodes import MapNode, Place
from app.content.source import Source
from app.errors import N_, Message

FILE_LIMIT: Final = 1024 * 1024  # bytes
BOM: Final = b"\xef\xbb\xbf"

# What no person types on purpose: it comes by pasting, and some of it ends a line for YAML but not for an editor.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def read_document(data: bytes, notes: Notes) -> MapNode | None:
    """The map a YAML file holds, or None where it holds none; every fault goes into `notes`.

    A file that cannot be read as YAML tells only that one fault. What was refused but read (an anchor, a key written
    twice) is still in the map, so that whatever else is wrong can be told too.
    """
    try:
        source = Source(_decoded(data))
        pasted = list(islice(_pasted(source), FILE_FAULTS_LIMIT))
        for place, message in pasted:
            notes.add(place, message)
        if pasted:
            return None
        root = Composer(source, notes).document()
    except Refused as refused:
        notes.add(refused.place, refused.message)
        return None
    if isinstance(root, MapNode):
        return root
    if not notes.spoiled:
        notes.add(Place(1, 1, 0), N_('File ini harus berisi pasangan "kunci: isi", mulai dari kolom pertama.'))
    return None


def _decoded(data: bytes) -> str:
    if len(data) > FILE_LIMIT:
        raise Refused(Place(1, 1, 0), N_("File ini terlalu besar. Batasnya %(limit)s KB.", limit=FILE_LIMIT // 1024))
    body = data.removeprefix(BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = Source(body[: error.start].decode("utf-8"))
        raise Refused(
            before.place(len(before.text)), N_("File ini bukan UTF-8. Simpan ulang dengan pengodean UTF-8.")
        ) from None
    return text


def _pasted(source: Source) -> Iterator[tuple[Place, Message]]:
    """What no person types on purpose, each with its sentence."""
    for found in _UNPRINTABLE.finditer(source.text):
        yield source.place(found.start()), _unprintable(found.group())


def _unprintable(char: str) -> Message:
    return N_(
        "Ada karakter yang tidak tampak (%(code)s), biasanya terbawa dari Word atau PDF. Hapus, lalu ketik ulang.",
        code=f"U+{ord(char):04X}",
    )
