"""Rules of the learner's pages: what to practise next, and what was done week by week. Pure."""
