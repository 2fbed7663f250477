"""The words for what figures say of a question, and the advice that goes with them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.errors import N_, Message
from app.marking.rules.item_bands import Flag, Hardness, Power, Quality
from app.psychometrics.figures import Reason

REASONS: Final[Mapping[Reason, Message]] = {
    Reason.NO_POINTS: N_("soal ini tidak bernilai poin"),
    Reason.FEW_ATTEMPTS: N_("terlalu sedikit percobaan"),
    Reason.SAME_MARK: N_("semua orang mendapat nilai yang sama di soal ini"),
    Reason.SAME_REST: N_("semua orang mendapat nilai yang sama di soal lainnya"),
    Reason.SAME_TOTAL: N_("semua orang mendapat nilai yang sama"),
    Reason.NEGATIVE: N_("hasilnya di bawah nol, jadi tidak bermakna"),
    Reason.ITEMS_DIFFER: N_("soal setiap percobaan tidak sama, karena diambil acak"),
    Reason.ONE_ITEM: N_("hanya ada satu soal"),
}
HARDNESS_WORDS: Final[Mapping[Hardness, Message]] = {
    Hardness.HARD: N_("sukar"),
    Hardness.MEDIUM: N_("sedang"),
    Hardness.EASY: N_("mudah"),
}
POWER_WORDS: Final[Mapping[Power, Message]] = {
    Power.NEGATIVE: N_("negatif"),
    Power.POOR: N_("kurang"),
    Power.FAIR: N_("cukup"),
    Power.GOOD: N_("baik"),
    Power.VERY_GOOD: N_("baik sekali"),
}
FLAG_WORDS: Final[Mapping[Flag, Message]] = {
    Flag.NEGATIVE: N_("daya beda negatif"),
    Flag.BELOW_GUESSING: N_("di bawah tebakan"),
    Flag.ABLE_CHOOSE_WRONG: N_("pengecoh menarik yang pandai"),
    Flag.TOO_HARD: N_("terlalu sukar"),
    Flag.TOO_EASY: N_("terlalu mudah"),
    Flag.POOR: N_("daya beda kurang"),
    Flag.UNCHOSEN: N_("pengecoh tidak dipilih"),
}
ADVICE: Final[Mapping[Flag, Message]] = {
    Flag.NEGATIVE: N_("Peserta yang pandai justru banyak salah di soal ini. Periksa kuncinya."),
    Flag.BELOW_GUESSING: N_(
        "Hasilnya lebih rendah daripada menebak. Periksa kunci dan kalimat soalnya: mungkin menyesatkan."
    ),
    Flag.ABLE_CHOOSE_WRONG: N_(
        "Yang memilih %(options)s rata-rata lebih pandai daripada yang memilih kunci. Mungkin pilihan itu juga benar."
    ),
    Flag.TOO_HARD: N_("Hampir tidak ada yang benar. Periksa kuncinya, dan apakah materinya sudah diajarkan."),
    Flag.TOO_EASY: N_("Hampir semua orang benar. Soal ini baik untuk pemanasan, tetapi tidak membedakan peserta."),
    Flag.POOR: N_(
        "Soal ini kurang membedakan peserta yang sudah dan yang belum paham. Periksa apakah kalimatnya bermakna ganda."
    ),
    Flag.UNCHOSEN: N_("Hampir tidak ada yang memilih %(options)s. Ganti dengan kesalahan yang sungguh sering terjadi."),
}
QUALITY_WORDS: Final[Mapping[Quality, Message]] = {
    Quality.CHECK: N_("Perlu diperiksa"),
    Quality.GOOD: N_("Daya beda baik"),
    Quality.HARD: N_("Terbukti sukar"),
    Quality.MEDIUM: N_("Terbukti sedang"),
    Quality.EASY: N_("Terbukti mudah"),
    Quality.UNKNOWN: N_("Belum ada angka"),
}


def reliability_advice(alpha: float) -> Message:
    """What an alpha (0..1) allows. Source: Nunnally (1978), Psychometric Theory: 0.70 to begin with, 0.80 for use."""
    shown = round(alpha, 2)
    if shown >= 0.80:
        return N_("urutan peserta ajek. Boleh ikut menentukan kelulusan, bersama bukti lain.")
    if shown >= 0.70:
        return N_("cukup ajek untuk belajar. Untuk menentukan kelulusan, perbaiki atau tambah soalnya.")
    return N_("belum ajek: selisih nilai yang kecil belum berarti. Perbaiki soal yang ditandai, atau tambah soal.")
