"""Views of the staff, by subject."""
