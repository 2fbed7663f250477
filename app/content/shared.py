"""What all courses share: the competency framework, the glossary, and banks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.content.banks import BANK_PATTERN, Pool, Surroundings, read_bank
from app.content.course import NO_FRAMEWORK, Area, Bank, Competency, Framework, GlossaryTerm, Shared
from app.content.documents import open_document
from app.content.faults import Findings, Notes, shown, unknown
from app.content.folders import files_sha256
from app.content.nodes import MapNode, Place, TextNode, maps_at, text_at
from app.content.problems import read_as
from app.content.questions import note_twice
from app.content.schema_shared import AreaEntry, FrameworkFile, GlossaryFile, TermEntry
from app.errors import N_

FRAMEWORK_FILE: Final = "competencies.yaml"
GLOSSARY_FILE: Final = "glossary.yaml"


@dataclass(frozen=True)
class SharedReading:
    """What could be read of the shared files, also where some have faults.

    `pools` None for a bank that could not be read; `competencies` None where the framework could not.
    """

    shared: Shared
    competencies: Mapping[str, object] | None
    pools: Mapping[str, Pool | None]


def read_shared(files: Mapping[str, bytes], earlier: Mapping[str, str], findings: Findings) -> SharedReading:
    """The shared files, as far as they can be read; every fault goes into `findings`."""
    _note_files(files, findings)
    framework = (
        _framework(files[FRAMEWORK_FILE], findings.of(FRAMEWORK_FILE)) if FRAMEWORK_FILE in files else NO_FRAMEWORK
    )
    terms = _glossary(files[GLOSSARY_FILE], findings.of(GLOSSARY_FILE)) if GLOSSARY_FILE in files else ()
    competencies = None if findings.spoiled(FRAMEWORK_FILE) else framework.competencies
    banks: dict[str, Bank] = {}
    pools: dict[str, Pool | None] = {}
    for path in sorted(each for each in files if re.fullmatch(BANK_PATTERN, each)):
        bank, pool = read_bank(files[path], "", Surroundings(competencies, earlier), findings.of(path))
        pools[path.removeprefix("bank/").removesuffix(".yaml")] = pool
        if bank is not None:
            banks[bank.name] = bank
    shared = Shared(framework, terms, banks, files_sha256(files), findings.warnings)
    return SharedReading(shared, competencies, pools)


def reading_of(shared: Shared) -> SharedReading:
    """The reading of shared content that has no faults."""
    pools = {
        bank.name: Pool(
            bank.name,
            tuple((f"{bank.name}/{each.id}", frozenset(each.tags), each.difficulty) for each in bank.questions),
            frozenset(f"{bank.name}/{each.id}" for each in bank.questions if not each.asks),
        )
        for bank in shared.banks.values()
    }
    return SharedReading(shared, shared.framework.competencies, pools)


def _note_files(files: Mapping[str, bytes], findings: Findings) -> None:
    known = (FRAMEWORK_FILE, GLOSSARY_FILE)
    for path in sorted(files):
        if path not in known and not re.fullmatch(BANK_PATTERN, path):
            fault = N_('File "%(path)s" tidak dikenal di folder courses.', path=shown(path))
            findings.add(path, Place(1, 1, 0), unknown(fault, path, (*known, "bank/nama.yaml")))


# The framework


def _framework(data: bytes, notes: Notes) -> Framework:
    root = open_document(data, notes)
    if root is None:
        return NO_FRAMEWORK
    read = read_as(FrameworkFile, root, notes)
    areas = list(maps_at(root, "areas"))
    competencies = [each for area in areas for each in maps_at(area, "competencies")]
    for nodes in (areas, competencies):
        note_twice((found for each in nodes if (found := text_at(each, "id")) is not None), notes)
    for area in areas:
        _note_prefixes(area, notes)
    if read is None:
        return NO_FRAMEWORK
    return Framework(read.title, read.source, tuple(_area(each, read.cut) for each in read.areas), read.cut)


def _area(area: AreaEntry, usual_cut: float) -> Area:
    competencies = tuple(
        Competency(each.id, area.id, each.title, each.summary, usual_cut if each.cut is None else each.cut)
        for each in area.competencies
    )
    return Area(area.id, area.title, competencies)


def _note_prefixes(area: MapNode, notes: Notes) -> None:
    name = text_at(area, "id")
    for each in maps_at(area, "competencies"):
        own = text_at(each, "id")
        if name is not None and own is not None and "." in own and not own.startswith(f"{name}."):
            fault = N_('Id kompetensi di bidang ini harus diawali "%(area)s.".', area=shown(name))
            notes.add(own.span.start, fault)


# The glossary


def _glossary(data: bytes, notes: Notes) -> tuple[GlossaryTerm, ...]:
    root = open_document(data, notes)
    if root is None:
        return ()
    read = read_as(GlossaryFile, root, notes)
    nodes = list(maps_at(root, "terms"))
    note_twice((found for each in nodes if (found := text_at(each, "id")) is not None), notes)
    if read is None:
        return ()
    terms = tuple(_term(each) for each in read.terms)
    _warn_of_shared_forms(terms, [text_at(each, "id") for each in nodes], notes)
    return terms


def _term(entry: TermEntry) -> GlossaryTerm:
    forms = {
        "id": (entry.term.id, *entry.also.id),
        "en": (entry.term.in_("en"), *entry.also.en),
    }
    unique = {language: tuple(dict.fromkeys(each)) for language, each in forms.items()}
    return GlossaryTerm(entry.id, entry.term, entry.definition, unique, entry.link)


def _warn_of_shared_forms(terms: tuple[GlossaryTerm, ...], ids: list[TextNode | None], notes: Notes) -> None:
    """Two linked terms that are looked for by the same word: only the first is ever found."""
    seen: dict[tuple[str, str], str] = {}
    for term, node in zip(terms, ids, strict=False):
        for language, forms in term.forms.items() if term.linked else ():
            for form in forms:
                first = seen.setdefault((language, form.casefold()), term.id)
                if first != term.id and node is not None:
                    message = N_('Bentuk "%(form)s" sudah dipakai istilah "%(first)s".', form=shown(form), first=first)
                    notes.add(node.span.start, message, warning=True)
