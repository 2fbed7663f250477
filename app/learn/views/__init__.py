"""Views of the learner, by subject."""
