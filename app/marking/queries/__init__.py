"""Reads for those who mark, and of what they said: rows -> frozen facts, split by subject."""
