"""Figures over everybody that take seconds to make where there are many people: made by the chores, and kept.

Nothing rests on them that is not told with their moment. Where nothing is kept, a page reads the rows themselves; so it
is wherever people are few, and whenever a page asks for a part of them.
"""
