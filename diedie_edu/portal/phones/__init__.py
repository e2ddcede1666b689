"""Another phone for a person: who does it, and who hears of it."""
