"""How far: folds over what was done, and what is open to whom."""
