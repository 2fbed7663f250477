"""What fills a quiz: questions written in it, questions used or drawn from banks, and the headings between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.content.activities import DrawSlot, FixedSlot, Section
from app.content.banks import Pool, Surroundings, read_list
from app.content.faults import Notes, shown, unknown
from app.content.nodes import MapNode, Node, Place, child
from app.content.problems import read_as
from app.content.questions import AnyQuestion, is_draw, quiz_only_key
from app.content.schema import DrawEntry, SectionEntry, UseEntry
from app.errors import N_

Slot = FixedSlot | DrawSlot
Pools = Mapping[str, Pool | None]  # the banks a quiz may take from, by name; None for one that cannot be read


@dataclass(frozen=True, slots=True)
class SlotsReading:
    """The slots that could be read, and the questions written among them by their addresses.

    `texts` are the addresses, of all that may be asked, that ask nothing; of a bank that is taken from, all such.
    """

    slots: tuple[Slot, ...]
    sections: tuple[Section, ...]
    questions: Mapping[str, AnyQuestion]
    texts: frozenset[str]


def read_slots(items: Sequence[Node], prefix: str, pools: Pools, around: Surroundings, notes: Notes) -> SlotsReading:
    """The list of a quiz. Questions written in it have addresses `<prefix><question>`."""
    written = read_list([each for each in items if quiz_only_key(each) is None], prefix, around, notes)
    questions = {f"{prefix}{each.question.id}": each.question for each in written}
    reader = _Reader(pools, {id(each.node): f"{prefix}{each.question.id}" for each in written}, notes)
    reader.read(items)
    texts = {address for address, question in questions.items() if not question.asks}
    texts |= {address for pool in reader.taken for address in pool.texts}
    return SlotsReading(tuple(reader.slots), tuple(reader.sections), questions, frozenset(texts))


class _Reader:
    """Reads the entries one after the other."""

    def __init__(self, pools: Pools, written: Mapping[int, str], notes: Notes) -> None:
        self.pools, self.written, self.notes = pools, written, notes
        self.taken: list[Pool] = []
        self.slots: list[Slot] = []
        self.sections: list[Section] = []

    def read(self, items: Iterable[Node]) -> None:
        entries = [each for each in items if isinstance(each, MapNode)]
        used = dict(self._used(entries))
        heading: MapNode | None = None
        for each in entries:
            section = len(self.sections) - 1 if self.sections else None
            key = quiz_only_key(each)
            if heading is not None and key == "section":
                self._note_empty(heading)
            heading = each if key == "section" else None
            if key == "section":
                self._section(each)
            elif is_draw(each):
                self._draw(each, section, frozenset(address for address, _ in used.values()))
            elif id(each) in used:
                address, points = used[id(each)]
                self.slots.append(FixedSlot(address, points, section))
            elif id(each) in self.written:
                self.slots.append(FixedSlot(self.written[id(each)], section=section))
        if heading is not None:
            self._note_empty(heading)

    # Headings

    def _section(self, node: MapNode) -> None:
        entry = read_as(SectionEntry, node, self.notes)
        if entry is not None:
            self.sections.append(Section(entry.section, entry.text))

    def _note_empty(self, node: MapNode) -> None:
        message = N_("Bagian ini belum berisi soal. Tulis soalnya di bawahnya, atau hapus judulnya.")
        self.notes.add(_place(node, "section"), message)

    # Questions of banks

    def _used(self, entries: Iterable[MapNode]) -> Iterator[tuple[int, tuple[str, float | None]]]:
        """The entries that name a question of a bank, by their nodes: its address, and what it is worth here."""
        seen: set[str] = set()
        for node in entries:
            if quiz_only_key(node) != "use":
                continue
            entry = read_as(UseEntry, node, self.notes)
            address = None if entry is None else self._address(node, entry.use)
            if entry is None or address is None:
                continue
            if address in seen:
                message = N_('Soal "%(name)s" sudah dipakai di kuis ini.', name=shown(entry.use))
                self.notes.add(_place(node, "use"), message)
            seen.add(address)
            yield id(node), (address, entry.points)

    def _address(self, node: MapNode, reference: str) -> str | None:
        name, _, question = reference.partition("/")
        pool = self._pool(node, "use", name)
        if pool is None:
            return None
        found = {address.rpartition("/")[2]: address for address, *_ in pool.items}
        if question not in found:
            fault = N_('Soal "%(name)s" tidak ada di bank "%(bank)s".', name=shown(question), bank=pool.name)
            self.notes.add(_place(node, "use"), unknown(fault, question, found))
        return found.get(question)

    def _pool(self, node: MapNode, key: str, name: str) -> Pool | None:
        if name not in self.pools:
            fault = N_('Bank soal "%(name)s" tidak ada.', name=shown(name))
            self.notes.add(_place(node, key), unknown(fault, name, self.pools))
        pool = self.pools.get(name)
        if pool is not None:
            self.taken.append(pool)
        return pool

    # Draws

    def _draw(self, node: MapNode, section: int | None, used: frozenset[str]) -> None:
        entry = read_as(DrawEntry, node, self.notes)
        pool = None if entry is None else self._pool(node, "from", entry.source)
        if entry is None or pool is None:
            return
        tags = frozenset(entry.tags)
        slot = DrawSlot(entry.draw, pool.addresses(tags, entry.difficulty), entry.points, section)
        left = left_for(slot, self.slots, used)
        if not tags <= pool.tags:
            tag = sorted(tags - pool.tags)[0]
            fault = N_('Tidak ada soal bertag "%(tag)s" di bank "%(bank)s".', tag=shown(tag), bank=pool.name)
            self.notes.add(_place(node, "tags"), unknown(fault, tag, sorted(pool.tags)))
        elif len(slot.addresses) < slot.count:
            message = N_(
                'Bank "%(bank)s" punya %(count)s soal yang cocok, tidak cukup untuk mengambil %(draw)s.',
                bank=pool.name,
                count=len(slot.addresses),
                draw=slot.count,
            )
            self.notes.add(_place(node, "draw"), message)
        elif left < slot.count:
            message = N_(
                'Pengambilan sebelumnya di kuis ini dapat menghabiskan soal bank "%(bank)s": mungkin hanya '
                "tersisa %(left)s, sedangkan di sini diambil %(draw)s. Kurangi, atau taruh pengambilan tersempit di "
                "depan.",
                bank=pool.name,
                left=left,
                draw=slot.count,
            )
            self.notes.add(_place(node, "draw"), message)
        self.slots.append(slot)


def left_for(slot: DrawSlot, before: Sequence[Slot], used: frozenset[str] = frozenset()) -> int:
    """How many questions are left for a draw at worst, when the draws before it have taken theirs and none repeats.

    `used`: what stands in the quiz anyway.
    """
    own = set(slot.addresses) - used
    taken = sum(
        min(earlier.count, len(own.intersection(earlier.addresses)))
        for earlier in before
        if isinstance(earlier, DrawSlot)
    )
    return len(own) - min(taken, len(own))


def _place(node: MapNode, key: str) -> Place:
    found = child(node, key)
    return (found if found is not None else node).span.start
