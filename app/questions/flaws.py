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
        "few_pairs": N_("Soal ini punya %(count)s pasangan. Tulis paling sedikit dua."),
        "one_partner": N_('Semua butir punya pasangan yang sama. Tambahkan pasangan lain ke "extra".'),
        "few_items": N_("Soal ini punya %(count)s butir. Tulis paling sedikit %(least)s."),
        "item_twice": N_('Butir "%(text)s" tampak sama dengan butir lain. Bedakan teksnya, atau hapus satu.'),
        "choice_twice": N_('Pilihan "%(text)s" tampak sama dengan pilihan lain. Bedakan teksnya, atau hapus satu.'),
        "two_translations": N_(
            'Pasangan "%(text)s" diterjemahkan lebih dari satu cara di soal ini. Pakai satu terjemahan.'
        ),
        "few_groups": N_("Soal ini punya %(count)s kelompok. Tulis paling sedikit dua."),
        "group_id_twice": N_('Id kelompok "%(id)s" dipakai dua kali. Setiap kelompok perlu id sendiri.'),
        "group_named_none": N_(
            'Id "none" berarti tidak termasuk kelompok mana pun, jadi tidak dapat menjadi id kelompok. Pakai id lain.'
        ),
        "group_unknown": N_(
            'Kelompok "%(group)s" tidak ada di "groups". Tulis id salah satu kelompok, atau none kalau tidak termasuk '
            "kelompok mana pun."
        ),
        "gaps_missing": N_("Soal ini belum punya rumpang. Tulis paling sedikit satu di gaps."),
        "gaps_many": N_("Teks ini punya terlalu banyak rumpang. Paling banyak %(limit)s."),
        "gap_unknown": N_('Tanda "[[%(name)s]]" tidak punya isian: daftar gaps berisi %(count)s rumpang.'),
        "gap_twice": N_('Tanda "[[%(name)s]]" tertulis lebih dari sekali. Setiap rumpang punya satu tempat.'),
        "gap_unplaced": N_(
            'Rumpang ke-%(name)s tidak punya tempat di teks ini. Tulis "[[%(name)s]]" di tempatnya, di luar tautan.'
        ),
        "gap_two_correct": N_(
            "Rumpang ini hanya boleh punya satu pilihan benar, dan pilihan ke-%(first)s sudah benar. Hapus salah satu."
        ),
        "passage_without_gaps": N_(
            'Teks ini belum punya rumpang. Tulis "[[1]]" di tempat pilihan pertama yang benar, "[[2]]" di tempat yang '
            "kedua."
        ),
        "mark_unknown": N_('Tanda "[[%(name)s]]" bukan nomor atau id salah satu pilihan.'),
        "gaps_differ": N_("Rumpang di teks bahasa ini tidak sama dengan di teks Indonesia. Pakai tanda yang sama."),
        "group_of_one": N_(
            'Rumpang untuk "%(text)s" hanya menawarkan satu pilihan. Tambahkan pilihan lain di kelompok yang sama.'
        ),
        "choice_reused": N_(
            'Pilihan "%(text)s" mengisi %(times)s rumpang. Tulis "reuse: true" kalau satu kata boleh dipakai berulang.'
        ),
        "few_areas": N_("Soal ini punya %(count)s bagian gambar. Tulis paling sedikit dua."),
        "no_right_area": N_('Tidak ada bagian gambar yang benar. Beri satu "correct: true".'),
        "few_corners": N_("Poligon ini punya %(count)s titik sudut. Tulis paling sedikit tiga."),
        "area_outside": N_("Bagian ini keluar dari gambar: x + width dan y + height paling tinggi 100."),
        "grid_coarse": N_(
            "Kisi %(grid)s terlalu kasar: tidak ada kotak yang tengahnya di dalam bagian yang benar. Rapatkan kisinya."
        ),
        "other_mode": N_('Kunci "%(key)s" tidak dipakai kalau "mode: %(mode)s". Hapus kuncinya.'),
        "word_bounds": N_(
            'Batas kata tidak cocok: "min_words: %(least)s" lebih dari "max_words: %(most)s". Betulkan salah satu.'
        ),
        "criterion_twice": N_('Id kriteria "%(id)s" dipakai dua kali. Setiap kriteria perlu id sendiri.'),
        "few_levels": N_("Kriteria ini punya %(count)s tingkat. Tulis paling sedikit dua."),
        "level_points": N_("Semua tingkat kriteria ini bernilai 0. Beri nilai di atas 0 kepada tingkat terbaik."),
        "statements_missing": N_("Soal ini tidak punya pernyataan. Tulis paling sedikit satu."),
        "statement_twice": N_('Id pernyataan "%(id)s" dipakai dua kali. Setiap pernyataan perlu id sendiri.'),
        "scale_unused": N_('"scale" tidak dipakai kalau ada "labels". Hapus salah satu.'),
        "label_count": N_("Skala ini harus punya %(least)s sampai %(most)s label."),
    }
)


def sentence(flaw: Flaw) -> Message:
    """The flaw in words, with what to do."""
    return Message(SENTENCES[flaw.code].msgid, flaw.values)
