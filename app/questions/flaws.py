"""The sentences for what a question's parts do wrong together; the codes are those of `Question.faults`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.errors import N_, Message
from app.questions.base import Flaw

SENTENCES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "few_options": N_("Soal ini punya %(count)s pilihan. Tulis paling sedikit dua."),
        "none_correct": N_('Tidak ada pilihan yang benar. Beri satu pilihan "correct: true".'),
        "two_correct": N_(
            'Soal "single" hanya boleh punya satu pilihan benar, dan pilihan ke-%(first)s sudah benar. '
            'Hapus salah satu, atau pakai "type: multiple".'
        ),
        "key_weight": N_('Pilihan yang benar berbobot %(weight)s%%. Bobotnya harus 100%%, atau hapus "weight".'),
        "weight_unused": N_(
            'Bobot tidak dipakai kalau "scoring: %(scoring)s". Hapus "weight", atau tulis "scoring: weights".'
        ),
        "weight_contradicts": N_(
            "Tanda benar dan bobot %(weight)s%% berlawanan: "
            "pilihan yang benar berbobot di atas 0, yang salah paling tinggi 0."
        ),
        "weights_below_full": N_(
            "Jumlah bobot di atas 0 hanya %(sum)s%%, jadi nilai penuh tidak dapat dicapai. Jadikan jumlahnya 100%%."
        ),
        "option_id_twice": N_('Id pilihan "%(id)s" dipakai dua kali. Setiap pilihan perlu id sendiri.'),
        "answers_missing": N_("Soal ini tidak punya jawaban. Tulis paling sedikit satu."),
        "answer_empty": N_("Jawaban ini kosong. Tulis teks jawabannya."),
        "answer_twice": N_(
            'Jawaban "%(text)s" sudah tertulis di atasnya, jadi yang ini tidak pernah dipakai. Hapus salah satu.'
        ),
        "full_mark_missing": N_(
            "Jawaban terbaik bernilai %(best)s%%. Paling sedikit satu jawaban harus bernilai 100%%."
        ),
        "tolerance_negative": N_("Toleransi %(tolerance)s kurang dari 0. Tulis 0 atau lebih."),
        "unit_twice": N_('Satuan "%(unit)s" tertulis dua kali. Hapus salah satu.'),
        "unit_factor": N_('Faktor satuan "%(unit)s" harus lebih dari 0.'),
        "unit_penalty_unused": N_(
            '"unit_penalty" dipakai bersama "units". Tulis satuannya, atau hapus "unit_penalty".'
        ),
    }
)


def sentence(flaw: Flaw) -> Message:
    """The flaw in words, with what to do."""
    return Message(SENTENCES[flaw.code].msgid, flaw.values)
