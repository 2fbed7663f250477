"""Surveys: what was answered, with the name or, where that was promised, without any way back to it."""
