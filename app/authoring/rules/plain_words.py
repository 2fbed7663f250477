"""What is wrong with a course, said to whoever writes it in the browser: without a word of the file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.content.field_words import FIELD_WORDS
from app.errors import N_, Message

# The same fault in the words of a page, by the sentence that a file's fault has.
PLAIN: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "Teks ini kosong. Isi, atau hapus kuncinya.": N_("Bagian ini masih kosong."),
        'Di sini harus ada daftar: setiap butir diawali "- ".': N_("Bagian ini ditulis dengan cara lain."),
        "Daftar ini kosong. Isi paling sedikit satu.": N_("Tambahkan paling sedikit satu."),
        "Di sini harus ada bilangan bulat tanpa satuan, titik, atau nol di depan, misalnya 10.": N_(
            "Tulis bilangan bulat, misalnya 10."
        ),
        "Di sini harus ada bilangan. Tanda desimal di file ini titik, misalnya 0.5.": N_("Tulis bilangan saja."),
        "Di sini harus ada bilangan, misalnya 15 atau 0.5.": N_("Tulis bilangan saja."),
        "Di sini harus ada persentase dari 0 sampai 100, misalnya 70.": N_("Tulis bilangan dari 0 sampai 100."),
        "Di sini harus ada dua bilangan dari 0 sampai 100: jarak dari kiri dan dari atas.": N_(
            "Setiap titik ditulis kiri,atas dengan bilangan dari 0 sampai 100."
        ),
        "Kisi ditulis kolom x baris, paling banyak 20x20, misalnya 8x6.": N_(
            "Tulis kolom x baris, paling banyak 20x20, misalnya 8x6."
        ),
        "Teks Indonesia (id) belum ada. Tulis id; en boleh menyusul.": N_("Teks Indonesianya belum ditulis."),
        'Kompetensi "%(name)s" tidak ada di competencies.yaml.': N_('Kompetensi "%(name)s" tidak dikenal.'),
    }
)
WRAPPED: Final = frozenset(
    {"%(fault)s Mungkin maksud Anda: %(near)s.", "%(fault)s Yang dikenal: %(names)s.", "%(fault)s Misalnya: %(near)s."}
)
_MISSING: Final = 'Kunci "%(key)s" belum ada.'
_EMPTY: Final = "Daftar ini kosong. Isi paling sedikit satu."
_LISTS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "modules": N_("Kursus ini belum punya modul. Tambahkan paling sedikit satu."),
        "activities": N_("Modul ini belum berisi apa-apa. Tambahkan materi atau kuis."),
        "questions": N_("Belum ada soal di sini. Tambahkan paling sedikit satu."),
    }
)


def missing_key(message: Message) -> str:
    """The key that a fault says is not there; "" for every other fault."""
    return str(message.values["key"]) if message.msgid == _MISSING else ""


def says_empty(message: Message) -> bool:
    """Whether a fault is that a list has nothing in it."""
    return message.msgid == _EMPTY


def plainly(message: Message) -> Message:
    """A fault of a file as a page says it; one that only the file can have stays as it is."""
    key = str(message.values.get("key", ""))
    if key in _LISTS and (says_empty(message) or missing_key(message)):
        return _LISTS[key]
    if missing_key(message) in FIELD_WORDS:
        return N_('"%(field)s" belum diisi.', field=FIELD_WORDS[key])
    inner = message.values.get("fault")
    if message.msgid in WRAPPED and isinstance(inner, Message) and inner.msgid in PLAIN:
        return plainly(inner)
    said = PLAIN.get(message.msgid)
    return message if said is None else Message(said.msgid, message.values)
