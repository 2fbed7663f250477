"""The only writer of marks, and of what follows from them, split by who marks: the program, or people."""
