"""A new bank."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.authoring.rules.bank_changes import BankChangeRefused
from app.content.editing import new_file
from app.content.editing.finding import bank_names, fresh_id
from app.errors import N_


def new_bank(files: Mapping[str, bytes], holders: Collection[str], title: str, schema: str) -> tuple[str, bytes]:
    """A bank's name, made of its title, and its file, still without a question. Raises BankChangeRefused.

    The name is none of a quiz, survey or course, whose questions have addresses like a bank's. `holders`: ids of all
    there are. `schema`: the way from the bank's folder to that of the schema.
    """
    if not title:
        raise BankChangeRefused(N_("Tulis judul bank soalnya."))
    taken = {*bank_names(files), *(part for each in holders for part in each.split("/"))}
    return fresh_id(title, taken), new_file({"title": title}, schema)
