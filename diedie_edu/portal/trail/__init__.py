"""The trail of security, as the branch reads it."""
