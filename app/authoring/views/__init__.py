"""Views, split by subject."""
