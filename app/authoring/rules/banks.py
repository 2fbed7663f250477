"""A bank as a whole: made, called otherwise, taken away."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from app.authoring.rules.bank import draws_from, rows_of, takers_of
from app.authoring.rules.bank_changes import BankChangeRefused, titles_of
from app.authoring.rules.holders import Holder
from app.authoring.rules.quiz_settings import local_part, local_text
from app.content.editing import edit_file, edits_between, new_file
from app.content.editing.finding import bank_names, fresh_id
from app.errors import N_


def new_bank(files: Mapping[str, bytes], holders: Collection[str], title: str, schema: str) -> tuple[str, bytes]:
    """A bank's name, made of its title, and its file, still without a question. Raises BankChangeRefused.

    The name is none of a quiz, survey or course, whose questions have addresses like a bank's. `holders`: ids of all
    there are. `schema`: the way from the bank's folder to that of the schema.
    """
    _check_title(title)
    taken = {*bank_names(files), *(part for each in holders for part in each.split("/"))}
    return fresh_id(title, taken), new_file({"title": title}, schema)


def renamed_bank(bank: Holder, title: str) -> bytes:
    """The file of a bank with another title; its name, which questions' addresses hold, stays.

    Raises BankChangeRefused, and NotEditable.
    """
    _check_title(title)
    old = bank.value.get("title")
    value = {**bank.value, "title": local_text(old, title, local_part(old, "en"))}
    return edit_file(bank.data, edits_between(dict(bank.value), value, bank.at))


def check_unused(bank: Holder, holders: Sequence[Holder]) -> None:
    """Whether a bank may be taken away. Raises BankChangeRefused while a quiz takes questions of it."""
    takers = dict.fromkeys(
        (*takers_of(row for row in rows_of(holders) if row.holder == bank), *draws_from(holders, bank))
    )
    if takers:
        message = N_(
            "Kuis %(quizzes)s memakai soal bank ini. Hapus dulu pemakaiannya dari kuis itu.", quizzes=titles_of(takers)
        )
        raise BankChangeRefused(message)


def _check_title(title: str) -> None:
    if not title:
        raise BankChangeRefused(N_("Tulis judul bank soalnya."))
