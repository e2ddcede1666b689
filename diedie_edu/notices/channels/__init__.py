"""The ways a message leaves the house. Each takes a `Letter` and answers with an `Outcome`.

Nothing here knows the database; nothing here writes a phone number, an address or a text into
a log or an error.
"""
