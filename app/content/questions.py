"""The questions of a quiz or bank: each read by itself, then looked at together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from app.content.faults import Notes, listed, near_name, shown, unknown
from app.content.nodes import ListNode, MapNode, Node, TextNode, child, deepest, maps_at, text_at, texts_below
from app.content.problems import expected_map, read_as
from app.content.rendering import Pictures, inline_problems, note_problems
from app.content.schema import PROSE_LISTS
from app.errors import N_, Message
from app.questions.base import Question
from app.questions.flaws import sentence
from app.questions.registry import KINDS

# What a question lacks cannot be said of one whose parts were not all understood.
_FLAWS_OF_ABSENCE: Final = frozenset(
    {
        "few_options",
        "none_correct",
        "weights_below_full",
        "answers_missing",
        "full_mark_missing",
        "weight_contradicts",
        "few_pairs",
        "one_partner",
        "few_items",
        "few_groups",
        "group_unknown",
        "gaps_missing",
        "gap_unknown",
        "passage_without_gaps",
        "mark_unknown",
        "gaps_differ",
        "group_of_one",
        "few_areas",
        "no_right_area",
        "few_corners",
        "grid_coarse",
        "few_levels",
        "level_points",
        "statements_missing",
        "label_count",
    }
)

# Lists of maps.
_PARTS: Final = ("options", "pairs", "groups", "items", "choices", "areas", "statements", "rubric", "hints")
_TEXT_KEYS: Final = ("text", "match", "alt", "label")

PARTS_LIMIT: Final = 200  # options, answers, units or tags of one question

AnyQuestion = Question[Any]
Kinds = Mapping[str, type[AnyQuestion]]  # the kinds that may be asked in one place, by their names


@dataclass(frozen=True, slots=True)
class Written:
    """A question and the map it was read from."""

    question: AnyQuestion
    node: MapNode


def read_question(node: Node, notes: Notes, kinds: Kinds = KINDS) -> Written | None:
    """One entry of a list of questions of these kinds; None where it is none, its faults in `notes`."""
    if not isinstance(node, MapNode):
        if not node.refused:
            notes.add(node.span.start, expected_map())
        return None
    model = _kind(node, notes, kinds)
    if model is None or _has_flood(node, notes):
        return None
    question = read_as(model, node, notes)
    _note_flaws(model, question, node, notes)
    _note_tries(question, node, notes)
    _note_blank_texts(node, notes)
    _note_links(node, notes)
    return Written(question, node) if question is not None else None


def _kind(node: MapNode, notes: Notes, kinds: Kinds) -> type[AnyQuestion] | None:
    kind = child(node, "type")
    if is_draw(node):
        notes.add(node.span.start, N_("Pengambilan acak (draw) hanya dipakai di dalam kuis."))
    elif (key := quiz_only_key(node)) is not None:
        notes.add(node.span.start, N_('"%(key)s" hanya dipakai di dalam kuis.', key=key))
    elif kind is None:
        near = near_name("type", node)
        fault = N_('Kunci "type" belum ada. Jenis soal: %(kinds)s.', kinds=listed(kinds))
        if near is not None:
            fault = N_('Kunci "type" belum ada. Mungkin tertulis sebagai "%(near)s".', near=shown(near))
        notes.add(node.span.start, fault)
    elif kind.refused:
        pass
    elif not isinstance(kind, TextNode):
        notes.add(kind.span.start, unknown(N_("Di sini harus ada satu kata."), "", kinds))
    elif kind in kinds:
        return kinds[kind]
    elif kind in KINDS:
        fault = N_('Jenis soal "%(kind)s" tidak dapat dipakai di sini.', kind=shown(kind))
        notes.add(kind.span.start, unknown(fault, "", kinds))
    else:
        fault = N_('Jenis soal "%(kind)s" tidak dikenal.', kind=shown(kind))
        notes.add(kind.span.start, unknown(fault, kind, kinds))
    return None


def _has_flood(node: MapNode, notes: Notes) -> bool:
    """True where a list is far longer than any question needs: it is not looked into."""
    long = [each for each in _lists_below(node) if len(each) > PARTS_LIMIT]
    for each in long:
        notes.add(each.span.start, too_many(PARTS_LIMIT))
    return bool(long)


def _lists_below(node: Node) -> Iterator[ListNode]:
    if isinstance(node, ListNode):
        yield node
    if not isinstance(node, TextNode):
        for each in node.values() if isinstance(node, MapNode) else node:
            yield from _lists_below(each)


def too_many(limit: int) -> Message:
    """The sentence for a list over its bound."""
    return N_("Daftar ini terlalu panjang. Paling banyak %(limit)s butir.", limit=limit)


def _note_flaws(model: type[AnyQuestion], question: AnyQuestion | None, node: MapNode, notes: Notes) -> None:
    whole = question is not None
    question = question or _as_far_as_understood(model, node)
    for flaw in question.faults() if question else ():
        if whole or flaw.code not in _FLAWS_OF_ABSENCE:
            notes.add(deepest(node, flaw.path).span.start, sentence(flaw))


def _note_tries(question: AnyQuestion | None, node: MapNode, notes: Notes) -> None:
    if question is None or question.checkable:
        return
    for key in ("hints", "penalty"):
        found = child(node, key)
        if found is not None:
            message = N_('"%(key)s" tidak dipakai di sini: soal jenis ini tidak dapat diperiksa otomatis.', key=key)
            notes.add(found.span.start, message)


def _as_far_as_understood(model: type[AnyQuestion], node: MapNode) -> AnyQuestion | None:
    """The question without the keys that could not be read, so that they hide nothing else; None where that is none."""
    try:
        model.model_validate(node)
    except ValidationError as refused:
        rest = _plain(node)
        for error in refused.errors(include_url=False):
            _drop(rest, error["loc"])
        try:
            return model.model_validate(rest)
        except ValidationError:
            return None
    return None


def _plain(node: Node) -> Any:
    if isinstance(node, MapNode):
        return {str(key): _plain(value) for key, value in node.items()}
    return [_plain(each) for each in node] if isinstance(node, ListNode) else str(node)


def _drop(root: Any, loc: tuple[int | str, ...]) -> None:
    """Take out the last key on the way to `loc`; list items stay, so that positions do too."""
    holder, key, here = None, None, root
    for step in loc:
        if isinstance(here, dict) and step in here:
            holder, key = here, step
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        elif not (isinstance(here, dict) and step in (here.get("type"), here.get("shape"))):  # which of several shapes
            break
    if holder is not None:
        holder.pop(key, None)


def _note_blank_texts(node: MapNode, notes: Notes) -> None:
    for text in _asked_texts(node):
        for part in texts_below(text):
            if not part.strip() and not part.refused:
                notes.add(part.span.start, N_("Teks ini kosong. Isi, atau hapus kuncinya."))


def _asked_texts(node: MapNode) -> Iterator[Node]:
    """The texts that a learner reads in a question: its own and those of its parts."""
    gaps = (option for gap in maps_at(node, "gaps") for option in maps_at(gap, "options"))
    levels = (level for criterion in maps_at(node, "rubric") for level in maps_at(criterion, "levels"))
    for each in (node, *(part for key in _PARTS for part in maps_at(node, key)), *gaps, *levels):
        yield from (found for key in _TEXT_KEYS if (found := child(each, key)) is not None)
    for key in PROSE_LISTS:
        listed = child(node, key)
        yield from (each for each in listed if child(each, "text") is None) if isinstance(listed, ListNode) else ()


def _note_links(node: MapNode, notes: Notes) -> None:
    for text in texts_below(node):
        note_problems(inline_problems(text), text, Pictures(), notes)


# Looked at together, over what was written: a typo in one question hides nothing here


def note_ids(nodes: Iterable[MapNode], notes: Notes) -> None:
    """Every question of one quiz or bank has an id of its own."""
    note_twice(
        (found for node in nodes if (found := text_at(node, "id")) is not None),
        notes,
    )


def note_twice(ids: Iterable[TextNode], notes: Notes) -> None:
    """Note each id that was used before in the same file."""
    seen: dict[str, int] = {}
    for each in ids:
        if each in seen and not each.refused:
            notes.add(
                each.span.start,
                N_(
                    'Id "%(id)s" sudah dipakai di baris %(line)s. Setiap id hanya boleh sekali.',
                    id=shown(each),
                    line=seen[each],
                ),
            )
        seen.setdefault(str(each), each.span.start.line)


def note_competencies(nodes: Iterable[MapNode], known: Mapping[str, object] | None, notes: Notes) -> None:
    """Every competency named is in the framework. `known` None: the framework could not be read, so nothing is said."""
    if known is None:
        return
    for node in nodes:
        name = text_at(node, "competency")
        if name is not None and name not in known and not name.refused:
            fault = N_('Kompetensi "%(name)s" tidak ada di competencies.yaml.', name=shown(name))
            notes.add(name.span.start, unknown(fault, name, known))


def is_draw(node: Node) -> bool:
    """True for an entry that draws from a bank instead of being a question."""
    return isinstance(node, MapNode) and ("draw" in node or ("from" in node and "type" not in node))


def quiz_only_key(node: Node) -> str | None:
    """The key that makes an entry something else than a question: `draw`, `use` or `section`; None for a question."""
    if is_draw(node):
        return "draw"
    if not isinstance(node, MapNode) or "type" in node:
        return None
    return next((key for key in ("use", "section") if key in node), None)
