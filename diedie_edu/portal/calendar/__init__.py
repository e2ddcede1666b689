"""The programme by month and week, as a poster, and out to people's own calendars."""
