"""Localised text, strict scalars, Markdown and the one `clean()`: pure, used by every content model."""
