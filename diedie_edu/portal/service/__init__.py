"""What volunteers have served, in all programmes, and the proof of it."""
