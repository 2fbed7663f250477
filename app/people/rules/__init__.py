"""What decides about people, split by subject: names, passwords, delays, organisations, authority. Pure."""

from app.people.rules.organisations import KIND_LABELS, OrganisationKind

__all__ = ["KIND_LABELS", "OrganisationKind"]
