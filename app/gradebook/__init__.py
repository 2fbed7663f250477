"""The gradebook of a course, and who in it may need a word: read over what quizzes, tasks and progress keep.

Its own are the weights of a course's activities and what trainers changed in it by hand. Neither moves an attempt, a
pass, or a score of competency.
"""
