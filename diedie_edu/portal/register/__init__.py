"""People at the desk: one search, a page for each person, what is done to a record."""
