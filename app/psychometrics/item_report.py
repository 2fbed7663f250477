"""An item analysis in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from app.errors import N_, Message
from app.psychometrics.figures import Analysis, ItemStatistics, Reason, TestStatistics
from app.psychometrics.intervals import FEW, INDICATIVE, Interval, correlation_interval, mean_interval, wilson
from app.psychometrics.printing import UNDEFINED, aligned, decimal, harmless
from app.texts.local import Language
from app.texts.spoken import Gettext

REASONS: Final[Mapping[Reason, Message]] = MappingProxyType(
    {
        Reason.NO_POINTS: N_("maksimumnya 0"),
        Reason.FEW_ATTEMPTS: N_("percobaan terlalu sedikit"),
        Reason.SAME_MARK: N_("semua mendapat nilai yang sama di butir ini"),
        Reason.SAME_REST: N_("semua mendapat nilai yang sama di butir lainnya"),
        Reason.SAME_TOTAL: N_("semua mendapat nilai total yang sama"),
        Reason.NEGATIVE: N_("tidak bermakna: hasilnya di bawah 0"),
        Reason.ITEMS_DIFFER: N_("tidak semua percobaan memuat butir yang sama"),
        Reason.ONE_ITEM: N_("hanya ada satu butir"),
    }
)

_ITEM_HEADS: Final = (
    N_("Butir"),
    N_("n"),
    N_("Maks."),
    N_("p"),
    N_("p 90%"),
    N_("SB"),
    N_("Bobot"),
    N_("Bobot nyata"),
    N_("Daya beda"),
    N_("Daya beda 90%"),
    N_("Efisiensi"),
    N_("Catatan"),
)
_LEGEND: Final = (
    N_("p: tingkat kesukaran, rata-rata nilai dibagi maksimum (0 sampai 1); makin tinggi makin mudah."),
    N_("SB: simpangan baku, dalam nilai. Bobot, daya beda, dan efisiensi: dalam persen."),
    N_("90%: rentang perkiraan dengan keyakinan 90%. –: tidak dapat dihitung."),
)
_PERHAPS_NEGATIVE: Final = N_("Daya beda di bawah 0, tetapi belum pasti.")
_CHECK_KEY: Final = N_("Peserta yang pandai justru banyak salah di soal ini. Periksa kuncinya.")
_FEW_HAD_IT: Final = N_("Kurang dari %(few)s percobaan: baca dengan hati-hati.", few=FEW)
_INDICATIVE: Final = N_("Kurang dari %(indicative)s percobaan: masih indikatif.", indicative=INDICATIVE)
_TEST_ROWS: Final = (
    ("mean", N_("Rata-rata"), 2, ""),
    ("median", N_("Median"), 2, ""),
    ("sd", N_("Simpangan baku"), 2, ""),
    ("skewness", N_("Kemencengan (skewness)"), 2, ""),
    ("kurtosis", N_("Keruncingan (kurtosis)"), 2, ""),
    ("cic", N_("Konsistensi internal (alfa Cronbach)"), 1, " %"),
    ("error_ratio", N_("Rasio galat"), 1, " %"),
    ("standard_error", N_("Galat baku nilai seseorang"), 2, ""),
)


def report(analysis: Analysis, say: Gettext, language: Language) -> Iterator[str]:
    """Both tables with what they mean, and how far they may be trusted."""
    yield from aligned([[head.text(say) for head in _ITEM_HEADS], *_item_rows(analysis, say, language)], left=(0, 11))
    yield ""
    yield from (line.text(say) for line in _LEGEND)
    yield ""
    yield from aligned(list(_test_rows(analysis.test, say, language)), left=(0, 2))
    yield ""
    yield N_("%(attempts)s percobaan, %(items)s butir.", attempts=analysis.test.n, items=len(analysis.items)).text(say)
    if analysis.test.indicative:
        yield _caution(analysis.test.n).text(say)


def _caution(n: int) -> Message:
    """What is said of figures from so few attempts."""
    return _FEW_HAD_IT if n < FEW else _INDICATIVE


def _item_rows(analysis: Analysis, say: Gettext, language: Language) -> Iterator[list[str]]:
    for item in analysis.items:
        held = _discrimination_interval(item)
        yield [
            harmless(item.item),
            str(item.n),
            decimal(item.max_mark, 1, language),
            decimal(item.facility, 2, language),
            _interval(_facility_interval(item), 2, language),
            decimal(item.sd, 2, language),
            decimal(item.intended_weight, 1, language),
            decimal(item.effective_weight, 1, language),
            decimal(item.discrimination_index, 1, language),
            _interval(held, 0, language),
            decimal(item.discriminative_efficiency, 1, language),
            "; ".join(note.text(say) for note in _notes(item, held, analysis.test)),
        ]


def _facility_interval(item: ItemStatistics) -> Interval | None:
    """None also where negative marks bring the mean below 0: it is no share then."""
    if item.facility is None or item.facility < 0:
        return None
    return wilson(min(item.facility * item.n, item.n), item.n)


def _discrimination_interval(item: ItemStatistics) -> Interval | None:
    index = item.discrimination_index
    held = None if index is None else correlation_interval(index / 100, item.n)
    return held and Interval(100 * held.low, 100 * held.high)


def _interval(found: Interval | None, digits: int, language: Language) -> str:
    if found is None:
        return UNDEFINED
    return f"{decimal(found.low, digits, language)}..{decimal(found.high, digits, language)}"


def _notes(item: ItemStatistics, held: Interval | None, test: TestStatistics) -> Iterator[Message]:
    """What is to be looked at, and why figures are missing. Of a negative weight the first note says enough.

    That few attempts held it is told where it is not said of all attempts below the table.
    """
    if item.indicative and not test.indicative:
        yield _caution(item.n)
    if (item.discrimination_index or 0) < 0:
        certain = held.high < 0 if held else not item.indicative
        yield _CHECK_KEY if certain else _PERHAPS_NEGATIVE
    for reason in dict.fromkeys(item.why.values()):
        if reason is not Reason.NEGATIVE:
            yield REASONS[reason]


def _test_rows(test: TestStatistics, say: Gettext, language: Language) -> Iterator[list[str]]:
    for name, label, digits, unit in _TEST_ROWS:
        value = getattr(test, name)
        written = UNDEFINED if value is None else decimal(value, digits, language) + unit
        yield [label.text(say), written, _test_note(test, name, language).text(say)]


def _test_note(test: TestStatistics, name: str, language: Language) -> Message:
    if name in test.why:
        return REASONS[test.why[name]]
    held = None
    if name == "mean" and test.mean is not None and test.sd is not None:
        held = mean_interval(test.n, test.mean, test.sd)
    if held is None:
        return Message("")
    low, high = decimal(held.low, 2, language), decimal(held.high, 2, language)
    return N_("perkiraan %(low)s sampai %(high)s (keyakinan 90%%)", low=low, high=high)
