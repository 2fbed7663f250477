"""Decides what is remembered how well, which questions a day's practice takes, and what is due when. Pure."""
