"""Faults as they are kept."""

from __future__ import annotations

import json

from app.catalogue.remembered import faults_of, rows_of
from app.content.faults import Fault
from app.errors import N_

INNER = N_('Kompetensi "%(name)s" tidak dikenal.', name="F9")
FAULT = Fault("courses/ddc/01.yaml", 14, 9, N_("%(fault)s Paling banyak %(most)s.", fault=INNER, most=8))


def test_a_fault_comes_back_from_the_database_as_it_was() -> None:
    assert faults_of(json.loads(json.dumps(rows_of([FAULT])))) == (FAULT,)


def test_a_kept_fault_is_told_in_the_readers_language_to_its_inmost_part() -> None:
    (kept,) = faults_of(json.loads(json.dumps(rows_of([FAULT]))))
    english = {
        "%(fault)s Paling banyak %(most)s.": "%(fault)s At most %(most)s.",
        'Kompetensi "%(name)s" tidak dikenal.': 'Unknown competency "%(name)s".',
    }
    assert kept.text(english.__getitem__) == 'courses/ddc/01.yaml:14:9: Unknown competency "F9". At most 8.'
