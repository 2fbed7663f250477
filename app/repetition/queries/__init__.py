"""Reads of the daily practice, split by subject: what is remembered, and a day's round."""
