"""Made-up lives, from a seed: pure. The same seed, courses and moment always tell the same lives."""
