"""Rules of surveys, by subject."""
