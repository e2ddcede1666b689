"""A room in the tests alone: may a hall be painted? What is asked stands in its venue's row."""
