"""Questions moved, copied, taken away from banks and used in quizzes: the edits of the files, or why it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.authoring.rules.bank import Row, uses_of, without_questions
from app.authoring.rules.holders import Holder, pools_of, text_at
from app.authoring.rules.slots import short_draws
from app.content.editing import Edit, Insert, Origin, Put, Remove, Value
from app.content.editing.finding import fresh_id
from app.errors import N_, Refusal

Edits = Mapping[str, Sequence[Edit]]  # by the paths of files


class BankChangeRefused(Refusal):
    """A change of banks that would leave a quiz without its questions, or that says too little. Nothing is written."""


def moved(rows: Sequence[Row], to: Holder, holders: Sequence[Holder]) -> Edits:
    """Questions of banks into another bank of the course; an id that is free there is kept.

    Quizzes that take them by name go on taking them. Raises BankChangeRefused where a draw would come up short, and
    where such a quiz stands in another course.
    """
    _check_chosen(rows)
    _check_own(rows)
    rows = [row for row in rows if row.holder.id != to.id]
    _check_draws(rows, holders)
    named = dict(zip((row.key for row in rows), _new_ids(rows, to), strict=True))
    edits = _removals(rows)
    edits.setdefault(to.path, []).extend(_insertions(rows, named, to))
    renamed = {f"{row.holder.name}/{row.fact.id}": f"{to.name}/{named[row.key]}" for row in rows}
    for quiz in holders:
        for at, item in enumerate(quiz.items if quiz.kind == "quiz" else ()):
            use = text_at(item, "use") if isinstance(item, dict) else ""
            if use in renamed:
                _check_here(quiz)
                edits.setdefault(quiz.path, []).append(Put((*quiz.at, "questions", at, "use"), renamed[use]))
    return edits


def copied(rows: Sequence[Row], to: Holder) -> Edits:
    """Questions of anywhere once more, in a bank of the course; each gets an id that is free there."""
    _check_chosen(rows)
    named = dict(zip((row.key for row in rows), _new_ids(rows, to), strict=True))
    return {to.path: _insertions(rows, named, to)}


def deleted(rows: Sequence[Row], holders: Sequence[Holder]) -> Edits:
    """Questions of banks taken away. Raises BankChangeRefused while a quiz takes one, or draws would come up short."""
    _check_chosen(rows)
    _check_own(rows)
    uses = uses_of(holders)
    for row in rows:
        quizzes = uses.get(f"{row.holder.name}/{row.fact.id}", ())
        if quizzes:
            message = N_(
                'Soal "%(text)s" masih dipakai di kuis %(quizzes)s. Hapus dulu dari kuis itu.',
                text=short(row.fact.text),
                quizzes=titles_of(quizzes),
            )
            raise BankChangeRefused(message)
    _check_draws(rows, holders)
    return _removals(rows)


def used_in(rows: Sequence[Row], quiz: Holder) -> Edits:
    """Questions of banks taken by a quiz, at the end of its list; those that it takes already are left as they are."""
    _check_chosen(rows)
    if any(row.holder.kind != "bank" for row in rows):
        raise BankChangeRefused(
            N_("Hanya soal bank yang dapat dipakai di kuis lain. Salin dulu soalnya ke sebuah bank.")
        )
    there = {text_at(item, "use") for item in quiz.items if isinstance(item, dict)}
    names = [f"{row.holder.name}/{row.fact.id}" for row in rows]
    fresh = [name for name in names if name not in there]
    if not fresh:
        raise BankChangeRefused(N_("Soal yang dipilih sudah ada di kuis ini."))
    place = (*quiz.at, "questions")
    return {quiz.path: [Insert(place, len(quiz.items) + number, {"use": name}) for number, name in enumerate(fresh)]}


def short(text: str, most: int = 60) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def _check_chosen(rows: Sequence[Row]) -> None:
    if not rows:
        raise BankChangeRefused(N_("Pilih dulu soalnya."))


def _check_own(rows: Iterable[Row]) -> None:
    for row in rows:
        if row.holder.shared:
            raise BankChangeRefused(
                N_("Soal bank bersama hanya dapat disalin atau dipakai, tidak dapat diubah di sini.")
            )
        if row.holder.kind != "bank":
            message = N_(
                'Soal "%(text)s" ada di kuis %(quiz)s. Pindahkan atau hapus di halaman kuis itu.',
                text=short(row.fact.text),
                quiz=row.holder.title,
            )
            raise BankChangeRefused(message)


def _check_here(quiz: Holder) -> None:
    """Refuse what would have to change a quiz of another course."""
    if quiz.course:
        message = N_(
            "Kuis %(quiz)s memakai soal ini dari bank ini. Salin soalnya, atau hapus dulu dari kuis itu.",
            quiz=titles_of([quiz]),
        )
        raise BankChangeRefused(message)


def _check_draws(rows: Sequence[Row], holders: Sequence[Holder]) -> None:
    """Refuse where a draw that finds enough now would not without these questions."""
    before, after = pools_of(holders), pools_of(without_questions(holders, rows))
    quizzes = [
        each
        for each in holders
        if each.kind == "quiz" and short_draws(each.items, after) - short_draws(each.items, before)
    ]
    if quizzes:
        message = N_(
            "Kuis %(quizzes)s mengambil soal acak dari bank ini, dan soal yang cocok tidak akan cukup lagi. Kurangi "
            "dulu pengambilannya.",
            quizzes=titles_of(quizzes),
        )
        raise BankChangeRefused(message)


def titles_of(quizzes: Iterable[Holder]) -> str:
    """The titles of quizzes, as a sentence names them."""
    return ", ".join(f'"{each.title}"' for each in quizzes)


def _new_ids(rows: Iterable[Row], to: Holder) -> list[str]:
    taken = set(to.ids)
    named = []
    for row in rows:
        name = row.fact.id if row.fact.id and row.fact.id not in taken else fresh_id(row.fact.text, taken)
        taken.add(name)
        named.append(name)
    return named


def _insertions(rows: Sequence[Row], named: Mapping[str, str], to: Holder) -> list[Edit]:
    end = len(to.items)
    return [
        Insert((*to.at, "questions"), end + number, _with_id(row, named[row.key]), _origin(row))
        for number, row in enumerate(rows)
    ]


def _origin(row: Row) -> Origin:
    """Where it is written: its comments and quotes go with it."""
    return Origin(row.holder.data, (*row.holder.at, "questions", row.at))


def _with_id(row: Row, name: str) -> Value:
    item = row.holder.items[row.at]
    return (
        {"id": name, **{key: value for key, value in item.items() if key != "id"}} if isinstance(item, dict) else item
    )


def _removals(rows: Iterable[Row]) -> dict[str, list[Edit]]:
    """From the last to the first of each file, so that no removal moves another."""
    edits: dict[str, list[Edit]] = {}
    for row in sorted(rows, key=lambda row: (row.holder.path, -row.at)):
        edits.setdefault(row.holder.path, []).append(Remove((*row.holder.at, "questions", row.at)))
    return edits
