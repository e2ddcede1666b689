"""`make bench`: how fast the portal is beside the plainest code that does the same."""
