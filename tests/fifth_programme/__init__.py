"""A community garden: a programme that exists in tests alone.

It shows that a new programme needs its own folder and nothing else: an own table, a lead, dates in
a room, a list, a message, a consent text, and an answer when a child is erased.
"""
