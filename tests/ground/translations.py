"""Is every sentence translated? `python -m tests.ground.translations` checks; with `update` it adds what is missing.

Msgids are Indonesian and stand in code and templates; the English catalogue is the only one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent.parent
ENGLISH: Final = ROOT / "app" / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
_METHODS: Final = [("**.py", "python"), ("**.html", "jinja2")]
_OPTIONS: Final = {"**.html": {"silent": "false"}}


def extracted(folder: Path) -> Catalog:
    """Every sentence that the code and the templates under `folder` say, with the places where they do."""
    catalogue = _empty()
    found = extract_from_dir(folder, _METHODS, _OPTIONS, comment_tags=("Untuk penerjemah:",))
    for name, line, msgid, comments, context in found:
        place = (folder / name).relative_to(folder.parent).as_posix()
        catalogue.add(msgid, locations=[(place, line)], auto_comments=comments, context=context)
    return catalogue


def faults(wanted: Catalog, written: Catalog) -> Iterator[str]:
    """What the written catalogue lacks, has in doubt, or has too much of."""
    for message in wanted:
        if not message.id:
            continue
        where = ":".join(map(str, message.locations[0]))
        translation = written.get(message.id, message.context)
        if translation is None:
            yield f"{where}: no English for {message.id!r}"
        else:
            yield from (f"{where}: {fault}: {message.id!r}" for fault in _faults_of(translation))
    for message in written:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"no longer said anywhere: {message.id!r}"


def _faults_of(translation: Message) -> Iterator[str]:
    texts = translation.string if isinstance(translation.string, (tuple, list)) else (translation.string,)
    if translation.fuzzy:
        yield "the English is fuzzy"
    if not all(texts):
        yield "the English is empty"
    elif list(translation.check()):
        yield "the English has other places to fill in"


def read_english() -> Catalog:
    """The catalogue as it stands in the tree; empty where there is none yet."""
    if not ENGLISH.exists():
        return _empty()
    with ENGLISH.open("rb") as lines:
        return read_po(lines, locale="en")


def update() -> None:
    """Bring the catalogue's msgids up to date; what is new stays empty for a person to write, nothing is guessed."""
    catalogue = read_english()
    catalogue.update(extracted(ROOT / "app"), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with ENGLISH.open("wb") as lines:
        write_po(lines, catalogue, width=120, sort_output=True, include_lineno=False)


def _empty() -> Catalog:
    names = {"project": "Rak Belajar", "version": "1", "last_translator": "Rak Belajar", "language_team": "English"}
    return Catalog(
        locale="en",
        fuzzy=False,
        charset="utf-8",
        msgid_bugs_address="README.md",
        revision_date=datetime.now(UTC),
        header_comment="# The interface in English. Msgids are Indonesian and stand in code and templates; "
        "`make translations` adds new ones.",
        **names,
    )


def main(arguments: list[str]) -> int:
    """Exit status 1 where anything is missing."""
    if arguments == ["update"]:
        update()
    found = list(faults(extracted(ROOT / "app"), read_english()))
    for fault in found:
        print(fault)
    print(f"{len(found)} faults in the English catalogue" if found else "The English catalogue is complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
