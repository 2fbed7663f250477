"""A calibration and the abilities that follow from it, in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import N_, Message
from app.psychometrics.ability import Abilities
from app.psychometrics.answer_file import Sheet
from app.psychometrics.fit import VERDICTS, ItemFit, Verdict
from app.psychometrics.intervals import FEW, INDICATIVE
from app.psychometrics.models import REMARKS, Calibration, ItemParameters
from app.psychometrics.printing import aligned, decimal, harmless
from app.texts.local import Language
from app.texts.spoken import Gettext

_ITEM_HEADS: Final = (
    N_("Butir"),
    N_("n"),
    N_("a"),
    N_("galat baku a"),
    N_("b"),
    N_("galat baku b"),
    N_("Infit"),
    N_("Outfit"),
    N_("Catatan"),
)
_PERSON_HEADS: Final = (N_("Orang"), N_("EAP"), N_("galat baku EAP"), N_("MAP"), N_("galat baku MAP"))
_LEGEND: Final = (
    N_("a: daya beda; b: tingkat kesukaran, makin tinggi makin sukar; kemampuan rata-rata 0, simpangan baku 1."),
    N_("Infit, outfit: 1 sesuai model; jauh di atas 1 jawaban sulit diduga, jauh di bawah 1 terlalu mudah diduga."),
    N_("EAP: rata-rata perkiraan kemampuan; MAP: perkiraan yang paling mungkin. –: tidak dapat dihitung."),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a sheet."""

    sheet: Sheet
    calibration: Calibration
    fit: Sequence[ItemFit | None]
    abilities: Abilities


def report(found: Found, say: Gettext, language: Language) -> Iterator[str]:
    """Both tables with what they mean, and how far they may be trusted."""
    yield from aligned([[head.text(say) for head in _ITEM_HEADS], *_item_rows(found, say, language)], left=(0, 8))
    yield ""
    yield from aligned([[head.text(say) for head in _PERSON_HEADS], *_person_rows(found, language)])
    yield ""
    yield from (line.text(say) for line in _LEGEND)
    sheet, calibration = found.sheet, found.calibration
    yield N_(
        "Log-likelihood %(value)s. %(people)s orang, %(items)s butir, %(steps)s langkah.",
        value=decimal(calibration.log_likelihood, 3, language),
        people=len(sheet.people),
        items=len(sheet.items),
        steps=calibration.iterations,
    ).text(say)
    yield from (caution.text(say) for caution in cautions(found))


def cautions(found: Found) -> Iterator[Message]:
    """What bears on all figures."""
    people = found.sheet.people
    if not found.calibration.converged:
        yield N_("Perhitungan belum tuntas: angka-angka ini belum bisa dipakai.")
    if len(set(people)) < len(people):
        yield N_("Ada nama orang yang muncul lebih dari sekali: setiap baris dihitung sebagai orang sendiri.")
    if len(people) < INDICATIVE:
        yield _caution(len(people))


def _caution(people: int) -> Message:
    """What is said of figures from so few."""
    if people < FEW:
        return N_("Kurang dari %(few)s orang: baca dengan hati-hati.", few=FEW)
    return N_("Kurang dari %(indicative)s orang: masih indikatif.", indicative=INDICATIVE)


def _notes(item: ItemParameters, fit: ItemFit | None, answers: int, people: int) -> Iterator[Message]:
    """What is to be looked at in an item; that few answered it, where it is not said of all people below the tables."""
    if 0 < answers < INDICATIVE <= people:
        yield _caution(answers)
    if item.remark:
        yield REMARKS[item.remark]
    if fit and fit.verdict is not Verdict.FITS:
        yield VERDICTS[fit.verdict]


def _item_rows(found: Found, say: Gettext, language: Language) -> Iterator[list[str]]:
    asked = (found.sheet.answers == found.sheet.answers).sum(axis=0)  # nan is not itself
    people = len(found.sheet.people)
    for name, count, item, fit in zip(found.sheet.items, asked, found.calibration.items, found.fit, strict=True):
        yield [
            harmless(name),
            str(count),
            *(decimal(value, 3, language) for value in (item.a, item.se_a, item.b, item.se_b)),
            decimal(fit.infit if fit else None, 2, language),
            decimal(fit.outfit if fit else None, 2, language),
            "; ".join(note.text(say) for note in _notes(item, fit, int(count), people)),
        ]


def _person_rows(found: Found, language: Language) -> Iterator[list[str]]:
    who = found.abilities
    for name, *figures in zip(found.sheet.people, who.eap, who.eap_se, who.map, who.map_se, strict=True):
        yield [harmless(name), *(decimal(float(figure), 3, language) for figure in figures)]
