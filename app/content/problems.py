"""What a schema refused, said in a plain sentence at the place a person must look.

A fault is placed by the marks of the very object the schema was given, never by walking its path: what stands there is
what was written there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.content.faults import FILE_FAULTS_LIMIT, Notes, listed, near_name, shown, unknown
from app.content.nodes import NODE_TYPES, MapNode, Node, Place, TextNode, deepest, key_place
from app.content.schema import NOT_YET_KEYS, NOT_YET_QUESTION_KEYS
from app.errors import N_, Message
from app.questions.base import Question
from app.texts.local import LANGUAGES

Model = TypeVar("Model", bound=BaseModel)


def read_as(model: type[Model], node: MapNode, notes: Notes) -> Model | None:
    """`node` as `model`, or None where it is none; every fault goes into `notes`."""
    try:
        return model.model_validate(node)
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
        meant = _meant(model, errors)
        told = {(*loc[:-1], name) for loc, name in meant.items()}
        for error in errors:
            if notes.full:
                break
            if error["type"] != "missing" or error["loc"] not in told:
                _note(model, node, error, notes, meant.get(error["loc"]))
    return None


Loc = tuple[int | str, ...]


def _meant(model: type[BaseModel], errors: Sequence[ErrorDetails]) -> Mapping[Loc, str]:
    """Which key an unknown one most likely is: a near one, or the only one that must be there and is not."""
    missing = {error["loc"] for error in errors if error["type"] == "missing"}
    extra = islice((error["loc"] for error in errors if error["type"] == "extra_forbidden"), FILE_FAULTS_LIMIT)
    found = {}
    for loc in extra:
        owner = _model_at(model, loc[:-1])
        needed = _needed(owner)
        only = needed[0] if len(needed) == 1 and (*loc[:-1], needed[0]) in missing else None
        found[loc] = near_name(str(loc[-1]), key_names(owner)) or only
    return {loc: name for loc, name in found.items() if name is not None}


_SIMPLE: Final = re.compile(r"[\w][\w .,()/-]{0,40}")  # a text that stands behind a key as it is


def _needed(model: type[BaseModel]) -> list[str]:
    """The keys that must be there, as they are written in a file."""
    return [field.alias or name for name, field in model.model_fields.items() if field.is_required()]


def expected_map() -> Message:
    """The sentence for a text or list where a map belongs."""
    return N_('Di sini harus ada pasangan "kunci: isi".')


def not_yet(name: str) -> Message:
    """The sentence for something the design names but nothing does yet."""
    return N_('"%(name)s" belum didukung. Hapus dulu; nanti dapat dipakai.', name=shown(name))


def _note(model: type[BaseModel], root: Node, error: ErrorDetails, notes: Notes, meant: str | None) -> None:
    given = error["input"]
    node = given if isinstance(given, NODE_TYPES) else deepest(root, error["loc"])
    if error["type"] == "extra_forbidden":
        notes.add(key_place(node), _unknown_key(model, error["loc"], meant))
        return
    if node.refused or _bogus(error, node):
        return
    said = _with_keys(_model_at(model, error["loc"]), node) if error["type"] in _MAPS else _sentence(error, node)
    notes.add(_place(error, node), said)


def _bogus(error: ErrorDetails, node: Node) -> bool:
    """A list whose items failed is called too short as well; a list that is not empty is not."""
    return error["type"] == "too_short" and len(node) > 0


def _place(error: ErrorDetails, node: Node) -> Place:
    if error["type"] == "unknown_language" and isinstance(node, MapNode):
        return next((key.span.start for key in node if key not in LANGUAGES), node.span.start)
    if error["type"] == "union_tag_invalid":
        return deepest(node, [_discriminator(error.get("ctx", {}))]).span.start
    return node.span.start


def _sentence(error: ErrorDetails, node: Node) -> Message:
    context = error.get("ctx", {})
    say = _SENTENCES.get(error["type"])
    if say is None:
        return N_("Isi ini tidak dapat dipakai di sini.")
    return say(node, {**context, "key": context.get("key", str(error["loc"][-1]) if error["loc"] else "")})


# Keys


def _unknown_key(model: type[BaseModel], loc: Sequence[int | str], meant: str | None) -> Message:
    name = str(loc[-1])
    owner = _model_at(model, loc[:-1])
    if name in (NOT_YET_QUESTION_KEYS if issubclass(owner, Question) else NOT_YET_KEYS.get(owner, ())):
        return not_yet(name)
    sentence = N_('Kunci "%(key)s" tidak dikenal di sini.', key=shown(name))
    if meant is not None:
        return N_("%(fault)s Mungkin maksud Anda: %(near)s.", fault=sentence, near=meant)
    return unknown(sentence, name, key_names(owner))


def _with_keys(model: type[BaseModel], node: Node) -> Message:
    """The sentence for a text or list where a map belongs, with the text under its key or else the keys there are."""
    needed = _needed(model)
    if len(needed) == 1 and isinstance(node, TextNode) and _SIMPLE.fullmatch(node):
        return N_("%(fault)s Misalnya: %(near)s.", fault=expected_map(), near=f"{needed[0]}: {node}")
    names = listed(needed or key_names(model))
    return N_("%(fault)s Yang dikenal: %(names)s.", fault=expected_map(), names=names)


def key_names(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a model reads, as they are written in a file."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _model_at(model: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel]:
    """The model that reads what stands at `loc` below `model`."""
    several: Sequence[type[BaseModel]] = ()  # models of which the next step names one by its tag
    for step in loc:
        if isinstance(step, int):
            continue
        tagged = next((each for each in several if step in _tags(each)), None)
        field = next((each for name, each in model.model_fields.items() if step == (each.alias or name)), None)
        several = () if tagged or not field else _inner_models(field.annotation)
        model = tagged or next(iter(several), model)
    return model


def _inner_models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for each in get_args(annotation) for model in _inner_models(each)]


def _tags(model: type[BaseModel]) -> set[str]:
    """The words by which a model is told from its neighbours: those that one of its keys may only hold."""
    allowed = [get_args(field.annotation) for field in model.model_fields.values()]
    return {words[0] for words in allowed if len(words) == 1 and isinstance(words[0], str)}


# Sentences, by the type of pydantic's error or of our own readers

Context = Mapping[str, Any]


def _missing(node: Node, context: Context) -> Message:
    return N_('Kunci "%(key)s" belum ada.', key=context["key"])


def _empty(node: Node, context: Context) -> Message:
    return N_("Daftar ini kosong. Isi paling sedikit satu.", key=context["key"])


def _choice(node: Node, context: Context) -> Message:
    names = re.findall(r"'([^']*)'", str(context.get("expected", "")))
    if not isinstance(node, TextNode):
        return unknown(N_("Di sini harus ada satu kata."), "", names)
    return unknown(N_('"%(value)s" tidak dikenal di sini.', value=shown(node)), node, names)


def _discriminator(context: Context) -> str:
    return str(context.get("discriminator", "")).strip("'")


def _tag_missing(node: Node, context: Context) -> Message:
    return N_('Kunci "%(key)s" belum ada.', key=_discriminator(context))


def _tag_unknown(node: Node, context: Context) -> Message:
    return _choice(deepest(node, [_discriminator(context)]), {"expected": context.get("expected_tags", "")})


def _kebab(node: Node, context: Context) -> Message:
    near = kebab(node) if isinstance(node, TextNode) else ""
    sentence = N_(
        "Di sini harus ada nama dari huruf kecil dan angka, dengan tanda hubung antarkata, paling panjang 80 karakter."
    )
    return N_("%(fault)s Misalnya: %(near)s.", fault=sentence, near=near) if near else sentence


def kebab(text: str) -> str:
    """A text as a name in kebab-case; empty where no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-")


