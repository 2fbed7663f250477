"""What a group gained as rows of a sheet, in the reader's language: the same numbers as on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from app.reports.rules.gain import AskedTwice, NamedGain, TookBoth
from app.web.languages import gettext, tell
from app.web.sheets import Cell, Row

if TYPE_CHECKING:
    from app.psychometrics.gain import ItemGain
    from app.psychometrics.intervals import Interval


def gain_lines(gains: Sequence[NamedGain]) -> Iterator[Row]:
    """A line for each group, under their head; nothing of nobody."""
    if gains:
        yield _gain_head()
    for each in gains:
        of = each.gain
        cells: list[Cell] = [tell(each.name), of.people]
        cells += [round(of.before), *_span(of.before_interval, 0), round(of.after), *_span(of.after_interval, 0)]
        cells += [_rounded(of.gain), *_span(of.gain_interval, 2), tell(each.words)]
        cells += [_rounded(of.effect), *_span(of.effect_interval, 2), each.fell]
        yield [*cells, tell(each.care) if each.care else ""]


def _gain_head() -> Row:
    low, high = gettext("dari"), gettext("sampai")
    return [
        gettext("Kelompok"), gettext("Orang"), gettext("Tes awal"), low, high, gettext("Tes akhir"), low, high,
        gettext("Peningkatan (N-gain)"), low, high, gettext("Arti"), gettext("Besar pengaruh (d)"), low, high,
        gettext("Nilainya turun"), gettext("Catatan"),
    ]  # fmt: skip


def person_head() -> Row:
    """The names of a person's columns."""
    return [gettext("Nama"), gettext("Asal lembaga"), gettext("Tes awal"), gettext("Tes akhir"), gettext("Selisih")]


def person_line(each: TookBoth) -> Row:
    """A person: the totals alone."""
    return [each.name, each.organisation or "", round(each.before), round(each.after), round(each.difference)]


def item_lines(items: Sequence[tuple[AskedTwice, ItemGain]], texts: Mapping[str, str]) -> Iterator[Row]:
    """The questions that both tests asked, in percent, under a head of their own; nothing where there is none."""
    if items:
        people, low, high = gettext("Orang"), gettext("dari"), gettext("sampai")
        before, after = gettext("Benar di tes awal, persen"), gettext("Benar di tes akhir, persen")
        yield []
        yield [gettext("Soal"), before, people, after, people, gettext("Selisih"), low, high]
    for asked, gain in items:
        yield [
            texts[asked.question], round(100 * gain.before), asked.before_people, round(100 * gain.after),
            asked.after_people, round(100 * gain.difference), round(100 * gain.interval.low),
            round(100 * gain.interval.high),
        ]  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _span(interval: Interval | None, digits: int) -> list[Cell]:
    if interval is None:
        return [None, None]
    return [round(each, digits) if digits else round(each) for each in interval]
