"""Drawings: an SVG may show things and nothing else, because it is served from our own address.

What may stand in it is a list of elements, not a list of dangers. Read with expat and without a document type, so that
no entity is ever expanded.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final, NamedTuple
from xml.parsers import expat

from app.errors import N_, Message

ELEMENTS: Final = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "text", "tspan", "textPath"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker"),
    )
)
DEPTH_LIMIT: Final = 64
ELEMENT_LIMIT: Final = 20_000
PROBLEM_LIMIT: Final = 50  # told of one file; a drawing with more needs drawing anew
SIDE_LIMIT: Final = 20_000  # pixels

_NAMESPACE = "http://www.w3.org/2000/svg"
_LENGTH = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,9})?)\s*(?:px)?\s*")
_OUTSIDE = re.compile(r"url\s*\((?!\s*['\"]?#[^()]*\))|\\|@import|(?:javascript|data|https?)\s*:", re.IGNORECASE)


class SvgProblem(NamedTuple):
    """One thing that keeps a drawing from being served, and where: line and column from 1."""

    line: int
    column: int
    message: Message


class _Ended(Exception):
    """Nothing further can be said about this file."""


def check_svg(data: bytes) -> tuple[SvgProblem, ...]:
    """What is wrong with a drawing, in the order of the file; () where it may be served.

    A file that is no XML, has a document type or goes over a bound is told up to there.
    """
    return _Check(data).problems()


def svg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, from those attributes or else from viewBox; None where neither tells."""
    found: list[dict[str, str]] = []

    def first(name: str, attributes: dict[str, str]) -> None:
        found.append(attributes if name.rpartition(" ")[2] == "svg" else {})
        raise _Ended

    parser = _parser()
    parser.StartElementHandler = first
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with suppress(expat.ExpatError, _Ended):
        parser.Parse(data, True)
    return _size(found[0]) if found else None


def _size(root: dict[str, str]) -> tuple[int, int] | None:
    sides = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    box = [_LENGTH.fullmatch(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:]]
    for pair in (sides, box):
        lengths = [round(float(side[1])) for side in pair if side is not None]
        if len(lengths) == 2 and all(0 < length <= SIDE_LIMIT for length in lengths):
            return lengths[0], lengths[1]
    return None


def _parser() -> expat.XMLParserType:
    return expat.ParserCreate("UTF-8", " ")  # names arrive as "namespace name"


def _refuse_doctype(*_: object) -> None:
    raise _Ended


class _Check:
    """One walk through a file's events."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._found: list[SvgProblem] = []
        self._depth = self._elements = 0
        self._parser = _parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartDoctypeDeclHandler = self._doctype

    def problems(self) -> tuple[SvgProblem, ...]:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError:
            self._tell(N_("Gambar ini bukan XML yang utuh: dari sini tidak dapat dibaca."), enough=True)
        except _Ended:
            pass
        return tuple(self._found)

    def _tell(self, message: Message, *, enough: bool = False) -> None:
        self._found.append(SvgProblem(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1, message))
        if not enough and len(self._found) >= PROBLEM_LIMIT:
            raise _Ended

    def _doctype(self, *_: object) -> None:
        self._tell(N_("DOCTYPE tidak boleh ada di gambar. Hapus baris ini."))
        raise _Ended

    def _instruction(self, target: str, _: str) -> None:
        self._tell(N_('Perintah "<?%(name)s" tidak boleh ada di gambar. Hapus.', name=target))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > DEPTH_LIMIT or self._elements > ELEMENT_LIMIT:
            self._tell(N_("Gambar ini terlalu rumit. Sederhanakan, atau simpan sebagai WebP."))
            raise _Ended
        namespace, _, local = name.rpartition(" ")
        if self._depth == 1 and (namespace, local) != (_NAMESPACE, "svg"):
            self._tell(N_('Unsur pertama harus <svg xmlns="%(namespace)s">.', namespace=_NAMESPACE))
        elif namespace != _NAMESPACE or local not in ELEMENTS:
            self._tell(
                N_("Unsur <%(name)s> tidak boleh ada di gambar. Hapus, atau gambar dengan bentuk biasa.", name=local)
            )
        for key, value in attributes.items():
            self._check_attribute(key.rpartition(" ")[2], value)

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _check_attribute(self, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            self._tell(N_('Atribut "%(name)s" menjalankan skrip. Hapus.', name=name))
        elif name == "style":
            self._tell(
                N_('Atribut "style" tidak boleh dipakai. Tulis sebagai atribut sendiri, misalnya fill="#0b6b63".')
            )
        elif name in ("href", "src", "base"):
            if not re.fullmatch(r"#[^\s\"'<>]+", value):
                self._tell(N_('"%(name)s" hanya boleh menunjuk ke dalam gambar ini ("#id").', name=name))
        elif _OUTSIDE.search(value):
            self._tell(N_('Atribut "%(name)s" menunjuk ke luar gambar. Pakai url(#id) saja.', name=name))
