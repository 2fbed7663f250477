"""Why a file is not taken, in words that say what to do instead."""

from __future__ import annotations

from app.errors import N_, Message, Refusal

MEGABYTE = 1_000_000  # bytes, as phones and providers count


class UploadRefused(Refusal):
    """A file that is not taken. `name` is what its sender calls it."""

    status = 415


class FileTooLarge(UploadRefused):
    """A file over the bound."""

    status = 413

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(too_large(size, limit))


class EmptyFile(UploadRefused):
    """A file without content: a phone that could not read its own memory card sends one."""

    def __init__(self) -> None:
        super().__init__(N_("File ini kosong. Pilih sekali lagi."))


class HeicPhoto(UploadRefused):
    """A photo in the format of newer iPhones, which no other browser shows."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Foto HEIC belum dapat dibaca. Kirim sebagai JPEG: di iPhone pilih Pengaturan, Kamera, Format, Paling "
                "Kompatibel, lalu foto lagi; atau ambil tangkapan layar dari foto itu dan kirim tangkapannya."
            )
        )


class BrokenPhoto(UploadRefused):
    """What begins like a photo and cannot be shown."""

    def __init__(self) -> None:
        super().__init__(N_("Foto ini rusak atau tidak lengkap. Foto lagi, atau pilih foto lain."))


class TooManyPixels(UploadRefused):
    """A picture that would take more memory than there is."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            N_("Gambar ini terlalu besar: lebih dari %(limit)s megapiksel. Kecilkan dulu.", limit=limit // 1_000_000)
        )


class HoldsMacros(UploadRefused):
    """An office document that can run programs."""

    def __init__(self) -> None:
        super().__init__(N_("Dokumen ini berisi makro. Simpan sebagai PDF atau tanpa makro, lalu kirim lagi."))


class NotTaken(UploadRefused):
    """A kind of file that is not asked for."""

    def __init__(self, *, photos: bool, documents: bool) -> None:
        super().__init__(_wanted(photos=photos, documents=documents))


class TooMany(UploadRefused):
    """More files than may be handed in."""

    status = 409

    def __init__(self, limit: int) -> None:
        super().__init__(N_("Paling banyak %(limit)s file. Hapus dulu yang tidak dipakai.", limit=limit))


class UploadGone(UploadRefused):
    """A file that an answer names is not there, or is somebody else's."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("File ini sudah tidak tersimpan. Pilih dan kirim lagi."))


def too_large(size: int, limit: int) -> Message:
    """What is said of too many bytes; both in bytes."""
    return N_(
        "File terlalu besar: %(size)s MB, batasnya %(limit)s MB.",
        size=max(1, -(-size // MEGABYTE)),
        limit=limit // MEGABYTE,
    )


def _wanted(*, photos: bool, documents: bool) -> Message:
    if photos and documents:
        return N_(
            "Jenis file ini tidak dapat dikirim. Kirim foto, PDF, Word, Excel, PowerPoint, OpenDocument, atau teks."
        )
    if photos:
        return N_("File ini bukan foto. Kirim foto JPEG, PNG, atau WebP.")
    return N_("Jenis dokumen ini tidak dapat dikirim. Kirim PDF, Word, Excel, PowerPoint, OpenDocument, atau teks.")
