"""Tasks: what learners made and handed in, version by version, until it is accepted."""
