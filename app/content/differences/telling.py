"""Differences as lines of a terminal, and as a count in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from app.content.differences.found import Change, Difference, FieldChange, Said
from app.content.differences.runs import Run
from app.content.field_words import KIND_WORDS, LANGUAGE_WORDS, field_words
from app.errors import N_, Message

LINE_LIMIT: Final = 200  # characters of two texts in a terminal: of longer ones only what changed is shown

CHANGE_WORDS: Final[dict[Change, Message]] = {
    Change.ADDED: N_("ditambah"),
    Change.REMOVED: N_("dihapus"),
    Change.MOVED: N_("dipindah"),
    Change.RENAMED: N_("berganti nama"),
    Change.CHANGED: N_("diubah"),
    Change.KEY: N_("kunci berubah"),
    Change.KIND: N_("jenisnya diganti"),
    Change.LINES: N_("barisnya berubah"),
}


def tally(differences: Iterable[Difference]) -> tuple[Message, ...]:
    """How many things were added, removed, moved and changed, by what they are: `Soal diubah: 2`.

    A thing with several changed fields counts once.
    """
    counted: dict[tuple[object, ...], tuple[str, Change]] = {}
    for each in differences:
        what = "questions" if each.question is not None else each.subject.kind
        change = Change.CHANGED if each.change in (Change.KIND, Change.LINES) else each.change
        title = each.question.title.id if each.question is not None else ""
        name = each.question.name or title if each.question is not None else ""
        counted[each.path, each.subject, name, change] = (what, change)
    return tuple(_counted(what, change, count) for (what, change), count in Counter(counted.values()).items())


def difference_lines(differences: Iterable[Difference], say: Callable[[Message], str]) -> Iterator[str]:
    """Differences for a terminal, each subject once with its changes below it; `say` puts a message into words."""
    shown = None
    for each in differences:
        if each.subject != shown:
            shown = each.subject
            yield f"{say(KIND_WORDS[shown.kind])} {shown.title.id}"
        yield f"  - {_line(each, say)}"


def _counted(what: str, change: Change, count: int) -> Message:
    if change is Change.KEY:
        return N_("Kunci soal berubah: %(count)s", count=count)
    noun = field_words("questions") if what == "questions" else KIND_WORDS[what]
    return Message("%(what)s %(change)s: %(count)s", {"what": noun, "change": CHANGE_WORDS[change], "count": count})


def _line(each: Difference, say: Callable[[Message], str]) -> str:
    parts = [] if each.question is None else [f"{say(field_words('questions'))} “{each.question.title.id}”"]
    parts += [say(label) for label in shown_label(each.field)]
    if each.field.language is not None:
        parts.append(f"({say(LANGUAGE_WORDS[each.field.language])})")
    parts.append(say(CHANGE_WORDS[each.change]))
    told = " ".join(parts)
    texts = _texts(each.field, say)
    return f"{told}: {texts}" if texts else told


def shown_label(field: FieldChange) -> tuple[Message, ...]:
    """What a changed field is called beside the words of its change: nothing where these name it already."""
    named = field.change in (Change.RENAMED, Change.KIND) or field.label == (field_words("correct"),)
    return () if named else field.label


def _texts(field: FieldChange, say: Callable[[Message], str]) -> str:
    if field.change is Change.LINES or (field.before is None and field.after is None):
        return ""
    whole = f"{_said(field.before, say)} → {_said(field.after, say)}"
    return whole if len(whole) <= LINE_LIMIT or not field.runs else "".join(map(_marked, field.runs))


def _said(said: Said | None, say: Callable[[Message], str]) -> str:
    return "–" if said is None else _one_line(say(said) if isinstance(said, Message) else said)


def _marked(run: Run) -> str:
    """A piece of a long text: what went as [-word-], what came as {+word+}."""
    text = _one_line(run.text)
    return {"kept": f" {text} ", "removed": f"[-{text}-]", "added": f"{{+{text}+}}", "left_out": "…"}[run.kind]


def _one_line(text: str) -> str:
    return " ".join(text.split())