def _whole(node: Node, context: Context) -> Message:
    return N_("Di sini harus ada bilangan bulat tanpa satuan, titik, atau nol di depan, misalnya 10.")


def _number(node: Node, context: Context) -> Message:
    if isinstance(node, TextNode) and "," in node:
        return N_("Di sini harus ada bilangan. Tanda desimal di file ini titik, misalnya 0.5.")
    return N_("Di sini harus ada bilangan, misalnya 15 atau 0.5.")


def _out_of_range(node: Node, context: Context) -> Message:
    return N_(
        "Bilangan ini harus dari %(low)s sampai %(high)s.", low=f"{context['low']:g}", high=f"{context['high']:g}"
    )


def _language(node: Node, context: Context) -> Message:
    return unknown(N_('Bahasa "%(key)s" tidak dikenal.', key=shown(context["key"])), context["key"], LANGUAGES)


def _text(node: Node, context: Context) -> Message:
    return N_("Di sini harus ada teks, atau pasangan id dan en.")


def _pattern(node: Node, context: Context) -> Message:
    return N_("Penulisan id ini tidak sesuai. Bidang ditulis seperti F2, kompetensi seperti F2.klasifikasi.")


def _fixed(message: Message) -> Callable[[Node, Context], Message]:
    return lambda node, context: message


def _too_long(node: Node, context: Context) -> Message:
    return N_(
        "Teks ini terlalu panjang. Batasnya %(limit)s karakter.", limit=context.get("limit", context.get("max_length"))
    )


def _list_too_long(node: Node, context: Context) -> Message:
    return N_("Daftar ini terlalu panjang. Paling banyak %(limit)s butir.", limit=context.get("max_length"))


_MAPS: Final = frozenset({"model_type", "model_attributes_type", "dict_type"})
_LIST = _fixed(N_('Di sini harus ada daftar: setiap butir diawali "- ".'))

_SENTENCES: Final[Mapping[str, Callable[[Node, Context], Message]]] = {
    "missing": _missing,
    "literal_error": _choice,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "too_short": _empty,
    "too_long": _list_too_long,
    "union_tag_not_found": _tag_missing,
    "union_tag_invalid": _tag_unknown,
    "point_expected": _fixed(N_("Di sini harus ada dua bilangan dari 0 sampai 100: jarak dari kiri dan dari atas.")),
    "grid_expected": _fixed(N_("Kisi ditulis kolom x baris, paling banyak 20x20, misalnya 8x6.")),
    "string_type": _fixed(N_("Di sini harus ada teks, bukan daftar atau pasangan.")),
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long,
    "text_too_long": _too_long,
    "text_expected": _text,
    "text_empty": _fixed(N_("Teks ini kosong. Isi, atau hapus kuncinya.")),
    "unknown_language": _language,
    "indonesian_missing": _fixed(N_("Teks Indonesia (id) belum ada. Tulis id; en boleh menyusul.")),
    "flag_expected": _fixed(N_("Di sini hanya boleh true atau false.")),
    "whole_number_expected": _whole,
    "number_expected": _number,
    "percent_expected": _fixed(N_("Di sini harus ada persentase dari 0 sampai 100, misalnya 70.")),
    "duration_expected": _fixed(N_("Di sini harus ada bilangan dengan satuan min, hours, atau days, misalnya 15 min.")),
    "moment_expected": _fixed(N_("Di sini harus ada tanggal dan jam, misalnya 2026-11-22 08:00.")),
    "number_out_of_range": _out_of_range,
    "reference_expected": _fixed(N_("Di sini harus ada nama bank dan id soal, misalnya ddc/kelas-bahasa.")),
    "slug_expected": _kebab,
}
