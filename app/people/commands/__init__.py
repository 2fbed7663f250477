"""The office at the shell: `flask people …`, `flask cohorts …`, and `flask init` for a new host."""

from app.people.commands.accounts import people
from app.people.commands.cohorts import cohorts
from app.people.commands.office import init_command

__all__ = ["cohorts", "init_command", "people"]
