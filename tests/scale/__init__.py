"""A town of 100,000 people beside one of 1,000: which pages grow, and by which statements."""
