"""What the portal is measured against: the plainest Django that does the same work."""
