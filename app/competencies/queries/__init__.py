"""Reads, split by subject: what scores are made of, the answers behind one, and many learners at once."""
