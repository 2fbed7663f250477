"""Views of the trainer, by subject."""
