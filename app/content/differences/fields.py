"""Two values of a file, field by field: what a person would call them, and what each said before and says now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from app.content.differences.found import Change, FieldChange, Said
from app.content.editing import Value
from app.content.field_words import field_words, value_words
from app.content.matching import HEADLINE, NAMING, first_text, headline, is_text, matched, moved, texts_of
from app.errors import N_, Message
from app.texts.local import DEFAULT_LANGUAGE, LANGUAGES

_KEYS: Final = frozenset({"correct", "weight", "answer", "answers", "match", "group", "areas"})
_BESIDE_THE_KEY: Final = frozenset({"feedback", "text", "alt"})  # fields inside those that only say something
_LISTED: Final = frozenset(  # lists whose entries have a text that is their own
    {"activities", "answers", "areas", "choices", "competencies", "extra", "gaps", "groups", "hints", "items", "labels"}
    | {"levels", "options", "overall", "pairs", "questions", "rubric", "statements", "tags", "terms", "units"}
)


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk is. `owner` is what the nearest thing with a name is: "quiz", "question", "draw" …"""

    owner: str
    label: tuple[Message, ...] = ()
    key: str = ""
    tells_key: bool = False

    def below(self, key: str) -> _At:
        """The field `key` of the map here."""
        tells_key = self.owner == "question" and (key in _KEYS or (self.tells_key and key not in _BESIDE_THE_KEY))
        owner = "review" if key == "review" else self.owner
        known = _known(self.owner, key, nested=bool(self.label))
        headline = self.key in _LISTED and key in HEADLINE
        label = self.label if headline else (*self.label, field_words(known))
        return _At(owner, label, known, tells_key or (headline and self.tells_key))

    def item(self, number: int) -> _At:
        """The entry at a place, from 1, of the list here."""
        name = Message("%(name)s %(number)s", {"name": self.label[-1], "number": number}) if self.label else None
        return replace(self, label=(*self.label[:-1], name) if name else ())


def _known(owner: str, key: str, *, nested: bool) -> str:
    """The name under which the words of a field are kept where one key means several things."""
    if owner == "quiz" and key == "feedback":
        return "checking"
    if owner == "review" and key == "answers":
        return "answers_shown"
    if owner == "draw" and key == "from":
        return "bank"
    return "stem" if owner == "question" and key == "text" and not nested else key


def field_changes(old: Value | None, new: Value | None, owner: str, without: Sequence[str] = ()) -> list[FieldChange]:
    """What changed between two versions of a thing (an activity, a question, a file); keys in `without` are left out.

    `owner` says what it is: its kind, or "question", "draw", "section", "use".
    """
    old, new = _stripped(old, without), _stripped(new, without)
    at = _At(owner)
    if owner != "question":
        return list(_walk(old, new, at))
    before, after = _right(old), _right(new)
    found = list(_walk(_unkeyed(old), _unkeyed(new), at))
    if before is not None and after is not None and _key_differs(old, new):
        words = (field_words("correct"),)
        found.insert(0, FieldChange(Change.KEY, words, before or None, after or None))
    return found


def parts_of(value: Value, owner: str, without: Sequence[str] = ()) -> tuple[FieldChange, ...]:
    """What stands in a thing, field by field, all of it as `after`."""
    return tuple(field_changes(None, value, owner, without))


def label_of(owner: str, steps: Sequence[str | int]) -> tuple[Message, ...]:
    """What a place below a thing is called; `steps` are keys, and places in lists from 1."""
    return _at(owner, steps).label


def said_at(owner: str, steps: Sequence[str | int], value: Value) -> Said:
    """What a value at such a place says, in one piece."""
    return _said(value, _at(owner, steps)) or ""


def _at(owner: str, steps: Sequence[str | int]) -> _At:
    at = _At(owner)
    for step in steps:
        at = at.below(step) if isinstance(step, str) else at.item(step)
    return at


def _stripped(value: Value | None, without: Sequence[str]) -> Value | None:
    if not isinstance(value, dict):
        return value
    return {key: each for key, each in value.items() if key not in without and key not in NAMING[:-1]}


# Walking


def _walk(old: Value | None, new: Value | None, at: _At) -> Iterator[FieldChange]:
    if old == new:
        return
    if _are(is_text, old, new):
        yield from _texts(old, new, at)
    elif _are(lambda each: isinstance(each, dict), old, new):
        before, after = cast("dict[str, Value]", old or {}), cast("dict[str, Value]", new or {})
        for key in dict.fromkeys((*after, *before)):
            yield from _walk(before.get(key), after.get(key), at.below(key))
    elif _are(lambda each: isinstance(each, list), old, new):
        yield from _lists(cast("list[Value]", old or []), cast("list[Value]", new or []), at)
    else:
        yield FieldChange(_changed(at), at.label, _said(old, at), _said(new, at))


