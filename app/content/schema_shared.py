"""The shapes of the files that all courses share: the framework of competencies, and the glossary."""

from __future__ import annotations

from pydantic import Field

from app.content.course import USUAL_CUT
from app.content.schema_values import AreaId, CompetencyId, FileModel, Text
from app.texts.local import LocalText
from app.texts.scalars import CutScore, Flag, PlainText, Slug


class CompetencyEntry(FileModel):
    """A competency of an area."""

    id: CompetencyId = Field(description="Id kompetensi, diawali id bidangnya, misalnya F2.klasifikasi.")
    title: Text = Field(description="Nama kompetensi.")
    summary: LocalText | None = Field(default=None, description="Apa yang dapat dilakukan orang yang menguasainya.")
    cut: CutScore | None = Field(default=None, description="Batas skor kompetensi ini, kalau lain dari yang umum.")


class AreaEntry(FileModel):
    """An area of the framework."""

    id: AreaId = Field(description="Id bidang, misalnya F2.")
    title: Text = Field(description="Nama bidang.")
    competencies: tuple[CompetencyEntry, ...] = Field(default=(), description="Kompetensi di bidang ini.")


class FrameworkFile(FileModel):
    """competencies.yaml"""

    title: Text = Field(description="Nama kerangka kompetensi.")
    source: LocalText | None = Field(default=None, description="Standar yang menjadi acuan.")
    cut: CutScore = Field(
        default=USUAL_CUT, description="Mulai skor berapa suatu kompetensi disebut dikuasai, 1 sampai 99. Biasanya 70."
    )
    areas: tuple[AreaEntry, ...] = Field(min_length=1, description="Bidang kompetensi.")


class OtherForms(FileModel):
    """Other ways to write a term, in each language."""

    id: tuple[PlainText, ...] = Field(default=(), description="Bentuk lain dalam bahasa Indonesia.")
    en: tuple[PlainText, ...] = Field(default=(), description="Bentuk lain dalam bahasa Inggris.")


class TermEntry(FileModel):
    """A term of the glossary."""

    id: Slug = Field(description="Id istilah: huruf kecil, angka, dan tanda hubung.")
    term: Text = Field(description="Istilahnya.")
    also: OtherForms = Field(default=OtherForms(), description="Bentuk lain yang juga dikenali di dalam materi.")
    link: Flag = Field(default=True, description="false: istilah ini tidak ditautkan di dalam materi.")
    definition: Text = Field(description="Penjelasan singkat, satu atau dua kalimat.")


class GlossaryFile(FileModel):
    """glossary.yaml"""

    terms: tuple[TermEntry, ...] = Field(description="Istilah-istilah.")
