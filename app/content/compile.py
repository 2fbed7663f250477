"""Bytes -> a frozen course, or every fault at once: the only way in, for disk and database alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final, TypeVar, cast

from app.content.activities import Lesson, Quiz, Task
from app.content.banks import BANK_PATTERN, Pool, Surroundings, read_bank
from app.content.course import Bank, Course, Media, Module, Shared
from app.content.documents import open_document
from app.content.faults import ContentFaults, Findings, Notes, shown, unknown
from app.content.figures import Gallery, figures_of
from app.content.folders import COURSE_FILE, files_sha256
from app.content.lessons import Library
from app.content.media import FOLDER, TYPES, read_media
from app.content.modules import ModuleReader
from app.content.nodes import ListNode, MapNode, Place, TextNode, child
from app.content.pair_lint import pair_problems
from app.content.problems import kebab, read_as
from app.content.questions import AnyQuestion
from app.content.readings import Before, Reading, Taken, agree, file_key, recording, surroundings_key
from app.content.schema import CourseFile
from app.content.shared import SharedReading, read_shared, reading_of
from app.errors import N_, Message
from app.texts.scalars import SLUG_PATTERN

_SLUG: Final = SLUG_PATTERN.strip("^$")
_MODULE_PATTERN: Final = re.compile(rf"{_SLUG}\.yaml")
_MEDIA_PATTERN: Final = re.compile(rf"{FOLDER}[A-Za-z0-9][A-Za-z0-9._-]*({'|'.join(map(re.escape, TYPES))})")
_START = Place(1, 1, 0)
_NOTHING_EARLIER: Final[Mapping[str, str]] = MappingProxyType({})
NOTHING_BEFORE: Final = Before()

Found = TypeVar("Found")


def compile_shared(files: Mapping[str, bytes], earlier: Mapping[str, str] = _NOTHING_EARLIER) -> Shared:
    """The framework, glossary and shared banks from `competencies.yaml`, `glossary.yaml` and `bank/*.yaml`.

    `earlier` tells the kind each address had in earlier revisions. Raises ContentFaults with every fault.
    """
    findings = Findings("courses")
    reading = read_shared(files, earlier, findings)
    if findings.errors:
        raise ContentFaults(findings.errors, findings.warnings)
    return reading.shared


NOTHING_SHARED: Final = compile_shared({})


def compile_course(
    slug: str,
    files: Mapping[str, bytes],
    shared: Shared,
    earlier: Mapping[str, str] = _NOTHING_EARLIER,
    before: Before = NOTHING_BEFORE,
) -> Course:
    """The course in folder `slug`, from its files by their paths within it.

    `earlier` tells the kind each address had in earlier revisions (`Course.kinds` of each). Raises ContentFaults with
    every fault of every file. `before`: where lessons rendered and files read before are found.
    """
    findings = Findings(f"courses/{slug}")
    reading = reading_of(shared)
    around = Surroundings(reading.competencies, earlier)
    course = _CourseReading(slug, files, reading, around, findings, before).course()
    if course is None or findings.errors:
        raise ContentFaults(findings.errors, findings.warnings)
    return course


def read_course(
    slug: str, files: Mapping[str, bytes], shared: SharedReading, earlier: Mapping[str, str], findings: Findings
) -> Course | None:
    """The course, or None where a fault stands in its way; every fault and warning goes into `findings`."""
    return _CourseReading(slug, files, shared, Surroundings(shared.competencies, earlier), findings).course()


@dataclass
class _CourseReading:
    """One pass over the files of a course. Each file is read though others cannot be."""

    slug: str
    files: Mapping[str, bytes]
    shared: SharedReading
    around: Surroundings
    findings: Findings
    before: Before = NOTHING_BEFORE
    banks: dict[str, Bank] = field(default_factory=dict)
    pools: dict[str, Pool | None] = field(default_factory=dict)
    questions: dict[str, AnyQuestion] = field(default_factory=dict)
    ids: dict[str, tuple[str, Place]] = field(default_factory=dict)  # activity id -> where it was first used
    key: str = ""  # of what every file is read against

    def course(self) -> Course | None:
        self._note_files()
        head, root = self._head()
        media = self._media()
        self.around = replace(self.around, gallery=Gallery(media, frozenset(self.files) - frozenset(media)))
        self.key = surroundings_key(self.slug, self.files, self.shared.shared, media)
        self._read_banks()
        library = Library.of(media, self.files, self.shared.shared.glossary, self.before.renderings)
        read = [self._module(path, library) for path in self._module_paths(root)]
        modules = [each for each in read if each is not None]
        self._note_all_hidden(modules)
        self._warn_of_unused(media, modules)
        if head is None or self.findings.errors:
            return None
        self._take_shared(modules)
        self._note_pairs(modules)
        return Course(
            slug=self.slug,
            code=head.code,
            title=head.title,
            summary=head.summary,
            track=head.track,
            hours=head.hours,
            completion=head.completion,
            open=head.open,
            written=tuple(modules),
            banks=self.banks,
            questions=self.questions,
            media=media,
            sha256=files_sha256(self.files),
            warnings=self.findings.warnings,
        )

    # Files

    def _note_files(self) -> None:
        if not re.fullmatch(_SLUG, self.slug):
            message = N_(
                'Nama folder kursus "%(name)s" harus dari huruf kecil, angka, dan tanda hubung, misalnya %(near)s.',
                name=shown(self.slug),
                near=kebab(self.slug) or "kursus-baru",
            )
            self.findings.add(COURSE_FILE, _START, message)
        for path in sorted(self.files):
            if not any(re.fullmatch(each, path) for each in (_MODULE_PATTERN, BANK_PATTERN, _MEDIA_PATTERN)):
                self.findings.add(path, _START, _stray(path))

    def _head(self) -> tuple[CourseFile | None, MapNode | None]:
        notes = self.findings.of(COURSE_FILE)
        if COURSE_FILE not in self.files:
            notes.add(_START, N_("File course.yaml belum ada di folder kursus ini."))
            return None, None
        root = open_document(self.files[COURSE_FILE], notes)
        return (read_as(CourseFile, root, notes) if root is not None else None), root

    def _media(self) -> dict[str, Media]:
        found = {}
        for path in sorted(self.files):
            if _MEDIA_PATTERN.fullmatch(path):
                media = self._read(path, lambda _, notes: read_media(self.files[notes.path], notes))
                if media is not None:
                    found[path] = media
        return found

    def _read_banks(self) -> None:
        prefix = f"{self.slug}/"
        self.pools.update(self.shared.pools)
        for path in sorted(each for each in self.files if re.fullmatch(BANK_PATTERN, each)):
            bank, pool = self._read(path, partial(read_bank, self.files[path], prefix))
            self.pools[PurePosixPath(path).stem] = pool
            if bank is not None:
                self.banks[bank.name] = bank
                self.questions.update((f"{prefix}{bank.name}/{each.id}", each) for each in bank.questions)

    def _read(self, path: str, read: Callable[[Surroundings, Notes], Found]) -> Found:
        """What `read` makes of a file by itself, or made of it before."""
        key = file_key(self.key, path, self.files[path])
        kept = self.before.readings.find(key)
        if kept is None or not kept.holds(self.around.earlier, {}, {}):
            around, findings = recording(self.around), Findings(self.findings.root)
            found = read(around, findings.of(path))
            kept = Reading(found, tuple(findings.faults), self._size(path), kinds=tuple(around.asked))
            self._keep(key, kept)
        kept.note(path, self.findings)
        return cast("Found", kept.found)

    def _size(self, path: str) -> int:
        return max(1, len(self.files[path]))

    def _keep(self, key: str, reading: Reading) -> None:
        if agree(reading.kinds, self.around.earlier):
            self.before.readings.keep(key, reading)

    # Modules

    def _module(self, path: str, library: Library) -> Module | None:
        """One module, its questions taken over into the course. It stands in the company of banks and other modules."""
        key = file_key(self.key, path, self.files[path])
        kept = self.before.readings.find(key)
        if kept is None or not kept.holds(self.around.earlier, self.pools, self.ids):
            kept = self._module_anew(path, library, key)
        self.ids.update({name: (path, place) for name, place in kept.ids.items()})
        kept.note(path, self.findings)
        module, questions = kept.found
        self.questions.update(questions)
        return cast("Module | None", module)

    def _module_anew(self, path: str, library: Library, key: str) -> Reading:
        around, pools, findings = recording(self.around), Taken(self.pools), Findings(self.findings.root)
        reader = ModuleReader(self.slug, self.files, pools, around, library, self.ids)
        module = reader.read(self.files[path], findings.of(path))
        reading = Reading(
            (module, reader.questions),
            tuple(findings.faults),
            self._size(path),
            kinds=tuple(around.asked),
            pools=pools.taken,
            ids={name: place for name, (where, place) in self.ids.items() if where == path},
        )
        if not reader.clashes:
            self._keep(key, reading)
        return reading

    def _module_paths(self, root: MapNode | None) -> Iterator[str]:
        """The modules in order, as course.yaml names them; all there are where it cannot be read."""
        there = [each for each in sorted(self.files) if _MODULE_PATTERN.fullmatch(each) and each != COURSE_FILE]
        listed = child(root, "modules")
        if not isinstance(listed, ListNode):
            yield from there
            return
        named: set[str] = set()
        for name in listed:
            path = f"{name}.yaml"
            if isinstance(name, TextNode) and self._may_read(name, path, named, there):
                yield path
            named.add(path)
        for path in there:
            if path not in named:
                message = N_("File ini tidak dipakai: tidak ada di daftar modules di course.yaml.")
                self.findings.add(path, _START, message, warning=True)

    def _may_read(self, name: TextNode, path: str, named: set[str], there: list[str]) -> bool:
        notes = self.findings.of(COURSE_FILE)
        if path in named:
            notes.add(name.span.start, N_('Modul "%(name)s" sudah ada di daftar ini.', name=shown(name)))
            return False
        if path in there:
            return True
        if re.fullmatch(_SLUG, name):  # anything else the schema has refused by then
            fault = N_('File modul "%(name)s.yaml" tidak ada di folder kursus ini.', name=shown(name))
            rest = [each.removesuffix(".yaml") for each in there if each not in named]
            notes.add(name.span.start, unknown(fault, name, rest))
        return False

    # What hangs together

    def _note_all_hidden(self, modules: Iterable[Module]) -> None:
        written = [each for module in modules for each in module.activities]
        if written and all(each.hidden for each in written) and not self.findings.errors:
            message = N_("Semua kegiatan kursus ini tersembunyi. Tampilkan paling sedikit satu untuk peserta.")
            self.findings.add(COURSE_FILE, _START, message)

    def _take_shared(self, modules: Iterable[Module]) -> None:
        """Questions of shared banks belong to the course where a quiz draws or uses them."""
        shared = {
            f"{bank.name}/{each.id}": each for bank in self.shared.shared.banks.values() for each in bank.questions
        }
        for quiz in _quizzes(modules):
            self.questions.update((each, shared[each]) for each in quiz.addresses if each in shared)

    def _note_pairs(self, modules: Iterable[Module]) -> None:
        for each in pair_problems(modules, self.questions):
            path, place = self.ids[each.quiz_id]
            self.findings.add(path, place, each.message, each.warning)

    def _warn_of_unused(self, media: Mapping[str, Media], modules: Iterable[Module]) -> None:
        if self.findings.errors:
            return
        pages = [
            page
            for module in modules
            for each in module.activities
            if isinstance(each, Lesson | Task)
            for page in each.html.values()
        ]
        figures = figures_of(self.questions.values())
        for path, picture in media.items():
            if picture.url not in figures and not any(picture.url in page for page in pages):
                self.findings.add(
                    path, _START, N_("Gambar ini tidak dipakai di materi, soal, atau tugas."), warning=True
                )


def _quizzes(modules: Iterable[Module]) -> Iterator[Quiz]:
    return (each for module in modules for each in module.activities if isinstance(each, Quiz))


def _stray(path: str) -> Message:
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\\" in path or ".." in parts:
        return N_("Alamat file ini keluar dari folder kursus.")
    if path.endswith(".yml"):
        return N_('Akhiran file harus ".yaml", bukan ".yml".')
    if path.startswith(FOLDER):
        return N_(
            "Gambar harus bernama huruf, angka, titik, atau tanda hubung, dan berakhiran %(endings)s.",
            endings=", ".join(TYPES),
        )
    return N_(
        "File ini tidak dikenal di folder kursus. Yang dipakai: course.yaml, modul (01-nama.yaml), bank/nama.yaml, dan "
        "media/. Nama file YAML dari huruf kecil, angka, dan tanda hubung."
    )
