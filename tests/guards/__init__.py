"""Which test sees each guard of the house: `make guards` takes them out, one after the other.

A guard in the source becomes a switch when its module is imported (`switches`), one in the
database is dropped for the length of a test (`database`). Each is first tried with the test that
saw it before (`known`); what that one no longer sees, if it stands in the database, with the tests
that speak of it by its name (`naming`). Then every test runs once and notes which guards it comes
past, and what is still unseen is out while those tests run, until one of them fails. What no test
sees needs a reason in `reasons.toml`; what turned out to be no guard stands in `none.txt`.
"""
