"""Decisions, pure: rows and `now` come in, `Refused` or nothing comes out."""
