"""What is wrong with a question, said to whoever fills its form: beside the field, and without a word of the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from app.authoring.rules.plain_words import PLAIN, WRAPPED, missing_key
from app.authoring.rules.question_forms.names import ROOT, child
from app.authoring.rules.question_forms.parts import BARE, Filled, Parts, Rows
from app.content.lint import NO_COMPETENCY, NO_EXPLANATION
from app.content.unwritten import Finding
from app.errors import N_, Message
from app.questions.flaws import SENTENCES

_BY_FLAW: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "few_options": N_("Tulis paling sedikit dua pilihan."),
        "none_correct": N_("Pilih jawaban yang benar."),
        "two_correct": N_(
            "Hanya satu pilihan yang boleh benar, dan pilihan ke-%(first)s sudah benar. Untuk beberapa jawaban benar, "
            "pakai pilihan ganda kompleks."
        ),
        "key_weight": N_("Pilihan yang benar berbobot %(weight)s%%. Bobotnya harus 100%%, atau kosongkan."),
        "weight_unused": N_('Bobot hanya dipakai kalau cara menilainya "Menurut bobot setiap pilihan".'),
        "full_mark_missing": N_(
            "Jawaban terbaik bernilai %(best)s%%. Paling sedikit satu jawaban harus bernilai 100%%."
        ),
        "answers_missing": N_("Tulis paling sedikit satu jawaban yang diterima."),
        "unit_penalty_unused": N_("Potongan ini dipakai bersama satuan. Tulis satuannya, atau kosongkan potongannya."),
        "one_partner": N_("Semua butir punya pasangan yang sama. Tambahkan pengecoh."),
        "few_pairs": N_("Tulis paling sedikit dua pasangan."),
        "few_items": N_("Tulis paling sedikit %(least)s butir."),
        "few_groups": N_("Tulis paling sedikit dua kelompok."),
        "group_id_twice": N_("Dua kelompok tertukar. Hapus satu, lalu tambahkan lagi."),
        "group_named_none": N_("Kelompok ini tidak dapat dipakai. Hapus, lalu tambahkan lagi."),
        "group_unknown": N_("Pilih kelompok untuk butir ini."),
        "gaps_missing": N_("Soal ini belum punya rumpang. Tambahkan paling sedikit satu."),
        "gap_unknown": N_('Tanda "[[%(name)s]]" tidak punya isian: di bawah ada %(count)s rumpang.'),
        "choice_reused": N_(
            'Kata "%(text)s" mengisi %(times)s rumpang. Kalau memang begitu, centang "Satu kata boleh dipakai di '
            'beberapa rumpang" di pengaturan lain.'
        ),
        "mark_unknown": N_('Tanda "[[%(name)s]]" bukan nomor salah satu kata di bawah.'),
        "few_areas": N_("Tandai paling sedikit dua bagian gambar."),
        "no_right_area": N_("Tandai bagian mana yang benar."),
        "area_outside": N_("Bagian ini keluar dari gambar. Kecilkan, atau geser."),
        "option_id_twice": N_("Dua pilihan memakai id yang sama. Betulkan di tampilan YAML."),
        "other_mode": N_("Pengaturan ini tidak dipakai untuk cara menjawab yang dipilih. Kosongkan."),
        "word_bounds": N_("Batas paling sedikit (%(least)s kata) melebihi batas paling banyak (%(most)s kata)."),
        "criterion_twice": N_("Dua kriteria tertukar. Hapus satu, lalu tambahkan lagi."),
        "few_levels": N_("Tulis paling sedikit dua tingkat."),
        "statements_missing": N_("Tulis paling sedikit satu pernyataan."),
        "statement_twice": N_("Dua pernyataan memakai id yang sama. Betulkan di tampilan YAML."),
        "scale_unused": N_("Skala tidak dipakai kalau ada label sendiri. Pilih salah satu."),
        "label_count": N_("Label sendiri harus ada %(least)s sampai %(most)s."),
    }
)
_BY_SENTENCE: Final[Mapping[str, Message]] = MappingProxyType(
    {
        **{SENTENCES[code].msgid: message for code, message in _BY_FLAW.items()},
        **PLAIN,
    }
)
_ABSENT: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "text": N_("Tulis pertanyaannya."),
        "options": N_("Tulis paling sedikit dua pilihan."),
        "answer": N_("Pilih jawaban yang benar."),
        "answers": N_("Tulis paling sedikit satu jawaban yang diterima."),
        "pairs": N_("Tulis paling sedikit dua pasangan."),
        "items": N_("Tulis butir-butirnya."),
        "groups": N_("Tulis paling sedikit dua kelompok."),
        "group": N_("Pilih kelompok untuk butir ini."),
        "gaps": N_("Soal ini belum punya rumpang. Tambahkan paling sedikit satu."),
        "choices": N_("Tulis kata-kata untuk dipilih."),
        "areas": N_("Tandai bagian mana yang benar."),
        "image": N_("Pilih gambarnya."),
        "statements": N_("Tulis paling sedikit satu pernyataan."),
        "levels": N_("Tulis paling sedikit dua tingkat."),
    }
)
_NOT_FILLED: Final = N_("Bagian ini belum diisi.")
_ADVICE_AT: Final[Mapping[str, str]] = MappingProxyType(
    {NO_COMPETENCY.msgid: "competency", NO_EXPLANATION.msgid: "explanation"}
)
_OF_TEXTS: Final = frozenset({"id", "en"})


class Told(NamedTuple):
    """A fault or advice beside a part of the form."""

    message: Message
    advice: bool


def told_at_fields(parts: Parts, filled: Filled, findings: Iterable[Finding]) -> Mapping[str, tuple[Told, ...]]:
    """What is to be said, by the name of the field, row or list it stands beside; "" for what has no place."""
    names = set(_names(parts, filled, ROOT))
    found: dict[str, list[Told]] = {}
    for finding in findings:
        path = [*finding.path, *_beyond(finding)]
        name = next((each for each in _prefixes(path) if each in names), "")
        told = Told(_worded(finding.message, path), finding.advice)
        if told not in found.setdefault(name, []):
            found[name].append(told)
    return {name: tuple(sorted(each, key=lambda told: told.advice)) for name, each in found.items()}


def _beyond(finding: Finding) -> list[str]:
    """The key that is missing where a finding stands, or that advice asks for."""
    key = missing_key(finding.message) or _ADVICE_AT.get(finding.message.msgid)
    return [key] if key else []


def _prefixes(path: list[str | int]) -> Iterable[str]:
    """The names of all that leads to a place, the nearest first."""
    steps = [str(step) for step in path]
    return (".".join([ROOT, *steps[:length]]) for length in range(len(steps), 0, -1))


def _worded(message: Message, path: list[str | int]) -> Message:
    if missing_key(message):
        absent = next((str(step) for step in reversed(path) if step not in _OF_TEXTS), "")
        own = absent != "text" or len(path) == 1  # a row's text is no question
        return _ABSENT.get(absent, _NOT_FILLED) if own else _NOT_FILLED
    inner = message.values.get("fault")
    if message.msgid in WRAPPED and isinstance(inner, Message) and inner.msgid in _BY_SENTENCE:
        return _worded(inner, path)
    human = _BY_SENTENCE.get(message.msgid)
    return message if human is None else Message(human.msgid, message.values)


def _names(parts: Parts, filled: Filled, name: str) -> Iterable[str]:
    for part in parts:
        here = child(name, part.key)
        if part.key != BARE:
            yield here
        typed = filled.get(part.key)
        if isinstance(part, Rows) and isinstance(typed, list):
            for index, row in enumerate(typed):
                shape = part.shape_of(row)
                yield child(here, str(index))
                if shape is not None:
                    yield from _names(shape.parts, row, child(here, str(index)))
