"""What marks tell of questions, tests and people, each figure with its uncertainty. Pure: no framework, no database.

numpy is imported by `moments`, `classical`, `distractors`, `gain` and by calibration, and by nothing that a web worker
loads when it starts: pages and commands import these modules inside the function that needs them.
"""
