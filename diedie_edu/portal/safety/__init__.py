"""What keeps an account its owner's: the second step, the browsers, and messages about changes."""
