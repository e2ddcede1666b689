"""Numbers of people that are too small to be told."""

SMALL = 5  # people; what fewer than these say is not broken down