def _are(test: object, old: Value | None, new: Value | None) -> bool:
    """Whether both are of one sort, as far as they are there."""
    return all(test(each) for each in (old, new) if each is not None)  # type: ignore[operator]  # a predicate


def _changed(at: _At) -> Change:
    return Change.KEY if at.tells_key else Change.CHANGED


def _texts(old: Value | None, new: Value | None, at: _At) -> Iterator[FieldChange]:
    """Each language that changed; a text that is written for one language alone says which only if others are there."""
    before, after = texts_of(old), texts_of(new)
    for language in LANGUAGES:
        was, now = before.get(language), after.get(language)
        if was != now:
            told = None if language == DEFAULT_LANGUAGE else language
            yield FieldChange(_changed(at), at.label, _worded(was, at), _worded(now, at), told)


def _lists(old: Sequence[Value], new: Sequence[Value], at: _At) -> Iterator[FieldChange]:
    pairs = matched(old, new)
    if at.key == "tags" or not at.label:
        yield FieldChange(_changed(at), at.label, _said(list(old), at) if old else None, _said(list(new), at))
        return
    for was, now in pairs:
        item = at.item((now if now is not None else was or 0) + 1)
        if was is not None and now is not None:
            yield from _walk(old[was], new[now], item)
        elif now is not None:
            yield FieldChange(_added(Change.ADDED, at), item.label, None, _said(new[now], item))
        elif was is not None:
            yield FieldChange(_added(Change.REMOVED, at), item.label, _said(old[was], item), None)
    if moved(pairs):
        change = Change.KEY if at.owner == "question" and at.key == "items" else Change.MOVED
        yield FieldChange(change, (*at.label, N_("Urutan")), _order(old), _order(new))


def _added(change: Change, at: _At) -> Change:
    return Change.KEY if at.tells_key else change


def _order(entries: Sequence[Value]) -> str:
    return "; ".join(f"{number}. {headline(each)}" for number, each in enumerate(entries, start=1))


# Saying


def _worded(text: str | None, at: _At) -> Said | None:
    return None if text is None else value_words(at.key, text) or text


def _said(value: Value | None, at: _At) -> Said | None:
    """A whole value in one piece: its text, then what else stands in it."""
    if value is None or is_text(value):
        return None if value is None else _worded(first_text(value), at)
    if isinstance(value, list):
        return _joined([said for each in value if (said := _said(each, at)) is not None], ", ")
    fields = cast("dict[str, Value]", value)
    own = headline(value)
    parts: list[Said] = [own] if own else []
    for key, each in fields.items():
        if key in (*HEADLINE, "id") and own:
            continue
        said = _said(each, at.below(key))
        if said is not None:
            label = at.below(key).label[-1:]
            parts.append(Message("%(label)s: %(text)s", {"label": label[0], "text": said}) if label else said)
    return _joined(parts, " · ")


def _joined(parts: Sequence[Said], between: str) -> Said:
    if all(isinstance(each, str) for each in parts):
        return between.join(str(each) for each in parts)
    names = [f"part{index}" for index in range(len(parts))]
    return Message(between.join(f"%({name})s" for name in names), dict(zip(names, parts, strict=True)))


# Which options are right


def _options(question: Value | None) -> list[Mapping[str, Value]] | None:
    """The options of a question that has some, as far as they are maps."""
    options = question.get("options") if isinstance(question, dict) else None
    return [each for each in options if isinstance(each, dict)] if isinstance(options, list) else None


def _is_right(option: Mapping[str, Value]) -> bool:
    return option.get("correct") == "true"


def _right(question: Value | None) -> str | None:
    """The right options in one line; "" where there is no question, None for a kind without options."""
    if question is None:
        return ""
    options = _options(question)
    return None if options is None else "; ".join(headline(dict(each)) for each in options if _is_right(each))


def _key_differs(old: Value | None, new: Value | None) -> bool:
    """Whether another option is right: not where the right one was only reworded."""
    before, after = _options(old) or [], _options(new) or []
    pairs = matched([dict(each) for each in before], [dict(each) for each in after])
    return any(
        (was is not None and _is_right(before[was])) != (now is not None and _is_right(after[now]))
        for was, now in pairs
    )


def _unkeyed(question: Value | None) -> Value | None:
    """The question without what is told as its key."""
    if not isinstance(question, dict) or _options(question) is None:
        return question
    options = cast("list[Value]", question["options"])
    bare = [
        {key: each for key, each in option.items() if key != "correct"} if isinstance(option, dict) else option
        for option in options
    ]
    return {**question, "options": cast("Value", bare)}
