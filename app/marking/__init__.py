"""Finish, grade, store: the only writer of marks, and of the scores that rest on them."""
