"""Kind messages to who may need help, and to who practises daily: sentences with their facts, to look over. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from app.errors import N_, Message
from app.gradebook.rules.at_risk import Reason

LISTED: Final = 5  # of what is open; the others are counted


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message tells. All texts are as their reader reads them; `reasons` with the quiz's title, "" without."""

    name: str
    course: str
    reasons: Sequence[tuple[Reason, str]]
    last_day: str  # when the person was last there; "" where never
    still_open: Sequence[str]  # titles
    link: str
    sender: str


def message_lines(letter: Letter) -> Iterator[Message | str]:
    """Its lines, "" between paragraphs. Nothing in it blames; each problem is told once."""
    yield N_("Halo %(name)s, semoga sehat selalu.", name=letter.name)
    yield ""
    yield _opening(letter)
    yield from _troubles(letter)
    if letter.still_open:
        yield ""
        yield N_("Yang masih terbuka untuk Anda:")
        yield from (f"- {title}" for title in letter.still_open[:LISTED])
        if len(letter.still_open) > LISTED:
            yield N_("- dan %(count)s lagi", count=len(letter.still_open) - LISTED)
    yield ""
    yield N_("Bisa dilanjutkan di sini: %(link)s", link=letter.link)
    yield N_("Kalau ada kesulitan, balas saja pesan ini. Kita cari jalannya bersama.")
    yield ""
    yield N_("Terima kasih, %(sender)s", sender=letter.sender)


@dataclass(frozen=True, slots=True)
class PracticeReminder:
    """What a reminder of the daily practice tells; texts as in a letter. `due`: questions that wait."""

    name: str
    course: str
    due: int
    link: str
    sender: str


def reminder_lines(reminder: PracticeReminder) -> Iterator[Message | str]:
    """Its lines, "" between paragraphs. Days that were missed are not named: a pause is nothing to be ashamed of."""
    yield N_("Halo %(name)s, semoga sehat selalu.", name=reminder.name)
    yield ""
    yield N_(
        "Soal kursus “%(course)s” yang baik diulang sebelum terlupa: %(count)s. Paling banyak lima sehari, kira-kira "
        "lima menit.",
        count=reminder.due,
        course=reminder.course,
    )
    yield N_("Latihannya di sini: %(link)s", link=reminder.link)
    yield N_("Kalau sedang sibuk tidak apa-apa. Boleh dilanjutkan kapan saja, atau dihentikan di halaman itu.")
    yield ""
    yield N_("Terima kasih, %(sender)s", sender=reminder.sender)


def whatsapp_link(phone: str, text: str) -> str:
    """The address that opens WhatsApp with the message to a number (E.164) typed in; sending it is left to the person.

    Source: WhatsApp's help on "click to chat": https://wa.me/<number without sign>?text=<text>.
    """
    return f"https://wa.me/{phone.removeprefix('+')}?text={quote(text, safe='')}"


def _opening(letter: Letter) -> Message:
    reasons = {reason for reason, _ in letter.reasons}
    if Reason.NEVER_BEGAN in reasons:
        return N_(
            "Kursus “%(course)s” sudah siap untuk Anda dan dapat dimulai kapan saja dari HP.", course=letter.course
        )
    if Reason.INACTIVE in reasons and letter.last_day:
        return N_(
            "Terakhir Anda belajar di kursus “%(course)s” pada %(day)s. "
            "Kalau pekerjaan sedang longgar, mari dilanjutkan.",
            course=letter.course,
            day=letter.last_day,
        )
    return N_("Terima kasih sudah belajar di kursus “%(course)s”.", course=letter.course)


def _troubles(letter: Letter) -> Iterator[Message]:
    told = set()
    for reason, quiz in letter.reasons:
        if (reason, quiz) in told:
            continue
        told.add((reason, quiz))
        if reason is Reason.USED_UP:
            yield N_(
                "Kesempatan untuk “%(quiz)s” sudah habis. Kabari saya kalau ingin mencoba lagi.",
                quiz=quiz,
            )
        elif reason is Reason.NOT_PASSED:
            yield N_("“%(quiz)s” belum lulus, dan masih boleh dicoba lagi.", quiz=quiz)
        elif reason is Reason.STUCK:
            yield N_(
                "Di “%(quiz)s” ada soal yang tampaknya sulit. Itu biasa; mari kita bahas bersama.",
                quiz=quiz,
            )
