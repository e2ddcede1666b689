"""Which test sees each guard of the house: `make guards` takes them out, one after the other.

A guard in the source becomes a switch when its module is imported (`switches`), one in the
database is dropped for the length of a test (`database`). First every test runs once and notes
which guards it comes past; then each guard is out while the tests run that came past it, until
one of them fails. What no test sees needs a reason in `reasons.toml`.
"""
