"""What trainers paste: (name, text, what is expected of each piece)."""

from __future__ import annotations

from typing import NamedTuple


class Expected(NamedTuple):
    """A piece in short: kind and answer ("B", "B,D", "benar", "12"), then how it is judged."""

    kind: str | None
    answer: str = ""
    options: int = 0
    verdict: str = "ready"


ONE = Expected("single", "B", 4)

SAMPLES: list[tuple[str, str, list[Expected]]] = [
    (
        "a quiz as most write it",
        (
            "1. Apa nama daftar koleksi perpustakaan?\n"
            "A. Inventaris\n"
            "B. Katalog\n"
            "C. Jurnal\n"
            "D. Label\n"
            "Kunci: B\n"
            "\n"
            "2. Kelas 800 memuat …\n"
            "A. Sejarah\n"
            "B. Kesusastraan\n"
            "C. Agama\n"
            "D. Bahasa\n"
            "Kunci: B"
        ),
        [ONE, ONE],
    ),
    (
        "brackets behind numbers and small letters",
        ("1) Buku yang dipinjam lewat waktu disebut?\na) hilang\nb) terlambat\nc) rusak\nd) baru\nJawaban: b"),
        [ONE],
    ),
    (
        "the word Soal and letters in brackets",
        (
            "Soal 1\n"
            "Siapa yang boleh menjadi anggota perpustakaan desa?\n"
            "(A) Hanya guru\n"
            "(B) Semua warga\n"
            "(C) Kepala desa\n"
            "(D) Anak sekolah saja\n"
            "Jawaban: (B)"
        ),
        [ONE],
    ),
    (
        "letters with a dash",
        ("1. Alat untuk menahan buku di ujung rak disebut\nA - rak\nB - penahan buku\nC - meja\nD - label\nKunci B"),
        [ONE],
    ),
    (
        "two columns, side by side",
        ("1. Kelas 297 adalah …\nA. Kristen   B. Islam\nC. Hindu     D. Buddha\nKunci: B"),
        [ONE],
    ),
    (
        "two columns, one below the other",
        ("1. Kelas 297 adalah …\nA. Kristen\tC. Hindu\nB. Islam\tD. Buddha\nKunci: B"),
        [ONE],
    ),
    (
        "everything in one line",
        (
            "1. Warna label rujukan? A. Biru B. Merah C. Hijau D. Kuning\n"
            "Kunci: B\n"
            "2. Huruf R berarti? A. Rak B. Rujukan C. Rusak D. Retur Kunci: B"
        ),
        [ONE, ONE],
    ),
    (
        "a single space between two options",
        ("1. Buku induk mencatat …\nA. peminjam B. koleksi\nC. tamu D. listrik\nJawaban: B"),
        [ONE],
    ),
    (
        "a list of keys at the end",
        (
            "1. Apa itu OPAC?\n"
            "A. Rak\n"
            "B. Katalog komputer\n"
            "C. Buku\n"
            "D. Kartu\n"
            "2. Apa itu ISBN?\n"
            "A. Nomor rak\n"
            "B. Nomor baku buku\n"
            "C. Nomor kelas\n"
            "D. Nomor anggota\n"
            "\n"
            "Kunci jawaban\n"
            "1. B 2. B"
        ),
        [ONE, ONE],
    ),
    (
        "a list of keys with dashes on the line of its heading",
        (
            "1. Apa itu OPAC?\n"
            "A. Rak\n"
            "B. Katalog komputer\n"
            "2. Apa itu ISBN?\n"
            "A. Nomor baku buku\n"
            "B. Nomor rak\n"
            "Kunci jawaban: 1-B, 2-A"
        ),
        [Expected("single", "B", options=2), Expected("single", "A", options=2)],
    ),
    (
        "a list of keys below each other, with words among them",
        (
            "1. Apa itu OPAC?\n"
            "A. Rak\n"
            "B. Katalog komputer\n"
            "2. Kepanjangan ISBN: International Standard … Number\n"
            "\n"
            "KUNCI JAWABAN:\n"
            "1. B\n"
            "2. Book"
        ),
        [Expected("single", "B", options=2), Expected("short-text", "Book")],
    ),
    (
        "an asterisk before the letter",
        ("1. Buku kamus termasuk koleksi?\nA. Umum\n*B. Rujukan\nC. Anak\nD. Serial"),
        [ONE],
    ),
    (
        "an asterisk behind the text",
        ("1. Buku kamus termasuk koleksi?\nA. Umum\nB. Rujukan*\nC. Anak\nD. Serial"),
        [ONE],
    ),
    (
        "bold letters from Word",
        ("**1. Buku kamus termasuk koleksi?**\nA. Umum\n**B. Rujukan**\nC. Anak\nD. Serial"),
        [ONE],
    ),
    (
        "bold letters of WhatsApp",
        ("1. Kamus termasuk koleksi?\nA. Umum\nB. *Rujukan*\nC. Anak\nD. Serial"),
        [ONE],
    ),
    (
        "a tick",
        ("1. Kamus termasuk koleksi?\nA. Umum\nB. Rujukan ✓\nC. Anak\nD. Serial (bukan buku)"),
        [ONE],
    ),
    (
        "the word behind the option",
        ("1. Kamus termasuk?\nA. Umum\nB. Rujukan (benar)\nC. Anak\nD. Serial"),
        [ONE],
    ),
    (
        "several keys joined by and",
        ("1. Yang termasuk koleksi rujukan …\nA. Kamus\nB. Novel\nC. Komik\nD. Ensiklopedia\nKunci: A dan D"),
        [Expected("multiple", "A,D", options=4)],
    ),
    (
        "several keys with a comma, and ticked boxes",
        (
            "1. Koleksi rujukan …\n"
            "A. Novel\n"
            "B. Kamus\n"
            "C. Komik\n"
            "D. Atlas\n"
            "Kunci: B, D\n"
            "\n"
            "2. Tugas pustakawan\n"
            "☑ Melayani\n"
            "☐ Memasak\n"
            "☑ Menata rak"
        ),
        [Expected("multiple", "B,D", options=4), Expected("multiple", "A,C", options=3)],
    ),
    (
        "true or false as options",
        ("1. Katalog memuat daftar koleksi.\nA. Benar\nB. Salah\nKunci: A"),
        [Expected("true-false", "benar")],
    ),
    (
        "B/S behind the statements and a list of keys",
        (
            "1. Buku rujukan boleh dibawa pulang. (B/S)\n"
            "2. Nomor panggil ada di punggung buku. (B - S)\n"
            "Kunci: 1. S 2. B"
        ),
        [Expected("true-false", "salah"), Expected("true-false", "benar")],
    ),
    (
        "true or false with the answer written out",
        ("1. Kelas 000 memuat karya umum.\nJawaban: Benar"),
        [Expected("true-false", "benar")],
    ),
    (
        "a short answer, and several that are right",
        (
            "1. Sebutan pengguna perpustakaan adalah …\n"
            "Jawaban: pemustaka\n"
            "2. Orang yang menulis buku disebut …\n"
            "Jawaban: pengarang / penulis"
        ),
        [Expected("short-text", "pemustaka"), Expected("short-text", "pengarang|penulis")],
    ),
    (
        "numbers, with a unit and with a comma",
        (
            "1. Berapa kelas utama DDC?\n"
            "Jawaban: 10\n"
            "2. Tebal 40 buku setebal 2,5 cm?\n"
            "Jawaban: 100 cm\n"
            "3. Rata-rata?\n"
            "Jawaban: 3,5"
        ),
        [Expected("number", "10"), Expected("number", "100 cm"), Expected("number", "3,5")],
    ),
    (
        "a class number keeps its zeros",
        ("1. Tulis kelas ilmu perpustakaan.\nJawaban: 020\n2. Kelas cerita rakyat?\nJawaban: 398.2"),
        [Expected("short-text", "020"), Expected("short-text", "398.2")],
    ),
    (
        "essays",
        (
            "1. Jelaskan langkah menyiangi koleksi!\n"
            "2. Ceritakan layanan di perpustakaan Anda. (Uraian)\n"
            "3. Apa manfaat katalog?\n"
            "Jawaban: Katalog membantu pemustaka menemukan buku menurut judul, pengarang, dan subjek "
            "tanpa harus mencari di setiap rak."
        ),
        [Expected("essay"), Expected("essay"), Expected("essay")],
    ),
    (
        "explanation and difficulty",
        (
            "1. Apa itu katalog?\n"
            "A. Rak\n"
            "B. Daftar koleksi\n"
            "C. Meja\n"
            "D. Buku tamu\n"
            "Kunci: B\n"
            "Pembahasan: Katalog mendaftar koleksi.\n"
            "Bisa berupa kartu.\n"
            "Tingkat: mudah"
        ),
        [ONE],
    ),
    (
        "English, as Aiken has it",
        (
            "What is a call number?\n"
            "A. A phone number\n"
            "B. The place of a book on the shelf\n"
            "C. A price\n"
            "D. A page\n"
            "ANSWER: B\n"
            "\n"
            "Who may borrow?\n"
            "A) Nobody\n"
            "B) Members\n"
            "C) Cats\n"
            "D) Books\n"
            "ANSWER: B"
        ),
        [ONE, ONE],
    ),
    (
        "WhatsApp's names and hours",
        (
            "[10.21, 22/11/2026] Bu Nur: 1. Apa itu katalog?\n"
            "[10.21, 22/11/2026] Bu Nur: A. Rak\n"
            "[10.22, 22/11/2026] Bu Nur: B. Daftar koleksi\n"
            "C. Meja\n"
            "D. Lampu\n"
            "22/11/26 10.23 - Bu Nur: Kunci: B"
        ),
        [ONE],
    ),
    (
        "Word's spaces, hyphens and quotes",
        (
            "1.\u00a0Arti \u201ckata\u00adlog\u201d\u200b?\n"
            "A.\u00a0Rak\n"
            "B.\tDaftar koleksi\u200e\n"
            "C.\u2003Meja\n"
            "D. Lampu\n"
            "Kunci\u00a0:\u00a0B"
        ),
        [ONE],
    ),
    (
        "statements within a question",
        (
            "1. Perhatikan pernyataan berikut.\n"
            "1) Buku diberi label.\n"
            "2) Buku dicap.\n"
            "Urutan yang benar adalah …\n"
            "A. 1, 2\n"
            "B. 2, 1\n"
            "C. 1 saja\n"
            "D. 2 saja\n"
            "Kunci: B"
        ),
        [ONE],
    ),
    (
        "the key repeats its option, or is only its text",
        (
            "1. Apa itu katalog?\n"
            "A. Rak\n"
            "B. Daftar koleksi\n"
            "C. Meja\n"
            "D. Lampu\n"
            "Jawaban: B. Daftar koleksi\n"
            "2. Apa itu rak?\n"
            "A. Meja\n"
            "B. Tempat buku\n"
            "C. Lampu\n"
            "D. Pintu\n"
            "Jawaban: tempat buku"
        ),
        [ONE, ONE],
    ),
    (
        "no key",
        ("1. Apa itu katalog?\nA. Rak\nB. Daftar koleksi"),
        [Expected("single", options=2, verdict="look")],
    ),
    (
        "two options alike, and a key that is not there",
        (
            "1. Apa itu katalog?\n"
            "A. Rak\n"
            "B. rak \n"
            "C. Daftar\n"
            "Kunci: C\n"
            "2. Apa itu rak?\n"
            "A. Meja\n"
            "B. Tempat buku\n"
            "Kunci: E"
        ),
        [Expected("single", "C", options=3, verdict="look"), Expected("single", options=2, verdict="look")],
    ),
    (
        "a letter that is missing",
        ("1. Apa itu katalog?\nA. Rak\nB. Daftar koleksi\nD. Meja\nKunci: B"),
        [Expected("single", "B", options=3, verdict="look")],
    ),
    (
        "an asterisk that contradicts the key",
        ("1. Apa itu katalog?\n*A. Rak\nB. Daftar koleksi\nKunci: B"),
        [Expected("single", "B", options=2, verdict="look")],
    ),
    (
        "greetings around the questions",
        (
            "Selamat pagi, Bapak/Ibu. Ini soal untuk besok.\n"
            "\n"
            "1. Apa itu katalog?\n"
            "A. Rak\n"
            "B. Daftar koleksi\n"
            "C. Meja\n"
            "D. Lampu\n"
            "Kunci: B\n"
            "\n"
            "Terima kasih, semoga sukses."
        ),
        [Expected(None, verdict="unread"), ONE, Expected(None, verdict="unread")],
    ),
    (
        "a question without anything",
        ("1. Layanan perpustakaan desa\n2. Warna rak di ruang anak"),
        [Expected("essay", verdict="look"), Expected("essay", verdict="look")],
    ),
    (
        "a key for a question that is not there",
        ("1. Apa itu katalog?\nA. Rak\nB. Daftar\nC. Meja\nD. Lampu\nKunci jawaban\n1. B\n7. C"),
        [ONE, Expected(None, verdict="unread")],
    ),
    # what a stranger's first hour brought: WhatsApp, phones, nested bullets and tables
    (
        "a message with its sender, its bold word and its thanks",
        (
            "[22/11 19.04] Bu Ani SDN 2: Assalamualaikum, ini soalnya ya 🙏\n*Soal Kuis Buku Tamu*\n"
            "1) Siapa yang mengisi buku tamu? 📖\na) Kepala desa\nb) Tamu\nJawaban : B\n\n"
            "2) Kolom mana yang *wajib* ada?\na) Nomor sepatu\nb) Nama\njawaban: b\n_terima kasih_ 🙏🙏"
        ),
        [
            Expected(None, verdict="unread"),
            Expected("single", "B", 2),
            Expected("single", "B", 2),
            Expected(None, verdict="unread"),
        ],
    ),
    (
        "Word's tabs and non-breaking spaces",
        (
            "1.\tKapan diisi?\n\tA.\tSaat pulang\n\tB.\tSaat datang\n\tKunci Jawaban\u00a0:\tB\n"
            "2.\u00a0Apa isinya?\nA.\u00a0Nama ibu\nB.\u00a0Nama tamu\nKunci\u00a0:\u00a0B"
        ),
        [Expected("single", "B", 2), Expected("single", "B", 2)],
    ),
    (
        "two quizzes in one text, each counted from 1 in its own way",
        (
            "1) Apa?\na) Rak\nb) Buku\nJawaban: b\n\n"
            "1. Siapa?\nA. Camat\nB. Tamu\nKunci: B\n2. Kapan?\nA. Lusa\nB. Kini\nKunci: B"
        ),
        [Expected("single", "B", 2)] * 3,
    ),
    (
        "Word's nested bullets",
        (
            "• Apa nama buku di dekat pintu?\n  o Buku harian\n  o Buku tamu *\n\n"
            "• Apa guna pena?\n  o Makan\n  o Menulis *"
        ),
        [Expected("single", "B", 2), Expected("single", "B", 2)],
    ),
    (
        "boxes with a gap between them",
        "1. Apa saja yang ditulis?\n☐ Gaji\n\n☑ Nama\n\n☐ PIN\n\n☑ Tanggal",
        [Expected("multiple", "B,D", 4)],
    ),
    (
        "a table with a head and options",
        (
            "**No**\t**Soal**\tA\tB\tC\t*Kunci*\tPembahasan\n1\tSiapa?\tCamat\tTamu\tGuru\tB\tKarena ia datang.\n"
            "2.\tKapan?\tLusa\tKini\t\tB"
        ),
        [Expected("single", "B", 3), Expected("single", "B", 2)],
    ),
    (
        "two columns with a head",
        (
            "Pertanyaan\tJawaban\nSebutan orang yang datang?\tpemustaka\n"
            "Senin 12, Selasa 8, jumlahnya\t20\nTamu dicatat.\tBenar"
        ),
        [Expected("short-text", "pemustaka"), Expected("number", "20"), Expected("true-false", "benar")],
    ),
    (
        "two columns without a head",
        "Sebutan orang yang datang ke perpustakaan ...\tpemustaka\nBuku di dekat pintu?\tbuku tamu",
        [Expected("short-text", "pemustaka"), Expected("short-text", "buku tamu")],
    ),
    (
        "statements with their answer behind them",
        (
            "1. Anak-anak juga dicatat. (B)\n2. Buku tamu disimpan di gudang. (S)\n"
            "3. Pena disediakan (Benar).\n\n1) Apa?\na) Rak\nb) Buku *"
        ),
        [
            Expected("true-false", "benar"),
            Expected("true-false", "salah"),
            Expected("true-false", "benar"),
            Expected("single", "B", 2),
        ],
    ),
    (
        "a key told in a sentence",
        (
            "1. Kapan diisi?\nA. Saat pulang\nB. Saat datang\nJawaban yang benar adalah B. Saat datang\n"
            "2. Siapa?\nA. Camat\nB. Tamu\nKunci ialah B"
        ),
        [Expected("single", "B", 2), Expected("single", "B", 2)],
    ),
    (
        "drawn numbers, letters and ticks",
        "1️⃣ Apa itu pemustaka?\n🅰️ Pemilik\n🅱️ Pengguna\n👉 Jawaban: B\n2️⃣ Siapa?\nA. Camat\nB. Tamu ✅",
        [Expected("single", "B", 2), Expected("single", "B", 2)],
    ),
    (
        "signs as an East Asian keyboard types them",
        "1、Apa itu pemustaka？\nA： Pemilik\nB： Pengguna\nKunci： B",
        [Expected("single", "B", 2)],
    ),
]
