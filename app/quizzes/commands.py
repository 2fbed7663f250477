"""The group `flask quizzes`; its commands stand with the operations they call."""

from __future__ import annotations

import click


@click.group()
def quizzes() -> None:
    """Kuis: kelonggaran bagi orang atau angkatan, dan percobaan yang lewat waktu."""
