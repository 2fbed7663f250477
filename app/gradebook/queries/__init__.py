"""Reads of the gradebook, always within a scope."""
