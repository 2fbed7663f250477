"""Attempts: layout, start, answer, states."""
