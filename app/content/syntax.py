"""What the YAML scanner stumbled over, said in a plain sentence at the place a person must look.

The scanner's own sentences never reach anyone: they name the rule of the grammar that failed, often far below the
mistake. Each of its problems has a reader here that looks at the text around it; the table at the end is complete for
libyaml 0.2, which makes this file longer than most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.content.nodes import Place, TextNode
from app.content.source import Source
from app.errors import N_, Message

QUOTES: Final = ("'", '"')
_ODD_SPACE = re.compile(r"[ \t]*[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]")
_KEY_AND_SPACE = re.compile(r":(?=[ \t]|$)")
_COLON_IN_WORD = re.compile(r"[\w-]+:\S")

Finding = tuple[Place, Message]


@dataclass(frozen=True)
class Stumble:
    """Where reading stopped: the scanner's problem, and what had been read by then.

    `opening` is where the thing being read began. `last` is the last scalar read, `closed` the end of the last bracket
    closed and `open_bracket` the innermost bracket still open; each None where there is none.
    """

    source: Source
    problem: str
    place: Place
    opening: Place
    last: TextNode | None = None
    closed: Place | None = None
    open_bracket: Place | None = None

    @property
    def char(self) -> str:
        """The character that could not be read; empty at the end of the file."""
        return self.source.char(self.place)

    def directly_after(self, end: Place | None) -> bool:
        """True where only blanks of the same line stand between `end` and the problem."""
        return (
            end is not None
            and end.line == self.place.line
            and not self.source.text[end.offset : self.place.offset].strip()
        )


def explain(stumble: Stumble) -> Finding:
    """The place to look at and the sentence to read there."""
    for look in (_odd_space, _open_quote):
        found = look(stumble)
        if found is not None:
            return found
    reader = _READERS.get(stumble.problem)
    return reader(stumble) if reader else _unreadable(stumble)


def must_quote(char: str) -> Message:
    """The sentence for a text that begins with a character YAML keeps for itself."""
    return N_('Teks tidak boleh diawali "%(char)s". Apit seluruh teks dengan tanda kutip tunggal.', char=char)


# Looked at before anything else


def _odd_space(stumble: Stumble) -> Finding | None:
    for number in (stumble.place.line, stumble.opening.line, stumble.place.line - 1):
        found = _ODD_SPACE.match(stumble.source.line(number))
        if found:
            place = stumble.source.place(stumble.source.starts[number - 1] + found.end() - 1)
            return place, N_(
                "Ada spasi khusus (dari Word atau halaman web) di awal baris. Hapus, lalu ketik spasi biasa."
            )
    return None


def _open_quote(stumble: Stumble) -> Finding | None:
    """A quote that was meant to end on its own line has swallowed what follows, up to the next quote."""
    last = stumble.last
    if last is None or last.style not in QUOTES:
        return None
    if last.span.start.line == last.span.end.line or last.span.end.line != stumble.place.line:
        return None
    return last.span.start, _unclosed_quote(last.style)


def _unclosed_quote(quote: str) -> Message:
    return N_("Tanda kutip (%(quote)s) dibuka di sini, tetapi tidak ditutup di baris yang sama.", quote=quote)


# One reader for each problem


def _unreadable(stumble: Stumble) -> Finding:
    return stumble.place, N_(
        "Bagian ini tidak dapat dibaca sebagai YAML. Periksa tanda kutip, titik dua, dan indentasi di sekitarnya."
    )


def _tab(stumble: Stumble) -> Finding:
    return stumble.place, N_("Tab dipakai sebagai indentasi. Ganti dengan spasi, dua spasi untuk tiap tingkat.")


def _bad_start(stumble: Stumble) -> Finding:
    return _tab(stumble) if stumble.char == "\t" else (stumble.place, must_quote(stumble.char))


def _bad_opening(stumble: Stumble) -> Finding:
    return stumble.opening, must_quote(stumble.source.char(stumble.opening))


def _question_mark(stumble: Stumble) -> Finding:
    return stumble.place, must_quote("?")


def _colon(stumble: Stumble) -> Finding:
    before = stumble.source.before(stumble.place)
    begins = len(before) - len(before.lstrip(" -"))
    if _KEY_AND_SPACE.search(before) or begins == 0:
        return stumble.place, N_(
            'Ada ": " di dalam teks. Apit seluruh teks dengan tanda kutip, atau tulis setelah "|" di baris berikutnya.'
        )
    place = stumble.source.place(stumble.source.starts[stumble.place.line - 1] + begins)
    return place, N_(
        "Baris ini menjorok terlalu dalam, sehingga terbaca sebagai lanjutan teks di atasnya. Ratakan dengan kunci "
        'lain yang setingkat. Kalau memang lanjutan teks, apit seluruh teks dengan tanda kutip karena memuat ": ".'
    )


def _no_colon(stumble: Stumble) -> Finding:
    line = stumble.source.line(stumble.opening.line)[stumble.opening.column - 1 :]
    if _COLON_IN_WORD.match(line):
        return stumble.opening, N_("Sesudah titik dua harus ada spasi.")
    return stumble.opening, N_(
        'Baris ini bukan "kunci: isi", karena tidak ada titik dua yang diikuti spasi. Kalau ini lanjutan teks di '
        "atasnya, beri indentasi yang lebih dalam."
    )


def _dash(stumble: Stumble) -> Finding:
    return stumble.place, N_(
        'Tanda "- " ada sesudah kunci. Mulai daftar di baris baru; kalau tanda itu bagian dari teks, apit teks dengan '
        "tanda kutip."
    )


def _quote_left_open(stumble: Stumble) -> Finding:
    return stumble.opening, _unclosed_quote(stumble.source.char(stumble.opening))


def _after_value(stumble: Stumble) -> Finding | None:
    """Something stands behind a text or a list that had already ended."""
    last = stumble.last
    if last is not None and last.style in QUOTES and stumble.directly_after(last.span.end):
        return stumble.place, N_(
            "Ada teks sesudah tanda kutip penutup. Apit seluruh teks. Tanda kutip di dalamnya: pakai jenis yang lain "
            "di luar, atau tulis dua kali ('')."
        )
    if stumble.closed is not None and stumble.directly_after(stumble.closed):
        bracket = stumble.source.text[stumble.closed.offset - 1]
        return stumble.place, N_(
            'Ada teks sesudah "%(bracket)s". Teks yang diawali kurung siku atau kurawal harus diapit tanda kutip.',
            bracket=bracket,
        )
    return None


def _not_a_key(stumble: Stumble) -> Finding:
    return _after_value(stumble) or (stumble.place, _misplaced(stumble))


def _misplaced(stumble: Stumble) -> Message:
    if stumble.char == ":":
        return N_("Tidak ada kunci di depan titik dua.")
    if stumble.char in ("]", "}"):
        return N_('Kurung penutup "%(bracket)s" tidak punya pembuka.', bracket=stumble.char)
    if stumble.source.text[stumble.place.offset : stumble.place.offset + 2] in ("- ", "-\n", "-\r", "-"):
        return N_('Butir daftar "- " tidak pada tempatnya. Ratakan dengan butir lain, atau periksa kunci di atasnya.')
    return N_("Indentasi baris ini tidak rata dengan kunci mana pun di atasnya.")


def _not_an_item(stumble: Stumble) -> Finding:
    return _after_value(stumble) or (
        stumble.place,
        N_(
            'Daftar di atasnya belum selesai: di sini seharusnya ada butir "- ". Kalau kunci ini milik butir di atas, '
            "beri indentasi lebih dalam; kalau bukan, kurangi indentasinya."
        ),
    )


def _not_in_brackets(stumble: Stumble) -> Finding:
    opener = stumble.source.char(stumble.opening)
    closer = "]" if opener == "[" else "}"
    if stumble.char in ("]", "}"):
        return stumble.place, N_('Kurung "%(open)s" ditutup dengan "%(close)s".', open=opener, close=stumble.char)
    if stumble.place.line != stumble.opening.line:
        return _bracket_left_open(stumble, stumble.opening)
    if stumble.char == ":":
        return stumble.place, N_('Ada ": " di dalam teks. Apit seluruh teks dengan tanda kutip.')
    return _after_value(stumble) or (
        stumble.place,
        N_('Di sini seharusnya ada koma atau "%(close)s". Teks yang memuat koma diapit tanda kutip.', close=closer),
    )


def _bracket_left_open(stumble: Stumble, opening: Place) -> Finding:
    return opening, N_(
        'Kurung "%(bracket)s" dibuka di sini, tetapi tidak ditutup (atau ada koma yang kurang) sampai baris %(line)s.',
        bracket=stumble.source.char(opening),
        line=stumble.place.line,
    )


def _no_content(stumble: Stumble) -> Finding:
    bracket = stumble.open_bracket
    if bracket is None:
        return stumble.place, must_quote(stumble.char)
    if stumble.char == ",":
        return stumble.place, N_("Tidak ada isi di depan koma ini.")
    if stumble.char in ("]", "}"):
        opener = stumble.source.char(bracket)
        return stumble.place, N_('Kurung "%(open)s" ditutup dengan "%(close)s".', open=opener, close=stumble.char)
    return _bracket_left_open(stumble, bracket)


def _after_the_end(stumble: Stumble) -> Finding:
    found = _after_value(stumble)
    if found is not None:
        return found
    ended = any(stumble.source.line(number).startswith("...") for number in range(1, stumble.place.line))
    if ended:
        return stumble.place, second_document()
    return stumble.place, N_("Baris ini kurang menjorok dibanding baris pertama. Ratakan semua kunci yang setingkat.")


def second_document() -> Message:
    """The sentence for a file that holds more than one YAML document."""
    return N_('Satu file hanya boleh memuat satu dokumen YAML. Hapus baris "---" atau "..." di tengah file.')


def _block_header(stumble: Stumble) -> Finding:
    return stumble.place, N_(
        'Sesudah "%(mark)s" tidak boleh ada teks. Tulis teksnya mulai baris berikutnya, menjorok.',
        mark=stumble.source.char(stumble.opening),
    )


def _escape(stumble: Stumble) -> Finding:
    start = stumble.source.text.rfind("\\", 0, stumble.place.offset + 1)
    place = stumble.source.place(start) if start >= stumble.opening.offset else stumble.place
    return place, N_(
        'Di dalam tanda kutip ganda, "%(text)s" tidak dikenal. Pakai tanda kutip tunggal, atau tulis garis miring '
        "terbalik dua kali.",
        text=stumble.source.text[place.offset : place.offset + 2].rstrip(),
    )


def directive() -> Message:
    """The sentence for a line of orders to the YAML reader."""
    return N_('Baris yang diawali "%(char)s" tidak dipakai di sini. Hapus baris itu.', char="%")


def _directive(stumble: Stumble) -> Finding:
    return stumble.opening, directive()


_Reader = Callable[[Stumble], Finding]
_READERS: Final[Mapping[str, _Reader]] = {
    "found character that cannot start any token": _bad_start,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "mapping values are not allowed in this context": _colon,
    "found unexpected ':'": _colon,
    "mapping keys are not allowed in this context": _question_mark,
    "block sequence entries are not allowed in this context": _dash,
    "could not find expected ':'": _no_colon,
    "found unexpected end of stream": _quote_left_open,
    "found unexpected document indicator": _quote_left_open,
    "did not find expected key": _not_a_key,
    "did not find expected '-' indicator": _not_an_item,
    "did not find expected ',' or ']'": _not_in_brackets,
    "did not find expected ',' or '}'": _not_in_brackets,
    "did not find expected node content": _no_content,
    "did not find expected <document start>": _after_the_end,
    "did not find expected comment or line break": _block_header,
    "found an indentation indicator equal to 0": _block_header,
    "did not find expected alphabetic or numeric character": _bad_opening,
    "did not find expected whitespace or line break": _bad_opening,
    "did not find expected tag URI": _bad_opening,
    "did not find expected '!'": _bad_opening,
    "did not find the expected '>'": _bad_opening,
    "did not find URI escaped octet": _bad_opening,
    "found an incorrect leading UTF-8 octet": _bad_opening,
    "found an incorrect trailing UTF-8 octet": _bad_opening,
    "found undefined tag handle": _bad_opening,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _escape,
    "found unknown directive name": _directive,
    "could not find expected directive name": _directive,
    "found unexpected non-alphabetical character": _directive,
    "found extremely long version number": _directive,
    "did not find expected version number": _directive,
    "did not find expected digit or '.' character": _directive,
    "did not find expected whitespace": _directive,
    "found duplicate %YAML directive": _directive,
    "found duplicate %TAG directive": _directive,
    "found incompatible YAML document": _directive,
}
