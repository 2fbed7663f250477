"""The forms of questions: what they show of a question in a file, and what is written back."""
